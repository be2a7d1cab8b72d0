"""Shares of several groups under several changes: one bar a change, groups from the top."""

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.charts.palette import INK, SOFT, framed
from analytics.charts.trend import Layer

BAR = 21
"""Pixels that a bar takes."""


def falls(groups: Sequence[str], layers: Sequence[Layer], *, title: str, note: str, alt: str) -> go.Figure:
    """Bars of shares; ``layers`` hold a share for every group."""
    figure = go.Figure()
    for layer in layers:
        figure.add_bar(
            y=list(groups),
            x=list(layer.shares),
            orientation="h",
            name=layer.name,
            marker={"color": layer.colour, "line": {"color": "#0B3C5D", "width": 0.5}},
            text=list(layer.texts),
            textposition="outside",
            textangle=0,
            textfont={"size": 12, "color": INK},
            cliponaxis=False,
            customdata=list(layer.texts),
            hovertemplate=f"%{{y}} · {layer.name}<br>%{{customdata}}<extra></extra>",
        )
    widest = max((max(layer.shares, default=0.0) for layer in layers), default=0.0) or 1.0
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=56 + (BAR * len(layers) + 12) * max(1, len(groups)),
        barmode="group",
        bargap=0.25,
        showlegend=True,
        legend={
            "orientation": "h",
            "y": -0.02,
            "x": 0,
            "yanchor": "top",
            "traceorder": "normal",
            "font": {"size": 12, "color": SOFT},
        },
        uniformtext={"minsize": 11, "mode": "show"},
        xaxis={"visible": False, "range": [0, widest * 1.7], "fixedrange": True},
        yaxis={
            "autorange": "reversed",
            "automargin": True,
            "tickfont": {"size": 13, "color": SOFT},
            "ticksuffix": "  ",
            "fixedrange": True,
        },
    )
