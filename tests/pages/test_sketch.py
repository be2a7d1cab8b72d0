"""The sketch: one step for what is said at once, and a way back and forth through every step."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from analytics.standard.change import Override
from pages.ui import session
from pages.ui.draft import sketch
from pages.ui.draft.sketch import Number, Sketch

HIGH, WEIGHT, EDGE = "tier[0].entry.person", "dimension.assets.person.weight", "dimension.assets.person.bands[3].from"
STOOD: dict[str, Number] = {HIGH: Decimal(80), WEIGHT: 40}


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Sketch]:
    """The sketch over a standard called *law*."""
    kept: dict[str, object] = {}
    monkeypatch.setattr(session, "recall", lambda key, default: kept.get(key, default))
    monkeypatch.setattr(session, "remember", kept.__setitem__)
    return lambda: sketch.current("law")


def said(held: Callable[[], Sketch]) -> dict[str, object]:
    return {each.path: each.value for each in held().overrides}


def test_what_is_said_at_once_is_one_step(held: Callable[[], Sketch]) -> None:
    sketch.put("law", EDGE, Decimal(900_000), Decimal(1_000_000))
    sketch.put_all("law", (Override(HIGH, 70), Override(WEIGHT, 55)), STOOD)
    assert said(held) == {EDGE: Decimal(900_000), HIGH: 70, WEIGHT: 55}
    sketch.undo("law")
    assert said(held) == {EDGE: Decimal(900_000)}
    sketch.redo("law")
    assert said(held) == {EDGE: Decimal(900_000), HIGH: 70, WEIGHT: 55}


def test_saying_what_stood_takes_a_word_back_and_saying_nothing_new_is_no_step(held: Callable[[], Sketch]) -> None:
    sketch.put_all("law", (Override(HIGH, 70), Override(WEIGHT, 55)), STOOD)
    sketch.put_all("law", (Override(WEIGHT, 55), Override(HIGH, Decimal(80))), STOOD)
    assert said(held) == {WEIGHT: 55}
    steps = len(held().past)
    sketch.put_all("law", (Override(WEIGHT, 55),), STOOD)
    sketch.put_all("law", (Override(HIGH, Decimal(80)),), STOOD)
    assert len(held().past) == steps == 2


def test_a_number_inside_a_wider_word_is_said_even_where_it_stood_so(held: Callable[[], Sketch]) -> None:
    whole = Override("dimension.assets.person", {"weight": 10})
    sketch.put_all("law", (whole,), {})
    sketch.put_all("law", (Override(WEIGHT, 40),), STOOD)
    assert [each.path for each in held().overrides] == [whole.path, WEIGHT]


def test_undo_and_redo_go_through_texts_too_and_a_new_step_ends_redo(held: Callable[[], Sketch]) -> None:
    sketch.put("law", WEIGHT, 55, 40)
    sketch.open_text("law", "another text")
    sketch.reset("law")
    assert held().is_fresh
    sketch.undo("law")
    assert (held().opened, held().overrides) == ("another text", ())
    sketch.undo("law")
    assert said(held) == {WEIGHT: 55}
    sketch.redo("law")
    assert held().opened == "another text"
    sketch.put("law", WEIGHT, 50, 40)
    assert held().future == ()
    sketch.redo("law")
    assert said(held) == {WEIGHT: 50}
