"""Goal-seek: say what is wanted and within which limits, and get the best entry scores, with what holds them back."""

import streamlit as st

from analytics.cube.goal.ask import Ask
from analytics.cube.goal.halves import MOST, combinations
from analytics.cube.goal.seek import Clash, Found, Solution
from analytics.desks.whatif import goal
from analytics.errors import TierdeskError
from pages.ui import cached, session
from pages.ui.draft import sketch
from pages.ui.frame import boundary, empty, tell
from pages.ui.whatif.seeking.answer import Told, clash_card, drawn, effect, limits_card, solution_card
from pages.ui.whatif.seeking.form import USUAL_STEP, ask_of, form_of
from pages.ui.whatif.seeking.told import Teller
from pages.ui.whatif.view import View
from pages.ui.words import count, say

AT_ONCE = 30_000_000
"""Up to so many combinations the answer follows every change by itself."""
BEST = -1
"""The best solution, among the places on the front."""


@st.fragment
def goal_seek(view: View) -> None:
    """Draw what is asked, and the answer."""
    with boundary("bench"):
        st.markdown(say("goal.purpose"))
        if view.scope.kind is not None or view.scope.group is not None:
            st.markdown(f":small[{say('goal.everyone')}]")
        plain = goal.ground(cached.house(), *view.sides, USUAL_STEP)
        if not plain.movable:
            empty(say("goal.nobody_scored"))
            return
        form = form_of(view, goal.outcome(plain, view.here.standard, plain.stood))
        ask = ask_of(form, plain.movable)
        if form.faults:
            empty(say("goal.mend_first"))
            return
        over = goal.ground(cached.house(), *view.sides, ask.step)
        if _is_wanted(ask, len(over.positions), over.n_tiers - 1, form.key):
            _answer(Told(view, Teller(over, view.scope.currency), ask), form.key)


def _is_wanted(ask: Ask, positions: int, boundaries: int, key: str) -> bool:
    """Whether to look now: at once where that takes a moment, else when the visitor says so."""
    n = combinations(positions, boundaries, len(ask.kinds))
    if not AT_ONCE < n <= MOST or len(ask.kinds) == 1:
        return True
    if st.button(say("goal.find", n=count(n)), type="primary", icon=":material/search:", key="goal.find"):
        session.remember(f"{key}.wanted", ask)
    return session.recall(f"{key}.wanted", None) == ask


def _answer(told: Told, key: str) -> None:
    try:
        with st.spinner(say("goal.looking")):
            answer = goal.sought(cached.house(), *told.view.sides, told.ask)
    except TierdeskError as error:
        tell(error)
        return
    if isinstance(answer, Clash):
        clash_card(told, answer)
        return
    points = drawn(answer)
    chosen = _chosen(told, answer, points, key)
    solution_card(told, answer, chosen)
    _adopt(told.view, chosen)
    effect(told, answer, points, chosen)
    limits_card(told, answer)


def _chosen(told: Told, found: Found, points: tuple[Solution, ...], key: str) -> Solution:
    """The solution that is shown: the best, or any of the front."""
    of, teller = told.ask.aim.of, told.teller
    options = [BEST, *range(len(points))]

    def label(place: int) -> str:
        each = found.best if place == BEST else points[place]
        words = say("goal.point", value=teller.amount(of, each.value), down=count(each.down))
        return say("goal.best_of_all", point=words) if place == BEST else words

    place = st.selectbox(say("goal.shown"), options, format_func=label, key=f"{key}.shown.{hash(told.ask)}")
    return found.best if place == BEST else points[place]


def _adopt(view: View, chosen: Solution) -> None:
    """One click, one step of undo: the found entry scores become the draft's."""
    said = goal.overrides(view.draft, chosen.entries)
    pressed = st.button(
        say("goal.adopt"),
        type="primary",
        icon=":material/edit_note:",
        disabled=not said,
        help=None if said else say("goal.adopted"),
        key="goal.adopt",
    )
    if pressed:
        held = sketch.current(view.here.standard_hash)
        sketch.put_all(held.baseline, said, goal.stood(sketch.base_of(held), said))
        st.rerun()
