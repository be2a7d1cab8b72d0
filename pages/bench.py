"""Threshold bench: move a number of the standard and see what becomes of everyone."""

from functools import partial

import streamlit as st

from analytics.cube.pack import Parcel
from analytics.desks.whatif import bench, parcels
from analytics.desks.whatif.bench import Side
from analytics.desks.whatif.drafts import trouble_of
from analytics.desks.whatif.hands import hand_parcel
from analytics.errors import TierdeskError
from analytics.standard.model import Standard
from pages.ui import cached
from pages.ui.draft import sketch
from pages.ui.draft.controls import BESIDE_LIVE, TABS, controls
from pages.ui.draft.panel import draft_panel
from pages.ui.frame import boundary, page
from pages.ui.impact import layout
from pages.ui.impact.figures import Scope
from pages.ui.live import mount
from pages.ui.live.component import tell_faults
from pages.ui.live.mount import Recount
from pages.ui.pickers import Context
from pages.ui.scenarios.desk import desk
from pages.ui.scenarios.following import enter, follow
from pages.ui.whatif.sections import sections
from pages.ui.whatif.view import View
from pages.ui.words import say, to

LIVE, WORK = "bench.live", "bench.work"


@st.fragment(key=WORK)
def work(here: Context) -> None:
    """Controls and answer; whatever is moved on this page runs this and no more."""
    with boundary("bench"):
        mount.hear(here.standard_hash, LIVE)
        held = sketch.current(here.standard_hash)
        standard = sketch.standard_of(held)
        found = recount(here, standard)
        if standard is None:
            st.info(say("bench.cannot_read"), icon=":material/edit_note:")
        is_live = standard is not None and can_be_live(here, standard, found)
        if is_live:
            live_part(here)
        scope = Scope(say("bench.before"), say("bench.after"), here.snapshot.currency)
        if standard is not None and not is_live:
            faults_line(len(sketch.draft_of(held).faults))
        if found.trial is not None and not is_live:
            scope = layout.scope_controls(found.trial.migration, scope, key="bench.view")
            layout.headline(found.trial, scope)
        with st.grid(2, min_column_width=layout.CARD):
            hand(here, BESIDE_LIVE if is_live else TABS)
            with st.container(key="bench_answer"):
                if is_live:
                    drafted = sketch.draft_of(held)
                    tell_faults(LIVE, len(drafted.faults))
                    draft_panel(here, held, drafted, steps=False)
                elif found.trial is not None:
                    layout.matrix_card(found.trial.migration, scope, key="bench")
                    layout.flow_card(found.trial.migration, scope, key="bench")
                    layout.distribution_cards(found.trial.migration, scope, key="bench")
        if found.trial is not None and standard is not None:
            if is_live:
                scope = closer(here, found, scope)
            sections(View(here, standard, found.trial, scope))
        else:
            st.markdown(f"#### {say('bench.section_scenarios')}")
            desk(here)


@st.fragment
def live_part(here: Context) -> None:
    """The live bench; it runs alone when the hand has come to rest, and asks for the rest once its answer stands."""
    with boundary("bench"):
        mount.hear(here.standard_hash, LIVE)
        held = sketch.current(here.standard_hash)
        draft = sketch.standard_of(held)
        try:
            parcel = parcel_of(here, draft) if draft else None
        except TierdeskError:
            parcel = None
        if draft is None or parcel is None:  # undo led to a text that cannot be shown here
            st.rerun()
        found = recount(here, draft)
        hands = partial(hand_parcel, cached.house(), here.snapshot.snapshot_id, here.standard, draft)
        mount.live(parcel, here.standard, draft, held, found, key=LIVE, rest=WORK, hands=hands)


def hand(here: Context, tabs: tuple[str, ...]) -> None:
    """What the server moves; without the live part it moves everything, and the draft stands below."""
    held = sketch.current(here.standard_hash)
    base = sketch.base_of(held)
    with st.container(key="bench_hand"):
        if base is not None:
            with st.container(border=True):
                st.markdown(f"**{say('bench.controls_beside' if tabs == BESIDE_LIVE else 'bench.controls')}**")
                controls(base, held, tabs)
        if tabs != BESIDE_LIVE:
            draft_panel(here, held, sketch.draft_of(held), steps=True)


def recount(here: Context, draft: Standard | None) -> Recount:
    """The draft's count, or why there is none."""
    trouble = None if draft is None else trouble_of(draft)
    if draft is None or trouble is not None:
        return Recount(None, trouble)
    try:
        return Recount(bench.trial(cached.house(), here.snapshot.snapshot_id, here.standard, draft), None)
    except TierdeskError as error:
        return Recount(None, error)


def parcel_of(here: Context, draft: Standard) -> Parcel:
    """The population that a draft is counted on in the browser."""
    sides = (Side(here.snapshot.snapshot_id, standard) for standard in (here.standard, draft))
    return parcels.parcel_between(cached.house(), *sides)


def can_be_live(here: Context, draft: Standard, found: Recount) -> bool:
    """Whether there can be a live bench; where not, say why, and let the page do without."""
    try:
        parcel_of(here, draft)
    except TierdeskError as error:
        words = [to(error.message), to(error.hint), "" if found.trial else f"\n\n{say('bench.no_recount')}"]
        st.info(" ".join(words), icon=":material/edit_note:")
        return False
    return True


def faults_line(n: int) -> None:
    """That the draft has faults, near the top, where a live bench would say it itself."""
    if n:
        st.markdown(f":orange[**{say('live.faults', n=n)}**]")


def closer(here: Context, found: Recount, scope: Scope) -> Scope:
    """Head the questions below the bench; they are asked of a part of the population that is chosen here."""
    assert found.trial is not None
    st.markdown(f"#### {say('bench.closer')}\n\n:small[{say('bench.closer_note')}]")
    return layout.scope_controls(found.trial.migration, scope, key="bench.view", here=here)


enter()
with page("bench") as here:
    if here is not None:
        follow(here)
        work(here)
