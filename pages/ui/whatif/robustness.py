"""Robustness: whose tier survives every small move of weights and edges, and who is fragile."""

import streamlit as st

from analytics.desks.whatif.sensitivity import Robustness
from analytics.errors import TierdeskError
from pages.ui import session
from pages.ui.figure_card import show
from pages.ui.frame import boundary, empty, tell
from pages.ui.impact import layout
from pages.ui.lines.asking import asked_of
from pages.ui.lines.beside_list import Behind, beside_list
from pages.ui.lines.robustness_figures import Told
from pages.ui.whatif.view import View
from pages.ui.words import say

PERCENTS = (5, 10, 20)
"""By how much weights may move. A tenth is the noise that a committee's weights are thought to have (users: 5); half
and double of it show how fast it grows. (choice)"""


@st.fragment
def robustness(view: View) -> None:
    """Draw the choice of the box, the finding, both figures, and the fragile."""
    with boundary("bench"):
        st.markdown(say("robustness.purpose"))
        percent = st.segmented_control(
            say("robustness.percent"),
            PERCENTS,
            format_func=lambda each: f"±{each}%",
            default=PERCENTS[1],
            required=True,
            key="bench.robustness.percent",
            help=say("robustness.percent_help"),
        )
        asked = asked_of(view.sides, view.scope)
        found = Robustness(asked, percent or PERCENTS[1])
        try:
            with st.spinner(say("robustness.counting")):
                everyone = int(found.survivals["both"].everyone[0].sum())
        except TierdeskError as error:
            tell(error)
            return
        if not everyone:
            empty(say("robustness.nobody"))
            return
        told = Told(found, view.scope)
        st.markdown(told.finding)
        if view.draft.aggregation.method != "weighted_sum":
            st.markdown(f":small[{say('robustness.not_summed')}]")
        with st.grid(2, min_column_width=layout.CARD):
            show(*told.survival(), key="bench_survival")
            show(*told.dangers(), key="bench_dangers")
        behind = Behind(
            title=say("robustness.list"),
            then=say("robustness.then"),
            about=f"fragile {found.percent}%",
            file_name=view.file_name("fragile", f"{found.percent}pct"),
            currency=view.scope.currency,
            standard_hash=view.here.standard_hash,
        )
        beside_list(asked, found.listed(session.language()), behind, key="bench_fragile")
