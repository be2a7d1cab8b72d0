"""A ruler's codes: comparing codes is comparing amounts, wherever a bound stands on a mark."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.classify.grid import grid_of
from analytics.cube.layers.ruler import Ruler, column_ruler, ruler_of
from analytics.intake.contract import Contract
from analytics.standard.model import Standard

AMOUNTS = st.one_of(st.integers(-(10**16), 10**16), st.integers(-20_000, 20_000))


@pytest.fixture
def money(contract: Contract) -> Ruler:
    return column_ruler(contract["assets"])


def test_money_is_marked_at_two_significant_digits_of_the_currency(money: Ruler) -> None:
    yuan = 100
    assert all(money.has(amount * yuan) for amount in (0, 1, 99, 100, 110, 50_000, 990_000, 1_200_000, -5_000))
    assert not any(money.has(amount * yuan) for amount in (101, 55_500, 1_234_000))
    assert not money.has(50)
    assert money.after(500_000 * yuan) == 510_000 * yuan
    assert money.before(500_000 * yuan) == 490_000 * yuan
    assert money.before(100_000 * yuan) == 99_000 * yuan
    assert money.after(123_456) == 130_000  # 1,234.56 yuan


def test_credit_is_marked_at_every_point_and_years_at_every_tenth(contract: Contract, house_standard: Standard) -> None:
    credit = column_ruler(contract["credit_score"])
    assert credit.after(640) == 641
    tenure = column_ruler(contract["tenure"])
    assert tenure.after(25) == 26  # 2.5 years, then 2.6


@given(values=st.lists(AMOUNTS, min_size=1), at=AMOUNTS)
def test_a_value_reaches_a_mark_where_its_code_does(values: list[int], at: int) -> None:
    ruler = Ruler(np.unique(np.concatenate([np.arange(-99, 100) * 100, [-12 * 10**9, 10_000, 11_000, 7 * 10**14]])))
    codes = ruler.codes(np.array(values, np.int64))
    assert codes.tolist() == [ruler.reached(value) for value in values]
    mark = ruler.after(at)
    if mark is not None:
        assert ((codes >= ruler.reached(mark)) == (np.array(values) >= mark)).all()


@given(values=st.lists(AMOUNTS, min_size=1))
def test_the_real_ruler_finds_every_code_that_a_search_finds(values: list[int], money_marks: list[int]) -> None:
    ruler = Ruler(np.array(money_marks, np.int64))
    near = np.array([value + by for value in values for by in (-1, 0, 1)], np.int64)
    assert (ruler.codes(near) == np.searchsorted(ruler.marks, near, side="right")).all()


@pytest.fixture(scope="module")
def money_marks(contract: Contract) -> list[int]:
    return [int(mark) for mark in column_ruler(contract["assets"]).marks]


def test_beside_every_mark_the_code_changes_at_the_mark(money: Ruler) -> None:
    steps = money.codes(money.marks).astype(int) - money.codes(money.marks - 1)
    assert (steps == 1).all()


def test_every_dimension_of_the_house_has_edges_on_its_ruler(contract: Contract, house_standard: Standard) -> None:
    for axis in grid_of(house_standard, contract).axes:
        for slots in axis.slots:
            if slots and slots.cuts:
                ruler = ruler_of(axis, contract)
                assert all(ruler.has(cut) for cut in slots.cuts), axis.name
