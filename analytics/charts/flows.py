"""Flows from where customers stood to where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.palette import DOWN, INK, LINE, OTHER, UP, framed, see_through

HUES = {1: (UP, 0.45), -1: (DOWN, 0.45), 0: ("#B4BDC6", 0.38), 2: (OTHER, 0.4)}
HALO = ", ".join(["0 0 2px #FFFFFF"] * 2)
"""Keeps a label readable where a stream runs under it."""
GAP = 0.05
"""Share of the height between two states."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A state on one side, with its label as it is to be written."""

    name: str
    colour: str


@dataclass(frozen=True, slots=True)
class Flow:
    """``value`` goes from a place on the left to one on the right; way: 1 up, -1 down, 0 still, 2 else."""

    source: int
    target: int
    value: int
    text: str
    way: int


def flows(
    left: Sequence[Stop], right: Sequence[Stop], streams: Sequence[Flow], *, title: str, note: str, alt: str
) -> go.Figure:
    """A Sankey diagram, first state on top; empty streams are left out, and states that nobody passes."""
    streams = [stream for stream in streams if stream.value > 0]
    sides = (sorted({each.source for each in streams}), sorted({each.target for each in streams}))
    places = {("left", at): n for n, at in enumerate(sides[0])}
    places |= {("right", at): len(sides[0]) + n for n, at in enumerate(sides[1])}
    stops = [left[at] for at in sides[0]] + [right[at] for at in sides[1]]
    heights = (
        [sum(each.value for each in streams if each.source == at) for at in sides[0]],
        [sum(each.value for each in streams if each.target == at) for at in sides[1]],
    )
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            textfont={"size": 13, "color": INK, "shadow": HALO},
            node={
                "label": [stop.name for stop in stops],
                "color": [stop.colour for stop in stops],
                "line": {"color": LINE, "width": 0.5},
                "x": [0.001] * len(sides[0]) + [0.999] * len(sides[1]),
                "y": [*_middles(heights[0]), *_middles(heights[1])],
                "pad": 22,
                "thickness": 16,
                "hovertemplate": "%{label}<extra></extra>",
            },
            link={
                "source": [places["left", each.source] for each in streams],
                "target": [places["right", each.target] for each in streams],
                "value": [each.value for each in streams],
                "color": [see_through(*HUES[each.way]) for each in streams],
                "customdata": [each.text for each in streams],
                "hovertemplate": "%{source.label} → %{target.label}<br>%{customdata}<extra></extra>",
            },
        )
    )
    height = 60 + 62 * max(len(sides[0]), len(sides[1]), 2)
    return framed(figure, title=title, note=note, alt=alt, height=height, margin={"t": 16, "b": 16})


def _middles(values: Sequence[int]) -> list[float]:
    """Where the middle of each state stands, from the top (0) to the bottom (1)."""
    total = sum(values) or 1
    room = 1 - GAP * max(0, len(values) - 1)
    at, found = 0.0, []
    for value in values:
        height = room * value / total
        found.append(min(0.999, max(0.001, at + height / 2)))
        at += height + GAP
    return found
