"""Customers around one line: a column for each bin, pale below the line and dark from it on."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.both_sides import LEFT, RIGHT
from analytics.charts.palette import INK, LINE, SOFT, framed

Ticks = Sequence[tuple[float, str]]
"""Where an axis is labelled, and how."""


@dataclass(frozen=True, slots=True)
class Bin:
    """One column: its middle and width on the axis, its height, and what appears under the pointer."""

    middle: float
    width: float
    value: float
    text: str


def around(
    bins: Sequence[Bin],
    *,
    line: tuple[float, str],
    span: tuple[float, float],
    ticks: Ticks,
    title: str,
    note: str,
    alt: str,
) -> go.Figure:
    """Columns over an axis of scores or amounts, with the line drawn through them."""
    figure = go.Figure()
    figure.add_bar(
        x=[each.middle for each in bins],
        y=[each.value for each in bins],
        width=[each.width for each in bins],
        marker={
            "color": [LEFT if each.middle < line[0] else RIGHT for each in bins],
            "line": {"color": "#FFFFFF", "width": 0.5},
        },
        textangle=0,
        customdata=[each.text for each in bins],
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.add_vline(
        x=line[0],
        line={"color": INK, "width": 1.5, "dash": "dot"},
        annotation={"text": line[1], "font": {"size": 12, "color": INK}},
        annotation_position="top",
    )
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=280,
        margin={"t": 28, "l": 64, "r": 64, "b": 40},
        bargap=0,
        xaxis={
            "range": list(span),
            "tickvals": [at for at, _ in ticks],
            "ticktext": [text for _, text in ticks],
            "tickfont": {"size": 12, "color": SOFT},
            "tickangle": 0,
            "showgrid": False,
            "fixedrange": True,
        },
        yaxis={
            "gridcolor": LINE,
            "tickfont": {"size": 12, "color": SOFT},
            "rangemode": "tozero",
            "fixedrange": True,
            "nticks": 5,
            "tickformat": ",d",
        },
    )
