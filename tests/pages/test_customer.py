"""One customer's page: the parts sum to the score, restricted gates stay restricted, the way up is a way up."""

from decimal import Decimal

import pytest

from analytics.desks import customers, publishing, ways_up
from analytics.desks.customers import Card
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.vocabulary import Outcome
from pages.ui.words import number
from tests.pages.conftest import OPEN, words_of


def every_card(house: House) -> list[Card]:
    snapshot = snapshots.latest(house)[0]
    standard = publishing.in_force(house).standard
    with house.store.read() as cursor:
        rows = cursor.execute(
            f"SELECT customer_id FROM customer JOIN facts_{snapshot.snapshot_id} USING (position) ORDER BY 1"
        ).fetchall()
    return [customers.card(house, snapshot.snapshot_id, standard, name) for (name,) in rows[:120]]


@pytest.fixture(scope="module")
def cards(bank: House) -> list[Card]:
    return every_card(bank)


def test_the_parts_sum_to_the_score(bank: House, cards: list[Card]) -> None:
    standard = publishing.in_force(bank).standard
    scored = [card.explanation for card in cards if card.explanation.score is not None]
    assert len(scored) > 60
    for found in scored:
        assert sum(piece.got for piece in ways_up.pieces(standard, found)) == found.score


def test_a_way_is_enough_exactly_when_its_gain_covers_the_distance(bank: House, cards: list[Card]) -> None:
    standard, seen = publishing.in_force(bank).standard, set()
    for card in cards:
        for way in ways_up.ways_up(standard, card.explanation).values():
            assert card.explanation.short_of_next is not None
            assert way.is_enough == (way.gain >= card.explanation.short_of_next)
            assert way.gain > 0
            seen.add(way.is_enough)
    assert seen == {True, False}


def test_whom_a_gate_holds_the_score_cannot_lift(bank: House, cards: list[Card]) -> None:
    standard = publishing.in_force(bank).standard
    for card in cards:
        found = card.explanation
        if found.outcome is not Outcome.CLASSIFIED or found.tier != found.scored_tier:
            assert ways_up.ways_up(standard, found) == {}


def test_the_page_shows_tier_score_and_distance(bank: House, cards: list[Card], visit: OPEN) -> None:
    card = next(each for each in cards if each.explanation.short_of_next)
    said = words_of(visit("customer", customer=card.customer_id))
    assert f"## {card.customer_id}" in said
    assert f"### {number(card.explanation.score)}" in said
    assert f"### {number(card.explanation.short_of_next)} points short" in said
    assert "the customer sees:" in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_whom_a_cap_holds_at_the_scored_tier_no_points_are_promised(
    bank: House, cards: list[Card], visit: OPEN, language: str
) -> None:
    standard = publishing.in_force(bank).standard
    held = [
        card for card in cards if card.explanation.held_by and card.explanation.tier == card.explanation.scored_tier
    ]
    card = next(each for each in held if not any(gate.restricted for gate in each.explanation.held_by))
    assert card.explanation.short_of_next is None
    assert ways_up.ways_up(standard, card.explanation) == {}
    said = words_of(visit("customer", language=language, customer=card.customer_id))
    assert {"zh": "评分再高也不升级，受限于：", "en": "no score lifts it: "}[language] in said
    assert card.explanation.held_by[0].reason.text.to(language) in said
    assert {"zh": "差 ", "en": "points short"}[language] not in said


def test_a_restricted_gate_is_named_to_risk_management_only(bank: House, visit: OPEN) -> None:
    with bank.store.read() as cursor:
        snapshot = snapshots.latest(bank)[0].snapshot_id
        rows = cursor.execute(
            f"SELECT customer_id FROM customer JOIN facts_{snapshot} USING (position) WHERE aml_grade = "
            f"{bank.contract['aml_grade'].code_of('high')} LIMIT 1"
        ).fetchall()
    app = visit("customer", customer=rows[0][0])
    assert "Internal compliance restriction" in words_of(app)
    assert "AML" not in words_of(app)
    app.selectbox(key="pick.actor").select("Zhao Min · Risk management").run()
    assert "AML Law" in words_of(app)


def test_an_unknown_number_is_told(bank: House, visit: OPEN) -> None:
    app = visit("customer", customer="NOBODY")
    assert ["CUSTOMER-001" in error.value for error in app.error] == [True]


def test_a_score_reads_without_needless_zeros() -> None:
    assert number(Decimal("69.50")) == "69.5"
