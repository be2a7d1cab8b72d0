"""The drafts that are kept, and what can be done with one: open, rename, share, step back, delete, restore."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from analytics.desks.runs.fitness import misfit
from analytics.desks.whatif import scenarios
from analytics.errors import TierdeskError
from analytics.store.scenarios import Scenario
from pages.ui import cached, links, session
from pages.ui.draft import origins
from pages.ui.frame import empty, plain, tell
from pages.ui.pickers import Context
from pages.ui.scenarios.saving import TOLD
from pages.ui.tables import table
from pages.ui.words import NOTHING, count, moment, say, to, who

CHOSEN = "scenarios.one"


def shelf(here: Context, kept: Sequence[Scenario]) -> None:
    """Everything that is kept, and the acts on the one that is chosen."""
    with st.container(border=True, key="scenario_shelf"):
        st.markdown(f"**{say('scenarios.kept', n=len(kept))}**")
        if kept:
            _table(here, kept)
            names = labels(kept)
            with st.container(horizontal=True, vertical_alignment="bottom"):
                picked = _picked(names)
                _acts(next(each for each in kept if each.scenario_id == picked))
        else:
            empty(say("scenarios.none"))
        _deleted()


def _picked(names: dict[str, str]) -> str:
    """The one that the acts are about; what is deleted meanwhile gives way to the first."""
    usual = session.recall(origins.PICKED, "")
    session.show(CHOSEN, usual if usual in names else next(iter(names)))
    return st.selectbox(
        say("scenarios.choose"),
        list(names),
        format_func=names.__getitem__,
        key=CHOSEN,
        on_change=lambda: session.remember(origins.PICKED, session.shown(CHOSEN)),
        width=280,
    )


def labels(kept: Sequence[Scenario]) -> dict[str, str]:
    """What each is called; namesakes are told apart by their baseline, their author, and their last save."""
    house, names = cached.house(), {each.scenario_id: each.contents.name for each in kept}
    for more in (
        lambda each: house.standard(each.contents.baseline_hash).standard.version,
        lambda each: who(each.created_by),
        lambda each: moment(each.saved_at),
    ):
        taken = list(names.values())
        names = {
            each.scenario_id: f"{label} · {more(each)}" if taken.count(label) > 1 else label
            for each, label in zip(kept, taken, strict=True)
        }
    return names


def _table(here: Context, kept: Sequence[Scenario]) -> None:
    house = cached.house()
    headers = {name: say(f"scenarios.{name}") for name in ("name", "author", "saved_at", "baseline", "changes")}
    headers |= {name: say(f"scenarios.{name}") for name in ("fits", "note")}
    rows = []
    for each in kept:
        read = scenarios.reading(house, each.contents)
        author, saver = who(each.created_by), who(each.saved_by)
        rows.append(
            [
                each.contents.name,
                author if author == saver else say("scenarios.author_and", author=author, saver=saver),
                moment(each.saved_at),
                house.standard(each.contents.baseline_hash).standard.version,
                count(len(read.changes)) if read.draft.standard else NOTHING,
                _fits(here, each),
                each.contents.note or NOTHING,
            ]
        )
    table(pd.DataFrame(rows, columns=list(headers)), headers, right=("changes",))


def _fits(here: Context, scenario: Scenario) -> str:
    """Whether it can be counted on the page's customers, else why not."""
    draft = scenarios.reading(cached.house(), scenario.contents).draft
    if draft.standard is None:
        return say("scenarios.fits_unread")
    trouble = misfit(here.snapshot, draft.standard) or draft.trouble
    if trouble is not None:
        return to(trouble.message)
    return say("scenarios.fits_with_faults", n=len(draft.faults)) if draft.faults else say("scenarios.fits_yes")


