"""Several drafts side by side: for each state a bar a draft, on that state's own scale."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.palette import INK, PAPER, SOFT, framed

BAR, GAP = 26, 1.5
"""Pixels that a bar takes, and the room above each state in bars."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One state: what it is called, its colour, and for each draft its share (0 to 1) and how that is written."""

    name: str
    colour: str
    shares: Sequence[float]
    texts: Sequence[str]


def lineup(lanes: Sequence[Lane], drafts: Sequence[str], *, title: str, note: str, alt: str) -> go.Figure:
    """A block of bars for each state, first state on top; the first draft, hollow, is what the others stand against.

    Every block has a scale of its own from zero, so that a small tier shows its differences too.
    """
    figure = go.Figure()
    step = len(drafts) + GAP
    for at, draft in enumerate(drafts):
        figure.add_bar(
            y=[block * step + GAP + at for block in range(len(lanes))],
            x=[_length(lane, at) for lane in lanes],
            orientation="h",
            name=_plain(draft),
            width=0.72,
            marker={
                "color": [PAPER if at == 0 else lane.colour for lane in lanes],
                "line": {"color": [lane.colour for lane in lanes], "width": 2},
            },
            text=[lane.texts[at] for lane in lanes],
            textposition="outside",
            textangle=0,
            textfont={"size": 13, "color": INK},
            cliponaxis=False,
            customdata=[[_plain(draft), lane.name, lane.texts[at]] for lane in lanes],
            hovertemplate="%{customdata[0]} · %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        )
    for block, lane in enumerate(lanes):
        _heading(figure, lane.name, block * step + GAP - 0.85)
    places = [block * step + GAP + at for block in range(len(lanes)) for at in range(len(drafts))]
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=int(24 + BAR * step * max(1, len(lanes))),
        barmode="overlay",
        uniformtext={"minsize": 12, "mode": "show"},
        xaxis={"visible": False, "range": [0, 1.65], "fixedrange": True},
        yaxis={
            "range": [step * len(lanes) - 0.1, -0.1],
            "tickvals": places,
            "ticktext": [_short(draft) for _ in lanes for draft in drafts],
            "tickfont": {"size": 13, "color": SOFT},
            "automargin": True,
            "fixedrange": True,
            "showgrid": False,
            "zeroline": False,
            "ticksuffix": "  ",
        },
    )


def _length(lane: Lane, at: int) -> float:
    """A bar's length: 1 is the longest of its block."""
    return lane.shares[at] / (max(lane.shares) or 1.0)


def _heading(figure: go.Figure, name: str, y: float) -> None:
    figure.add_annotation(
        x=0,
        y=y,
        xanchor="left",
        text=f"<b>{name}</b>",
        showarrow=False,
        font={"size": 13, "color": INK},
    )


def _short(name: str, most: int = 22) -> str:
    return _plain(name if len(name) <= most else f"{name[: most - 1]}…")


def _plain(name: str) -> str:
    """A name that people chose, with nothing in it that Plotly would take for a tag."""
    return name.replace("&", "&amp;").replace("<", "&lt;")
