"""Drafts side by side: every block on its own scale from zero, and no name is taken for a tag."""

from dataclasses import replace

import plotly.graph_objects as go

from analytics.charts import palette
from analytics.charts.lineup import Lane, lineup

LANES = [Lane("High", "#0B3C5D", (0.02, 0.04), ("2 · 2%", "4 · 4%")), Lane("Basic", "#8CC5D9", (0.0, 0.0), ("0", "0"))]


def drawn(*names: str) -> go.Figure:
    lanes = [replace(lane, shares=(*lane.shares, 0.0), texts=(*lane.texts, "0")) for lane in LANES]
    return lineup(lanes, names, title="Title", note="share of all", alt="High 2, 4")


def test_the_longest_bar_of_a_tier_fills_its_block_and_the_others_are_in_proportion() -> None:
    first, second = drawn("Standard", "Draft").data
    assert (list(first.x), list(second.x)) == ([0.5, 0.0], [1.0, 0.0])
    assert list(first.text) == ["2 · 2%", "0"]


def test_the_first_draft_is_hollow_and_the_others_are_full() -> None:
    first, second = drawn("Standard", "Draft").data
    assert list(first.marker.color) == [palette.PAPER] * 2
    assert list(second.marker.color) == ["#0B3C5D", "#8CC5D9"]


def test_every_bar_stands_beside_its_name() -> None:
    figure = drawn("Standard", "<b>Draft", "A name that is far too long to stand beside a bar")
    places = sorted(place for bar in figure.data for place in bar.y)
    assert places == sorted(figure.layout.yaxis.tickvals)
    assert figure.layout.yaxis.ticktext[:3] == ("Standard", "&lt;b>Draft", "A name that is far to…")
    assert len(set(places)) == 6


def test_it_says_what_it_shows_and_has_words_for_who_cannot_see() -> None:
    figure = drawn("Standard", "Draft")
    said = palette.title_of(figure), palette.note_of(figure), palette.alt_of(figure)
    assert said == ("Title", "share of all", "High 2, 4")
