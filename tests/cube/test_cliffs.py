"""Cliffs: who stands beside a line, and whether more stand just above it than chance would give."""

from dataclasses import replace
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.classify.grid import grid_of
from analytics.cube.cells import cells_from, pair_cell_steps
from analytics.cube.layers.ruler import ruler_of
from analytics.cube.sensitivity.bunching import Bunching, upper_tail
from analytics.cube.sensitivity.crowd import crowd_of
from analytics.cube.sensitivity.cuts import with_cuts
from analytics.cube.sensitivity.edge_cliffs import (
    Edges,
    Reach,
    cliff_grid,
    edge_lines,
    histogram_grid,
    windows,
)
from analytics.cube.sensitivity.score_cliffs import Scores
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from analytics.vocabulary import BASIS, Kind
from tests import oracle
from tests.population import customers, loaded
from tests.strategies import standards

FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
REACHES = st.one_of(
    st.builds(Reach, by=st.just("steps"), size=st.integers(1, 2)),
    st.builds(Reach, by=st.just("percent"), size=st.sampled_from([1, 5, 10])),
)


def crowd_on(engine, grid, group=None):
    return crowd_of(cells_from(engine.fetch(pair_cell_steps(grid, grid, "facts"))), group)


def value_of(dimension, row):
    values = [row[column] for column in dimension.source]
    if any(value is None for value in values):
        return None
    if not dimension.is_composite:
        return values[0]
    return sum(row[column] * percent for column, percent in dimension.source.items())


def stands(standard, contract, row):
    """Where the oracle puts somebody, as a comparable whole."""
    return oracle.classify(standard, contract, row)[:2]


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32), distance=st.sampled_from([100, 200, 500, 1]))
def test_those_beside_an_entry_score_are_those_whose_score_says_so(contract, data, seed, distance):
    standard = data.draw(standards(contract))
    rows = customers(contract, 200, seed)
    grid = grid_of(standard, contract)
    scores = Scores(crowd_on(DuckDBEngine(loaded(contract, rows)), grid), standard, grid)
    known = [(row, oracle.classify(standard, contract, row)[2]) for row in rows]
    for line in scores.lines():
        found = scores.cliff(line, distance)
        mine = [
            (row, BASIS * score)
            for row, score in known
            if score is not None and list(Kind)[row["kind"] - 1] == line.kind
        ]
        for side, low in ((found.below, line.amount - distance), (found.above, line.amount)):
            here = [row for row, score in mine if low <= score < low + distance]
            assert side.customers == len(here)
            assert side.assets == sum(row["assets"] or 0 for row in here)
            assert side.contribution == sum(row["contribution"] or 0 for row in here)
        histogram = scores.histogram(line.kind, line.amount - distance, line.amount + distance)
        assert histogram.sums[0].sum() == found.below.customers + found.above.customers
        bounds = [Fraction(int(bound), histogram.base) for bound in histogram.bounds[:-1]]
        assert [int(n) for n in histogram.sums[0]] == [sum(score == bound for _, score in mine) for bound in bounds]


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32), distance=st.sampled_from([100, 500, 2000]))
def test_those_just_below_are_those_whom_a_bit_more_would_bring_to_a_line(contract, data, seed, distance):
    standard = data.draw(standards(contract))
    rows = customers(contract, 200, seed)
    grid = grid_of(standard, contract)
    scores = Scores(crowd_on(DuckDBEngine(loaded(contract, rows)), grid), standard, grid)
    for at, kind in enumerate(Kind):
        entries = [Fraction(entry, BASIS) for entry in standard.entries(kind)]
        found = [oracle.classify(standard, contract, row)[2] for row in rows if row["kind"] == at + 1]
        reached = [
            sum(score + more >= entry for entry in entries) if score is not None else 0
            for more in (0, Fraction(distance, BASIS))
            for score in found
        ]
        now, then = reached[: len(found)], reached[len(found) :]
        below = scores.just_below(kind, distance)
        assert below.customers == sum(after > before for before, after in zip(now, then, strict=True))
        assert below.changing <= below.customers


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32), reach=REACHES)
def test_those_beside_an_edge_are_counted_and_would_change_as_if_their_value_had_crossed_it(
    contract, data, seed, reach
):
    standard = data.draw(standards(contract))
    dimension = standard.dimension[data.draw(st.sampled_from(sorted(standard.dimension)))]
    name = next(key for key, each in standard.dimension.items() if each is dimension)
    lines = edge_lines(standard, name)
    edges = tuple(line.amount for line in lines)
    rows = customers(contract, 200, seed, edges if not dimension.is_composite else ())
    grid = grid_of(standard, contract)
    ruler = ruler_of(next(axis for axis in grid.axes if axis.name == name), contract)
    fine = cliff_grid(grid, lines, ruler, reach)
    crowd = Edges(crowd_on(DuckDBEngine(loaded(contract, rows)), fine), standard, fine, name)
    column = next(iter(dimension.source))
    others = [c.column for gate in standard.gate for c in gate.when if len(gate.when) > 1]
    crossing_is_plain = not dimension.is_composite and column not in others
    uses = [key for key, each in standard.dimension.items() if column in each.source]
    for line in lines:
        found = crowd.cliff(line, windows(line.amount, ruler, reach))
        assert found.low <= line.amount <= found.high
        mine = [
            row for row in rows if list(Kind)[row["kind"] - 1] == line.kind and value_of(dimension, row) is not None
        ]
        sides = ((found.below, found.low, line.amount), (found.above, line.amount, found.high))
        for side, low, high in sides:
            here = [row for row in mine if low <= value_of(dimension, row) < high]
            assert (side.customers, side.assets) == (len(here), sum(row["assets"] or 0 for row in here))
            if crossing_is_plain and uses == [name]:
                across = line.amount if low < line.amount else line.amount - 1
                moved = [row | {column: across} for row in here]
                changing = sum(
                    stands(standard, contract, a) != stands(standard, contract, b)
                    for a, b in zip(here, moved, strict=True)
                )
                assert side.changing == changing
        width = windows(line.amount, ruler, reach).width
        values = [value_of(dimension, row) - line.amount for row in mine]
        counts = [sum(at * width <= value < (at + 1) * width for value in values) for at in (-2, -1, 0, 1)]
        bunching = found.bunching
        assert [bunching.far_below, bunching.below, bunching.above, bunching.far_above] == counts


