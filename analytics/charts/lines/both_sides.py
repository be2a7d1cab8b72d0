"""Two amounts a row, to the left and to the right of a line."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.palette import INK, LINE, SOFT, framed

LEFT, RIGHT = "#8CC5D9", "#0B3C5D"
ROW = 27
"""Pixels that a row takes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what stands on either side of it, and how both are written. ``marked`` rows draw the eye."""

    name: str
    left: float
    right: float
    left_text: str
    right_text: str
    marked: bool = False


def both_sides(rows: Sequence[Row], *, left: str, right: str, title: str, note: str, alt: str) -> go.Figure:
    """Bars to both sides, first row on top; marked rows have a diamond on the line."""
    names = [row.name for row in rows]
    figure = go.Figure()
    sides = (
        (left, LEFT, [-row.left for row in rows], [row.left_text for row in rows]),
        (right, RIGHT, [row.right for row in rows], [row.right_text for row in rows]),
    )
    for side, colour, values, texts in sides:
        figure.add_bar(
            y=names,
            x=values,
            orientation="h",
            name=side,
            marker={"color": colour, "line": {"color": RIGHT, "width": 0.5}},
            text=[text if value else "" for value, text in zip(values, texts, strict=True)],
            textposition="outside",
            textangle=0,
            textfont={"size": 12, "color": INK},
            cliponaxis=False,
            customdata=texts,
            hovertemplate=f"%{{y}} · {side}<br>%{{customdata}}<extra></extra>",
        )
    marked = [row.name for row in rows if row.marked]
    if marked:
        figure.add_scatter(
            y=marked,
            x=[0] * len(marked),
            mode="markers",
            marker={"symbol": "diamond", "size": 11, "color": "#B35806", "line": {"color": "#FFFFFF", "width": 1}},
            hoverinfo="skip",
        )
    widest = max((max(row.left, row.right) for row in rows), default=1.0) or 1.0
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=24 + ROW * max(2, len(rows)),
        barmode="relative",
        bargap=0.3,
        uniformtext={"minsize": 11, "mode": "show"},
        xaxis={
            "showticklabels": False,
            "showgrid": False,
            "zeroline": True,
            "zerolinecolor": LINE,
            "range": [-widest * 1.5, widest * 1.5],
            "fixedrange": True,
        },
        yaxis={
            "type": "category",
            "categoryorder": "array",
            "categoryarray": names[::-1],
            "tickfont": {"size": 12, "color": SOFT},
            "automargin": True,
            "fixedrange": True,
            "ticksuffix": "  ",
        },
    )
