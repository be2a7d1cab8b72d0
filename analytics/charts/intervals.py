"""Shares of groups with the range that chance leaves them, against one share of everyone."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.palette import DOWN, INK, LINE, OTHER, PAPER, SOFT, framed


@dataclass(frozen=True, slots=True)
class Spot:
    """One group: its share (0 to 1), the range around it, how that is written, and whether it stands out."""

    name: str
    share: float
    low: float
    high: float
    text: str
    stands_out: bool = False


def intervals(spots: Sequence[Spot], *, whole: float, title: str, note: str, alt: str) -> go.Figure:
    """A dot and its range for each group, first group on top; the line is the share of the whole."""
    names = [spot.name for spot in spots]
    colours = [DOWN if spot.stands_out else OTHER for spot in spots]
    figure = go.Figure()
    for spot, colour in zip(spots, colours, strict=True):
        figure.add_scatter(
            x=[spot.low, spot.high],
            y=[spot.name, spot.name],
            mode="lines",
            line={"color": colour, "width": 3},
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=[spot.share for spot in spots],
        y=names,
        mode="markers",
        marker={"color": colours, "size": 11},
        cliponaxis=False,
        customdata=[spot.text for spot in spots],
        hovertemplate="%{y}<br>%{customdata}<extra></extra>",
    )
    widest = max((spot.high for spot in spots), default=0.0) or 1.0
    for spot in spots:
        figure.add_annotation(
            x=spot.high,
            y=spot.name,
            text=spot.text,
            showarrow=False,
            xanchor="left",
            xshift=8,
            font={"size": 12, "color": INK},
            bgcolor=PAPER,
        )
    figure.add_vline(x=whole, line={"color": SOFT, "width": 1, "dash": "dot"}, layer="below")
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=70 + 30 * max(2, len(spots)),
        margin={"b": 30},
        xaxis={
            "tickformat": ".1%" if widest < 0.1 else ".0%",
            "gridcolor": LINE,
            "zeroline": False,
            "range": [0, widest * 1.45],
            "tickfont": {"size": 12, "color": SOFT},
            "fixedrange": True,
        },
        yaxis={
            "autorange": "reversed",
            "showgrid": False,
            "tickfont": {"size": 13, "color": SOFT},
            "automargin": True,
            "fixedrange": True,
            "ticksuffix": "  ",
            "type": "category",
        },
    )
