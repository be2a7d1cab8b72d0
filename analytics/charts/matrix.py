"""The migration matrix: from each state (row) to each state (column)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from analytics.charts.palette import (
    DOWN,
    DOWN_MARK,
    OTHER,
    PAPER,
    SOFT,
    STILL,
    UP,
    UP_MARK,
    blend,
    framed,
    ink_on,
    wrapped,
)

HUES = {1: UP, -1: DOWN, 2: OTHER}
MARKS = {1: UP_MARK + " ", -1: DOWN_MARK + " "}
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its share of the row (0 to 1), how it is written; way: 1 up, -1 down, 0 still, 2 else."""

    share: float
    text: str
    way: int


def matrix(
    cells: Sequence[Sequence[Cell]],
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    row_axis: str,
    column_axis: str,
    title: str,
    note: str,
    alt: str,
) -> go.Figure:
    """A heat map, first row on top. The hue tells the way, the depth the root of the share of the row."""
    figure = go.Figure()
    _places(figure, len(rows), len(columns))
    for row, line in enumerate(cells):
        for column, cell in enumerate(line):
            _draw(figure, row, column, cell)
    figure.add_annotation(
        xref="paper",
        yref="paper",
        x=0,
        y=1,
        xanchor="right",
        yanchor="bottom",
        yshift=8,
        xshift=-6,
        showarrow=False,
        **_name(f"{row_axis} ↓"),
    )
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=100 + 62 * len(rows),
        margin={"t": 76, "l": 8, "r": 8, "b": 8},
        xaxis=_axis(columns, {"side": "top", "title": _name(f"{column_axis} →")}),
        yaxis=_axis(rows, {"autorange": "reversed", "automargin": True, "ticksuffix": "  "}),
    )


def _places(figure: go.Figure, n_rows: int, n_columns: int) -> None:
    """An invisible layer that gives the plot its extent and its points to hover."""
    figure.add_heatmap(
        z=[[0.0] * n_columns for _ in range(n_rows)],
        x=list(range(n_columns)),
        y=list(range(n_rows)),
        colorscale=[[0, PAPER], [1, PAPER]],
        showscale=False,
        hoverinfo="skip",
    )


def _draw(figure: go.Figure, row: int, column: int, cell: Cell) -> None:
    fill = _fill(cell)
    figure.add_shape(
        type="rect",
        x0=column - 0.5,
        x1=column + 0.5,
        y0=row - 0.5,
        y1=row + 0.5,
        fillcolor=fill,
        line={"color": PAPER, "width": 3},
        layer="above",
    )
    empty = cell.share == 0
    figure.add_annotation(
        x=column,
        y=row,
        text=NOTHING if empty else MARKS.get(cell.way, "") + cell.text,
        showarrow=False,
        font={"size": 13, "color": SOFT if empty else ink_on(fill)},
    )


def _fill(cell: Cell) -> str:
    if cell.share == 0 or cell.way == 0:
        return STILL if cell.share == 0 else "#E1E6EB"
    return blend(HUES[cell.way], 0.16 + 0.84 * math.sqrt(min(1.0, cell.share)))


def _name(text: str) -> dict[str, Any]:
    return {"text": text, "font": {"size": 13, "color": SOFT}}


def _axis(names: Sequence[str], more: dict[str, object]) -> dict[str, object]:
    return {
        "tickvals": list(range(len(names))),
        "ticktext": [wrapped(name, wide=10, narrow=5) for name in names],
        "tickfont": {"size": 13, "color": SOFT},
        "tickangle": 0,
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        **more,
    }
