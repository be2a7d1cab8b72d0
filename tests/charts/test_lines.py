"""Figures about lines: what they draw and what they say."""

import pytest

from analytics.charts import palette
from analytics.charts.both_sides import Row, both_sides
from analytics.charts.lines.around import Bin, around
from analytics.charts.lines.curves import Series, curves
from analytics.charts.lines.falls import falls
from analytics.charts.trend import Layer

SAID = {"title": "Title", "note": "share of all", "alt": "High 3"}
ROWS = [Row("Mid from 60", 3, 5, "3", "5", marked=True), Row("High from 80", 0, 2, "0", "2")]
BINS = [Bin(59.5, 1, 4, "59.5: 4"), Bin(60.5, 1, 6, "60.5: 6")]
SERIES = [Series("High", "#0B3C5D", [3, 1], ["60: 3", "61: 1"]), Series("Mid", "#2E86AB", [0, 2], ["60: 0", "61: 2"])]
FIGURES = {
    "both_sides": both_sides(
        ROWS, left="Below", right="Above", title=SAID["title"], note=SAID["note"], alt=SAID["alt"]
    ),
    "around": around(BINS, line=(60, "Mid"), span=(59, 61), ticks=[(60, "60")], **SAID),
    "curves": curves([60, 61], SERIES, now=60, now_text="now 60", x_ticks=[(60, "60")], y_ticks=[(0, "0")], **SAID),
    "falls": falls(["All"], [Layer("Weights", "#8CC5D9", (0.1,), ("3 · 10%",))], **SAID),
}


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_says_what_it_shows_and_turns_no_text(name: str) -> None:
    figure = FIGURES[name]
    assert (palette.title_of(figure), palette.note_of(figure), palette.alt_of(figure)) == tuple(SAID.values())
    assert figure.layout.font.color == palette.INK
    assert all(bar.textangle == 0 for bar in figure.data if bar.type == "bar")


def test_who_stands_below_is_drawn_to_the_left_and_a_marked_row_has_its_diamond() -> None:
    below, above, marks = FIGURES["both_sides"].data
    assert (list(below.x), list(above.x)) == ([-3, 0], [5, 2])
    assert list(below.text) == ["3", ""]
    assert list(marks.y) == ["Mid from 60"]


def test_columns_from_the_line_on_are_dark_and_those_below_pale() -> None:
    colours = FIGURES["around"].data[0].marker.color
    assert palette._light(colours[0]) > palette._light(colours[1])


def test_curves_hold_their_value_up_to_the_next_position() -> None:
    assert [line.line.shape for line in FIGURES["curves"].data] == ["hv", "hv"]
    assert FIGURES["curves"].layout.showlegend is True
    alone = curves([1], SERIES[:1], now=1, now_text="", x_ticks=[], y_ticks=[], **SAID)
    assert alone.layout.showlegend is False
