"""What the browser says is believed of no number: forged, foreign and crossing ones are left out."""

from decimal import Decimal
from typing import Any

import pytest

from analytics.desks.house import load_contract
from analytics.settings import HOME
from analytics.standard.change import Override, apply
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml, validate
from analytics.vocabulary import Kind
from pages.ui.live.settled import movable, settled_of, wish_of

RULES = read_toml((HOME / "rules.toml").read_text(encoding="utf-8"))
EDGE = "dimension.assets.person.bands[{}].from"
"""The law's edges: 50,000 to 6,000,000 yuan; stored in fen."""


def standard(*overrides: Override) -> Standard:
    return validate(apply(RULES, overrides), load_contract())


def said(moved: object, draft: Standard | None = None) -> dict[str, Any]:
    """What is taken of a message, by path."""
    found = settled_of({"id": "a", "act": "move", "moved": moved}, draft or standard())
    assert found is not None
    return {each.path: each.value for each in found.moved}


def test_an_edge_comes_stored_and_is_said_in_natural_units() -> None:
    assert standard().dimension["assets"].edges(Kind.PERSON)[2] == 50_000_000
    assert said({EDGE.format(3): "48123450"}) == {EDGE.format(3): Decimal("481234.5")}
    assert said({EDGE.format(3): "48000000"}) == {EDGE.format(3): 480_000}
    tenure = "dimension.tenure.person.bands[1].from"
    assert said({tenure: "15"}) == {tenure: Decimal("1.5")}


def test_an_edge_of_a_sum_of_columns_is_stored_in_hundredths_of_that() -> None:
    draft = standard(Override("dimension.assets.source", {"assets": 100, "contribution": 50}))
    assert draft.dimension["assets"].edges(Kind.PERSON)[2] == 5_000_000_000
    assert said({EDGE.format(3): "4800000000"}, draft) == {EDGE.format(3): 480_000}
    assert movable(draft)[EDGE.format(3)] == 500_000


@pytest.mark.parametrize(
    "forged",
    [
        48_000_000,
        48_000_000.0,
        True,
        None,
        ["48000000"],
        {"value": "48000000"},
        "",
        " 48000000",
        "48000000 ",
        "48000000\n",
        "4.8e7",
        "+48000000",
        "048000000",
        "-0",
        "48_000_000",
        "４８００００００",
        "NaN",
        "9" * 400,
        "100000000000000000",  # 10^15 yuan: no standard can say that
    ],
)
def test_an_edge_that_is_no_stored_amount_is_left_out(forged: object) -> None:
    assert said({EDGE.format(6): forged}) == {}


def test_edges_that_would_not_ascend_are_all_left_out() -> None:
    assert said({EDGE.format(3): "20000000"}) == {}  # where the second stands
    assert said({EDGE.format(3): "100000000"}) == {}  # where the fourth stands
    assert said({EDGE.format(2): "60000000", EDGE.format(3): "55000000"}) == {}
    both = {EDGE.format(2): "60000000", EDGE.format(3): "70000000"}
    assert said(both) == {EDGE.format(2): 600_000, EDGE.format(3): 700_000}
    assert said(both | {EDGE.format(1): "junk"}) == {}


def test_what_is_wrong_with_one_dimension_leaves_the_others_alone() -> None:
    moved = {
        EDGE.format(3): "1",
        "dimension.credit.person.bands[1].from": "460",
        "dimension.assets.person.weight": 41,
        "dimension.assets.enterprise.bands[1].from": "50000100",
    }
    assert said(moved) == {
        "dimension.credit.person.bands[1].from": 460,
        "dimension.assets.person.weight": 41,
        "dimension.assets.enterprise.bands[1].from": 500_001,
    }


@pytest.mark.parametrize(
    "path",
    [
        EDGE.format(0),
        EDGE.format(7),
        EDGE.format(-1),
        "dimension.assets.person.bands[03].from",
        "dimension.assets.person.bands[3].below",
        "dimension.risk_capacity.person.bands[1].from",
        "dimension.nothing.person.bands[1].from",
        "dimension.assets.nobody.bands[1].from",
        "gate[0].when[0].below",
        "standard.name",
        3,
        None,
    ],
)
def test_a_place_that_the_draft_does_not_have_is_left_out(path: object) -> None:
    assert said({path: "48000000"}) == {}


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "move",
        [],
        {},
        {"id": 1, "act": "move", "moved": {}},
        {"id": "a", "act": "publish", "moved": {}},
        {"id": "a", "act": "move"},
        {"id": "a", "act": "move", "moved": [[EDGE.format(3), "1"]]},
    ],
)
def test_a_message_of_another_form_says_nothing(raw: object) -> None:
    assert settled_of(raw, standard()) is None


def test_what_stood_there_can_be_said_again() -> None:
    stood = movable(standard())
    assert [stood[EDGE.format(band)] for band in range(1, 7)] == [
        50_000,
        200_000,
        500_000,
        1_000_000,
        2_000_000,
        6_000_000,
    ]
    assert stood["dimension.tenure.person.bands[3].from"] == 3
    assert not any("risk_capacity" in path and path.endswith("from") for path in stood)


@pytest.mark.parametrize(
    ("raw", "wish"),
    [
        ({"kind": "person", "dimension": "assets"}, (Kind.PERSON, "assets")),
        ({"kind": "enterprise", "dimension": "tenure"}, (Kind.ENTERPRISE, "tenure")),
        ({"kind": "person", "dimension": "risk_capacity"}, None),
        ({"kind": "person", "dimension": "nothing"}, None),
        ({"kind": "person", "dimension": ["assets"]}, None),
        ({"kind": "nobody", "dimension": "assets"}, None),
        ({"kind": ["person"], "dimension": "assets"}, None),
        ({"kind": "person"}, None),
        ("person", None),
        (None, None),
    ],
)
def test_only_a_dimension_with_edges_can_be_wished_for(raw: object, wish: tuple[Kind, str] | None) -> None:
    assert wish_of(raw, standard()) == wish
