"""A sweep: one number of the draft over its whole range, and the position that the draft should take."""

import streamlit as st

from analytics.cube.sweep.dials import Dial, dials_of
from analytics.desks.whatif import sensitivity
from analytics.errors import TierdeskError
from analytics.vocabulary import Kind
from pages.ui import cached, session
from pages.ui.draft import sketch
from pages.ui.figure_card import show
from pages.ui.frame import boundary, empty, tell
from pages.ui.impact import layout
from pages.ui.lines.asking import asked_of, dial_name
from pages.ui.lines.sweep_figures import Told
from pages.ui.tables import download
from pages.ui.whatif.view import View
from pages.ui.words import say

SORTS = {
    "entry": ("entry",),
    "weight": ("weight",),
    "edge": ("edge",),
    "points": ("points", "missing"),
    "gate": ("gate",),
}


@st.fragment
def sweep(view: View) -> None:
    """Draw the choice of a number, the finding, its curves, and the way into the draft."""
    with boundary("bench"):
        st.markdown(say("sweep.purpose"))
        dial = _chosen(view)
        if dial is None:
            empty(say("sweep.no_number"))
            return
        asked = asked_of(view.sides, view.scope)
        try:
            with st.spinner(say("sweep.counting")):
                curve = sensitivity.curve(asked, dial)
        except TierdeskError as error:
            tell(error)
            return
        if len(dial.positions) == 1:
            empty(say("sweep.no_room"))
            return
        told = Told(curve, asked, view.scope)
        st.markdown(told.finding)
        if dial.coarse:
            st.markdown(f":small[{say('sweep.coarse', n=len(dial.positions))}]")
        with st.grid(2, min_column_width=layout.CARD):
            for name, drawn in told.figures():
                show(*drawn, key=f"bench_sweep_{name}")
        _pick(view, told)


def _chosen(view: View) -> Dial | None:
    """The number that the visitor chooses: its sort, its kind, and which of them."""
    every = [dial for dial in dials_of(view.draft, cached.house().contract) if not _is_hidden(view, dial)]
    sorts = {name: [dial for dial in every if dial.sort in inner] for name, inner in SORTS.items()}
    offered = [name for name, dials in sorts.items() if dials]
    if not offered:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sort = st.segmented_control(
            say("sweep.sort"),
            offered,
            format_func=lambda name: say(f"sweep.sort_{name}"),
            default=offered[0],
            required=True,
            key="bench.sweep.sort",
        )
        dials = {dial.path: dial for dial in sorts[sort or offered[0]]}
        usual = _usual(view, list(dials.values()))
        path = st.selectbox(
            say("sweep.number"),
            list(dials),
            index=usual,
            format_func=lambda path: dial_name(view.draft, cached.house().contract, dials[path]),
            key=f"bench.sweep.number.{sort}.{view.scope.kind or ''}",
            width=460,
        )
    return dials[path] if path else None


def _usual(view: View, dials: list[Dial]) -> int:
    """The first number of the kind that the scope shows."""
    wanted = view.scope.kind or Kind.PERSON
    return next((at for at, dial in enumerate(dials) if dial.kind in (wanted, None)), 0)


def _is_hidden(view: View, dial: Dial) -> bool:
    return dial.sort == "gate" and session.hides(view.draft.gate[dial.place])


def _pick(view: View, told: Told) -> None:
    """A position closely, and one click that makes it the draft's."""
    dial = told.curve.dial
    with st.container(border=True, key="bench_pick"):
        place = st.select_slider(
            say("sweep.pick"),
            range(len(dial.positions)),
            value=told.curve.now,
            format_func=lambda at: told.position(dial.positions[at]),
            key=f"bench.sweep.place.{dial.path}.{dial.at}.{len(dial.positions)}",
        )
        st.markdown(told.at(place))
        if words := told.weights_at(place):
            st.markdown(f":orange[:material/warning:] {words}")
        with st.container(horizontal=True):
            pressed = st.button(
                say("sweep.adopt", position=told.position(dial.positions[place])),
                type="primary",
                icon=":material/edit_note:",
                disabled=place == told.curve.now,
                help=say("sweep.adopted") if place == told.curve.now else None,
                key="bench.sweep.adopt",
            )
            frame, headers = told.table()
            download(frame, headers, view.file_name("sweep", dial.path), key="bench.sweep.download")
    if pressed:
        _adopt(view, dial, place)


def _adopt(view: View, dial: Dial, place: int) -> None:
    """The position becomes the draft's; saying what stood there takes the word back."""
    held = sketch.current(view.here.standard_hash)
    base = sketch.base_of(held)
    stood = {each.path: each for each in dials_of(base, cached.house().contract)} if base else {}
    before = stood.get(dial.path)
    sketch.put(held.baseline, dial.path, dial.value(dial.positions[place]), before.value(before.at) if before else None)
    st.rerun()
