"""Figures: what they draw, what they say, and that they can be read."""

import pytest

from analytics.charts import palette
from analytics.charts.distribution import Level, distribution
from analytics.charts.flows import Flow, Stop, flows
from analytics.charts.front import Axis, Choice, front
from analytics.charts.intervals import Spot, intervals
from analytics.charts.matrix import Cell, matrix
from analytics.charts.movers import Group, movers
from analytics.charts.trend import Layer, trend

SAID = {"title": "Title", "note": "share of all", "alt": "High 3"}
LEVELS = [Level("High", "#0B3C5D", 0.25, 0.5, "1 · 25%", "2 · 50%"), Level("Basic", "#8CC5D9", 0.75, 0.5, "3", "2")]
CELLS = [[Cell(0.5, "1<br>50%", 0), Cell(0.5, "1<br>50%", -1)], [Cell(0, "0<br>0%", 1), Cell(1, "2<br>100%", 0)]]
FIGURES = {
    "distribution": distribution(LEVELS, before="Now", after="Draft", **SAID),
    "matrix": matrix(CELLS, rows=["A", "B"], columns=["A", "B"], row_axis="From", column_axis="To", **SAID),
    "flows": flows([Stop("A", "#0B3C5D")], [Stop("A", "#0B3C5D")], [Flow(0, 0, 3, "3", 0)], **SAID),
    "movers": movers([Group("Persons", 0.1, 0.0, "1 · 10%", "0 · 0%")], up="Up", down="Down", **SAID),
    "intervals": intervals([Spot("Persons", 0.1, 0.05, 0.2, "10%", stands_out=True)], whole=0.05, **SAID),
    "front": front(
        [Choice(0, 5, "0 · 5", is_allowed=True), Choice(3, 9, "3 · 9", is_allowed=False)],
        chosen=0,
        cap=(2, "Most"),
        price=Axis("Price", [(0, "0"), (3, "3")]),
        value=Axis("Value", [(5, "5"), (9, "9")]),
        **SAID,
    ),
    "trend": trend(["2025Q1"], [Layer("A", "#0B3C5D", (1.0,), ("100%",))], **SAID),
}


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_says_what_it_shows_of_what_and_has_words_for_who_cannot_see(name: str) -> None:
    figure = FIGURES[name]
    said = palette.title_of(figure), palette.note_of(figure), palette.alt_of(figure)
    assert said == ("Title", "share of all", "High 3")


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_states_its_ink_and_turns_no_text(name: str) -> None:
    figure = FIGURES[name]
    assert figure.layout.font.color == palette.INK
    assert all(bar.textangle == 0 for bar in figure.data if bar.type == "bar")


@pytest.mark.parametrize("n", range(2, 10))
def test_tiers_run_from_light_to_dark_without_repeating(n: int) -> None:
    colours = palette.tier_colours(n)
    brightness = [sum(int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour in colours]
    assert len(set(colours)) == n
    assert brightness == sorted(brightness, reverse=True)


def test_other_states_are_grey_and_the_highest_tier_is_darkest() -> None:
    assert palette.state_colours([2, 1, 0, None]) == ("#0B3C5D", "#2E86AB", "#8CC5D9", "#9AA5B1")


@pytest.mark.parametrize("colour", [*palette.TIERS[3], *palette.TIERS[4], *palette.TIERS[5], palette.UP, palette.DOWN])
def test_ink_on_a_colour_can_be_read(colour: str) -> None:
    ink = palette.ink_on(colour)
    light = sorted((palette._light(ink), palette._light(colour)))
    assert (light[1] + 0.05) / (light[0] + 0.05) >= 3.0


def test_a_cell_of_nobody_is_a_dash_and_moves_carry_their_sign() -> None:
    texts = [note.text for note in FIGURES["matrix"].layout.annotations]
    assert texts[:4] == ["1<br>50%", "▼ 1<br>50%", "–", "2<br>100%"]


def test_a_matrix_draws_up_in_blue_down_in_orange_and_never_red_or_green() -> None:
    up, down = (
        matrix([[Cell(1.0, "1", way)]], rows=["A"], columns=["B"], row_axis="", column_axis="", **SAID)
        for way in (1, -1)
    )
    assert [figure.layout.shapes[0].fillcolor for figure in (up, down)] == [palette.UP, palette.DOWN]


def test_streams_of_nothing_and_states_without_streams_are_left_out() -> None:
    stops = [Stop("A", "#0B3C5D"), Stop("B", "#8CC5D9")]
    figure = flows(stops, stops, [Flow(0, 1, 5, "5", -1), Flow(1, 0, 0, "0", 1)], **SAID)
    sankey = figure.data[0]
    assert list(sankey.node.label) == ["A", "B"]
    assert (list(sankey.link.source), list(sankey.link.target), list(sankey.link.value)) == ([0], [1], [5])


def test_long_names_break_where_each_language_may() -> None:
    assert palette.wrapped("Not assessable", wide=10, narrow=5) == "Not<br>assessable"
    assert palette.wrapped("新疆维吾尔自治区", wide=10, narrow=5) == "新疆维吾尔<br>自治区"


def test_a_group_that_stands_out_is_orange_and_its_range_starts_and_ends_where_it_should() -> None:
    spots = [Spot("a", 0.2, 0.1, 0.3, "20%", stands_out=True), Spot("b", 0.02, 0.0, 0.05, "2%")]
    figure = intervals(spots, whole=0.1, **SAID)
    ranges, dots = figure.data[:2], figure.data[2]
    assert [tuple(line.x) for line in ranges] == [(0.1, 0.3), (0.0, 0.05)]
    assert list(dots.x) == [0.2, 0.02]
    assert dots.marker.color == (palette.DOWN, palette.OTHER)
    assert figure.layout.shapes[0].x0 == 0.1


def test_a_choice_beyond_the_cap_is_hollow_and_the_chosen_one_is_a_diamond() -> None:
    (line,) = FIGURES["front"].data
    assert list(line.marker.symbol) == ["diamond", "circle"]
    assert line.marker.color[1] == palette.PAPER
    assert line.line.shape == "hv"
    assert [shape.x0 for shape in FIGURES["front"].layout.shapes] == [2]
