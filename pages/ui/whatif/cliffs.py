"""The cliff map: who stands within reach of each line, where more bunch just above one than chance would give."""

from collections.abc import Sequence

import streamlit as st

from analytics.cube.sensitivity.edge_cliffs import Reach
from analytics.cube.sensitivity.lines import Cliff
from analytics.desks.whatif import sensitivity
from analytics.desks.whatif.sensitivity import Near
from analytics.errors import TierdeskError
from analytics.vocabulary import BASIS
from pages.ui.figure_card import show
from pages.ui.frame import boundary, empty, tell
from pages.ui.lines.asking import asked_of, chosen_kind
from pages.ui.lines.beside_list import Behind, beside_list
from pages.ui.lines.cliff_figures import Told
from pages.ui.whatif.view import View
from pages.ui.words import count, say

POINTS = (1, 2, 5)
"""Points within which somebody stands beside an entry score: a band's points move a score by about so much. (choice)"""
REACHES = {
    "step1": Reach("steps", 1),
    "step2": Reach("steps", 2),
    "share1": Reach("percent", 1),
    "share5": Reach("percent", 5),
    "share10": Reach("percent", 10),
}


@st.fragment
def cliffs(view: View) -> None:
    """Draw the choice of distance, the finding, the map, and one line closely."""
    with boundary("bench"):
        st.markdown(say("cliffs.purpose"))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kind = chosen_kind(view.draft, view.scope, key="bench.cliffs")
            near = _near()
        if view.scope.kind is None:
            st.markdown(f":small[{say('cliffs.kind_note')}]")
        asked = asked_of(view.sides, view.scope)
        try:
            with st.spinner(say("cliffs.counting")):
                found = sensitivity.cliff_map(asked, near)
        except TierdeskError as error:
            tell(error)
            return
        here = [cliff for cliff in found.cliffs if cliff.line.kind is kind]
        if not any(_both(cliff) for cliff in here):
            empty(say("cliffs.nobody"))
            return
        told = Told(asked, view.scope, near, kind)
        st.markdown(told.finding(found, here))
        show(*told.map(here), key="bench_cliffs")
        _closely(told, here, view)


def _near() -> Near:
    points = st.segmented_control(
        say("cliffs.points"),
        POINTS,
        format_func=lambda each: say("cliffs.points_of", n=each),
        default=POINTS[1],
        required=True,
        key="bench.cliffs.points",
    )
    reach = st.segmented_control(
        say("cliffs.reach"),
        list(REACHES),
        format_func=lambda name: say(f"cliffs.reach_{name}"),
        default="step1",
        required=True,
        key="bench.cliffs.reach",
        help=say("cliffs.reach_help"),
    )
    return Near((points or POINTS[1]) * BASIS, REACHES[reach or "step1"])


def _both(cliff: Cliff) -> int:
    return cliff.below.customers + cliff.above.customers


def _changing(cliff: Cliff) -> int:
    return cliff.below.changing + cliff.above.changing


def _closely(told: Told, here: Sequence[Cliff], view: View) -> None:
    """One line: its surroundings, what bunching says, and the customers beside it."""
    somebody = [cliff for cliff in here if _both(cliff)]
    usual = max(range(len(somebody)), key=lambda at: (somebody[at].bunching.is_there, _changing(somebody[at])))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = st.selectbox(
            say("cliffs.choose"),
            range(len(somebody)),
            index=usual,
            format_func=lambda at: f"{told.name(somebody[at])} · {count(_both(somebody[at]))}",
            key=f"bench.cliffs.line.{told.kind.value}",
            width=380,
        )
        side = st.segmented_control(
            say("cliffs.side"),
            ("below", "above"),
            format_func=lambda name: say(f"cliffs.{name}"),
            default="below",
            required=True,
            key="bench.cliffs.side",
        )
        changing = st.toggle(say("cliffs.only_changing"), key="bench.cliffs.changing")
    cliff = somebody[place]
    show(*told.surroundings(cliff, sensitivity.histogram(told.asked, cliff.line, told.near)), key="bench_around")
    st.markdown(told.bunching(cliff))
    found = sensitivity.beside(told.asked, cliff, told.near, below=side != "above", only_changing=changing)
    behind = Behind(
        title=say("cliffs.list_below" if side != "above" else "cliffs.list_above", line=told.name(cliff)),
        then=say("cliffs.across"),
        about=f"{cliff.line.sort} {cliff.line.name} {cliff.line.kind.value} {cliff.line.amount} {side}",
        file_name=view.file_name("beside", cliff.line.sort, cliff.line.name, cliff.line.kind.value, str(side)),
        currency=told.scope.currency,
        standard_hash=view.here.standard_hash,
    )
    beside_list(told.asked, found, behind, key="bench_beside")
