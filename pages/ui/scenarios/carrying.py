"""A draft's changes carried over to the law of today, and what became of each of them."""

import streamlit as st

from analytics.desks.publishing import InForce
from analytics.desks.whatif import scenarios
from analytics.standard.carry import Carried
from analytics.standard.change import Override
from analytics.standard.model import Standard
from analytics.store.scenarios import Scenario
from pages.ui import cached, links, session
from pages.ui.draft import origins, restricted, sketch
from pages.ui.draft.places import place_in_words
from pages.ui.frame import plain
from pages.ui.pickers import Context
from pages.ui.words import say

Report = tuple[str, Carried]


def carry_over(here: Context, scenario: Scenario, law: InForce) -> None:
    """Open the changes of the draft in hand over another standard; the draft over the old one stays as it is."""
    source = sketch.draft_of(sketch.current(here.standard_hash)).source
    draft = origins.contents_of(here, scenario.contents.name, scenario.contents.note, source)
    name = law.publication.standard_hash
    carried = scenarios.carried(cached.house(), draft, name)
    if carried is None:
        return
    text, found = carried
    origin = origins.of(here.standard_hash)
    sketch.open_text(name, text)
    origins.settle(name, scenario)
    if origin is not None:  # a save still has to know what it was opened as
        session.remember(f"scenarios.origin.{name}", origin)
    session.remember(f"scenarios.carried.{name}", (here.standard_hash, found))
    links.pin(origins.link_to(scenario, baseline=name, snapshot_id=here.snapshot.snapshot_id))


def report(here: Context) -> None:
    """What was carried over, what was said twice, and what could not be; shown until it is put away."""
    kept: Report | None = session.recall(f"scenarios.carried.{here.standard_hash}", None)
    if kept is None:
        return
    old, found = cached.house().standard(kept[0]), kept[1]
    facts = {"n": len(found.overrides), "version": here.standard.standard.version, "was": old.standard.version}
    st.markdown(f":material/move_up: {say('scenarios.carried', **facts)}")
    _listed("scenarios.carried_both", found.both, here.standard, old)
    _listed("scenarios.carried_gone", found.gone, old, here.standard)
    _listed("scenarios.carried_differing", found.differing, old, here.standard)
    if st.button(say("scenarios.put_away"), icon=":material/check:", key="scenarios.put_away"):
        session.forget(f"scenarios.carried.{here.standard_hash}")
        st.rerun()


def _listed(words: str, overrides: tuple[Override, ...], standard: Standard, other: Standard) -> None:
    if not overrides:
        return
    places = "\n".join(f"- {_place(each, standard, other)}" for each in overrides)
    st.markdown(f"{say(words, n=len(overrides))}\n{places}")


def _place(override: Override, standard: Standard, other: Standard) -> str:
    """Where, and what the draft says there; gates that are kept from the visitor stay so."""
    if restricted.hides_place(override.path, standard, other):
        return say("frame.restricted")
    is_short = override.value is not None and not isinstance(override.value, list | dict)
    value = f": {override.value}" if is_short and session.language() == "en" else ""
    value = f"：{override.value}" if is_short and not value else value
    return plain(place_in_words(override.path, standard) + value)
