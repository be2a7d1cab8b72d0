"""The draft on the bench as a whole: its changes, faults, steps back, text, and the way to a proposal."""

import streamlit as st

from analytics.desks.whatif.drafts import Draft
from analytics.standard.diff import diff
from pages.ui import cached, links, session
from pages.ui.draft import origins, restricted, sketch
from pages.ui.draft.change_list import change_list, fault_list
from pages.ui.draft.sketch import Sketch
from pages.ui.frame import plain
from pages.ui.links import Link
from pages.ui.pickers import Context
from pages.ui.words import say

PICKED = "bench.upload"
WRITTEN = "bench.text"


def draft_panel(here: Context, held: Sketch, draft: Draft, *, steps: bool) -> None:
    """Draw everything about the draft but its sliders; ``steps`` back and forth, where no live bench has them."""
    with st.container(border=True, key="bench_draft"):
        changes = diff(here.standard, draft.standard, cached.house().contract) if draft.standard else ()
        st.markdown(f"**{say('bench.changes', n=len(changes))}**")
        if held.opened is not None:
            name = origins.name_of(held.baseline, held.opened)
            words = say("bench.opened_from_scenario", name=plain(name)) if name else say("bench.opened_from_text")
            st.markdown(f":small[{words}]")
        if draft.standard is not None:
            between = (here.standard, draft.standard)
            change_list(changes, between=between, key="bench.changes", nothing=say("bench.no_changes"))
        fault_list(draft, baseline=here.standard, key="bench")
        if steps:
            _steps(held)
        _propose(here, draft, n_changes=len(changes))
    _text(here, held, draft)


def _steps(held: Sketch) -> None:
    with st.container(horizontal=True):
        st.button(
            say("bench.undo"),
            icon=":material/undo:",
            disabled=not held.past,
            key="bench.undo",
            on_click=sketch.undo,
            args=(held.baseline,),
        )
        st.button(
            say("bench.redo"),
            icon=":material/redo:",
            disabled=not held.future,
            key="bench.redo",
            on_click=sketch.redo,
            args=(held.baseline,),
        )
        st.button(
            say("bench.reset"),
            icon=":material/restart_alt:",
            disabled=held.is_fresh,
            key="bench.reset",
            on_click=sketch.reset,
            args=(held.baseline,),
        )


def _propose(here: Context, draft: Draft, *, n_changes: int) -> None:
    ready = draft.can_be_proposed and n_changes > 0
    why = "" if ready else say("bench.propose_nothing" if draft.can_be_proposed else "bench.propose_blocked")
    pressed = st.button(
        say("bench.propose"),
        type="primary",
        icon=":material/gavel:",
        disabled=not ready,
        help=why or None,
        key="bench.propose",
    )
    if pressed:
        links.jump(Link("publish", here.snapshot.snapshot_id, here.standard_hash))


def _text(here: Context, held: Sketch, draft: Draft) -> None:
    """The whole text of the draft: to read, edit, replace by a file, or take along; or who may do so."""
    with st.expander(
        say("bench.text"), icon=":material/description:", key="bench.text_open", on_change="rerun"
    ) as body:
        if not body.open:
            return
        if restricted.hides_text(here.standard, draft):
            st.markdown(say("frame.restricted_text"))
            return
        st.markdown(f":small[{say('bench.text_help')}]")
        st.file_uploader(
            say("bench.upload"), type=["toml", "txt"], key=PICKED, on_change=_uploaded, args=(held.baseline,)
        )
        if session.recall("bench.not_utf8", default=False):
            st.warning(say("bench.not_utf8"), icon=":material/warning:")
        session.show(WRITTEN, draft.source)
        st.text_area(say("bench.text_area"), height=320, key=WRITTEN, on_change=_written, args=(held.baseline,))
        st.download_button(
            say("bench.download_text"),
            draft.source,
            file_name="rules.toml",
            mime="text/plain",
            icon=":material/download:",
            on_click="ignore",
            key="bench.download",
        )


def _uploaded(baseline: str) -> None:
    """A file was chosen: it becomes the draft, faults and all."""
    file = session.shown(PICKED)
    if file is None:
        return
    try:
        text = file.getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]  # what the uploader keeps
    except UnicodeDecodeError:
        session.remember("bench.not_utf8", value=True)
        return
    session.forget("bench.not_utf8")
    sketch.open_text(baseline, text)


def _written(baseline: str) -> None:
    """The text was edited: it becomes the draft, faults and all."""
    sketch.open_text(baseline, str(session.shown(WRITTEN)))
