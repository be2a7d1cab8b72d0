"""A score taken apart, and a score over time."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.palette import INK, LINE, SOFT, STILL, framed, wrapped

FILL, FIRST = "#1F6F94", "#0B3C5D"


@dataclass(frozen=True, slots=True)
class Part:
    """What one dimension adds: points got, points that could be got, and how both are written."""

    name: str
    got: float
    possible: float
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A level that matters: the entry score of a tier."""

    name: str
    value: float


def parts(pieces: Sequence[Part], *, title: str, note: str, alt: str) -> go.Figure:
    """One bar a dimension, first on top: full is what was got, pale is what could be got."""
    names = [wrapped(piece.name, wide=18, narrow=8) for piece in pieces]
    widest = max((piece.possible for piece in pieces), default=1.0) or 1.0
    figure = go.Figure()
    figure.add_bar(
        y=names,
        x=[piece.possible for piece in pieces],
        orientation="h",
        marker={"color": STILL, "line": {"color": LINE, "width": 1}},
        hoverinfo="skip",
        text=[piece.text for piece in pieces],
        textposition="outside",
        textangle=0,
        textfont={"size": 13, "color": INK},
        cliponaxis=False,
    )
    figure.add_bar(
        y=names,
        x=[piece.got for piece in pieces],
        orientation="h",
        marker={"color": FILL},
        customdata=[piece.text for piece in pieces],
        hovertemplate="%{y}<br>%{customdata}<extra></extra>",
    )
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=24 + 46 * max(1, len(pieces)),
        barmode="overlay",
        bargap=0.4,
        uniformtext={"minsize": 12, "mode": "show"},
        xaxis={"visible": False, "range": [0, widest * 1.45], "fixedrange": True},
        yaxis={
            "autorange": "reversed",
            "automargin": True,
            "tickfont": {"size": 13, "color": SOFT},
            "ticksuffix": "  ",
            "fixedrange": True,
        },
    )


def over_time(
    periods: Sequence[str],
    scores: Sequence[float | None],
    texts: Sequence[str],
    details: Sequence[str],
    marks: Sequence[Mark],
    *,
    title: str,
    note: str,
    alt: str,
) -> go.Figure:
    """A line of scores with the entry scores of the tiers; a period without a score is a gap.

    ``texts`` stand beside the points, ``details`` appear under the pointer.
    """
    known = [score for score in scores if score is not None] + [mark.value for mark in marks]
    low, high = min(known, default=0.0), max(known, default=100.0)
    room = max(6.0, (high - low) * 0.18)
    figure = go.Figure()
    for mark in marks:
        figure.add_hline(
            y=mark.value,
            line={"color": SOFT, "width": 1, "dash": "dot"},
            annotation={"text": mark.name, "font": {"size": 12, "color": SOFT}},
            annotation_position="top left",
        )
    figure.add_scatter(
        x=[period.replace("Q", "<br>Q") for period in periods],
        y=list(scores),
        mode="lines+markers+text",
        line={"color": FIRST, "width": 2},
        marker={"size": 8, "color": FIRST},
        text=list(texts),
        textposition="top center",
        textfont={"size": 12, "color": INK},
        cliponaxis=False,
        customdata=list(details),
        hovertemplate="%{x}<br>%{customdata}<extra></extra>",
    )
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=280,
        margin={"t": 16, "r": 24, "b": 48},
        xaxis={
            "type": "category",
            "tickfont": {"size": 13, "color": SOFT},
            "tickangle": 0,
            "showgrid": False,
            "fixedrange": True,
        },
        yaxis={"visible": False, "range": [low - room, high + room], "fixedrange": True},
    )
