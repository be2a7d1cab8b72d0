"""Goal-seek on populations small enough for a sheet of paper; sums beyond 2^53; what cannot be asked."""

from decimal import Decimal
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.cube.goal.ask import Aim, Ask, Limit, Quantity, Subject, Way
from analytics.cube.goal.gates import below, staffed
from analytics.cube.goal.ground import ground_of
from analytics.cube.goal.halves import ascending, finest_step
from analytics.cube.goal.seek import Clash, Easing, Found, Solution, seek
from analytics.cube.layers.score_layer import KindScores, ScoreLayer
from analytics.cube.recount import states_of
from analytics.errors import TierdeskError
from analytics.vocabulary import Kind

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
BOTH = tuple(Kind)


def layer_of(people, tiers=3):
    """A score layer of persons given as (score, rank before, assets), one region; no gates."""
    scores = np.array(sorted({score for score, _, _ in people}), np.int64)
    n_states = tiers + 3
    top = np.zeros((3, 1, n_states, n_states), np.int64)
    change = np.zeros((tiers - 1, len(scores) + 1, 3, 1, n_states, n_states), np.int64)
    for score, before, assets in people:
        for measure, amount in ((0, 1), (1, assets)):
            top[measure, 0, before, tiers - 1] += amount
            for boundary in range(tiers - 1):
                change[boundary, np.searchsorted(scores, score) + 1 :, measure, 0, before, boundary] += amount
                change[boundary, np.searchsorted(scores, score) + 1 :, measure, 0, before, boundary + 1] -= amount
    nobody = KindScores(scores[:0], 1, top * 0, change[:, :1] * 0)
    return top, KindScores(scores, 1, top, change), nobody


def ground_by_hand(house_standard, people, step=1000, *, both=False):
    _, persons, nobody = layer_of(people)
    states = states_of(house_standard)
    layer = ScoreLayer(states, states, ("",), (persons, persons if both else nobody))
    return ground_of(layer, house_standard, step)


def found(ground, aim, *limits) -> Found:
    answer = seek(ground, Ask(aim, limits, (Kind.PERSON,), 1000))
    assert isinstance(answer, Found)
    return answer


def clash(ground, aim, *limits) -> Clash:
    answer = seek(ground, Ask(aim, limits, (Kind.PERSON,), 1000))
    assert isinstance(answer, Clash)
    return answer


COVERED = Quantity(Subject.COVER, "assets", rank=1)
COVER_MOST = Aim(COVERED, Way.MOST)
NOBODY_DOWN = Limit(Quantity(Subject.DOWN), Way.MOST, 0)
PEOPLE = [(85, 2, 900), (75, 1, 500), (65, 1, 300), (55, 0, 200), (35, 0, 100)]
"""Entries stand at 60 and 80; one person in High, two in Mid, two in Basic."""


def test_by_hand_where_no_limit_stands_in_the_way_everyone_is_covered(house_standard):
    ground = ground_by_hand(house_standard, PEOPLE)
    answer = found(ground, COVER_MOST, Limit(Quantity(Subject.TIER, rank=1), Way.MOST, 3), NOBODY_DOWN)
    # High takes 85 and 75 (entry 70), Mid the other three (entry 30): 900 + 500 + 300 + 200 + 100.
    assert (answer.best.entries[0], answer.best.value, answer.best.down) == ((3000, 7000), 2000, 0)
    assert answer.easing is None


def test_by_hand_quotas_bind_and_the_least_easing_is_one_customer_more(house_standard):
    quotas = [Limit(Quantity(Subject.TIER, rank=rank), Way.MOST, n) for rank, n in ((1, 1), (2, 2))]
    answer = found(ground_by_hand(house_standard, PEOPLE), COVER_MOST, *quotas)
    # Two in High, one in Mid: 900 + 500 + 300. A quota less, and everybody fits; one place more in Mid adds 200.
    assert (answer.best.entries[0], answer.best.value) == ((6000, 7000), 1700)
    assert [held.without for held in answer.held] == [2000, 2000]
    assert answer.easing == Easing(place=0, bound=2, value=1900)
    # Next: one in High and one in Mid, 900 + 500 (65 goes down).
    assert answer.runner_up == Solution(((7000, 8000), (6000, 8000)), value=1400, down=1)


def test_by_hand_limits_that_clash_are_named_with_what_each_would_need(house_standard):
    quota = Limit(Quantity(Subject.TIER, rank=2), Way.LEAST, 3)
    few_up = Limit(Quantity(Subject.UP), Way.MOST, 1)
    answer = clash(
        ground_by_hand(house_standard, PEOPLE), COVER_MOST, Limit(Quantity(Subject.MOVERS), Way.MOST, 5), quota, few_up
    )
    # Three in High ask for an entry of 60, so Mid's is 50 at most and 75, 65 and 55 go up. One up: two in High.
    assert [(each.limit, each.needed, each.is_enough) for each in answer.limits] == [
        (quota, 2, True),
        (few_up, 3, True),
    ]


def test_by_hand_a_share_is_brought_to_the_whole_customer_that_keeps_it(house_standard):
    ground = ground_by_hand(house_standard, PEOPLE)
    in_high = Quantity(Subject.TIER, rank=2)
    least, most = (Limit(in_high, way, 3000, is_share=True) for way in (Way.LEAST, Way.MOST))
    # 30 % of five is one and a half: at least two, at most one.
    assert (ground.bound(least), ground.bound(most)) == (2, 1)
    assert [each.needed for each in clash(ground, COVER_MOST, least, most).limits] == [1, 2]


