"""One whole in parts, several times over: who is in each tier, and what they hold."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.charts.palette import PAPER, SOFT, framed, ink_on
from analytics.charts.trend import Layer

READABLE = 0.06
"""A part thinner than this share has no room for its number; the table behind the figure has it."""


def shares(rows: Sequence[str], layers: Sequence[Layer], *, title: str, note: str, alt: str) -> go.Figure:
    """One bar a row, first row on top; ``layers`` run from left to right and hold a share for every row."""
    figure = go.Figure()
    for layer in layers:
        written = zip(layer.shares, layer.texts, strict=True)
        figure.add_bar(
            y=list(rows),
            x=list(layer.shares),
            orientation="h",
            name=layer.name,
            marker={"color": layer.colour, "line": {"color": PAPER, "width": 2}},
            text=[text if share >= READABLE else "" for share, text in written],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": 13, "color": ink_on(layer.colour)},
            customdata=list(layer.texts),
            hovertemplate=f"%{{y}} · {layer.name}<br>%{{customdata}}<extra></extra>",
        )
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=70 + 56 * len(rows),
        barmode="stack",
        bargap=0.28,
        showlegend=True,
        legend={
            "orientation": "h",
            "y": -0.02,
            "x": 0,
            "yanchor": "top",
            "traceorder": "normal",
            "font": {"size": 13, "color": SOFT},
        },
        uniformtext={"minsize": 11, "mode": "hide"},
        xaxis={"visible": False, "range": [0, 1], "fixedrange": True},
        yaxis={
            "autorange": "reversed",
            "automargin": True,
            "tickfont": {"size": 14, "color": SOFT},
            "ticksuffix": "  ",
            "fixedrange": True,
        },
    )
