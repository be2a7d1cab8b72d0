"""Fairness of a change, by hand-worked numbers and published ones."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.cube.fairness import Rate, Verdict, compared, is_higher, rate_of, wilson
from analytics.cube.recount import Migration, State
from analytics.vocabulary import Kind, Text

FLOOR = Decimal("0.80")


def verdicts(rates, smallest=30):
    return {each.group: each.verdict for each in compared(rates, smallest=smallest, floor=FLOOR)}


def test_the_interval_is_wilsons():
    # Newcombe (1998), Statistics in Medicine 17, 857-872, table I: 81/263, 15/148, 0/20 and 1/29
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (k, n), (low, high) in published.items():
        found = wilson(k, n)
        assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_the_interval_by_hand():
    # 10 of 100, z = 2: the middle is (0.1 + 4/200) / 1.04 = 0.1153846,
    # half the width 2/1.04 * sqrt(0.0009 + 4/40000) = 2/1.04 * 0.0316228 = 0.0608130
    found = wilson(10, 100, z=2)
    assert found.low == pytest.approx(0.1153846 - 0.0608130, abs=1e-6)
    assert found.high == pytest.approx(0.1153846 + 0.0608130, abs=1e-6)


def test_nobody_says_nothing_and_no_interval_leaves_0_to_1():
    assert (wilson(0, 0).low, wilson(0, 0).high) == (0, 1)
    assert wilson(0, 7).low == 0
    assert wilson(7, 7).high == 1


@given(n=st.integers(1, 10**6), data=st.data())
def test_an_interval_holds_its_share(n, data):
    k = data.draw(st.integers(0, n))
    found = wilson(k, n)
    assert 0 <= found.low <= k / n <= found.high <= 1


def test_a_difference_is_beyond_chance_where_newcombes_interval_is_above_zero():
    # Newcombe (1998), 873-890, table II, method 10: 56/70 and 48/80 differ by 0.0524 to 0.3339; 9/10 and 3/10 by
    # 0.1705 to 0.8090; 6/7 and 2/7 by 0.0582 to 0.8062
    assert is_higher(Rate(56, 70), Rate(48, 80))
    assert is_higher(Rate(9, 10), Rate(3, 10))
    assert is_higher(Rate(6, 7), Rate(2, 7))
    assert not is_higher(Rate(48, 80), Rate(56, 70))
    assert not is_higher(Rate(5, 56), Rate(0, 29))  # -0.0381 to 0.1926


def test_a_group_is_worse_off_where_the_ratio_is_too_low_and_chance_does_not_explain_it():
    # others: 100 of 10,000 = 1 %. 50 of 1,000 = 5 %, ratio 0.2. 12 of 1,000 = 1.2 %, ratio 0.86. 2 of 100: ratio 0.5ish
    rates = {"hit": Rate(50, 1000), "near": Rate(12, 1000), "odd": Rate(3, 100), "most": Rate(85, 8900)}
    assert verdicts(rates) == {
        "hit": Verdict.WORSE,
        "near": Verdict.WITHIN,
        "odd": Verdict.CHANCE,
        "most": Verdict.WITHIN,
    }


def test_the_ratio_is_exact_at_the_floor():
    # 5 of 100 against 4 of 100 is 0.8, which the floor allows; 50,001 of 1,000,000 against 40,000 is below it
    assert verdicts({"a": Rate(5, 100), "b": Rate(4, 100)})["a"] is Verdict.WITHIN
    assert verdicts({"a": Rate(50_001, 1_000_000), "b": Rate(40_000, 1_000_000)})["a"] is Verdict.WORSE
    found = compared({"a": Rate(5, 100), "b": Rate(4, 100)}, smallest=30, floor=FLOOR)
    assert [each.ratio for each in found] == [Fraction(4, 5), Fraction(5, 4)]


def test_few_customers_are_too_few_to_say_on_either_side_and_come_last():
    rates = {"few": Rate(29, 29), "many": Rate(1, 1000), "more": Rate(1, 1000)}
    assert verdicts(rates) == {"few": Verdict.FEW, "many": Verdict.WITHIN, "more": Verdict.WITHIN}
    assert [each.group for each in compared(rates, smallest=30, floor=FLOOR)] == ["many", "more", "few"]
    assert set(verdicts({"one": Rate(3, 40), "two": Rate(0, 20)}).values()) == {Verdict.FEW}


def test_where_nobody_falls_nobody_is_worse_off():
    assert set(verdicts({"a": Rate(0, 100), "b": Rate(0, 900)}).values()) == {Verdict.WITHIN}


def test_one_group_alone_has_nobody_to_be_held_against():
    assert verdicts({"all": Rate(10, 100)}) == {"all": Verdict.FEW}


def test_a_rate_is_of_those_who_could_fall():
    # persons: 90 stay lowest, 10 rise from there; of 20 in the middle 5 fall and 1 leaves the tiers; of 4 on top 2 fall
    states = tuple(State(name, Text(name, name), rank) for name, rank in (("L", 0), ("M", 1), ("H", 2), ("OUT", None)))
    sums = np.zeros((3, len(Kind), 1, 4, 4), dtype=np.int64)
    sums[0, 0, 0] = [[90, 10, 0, 0], [5, 14, 0, 1], [1, 1, 2, 0], [7, 0, 0, 3]]
    migration = Migration(states, states, ("here",), sums)
    assert rate_of(migration) == rate_of(migration, kind=Kind.PERSON, group="here") == Rate(7, 24)
    assert rate_of(migration, kind=Kind.ENTERPRISE) == Rate(0, 0)


def test_the_times_are_the_ratio_upside_down_and_none_where_nobody_else_falls():
    found = compared({"a": Rate(5, 100), "b": Rate(4, 100)}, smallest=30, floor=FLOOR)
    assert [each.times for each in found] == [Fraction(5, 4), Fraction(4, 5)]
    found = compared({"a": Rate(5, 100), "b": Rate(0, 100)}, smallest=30, floor=FLOOR)
    assert [each.times for each in found] == [None, 0]
