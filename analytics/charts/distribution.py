"""Who stands where, before and after: one pair of bars a state."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.palette import INK, PAPER, SOFT, framed

ROW = 62
"""Pixels that a pair of bars takes."""


@dataclass(frozen=True, slots=True)
class Level:
    """One state: its shares (0 to 1) and how they are to be written."""

    name: str
    colour: str
    before: float
    after: float
    before_text: str
    after_text: str


def distribution(levels: Sequence[Level], *, before: str, after: str, title: str, note: str, alt: str) -> go.Figure:
    """Bars of shares, first level on top; hollow is before, full is after."""
    names = [level.name for level in levels]
    colours = [level.colour for level in levels]
    figure = go.Figure()
    hollow = [PAPER] * len(levels)
    sides = (
        (before, [level.before for level in levels], [level.before_text for level in levels], hollow),
        (after, [level.after for level in levels], [level.after_text for level in levels], colours),
    )
    for side, shares, texts, fill in sides:
        figure.add_bar(
            y=names,
            x=shares,
            orientation="h",
            name=side,
            marker={"color": fill, "line": {"color": colours, "width": 2}},
            text=texts,
            textposition="outside",
            textangle=0,
            textfont={"size": 13, "color": INK},
            cliponaxis=False,
            customdata=texts,
            hovertemplate=f"%{{y}} · {side}<br>%{{customdata}}<extra></extra>",
        )
    widest = max((max(level.before, level.after) for level in levels), default=1.0) or 1.0
    lowest = min((min(level.before, level.after, 0.0) for level in levels), default=0.0)
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=24 + ROW * max(1, len(levels)),
        barmode="group",
        bargap=0.28,
        bargroupgap=0.12,
        uniformtext={"minsize": 12, "mode": "show"},
        xaxis={"visible": False, "range": [lowest * 2.0, widest * 2.0], "fixedrange": True},
        yaxis={
            "autorange": "reversed",
            "tickfont": {"size": 14, "color": SOFT},
            "automargin": True,
            "fixedrange": True,
            "ticksuffix": "  ",
        },
    )
