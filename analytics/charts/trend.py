"""Tiers over time: one column a period, one layer a state, the highest on top."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.palette import PAPER, SOFT, framed, ink_on

READABLE = 0.045
"""A layer thinner than this share has no room for its number; the table behind the figure has it."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One state over the periods: shares (0 to 1) and how they are written."""

    name: str
    colour: str
    shares: tuple[float, ...]
    texts: tuple[str, ...]


def trend(periods: Sequence[str], layers: Sequence[Layer], *, title: str, note: str, alt: str) -> go.Figure:
    """Columns of shares; the first layer is at the foot."""
    figure = go.Figure()
    for layer in layers:
        written = zip(layer.shares, layer.texts, strict=True)
        figure.add_bar(
            x=[period.replace("Q", "<br>Q") for period in periods],
            y=list(layer.shares),
            name=layer.name,
            marker={"color": layer.colour, "line": {"color": PAPER, "width": 1}},
            text=[text if share >= READABLE else "" for share, text in written],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": 12, "color": ink_on(layer.colour)},
            customdata=list(layer.texts),
            hovertemplate=f"%{{x}} · {layer.name}<br>%{{customdata}}<extra></extra>",
        )
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=340,
        barmode="stack",
        bargap=0.25,
        showlegend=True,
        legend={
            "orientation": "h",
            "y": -0.2,
            "x": 0,
            "yanchor": "top",
            "traceorder": "reversed",
            "font": {"size": 13, "color": SOFT},
        },
        xaxis={
            "type": "category",
            "tickfont": {"size": 13, "color": SOFT},
            "tickangle": 0,
            "fixedrange": True,
        },
        yaxis={"visible": False, "range": [0, 1], "fixedrange": True},
    )
