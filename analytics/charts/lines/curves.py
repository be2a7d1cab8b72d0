"""A number over its range: lines over its positions, the present one marked."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.lines.around import Ticks
from analytics.charts.palette import INK, LINE, SOFT, framed


@dataclass(frozen=True, slots=True)
class Series:
    """One line over the positions; ``texts`` appear under the pointer."""

    name: str
    colour: str
    values: Sequence[float]
    texts: Sequence[str]


def curves(
    positions: Sequence[float],
    series: Sequence[Series],
    *,
    now: float,
    now_text: str,
    x_ticks: Ticks,
    y_ticks: Ticks,
    title: str,
    note: str,
    alt: str,
) -> go.Figure:
    """Steps from position to position, one line a series."""
    figure = go.Figure()
    for each in series:
        figure.add_scatter(
            x=list(positions),
            y=list(each.values),
            name=each.name,
            mode="lines",
            line={"color": each.colour, "width": 2.5, "shape": "hv"},
            customdata=list(each.texts),
            hovertemplate=f"{each.name}<br>%{{customdata}}<extra></extra>",
        )
    figure.add_vline(
        x=now,
        line={"color": INK, "width": 1.5, "dash": "dot"},
        annotation={"text": now_text, "font": {"size": 12, "color": INK}},
        annotation_position="top",
    )
    return framed(
        figure,
        title=title,
        note=note,
        alt=alt,
        height=300,
        margin={"t": 28, "r": 48, "b": 40},
        showlegend=len(series) > 1,
        legend={"orientation": "h", "y": -0.18, "x": 0, "yanchor": "top", "font": {"size": 12, "color": SOFT}},
        hovermode="closest",
        xaxis=_axis(x_ticks) | {"showgrid": False, "ticklabelstandoff": 8},
        yaxis=_axis(y_ticks) | {"automargin": True, "rangemode": "tozero"},
    )


def _axis(ticks: Ticks) -> dict[str, object]:
    return {
        "tickvals": [at for at, _ in ticks],
        "ticktext": [text for _, text in ticks],
        "tickfont": {"size": 12, "color": SOFT},
        "tickangle": 0,
        "gridcolor": LINE,
        "zeroline": False,
        "fixedrange": True,
    }
