"""Threshold bench: move a number of the standard and see what becomes of everyone."""

import streamlit as st

from analytics.desks import bench
from analytics.desks.bench import Trial
from analytics.desks.drafts import Draft
from analytics.errors import TierdeskError
from pages.ui import cached
from pages.ui.draft import sketch
from pages.ui.draft.controls import controls
from pages.ui.draft.panel import draft_panel
from pages.ui.frame import boundary, page
from pages.ui.impact import layout
from pages.ui.impact.figures import Scope
from pages.ui.pickers import Context
from pages.ui.whatif.sections import sections
from pages.ui.whatif.view import View
from pages.ui.words import say, to


@st.fragment
def work(here: Context) -> None:
    """Controls and answer; a slider that is moved runs this alone."""
    with boundary("bench"):
        held = sketch.current(here.standard_hash)
        draft, base = sketch.draft_of(held), sketch.base_of(held)
        trial, trouble = recount(here, draft)
        scope = Scope(say("bench.before"), say("bench.after"), here.snapshot.currency)
        if trial is not None:
            scope = layout.scope_controls(trial.migration, scope, key="bench.view")
            layout.headline(trial, scope)
        with st.grid(2, min_column_width=layout.CARD):
            with st.container(key="bench_hand"):
                if base is not None:
                    with st.container(border=True):
                        st.markdown(f"**{say('bench.controls')}**")
                        controls(base, held)
                draft_panel(here, held, draft)
            with st.container(key="bench_answer"):
                if trial is None:
                    untold(trouble)
                else:
                    layout.matrix_card(trial.migration, scope, key="bench")
                    layout.flow_card(trial.migration, scope, key="bench")
        if trial is not None and draft.standard is not None:
            sections(View(here, draft.standard, trial, scope))


def recount(here: Context, draft: Draft) -> tuple[Trial | None, TierdeskError | None]:
    """The draft's trial, or why there is none."""
    if draft.standard is None or draft.trouble is not None:
        return None, draft.trouble
    try:
        return bench.trial(cached.house(), here.snapshot.snapshot_id, here.standard, draft.standard), None
    except TierdeskError as error:
        return None, error


def untold(trouble: TierdeskError | None) -> None:
    """Say calmly why there is no answer, and that nothing is lost."""
    why = (
        f"{to(trouble.message)} {to(trouble.hint)}\n\n{say('bench.no_recount')}"
        if trouble
        else say("bench.cannot_read")
    )
    st.info(why, icon=":material/edit_note:")


with page("bench") as here:
    if here is not None:
        work(here)