def test_the_histogram_of_an_edge_holds_everybody_around_it(contract, house_standard):
    line = next(line for line in edge_lines(house_standard, "assets") if line.amount == 500_000 * 100)
    rows = customers(contract, 500, 8, (line.amount,))
    grid, reach = grid_of(house_standard, contract), Reach("percent", 5)
    ruler = ruler_of(next(axis for axis in grid.axes if axis.name == "assets"), contract)
    fine = histogram_grid(grid, line, ruler, reach)
    found = windows(line.amount, ruler, reach)
    edges = Edges(crowd_on(DuckDBEngine(loaded(contract, rows)), fine), house_standard, fine, "assets")
    histogram = edges.histogram(line, found)
    assert (histogram.bounds[0], histogram.bounds[-1]) == (250_000 * 100, 750_000 * 100)
    mine = [row["assets"] for row in rows if row["kind"] == 1 and row["assets"] is not None]
    assert histogram.sums[0].sum() == sum(250_000_00 <= amount < 750_000_00 for amount in mine) > 0


def test_nobody_and_one_customer_have_cliffs_too(contract, house_standard):
    grid = grid_of(house_standard, contract)
    row = {column.name: None for column in contract.facts} | {"kind": 1, "position": 0, "tenure": 10, "risk_level": 1}
    one = row | {"assets": 49_999_900, "contribution": 60_000_00, "credit_score": 800}
    engine = DuckDBEngine(loaded(contract, [one]))
    crowd = crowd_on(engine, grid)
    for group, n in ((None, 1), ("nowhere", 0)):
        scores = Scores(crowd_on(engine, grid, group), house_standard, grid)
        below = scores.just_below(Kind.PERSON, 2_000)
        assert (len(scores.crowd.keys), below.customers) == (n, n)
        cliffs = [scores.cliff(line, 2_000) for line in scores.lines()]
        assert sum(cliff.below.customers + cliff.above.customers for cliff in cliffs) in ((1, 2) if n else (0,))
        assert not any(cliff.bunching.is_there for cliff in cliffs)
    assert crowd.sums[0].tolist() == [1]