def test_by_hand_the_fewest_managers_are_found_though_they_are_rounded_up(house_standard):
    nobody = Limit(Quantity(Subject.MANAGERS), Way.MOST, 0)
    # One manager serves all five where all are in one tier; today three serve three tiers.
    assert [each.needed for each in clash(ground_by_hand(house_standard, PEOPLE), COVER_MOST, nobody).limits] == [1]


def test_money_beyond_2_to_53_is_told_apart_by_one(house_standard):
    great = 2**60
    ground = ground_by_hand(house_standard, [(85, 2, great), (65, 1, great + 1), (55, 0, great)])
    in_mid = Aim(Quantity(Subject.TIER, "assets", rank=1), Way.MOST)
    assert found(ground, in_mid, Limit(Quantity(Subject.TIER, rank=1), Way.MOST, 1)).best.value == great + 1
    two = Limit(Quantity(Subject.COVER, rank=1), Way.MOST, 2)
    answer = clash(ground, COVER_MOST, two, Limit(COVERED, Way.LEAST, 2 * great + 2))
    assert [each.needed for each in answer.limits] == [3, 2 * great + 1]


@pytest.mark.parametrize(
    ("kinds", "limits", "code"),
    [
        ((), (), "GOAL-001"),
        ((Kind.PERSON,), (NOBODY_DOWN,) * 21, "GOAL-002"),
        ((Kind.PERSON,), (Limit(COVERED, Way.LEAST, -1),), "GOAL-003"),
        ((Kind.PERSON,), (Limit(COVERED, Way.LEAST, 10_001, is_share=True),), "GOAL-003"),
        (BOTH, (), "GOAL-006"),
        ((Kind.ENTERPRISE,), (), "GOAL-006"),
    ],
)
def test_what_cannot_be_asked_is_said(house_standard, kinds, limits, code):
    with pytest.raises(TierdeskError) as raised:
        seek(ground_by_hand(house_standard, PEOPLE), Ask(COVER_MOST, limits, kinds, 1000))
    assert raised.value.code == code


def test_a_grid_that_is_too_fine_names_one_that_is_not(house_standard):
    ground = ground_by_hand(house_standard, PEOPLE, step=20, both=True)
    with pytest.raises(TierdeskError, match=r"15,687,562,500 combinations.*a grid of 0.5 points") as raised:
        seek(ground, Ask(COVER_MOST, (), BOTH, 20))
    assert raised.value.code == "GOAL-004"


def test_managers_cannot_be_limited_where_a_caseload_is_below_one(house_standard):
    service = house_standard.service["HIGH"]
    none = service.model_copy(update={"caseload": service.caseload.model_copy(update={"value": Decimal(0)})})
    draft = house_standard.model_copy(update={"service": house_standard.service | {"HIGH": none}})
    with pytest.raises(TierdeskError) as raised:
        found(ground_by_hand(draft, PEOPLE), COVER_MOST, Limit(Quantity(Subject.MANAGERS), Way.MOST, 3))
    assert raised.value.code == "GOAL-005"


def test_one_customer_alone_has_an_answer(house_standard):
    answer = found(ground_by_hand(house_standard, [(65, 1, 7)]), COVER_MOST, NOBODY_DOWN)
    assert (answer.best.entries[0], answer.best.value) == ((6000, 8000), 7)
    assert [(each.down, each.value) for each in answer.front] == [(0, 7)]


@FEW
@given(data=st.data())
def test_managers_are_rounded_up_tier_by_tier_even_where_halves_are_negative(data):
    loads = data.draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    amounts = st.lists(st.integers(-30, 40), min_size=3, max_size=3)
    tiers = [(np.array(data.draw(amounts)), np.array(data.draw(amounts))) for _ in loads]
    most = data.draw(st.integers(-20, 60))
    expected = [
        [
            sum(-(-int(rows[a] + columns[b]) // load) for (rows, columns), load in zip(tiers, loads, strict=True))
            <= most
            for b in range(3)
        ]
        for a in range(3)
    ]
    assert staffed(tiers, loads, most).allows(slice(0, 3)).tolist() == expected


@FEW
@given(
    rows=st.lists(st.integers(-(2**60), 2**60), min_size=1),
    columns=st.lists(st.integers(-(2**60), 2**60), min_size=1),
    most=st.integers(-(2**70), 2**70),
)
def test_a_gate_compares_sums_of_any_size_exactly(rows, columns, most):
    gate = below(np.array(rows), np.array(columns), most)
    assert gate.allows(slice(0, len(rows))).tolist() == [[a + b <= most for b in columns] for a in rows]


@pytest.mark.parametrize(("positions", "boundaries"), [(5, 0), (5, 1), (6, 2), (6, 3), (4, 4), (3, 4)])
def test_choices_ascend_strictly_and_none_is_missing(positions, boundaries):
    assert [tuple(each) for each in ascending(positions, boundaries).tolist()] == list(
        combinations(range(positions), boundaries)
    )


@pytest.mark.parametrize(("boundaries", "kinds", "step"), [(2, 2, 50), (2, 1, 1), (3, 1, 20), (8, 2, 1000), (1, 2, 1)])
def test_the_finest_step_that_is_not_too_much(boundaries, kinds, step):
    assert finest_step(boundaries, kinds) == step
