"""Keep the draft in hand: over the scenario it came from, or as a new one; never over somebody else's save unseen."""

from collections.abc import Callable

import streamlit as st

from analytics.desks.whatif import scenarios
from analytics.desks.whatif.drafts import Draft
from analytics.errors import TierdeskError
from analytics.standard.diff import diff
from analytics.store.scenarios import Scenario
from pages.ui import cached, links, session
from pages.ui.draft import origins, sketch
from pages.ui.draft.change_list import change_list
from pages.ui.frame import plain, tell
from pages.ui.pickers import Context
from pages.ui.words import moment, say, who

TOLD = "scenarios.told"
OVERTAKEN = ("SCENARIO-010", "SCENARIO-011")


def saving(here: Context, draft: Draft) -> None:
    """Name, note, and the ways to save."""
    head = origins.head_of(here.standard_hash)
    origin = origins.of(here.standard_hash)
    with st.container(border=True, key="scenario_save"):
        st.markdown(f"**{say('scenarios.save_title')}**  \n:small[{_standing(here, draft, head)}]")
        is_behind = head is not None and origin is not None and _is_behind(head, origin.revision)
        if is_behind and head is not None and origin is not None:
            _overtaken(here, head, origin.revision)
        over = None if is_behind else head
        key = "new" if origin is None else f"{origin.scenario_id}.{origin.revision}"
        name, note = _words(key, over)
        with st.container(horizontal=True):
            if over is None:
                _save_new(here, draft, name, note)
            else:
                _save_over(here, draft, name, note, over)
                with st.popover(
                    say("scenarios.save_new"), icon=":material/bookmark_add:", key=f"scenarios.save_as.{key}"
                ):
                    _save_new(here, draft, *_words(f"as.{key}", None))


def _words(key: str, said: Scenario | None) -> tuple[str, str]:
    """Name and note: those of the scenario that is saved over; a new one begins with none."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            say("scenarios.name"),
            said.contents.name if said else "",
            max_chars=scenarios.LONGEST_NAME,
            placeholder=say("scenarios.name_hint"),
            key=f"scenarios.name.{key}",
            width=280,
        )
        note = st.text_input(
            say("scenarios.note"),
            said.contents.note if said else "",
            max_chars=scenarios.LONGEST_NOTE,
            placeholder=say("scenarios.note_hint"),
            key=f"scenarios.note.{key}",
            width="stretch",
        )
    return name, note


def told() -> None:
    """What the last act did, said once."""
    words = session.recall(TOLD, "")
    if words:
        st.success(words, icon=":material/check_circle:")
        session.forget(TOLD)


def _standing(here: Context, draft: Draft, head: Scenario | None) -> str:
    """How the draft in hand stands to what is saved."""
    if head is None:
        return say("scenarios.not_saved")
    same = head.contents.source == draft.source and head.contents.baseline_hash == here.standard_hash
    return say("scenarios.as_saved" if same else "scenarios.unsaved", name=plain(head.contents.name))


def _save_over(here: Context, draft: Draft, name: str, note: str, over: Scenario) -> None:
    pressed = st.button(
        say("scenarios.save_over", name=plain(over.contents.name)),
        type="primary",
        icon=":material/save:",
        key="scenarios.save_over",
    )
    if pressed:
        house, actor, revision = cached.house(), session.actor(), over.revision
        contents = origins.contents_of(here, name, note, draft.source)
        _act(here, lambda: scenarios.save(house, over.scenario_id, contents, revision=revision, actor=actor))


def _save_new(here: Context, draft: Draft, name: str, note: str) -> None:
    is_fresh = sketch.current(here.standard_hash).is_fresh
    pressed = st.button(
        say("scenarios.save_new"),
        type="primary",
        icon=":material/bookmark_add:",
        disabled=is_fresh,
        help=say("scenarios.nothing_to_save") if is_fresh else None,
        key="scenarios.save_new",
    )
    if pressed:
        contents = origins.contents_of(here, name, note, draft.source)
        _act(here, lambda: scenarios.create(cached.house(), contents, actor=session.actor()))


def _act(here: Context, save: Callable[[], Scenario]) -> None:
    try:
        kept = save()
    except TierdeskError as error:
        if error.code in OVERTAKEN:
            st.rerun()  # what has happened meanwhile is then said, with its ways on
        tell(error)
        return
    origins.settle(here.standard_hash, kept)
    links.pin(origins.link_to(kept, snapshot_id=here.snapshot.snapshot_id))
    session.remember(TOLD, say("scenarios.saved", name=plain(kept.contents.name), revision=kept.revision))
    st.rerun()


def _is_behind(head: Scenario, revision: int) -> bool:
    return head.deleted_at is not None or head.revision != revision


def _overtaken(here: Context, head: Scenario, revision: int) -> None:
    """Somebody has saved or deleted it since: who, when, what, and the ways on."""
    house, name = cached.house(), plain(head.contents.name)
    if head.deleted_at is not None:
        facts = {"name": name, "who": who(head.deleted_by or ""), "when": moment(head.deleted_at)}
        st.warning(f"{say('scenarios.deleted_by', **facts)} {say('scenarios.keep_as_new')}", icon=":material/delete:")
        return
    facts = {"name": name, "who": who(head.saved_by), "when": moment(head.saved_at)}
    st.warning(f"{say('scenarios.saved_meanwhile', **facts)} {say('scenarios.keep_or_open')}", icon=":material/group:")
    mine = next((each for each in scenarios.revisions(house, head.scenario_id) if each.revision == revision), None)
    before = scenarios.reading(house, mine.contents).draft.standard if mine else None
    after = scenarios.reading(house, head.contents).draft.standard
    if before is not None and after is not None:
        st.markdown(f":small[{say('scenarios.their_changes')}]")
        nothing = say("scenarios.their_words_only")
        changes = diff(before, after, house.contract)
        change_list(changes, between=(before, after), key="scenarios.theirs", nothing=nothing)
    if st.button(say("scenarios.open_theirs"), icon=":material/sync:", key="scenarios.open_theirs"):
        origins.open_scenario(head, snapshot_id=here.snapshot.snapshot_id)
        st.rerun()