def test_windows_by_hand(contract, house_standard):
    """One step below 1 000 000 is 990 000, one above 1 100 000: the narrower one is taken on both sides."""
    axis = next(axis for axis in grid_of(house_standard, contract).axes if axis.name == "assets")
    ruler, million = ruler_of(axis, contract), 1_000_000 * 100
    found = windows(million, ruler, Reach("steps", 1))
    assert (found.low, found.high) == (990_000 * 100, 1_010_000 * 100)
    assert found.bunching_bounds == tuple(at * 10_000 * 100 for at in (98, 99, 100, 101, 102))
    assert windows(million, ruler, Reach("percent", 10)).low == 900_000 * 100
    zero = windows(0, ruler, Reach("percent", 10))
    assert (zero.low, zero.high) == (-100, 100)


def test_more_cuts_change_no_verdict_and_a_grid_that_cannot_be_numbered_is_refused(contract, house_standard):
    grid = grid_of(house_standard, contract)
    engine = DuckDBEngine(loaded(contract, customers(contract, 300, 1)))
    fine = with_cuts(grid, {("assets", 0): range(0, 10**9, 10**7), ("risk_capacity", 0): (1, 2)})
    plain, cut = crowd_on(engine, grid), crowd_on(engine, fine)
    assert len(cut.keys) > len(plain.keys)
    found = [Scores(crowd, house_standard, each) for crowd, each in ((plain, grid), (cut, fine))]
    totals = [np.bincount(each.verdicts.state(3), weights=each.crowd.sums[0], minlength=6).tolist() for each in found]
    assert totals[0] == totals[1]
    names = ("assets", "contribution", "credit", "tenure")
    with pytest.raises(TierdeskError) as refused:
        with_cuts(grid, {(name, kind): range(100_000) for name in names for kind in (0, 1)})
    assert refused.value.code == "BENCH-020"


@given(n=st.integers(1, 60), k=st.integers(0, 60), eighths=st.integers(1, 7))
def test_the_tail_of_a_binomial_is_the_sum_of_its_terms(n, k, eighths):
    share = Fraction(eighths, 8)
    exact = sum(comb(n, at) * share**at * (1 - share) ** (n - at) for at in range(k, n + 1))
    assert upper_tail(k, n, float(share)) == pytest.approx(float(exact), abs=1e-12)


def test_the_tail_of_many_trials_stays_a_probability():
    """Half of ten million above: the chance is a half and a little; half a percent more is beyond any chance."""
    assert upper_tail(5_000_000, 10_000_000, 0.5) == pytest.approx(0.5001261, abs=1e-6)
    assert upper_tail(5_050_000, 10_000_000, 0.5) < 1e-200


@pytest.mark.parametrize(
    ("windows_of_four", "placebo", "is_there"),
    [
        ((100, 100, 100, 100), None, False),
        ((100, 60, 140, 100), None, True),
        ((100, 140, 60, 100), None, False),
        ((0, 5, 8, 0), None, False),  # 8 of 13 is no news
        ((10, 100, 200, 640), None, False),  # a rise of a factor of four a window, seen on both sides
        ((100_000, 100_000, 101_500, 100_000), None, False),  # sure, and too small to matter
        ((100, 60, 140, 100), 0.4, False),  # as heavy at four places in ten
        ((0, 0, 0, 0), None, False),
    ],
)
def test_bunching_needs_more_than_chance_more_than_a_trifle_and_more_than_other_places(
    windows_of_four, placebo, is_there
):
    far_below, below, above, far_above = windows_of_four
    assert Bunching(far_below, below, above, far_above, placebo).is_there is is_there


def test_of_many_lines_one_by_chance_is_no_bunching():
    """The chance of 62 or more of 95 is 0.0019: news at one line, none among fifty of them."""
    alone = Bunching(50, 33, 62, 50)
    assert alone.chance == pytest.approx(0.0019, abs=1e-4)
    assert alone.is_there
    assert not replace(alone, lines=50).is_there


def test_what_the_neighbours_suggest_is_a_half_or_more():
    assert Bunching(100, 60, 140, 100).fair_share == 0.5
    assert Bunching(100, 60, 140, 100).excess == 40
    assert Bunching(800, 400, 200, 100).fair_share == 0.5
    assert Bunching(100, 200, 400, 800).fair_share == pytest.approx(2 / 3)
    assert Bunching(100, 200, 400, 800).excess == pytest.approx(0)
