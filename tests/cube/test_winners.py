"""Winners and losers of a small migration, worked by hand."""

from fractions import Fraction

import numpy as np
import pytest

from analytics.cube.recount import Migration, State
from analytics.cube.winners import by_group, by_kind, by_tier, together
from analytics.vocabulary import Kind, Text

STATES = tuple(State(name, Text(name, name), rank) for name, rank in (("LOW", 0), ("HIGH", 1), ("EXCLUDED", None)))


@pytest.fixture
def migration():
    """Persons in a: 6 stay low, 2 rise, 1 falls, 1 is out; in b: 3 stay high, 1 falls. An enterprise of b rises."""
    sums = np.zeros((3, 2, 2, 3, 3), np.int64)
    sums[0, 0, 0] = [[6, 2, 0], [1, 0, 1], [0, 0, 0]]
    sums[0, 0, 1] = [[0, 0, 0], [1, 3, 0], [0, 0, 0]]
    sums[0, 1, 1] = [[0, 1, 0], [0, 0, 0], [0, 0, 0]]
    sums[1] = sums[0] * 100
    sums[2] = sums[0] * -7
    return Migration(STATES, STATES, ("a", "b"), sums)


def counts(balances):
    return [(each.name, each.customers.up, each.customers.down, each.customers.total, each.net) for each in balances]


def test_groups_come_with_the_greatest_share_of_losers_first(migration):
    # b: 1 of 5 falls (20 %), a: 1 of 10 (10 %)
    found = by_group(migration)
    assert counts(found) == [("b", 1, 1, 5, 0), ("a", 2, 1, 10, 1)]
    assert [each.share_down for each in found] == [Fraction(1, 5), Fraction(1, 10)]
    assert [each.share_up for each in found] == [Fraction(1, 5), Fraction(1, 5)]
    assert (found[1].assets.up, found[1].assets.down, found[1].contribution.down) == (200, 100, -7)


def test_by_kind_and_by_the_tier_that_customers_come_from(migration):
    # persons: 2 up, 2 down of 14. From HIGH: 2 of 6 fall; from LOW: 3 of 9 rise
    assert counts(by_kind(migration)) == [("person", 2, 2, 14, 0), ("enterprise", 1, 0, 1, 1)]
    assert counts(by_tier(migration)) == [("HIGH", 0, 2, 6, -2), ("LOW", 3, 0, 9, 3)]
    assert counts(by_tier(migration, kind=Kind.ENTERPRISE)) == [("LOW", 1, 0, 1, 1)]
    assert counts(by_kind(migration, group="a")) == [("person", 2, 1, 10, 1)]
    assert by_tier(migration)[0].customers.other == 1


def test_a_part_of_the_population_is_told_by_the_first_group_of_a_combination(migration):
    mixed = Migration(STATES, STATES, ("x\x1fa", "y\x1fb"), migration.sums)
    assert counts(by_group(mixed, within="y")) == [("b", 1, 1, 5, 0)]


def test_several_groups_add_up_to_the_whole(migration):
    whole = together("all", by_group(migration))
    assert whole.customers == migration.moved()
    assert whole.assets == migration.moved("assets")
    assert whole.contribution == migration.moved("contribution")