def _acts(scenario: Scenario) -> None:
    name = scenario.scenario_id
    if st.button(say("scenarios.open"), type="primary", icon=":material/folder_open:", key="scenarios.open"):
        origins.open_scenario(scenario)
        st.rerun()
    with st.popover(say("scenarios.link"), icon=":material/link:", key="scenarios.link"):
        st.markdown(say("scenarios.link_help"))
        st.code(links.address(origins.link_to(scenario)), language=None, wrap_lines=True)
    with st.popover(say("scenarios.rename"), icon=":material/edit:", key="scenarios.rename"):
        key = f"{name}.{scenario.revision}"
        title = st.text_input(
            say("scenarios.name"),
            scenario.contents.name,
            max_chars=scenarios.LONGEST_NAME,
            key=f"scenarios.new_name.{key}",
        )
        note = st.text_area(
            say("scenarios.note"),
            scenario.contents.note,
            max_chars=scenarios.LONGEST_NOTE,
            key=f"scenarios.new_note.{key}",
        )
        if st.button(say("scenarios.rename_do"), icon=":material/check:", key="scenarios.rename_do"):
            _act(lambda: _renamed(scenario, title, note), "scenarios.renamed")
    if scenario.revision > 1:
        with st.popover(say("scenarios.earlier"), icon=":material/history:", key="scenarios.earlier"):
            _earlier(scenario)
    with st.popover(say("scenarios.delete"), icon=":material/delete:", key="scenarios.delete"):
        st.markdown(say("scenarios.delete_help", name=plain(scenario.contents.name)))
        if st.button(say("scenarios.delete_do"), icon=":material/delete:", key="scenarios.delete_do"):
            _act(lambda: _gone(scenario), "scenarios.gone")


def _renamed(scenario: Scenario, name: str, note: str) -> Scenario:
    done = scenarios.rename(
        cached.house(), scenario.scenario_id, name=name, note=note, revision=scenario.revision, actor=session.actor()
    )
    baseline = scenario.contents.baseline_hash
    if origins.of(baseline) == origins.Origin(scenario.scenario_id, scenario.revision):
        origins.settle(baseline, done)  # the draft in hand is that scenario still, and may be saved over it
    return done


def _gone(scenario: Scenario) -> Scenario:
    scenarios.delete(cached.house(), scenario.scenario_id, revision=scenario.revision, actor=session.actor())
    return scenario


def _act(act: Callable[[], Scenario], words: str) -> None:
    try:
        done = act()
    except TierdeskError as error:
        tell(error)
        return
    session.remember(TOLD, say(words, name=plain(done.contents.name)))
    st.rerun()


def _earlier(scenario: Scenario) -> None:
    """Every save is still there; an earlier one opens as the draft, and saving it makes it the last again."""
    older = {each.revision: each for each in scenarios.revisions(cached.house(), scenario.scenario_id)[1:]}
    facts = {
        revision: {"revision": revision, "who": who(each.saved_by), "when": moment(each.saved_at)}
        for revision, each in older.items()
    }
    chosen = st.selectbox(
        say("scenarios.earlier_choose"),
        list(older),
        format_func=lambda revision: say("scenarios.saved_by", **facts[revision]),
        key=f"scenarios.revision.{scenario.scenario_id}.{scenario.revision}",
    )
    if st.button(say("scenarios.earlier_open"), icon=":material/folder_open:", key="scenarios.earlier_open"):
        origins.open_scenario(scenario, contents=older[chosen].contents)
        st.rerun()


def _deleted() -> None:
    gone = scenarios.deleted(cached.house())
    if not gone:
        return
    with st.expander(say("scenarios.deleted", n=len(gone)), icon=":material/delete:", key="scenarios.bin"):
        names = {
            each.scenario_id: say(
                "scenarios.deleted_by",
                name=each.contents.name,
                who=who(each.deleted_by or ""),
                when=moment(each.deleted_at or each.saved_at),
            )
            for each in gone
        }
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.selectbox(
                say("scenarios.choose"), list(names), format_func=names.__getitem__, key="scenarios.gone_one"
            )
            if st.button(say("scenarios.restore"), icon=":material/restore_from_trash:", key="scenarios.restore"):
                house, actor = cached.house(), session.actor()
                _act(lambda: scenarios.restore(house, chosen, actor=actor), "scenarios.restored")
