"""Who rises and who falls, by kind or region: bars to both sides of one line."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.palette import DOWN, DOWN_MARK, INK, LINE, SOFT, UP, UP_MARK, framed


@dataclass(frozen=True, slots=True)
class Group:
    """One group: how much of it rises and falls (0 to 1 of the group), and how that is written."""

    name: str
    up: float
    down: float
    up_text: str
    down_text: str


def movers(groups: Sequence[Group], *, up: str, down: str, title: str, note: str, alt: str) -> go.Figure:
    """Bars of shares, first group on top: down to the left, up to the right."""
    names = [group.name for group in groups]
    figure = go.Figure()
    sides = (
        (
            down,
            DOWN,
            [-group.down for group in groups],
            [f"{DOWN_MARK} {group.down_text}" for group in groups],
        ),
        (up, UP, [group.up for group in groups], [f"{UP_MARK} {group.up_text}" for group in groups]),
    )
    for side, colour, shares, texts in sides:
        figure.add_bar(
            y=names,
            x=shares,
            orientation="h",
            name=side,
            marker={"color": colour},
            text=[text if share else "" for text, share in zip(texts, shares, strict=True)],
            textposition="outside",
            textangle=0,
            textfont={"size": 12, "color": INK},
            cliponaxis=False,
            customdata=texts,
            hovertemplate=f"%{{y}} · {side}<br>%{{customdata}}<extra></extra>",
        )
    widest = max((max(group.up, group.down) for group in groups), default=1.0) or 1.0
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=36 + 34 * max(2, len(groups)),
        barmode="relative",
        bargap=0.35,
        uniformtext={"minsize": 12, "mode": "show"},
        xaxis={
            "showticklabels": False,
            "showgrid": False,
            "zeroline": True,
            "zerolinecolor": LINE,
            "range": [-widest * 2.1, widest * 2.1],
            "fixedrange": True,
        },
        yaxis={
            "autorange": "reversed",
            "tickfont": {"size": 13, "color": SOFT},
            "automargin": True,
            "fixedrange": True,
            "ticksuffix": "  ",
        },
    )
