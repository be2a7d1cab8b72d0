"""Threshold bench: move a number of the standard and see what becomes of everyone."""

import streamlit as st

from analytics.desks import bench
from analytics.desks.bench import Side, Trial
from analytics.desks.drafts import Draft
from analytics.errors import TierdeskError
from analytics.standard.canon import standard_hash
from analytics.standard.model import Standard
from pages.ui import cached, impact_view, sketch
from pages.ui.bench_panel import draft_panel
from pages.ui.draft_controls import controls
from pages.ui.frame import boundary, empty, page, tell
from pages.ui.impact_figures import Scope
from pages.ui.mover_list import Opened, mover_list
from pages.ui.pickers import Context
from pages.ui.words import say


@st.fragment
def work(here: Context) -> None:
    """Controls and answer; a slider that is moved runs this alone."""
    with boundary("bench"):
        held = sketch.current(here.standard_hash)
        draft, base = sketch.draft_of(held), sketch.base_of(held)
        with st.grid(2, min_column_width=impact_view.CARD):
            with st.container(key="bench_hand"):
                hand(here, held, draft, base)
            with st.container(key="bench_answer"):
                trial, scope = answer(here, draft)
        if trial is not None:
            details(here, draft, trial, scope)


def hand(here: Context, held: sketch.Sketch, draft: Draft, base: Standard | None) -> None:
    """What the visitor can move, and what they have moved."""
    if base is not None:
        with st.container(border=True):
            st.markdown(f"**{say('bench.controls')}**")
            controls(base, held)
    draft_panel(here, held, draft)


def answer(here: Context, draft: Draft) -> tuple[Trial | None, Scope]:
    """The headline and the matrix; no trial where the draft cannot be recounted."""
    scope = Scope(say("bench.before"), say("bench.after"), here.snapshot.currency)
    if draft.standard is None:
        st.info(say("bench.cannot_read"), icon=":material/edit_note:")
        return None, scope
    try:
        trial = bench.trial(cached.house(), here.snapshot.snapshot_id, here.standard, draft.standard)
    except TierdeskError as error:
        tell(error)
        st.info(say("bench.no_recount"), icon=":material/edit_note:")
        return None, scope
    scope = impact_view.scope_controls(trial.migration, scope, key="bench.view")
    impact_view.headline(trial, scope)
    impact_view.matrix_card(trial.migration, scope, key="bench")
    return trial, scope


def details(here: Context, draft: Draft, trial: Trial, scope: Scope) -> None:
    """Distributions, flows, movers, staff, and the customers behind them."""
    assert draft.standard is not None
    impact_view.distribution_cards(trial.migration, scope, key="bench")
    if impact_view.nothing_moves(trial.migration, scope):
        empty(say("bench.nobody_moves"))
        return
    impact_view.movement(trial.migration, scope, key="bench")
    impact_view.staff_table(trial, scope)
    before = Side(here.snapshot.snapshot_id, here.standard)
    after = Side(here.snapshot.snapshot_id, draft.standard)
    opened = Opened("bench", before, after, trial.migration, scope, here.standard_hash)
    mover_list(opened, key=f"bench.list.{standard_hash(draft.standard)[:8]}")


with page("bench") as here:
    if here is not None:
        work(here)
