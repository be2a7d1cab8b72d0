"""A Pareto front: what can be had for every price, as steps from one undominated choice to the next."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.palette import INK, LINE, PAPER, SOFT, framed

LINE_COLOUR, CHOSEN = "#1F6F94", "#0B3C5D"


@dataclass(frozen=True, slots=True)
class Choice:
    """One undominated choice: its price, what it brings, how it is told, and whether a limit on the price allows it."""

    price: float
    value: float
    text: str
    is_allowed: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """What an axis measures, and where it says which number."""

    name: str
    ticks: Sequence[tuple[float, str]]


def front(
    choices: Sequence[Choice],
    *,
    chosen: int | None,
    cap: tuple[float, str] | None,
    price: Axis,
    value: Axis,
    title: str,
    note: str,
    alt: str,
) -> go.Figure:
    """Choices from the cheapest on; beyond a cap on the price they are hollow, and the one that is shown is large."""
    figure = go.Figure()
    figure.add_scatter(
        x=[each.price for each in choices],
        y=[each.value for each in choices],
        mode="lines+markers",
        line={"color": LINE_COLOUR, "width": 2, "shape": "hv"},
        marker={
            "size": [14 if at == chosen else 8 for at in range(len(choices))],
            "symbol": ["diamond" if at == chosen else "circle" for at in range(len(choices))],
            "color": [
                (CHOSEN if at == chosen else LINE_COLOUR) if each.is_allowed else PAPER
                for at, each in enumerate(choices)
            ],
            "line": {"color": CHOSEN, "width": 1.5},
        },
        customdata=[each.text for each in choices],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )
    if cap is not None:
        figure.add_vline(
            x=cap[0],
            line={"color": SOFT, "width": 1, "dash": "dot"},
            annotation={"text": cap[1], "font": {"size": 12, "color": SOFT}},
            annotation_position="bottom right",
        )
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=320,
        margin={"t": 16, "r": 24, "b": 56},
        xaxis=_axis(price),
        yaxis=_axis(value) | {"title": None, "automargin": True},
    )


def _axis(axis: Axis) -> dict[str, object]:
    return {
        "title": {"text": axis.name, "font": {"size": 13, "color": INK}},
        "tickvals": [at for at, _ in axis.ticks],
        "ticktext": [text for _, text in axis.ticks],
        "tickfont": {"size": 13, "color": SOFT},
        "gridcolor": LINE,
        "zeroline": False,
        "fixedrange": True,
    }
