"""Two amounts a row, to the left and to the right of a line."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.palette import INK, LINE, SOFT, framed

LEFT, RIGHT = "#8CC5D9", "#0B3C5D"
ROW = 27
"""Pixels that a row takes, unless it is said."""
ROOM = 1.5
"""How far the axis reaches, in lengths of the longest bar: what is written beside it needs room."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what stands on either side of it, and how both are written. ``marked`` rows draw the eye."""

    name: str
    left: float
    right: float
    left_text: str
    right_text: str
    marked: bool = False


def both_sides(
    rows: Sequence[Row],
    *,
    left: str,
    right: str,
    title: str,
    note: str,
    alt: str,
    colours: tuple[str, str] = (LEFT, RIGHT),
    row: int = ROW,
    room: float = ROOM,
) -> go.Figure:
    """Bars to both sides, first row on top; marked rows have a diamond on the line."""
    names = [each.name for each in rows]
    figure = go.Figure()
    sides = (
        (left, colours[0], [-each.left for each in rows], [each.left_text for each in rows]),
        (right, colours[1], [each.right for each in rows], [each.right_text for each in rows]),
    )
    for side, colour, values, texts in sides:
        figure.add_bar(
            y=names,
            x=values,
            orientation="h",
            name=side,
            marker={"color": colour, "line": {"color": colours[1], "width": 0.5}},
            text=[text if value else "" for value, text in zip(values, texts, strict=True)],
            textposition="outside",
            textangle=0,
            textfont={"size": 12, "color": INK},
            cliponaxis=False,
            customdata=texts,
            hovertemplate=f"%{{y}} · {side}<br>%{{customdata}}<extra></extra>",
        )
    marked = [each.name for each in rows if each.marked]
    if marked:
        figure.add_scatter(
            y=marked,
            x=[0] * len(marked),
            mode="markers",
            marker={"symbol": "diamond", "size": 11, "color": "#B35806", "line": {"color": "#FFFFFF", "width": 1}},
            hoverinfo="skip",
        )
    widest = max((max(each.left, each.right) for each in rows), default=1.0) or 1.0
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=24 + row * max(2, len(rows)),
        barmode="relative",
        bargap=0.3,
        uniformtext={"minsize": 11, "mode": "show"},
        xaxis={
            "showticklabels": False,
            "showgrid": False,
            "zeroline": True,
            "zerolinecolor": LINE,
            "range": [-widest * room, widest * room],
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
