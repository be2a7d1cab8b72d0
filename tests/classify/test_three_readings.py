"""Engine, SQL twin and an independent reading in plain Python give every customer the same result."""

from fractions import Fraction

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.classify.grid import grid_of
from analytics.classify.keys import key_steps
from analytics.classify.twin import twin_steps
from analytics.classify.verdict import NONE, judge, score_base
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.vocabulary import Kind, Outcome
from tests import oracle
from tests.population import customers, loaded
from tests.strategies import standards

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def edges_of(standard):
    return tuple({edge for _, dimension in standard.dimensions for kind in Kind for edge in dimension.edges(kind)}) or (
        0,
    )


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_every_customer_gets_the_same_result_three_times(contract, data, seed):
    standard = data.draw(standards(contract))
    rows = customers(contract, 300, seed, edges_of(standard))
    grid, engine = grid_of(standard, contract), DuckDBEngine(loaded(contract, rows))
    keyed = engine.fetch(key_steps(grid, "facts")).sort_by("position")
    verdicts = judge(standard, grid, keyed["key"].to_numpy().astype(np.int64))
    twin = engine.fetch(twin_steps(standard, grid, contract, "facts")).sort_by("position").to_pydict()
    assert twin["outcome"] == verdicts.outcome.tolist()
    assert twin["tier"] == verdicts.tier.tolist()
    assert twin["score"] == verdicts.score.tolist()
    assert twin["reasons"] == verdicts.reasons.tolist()
    for place, row in enumerate(rows):
        outcome, tier, score = oracle.classify(standard, contract, row)
        assert Outcome(int(verdicts.outcome[place])).name == outcome
        assert (standard.tiers_up[verdicts.tier[place]].id if verdicts.tier[place] != NONE else None) == tier
        base = score_base(standard, list(Kind)[row["kind"] - 1])
        got = None if verdicts.score[place] == NONE else Fraction(int(verdicts.score[place]), base)
        assert got == score


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_everyone_has_exactly_one_outcome_and_a_tier_only_where_classified(contract, data, seed):
    standard = data.draw(standards(contract))
    grid = grid_of(standard, contract)
    rows = customers(contract, 200, seed, edges_of(standard))
    keys = DuckDBEngine(loaded(contract, rows)).fetch(key_steps(grid, "facts"))["key"].to_numpy().astype(np.int64)
    verdicts = judge(standard, grid, keys)
    assert len(verdicts.outcome) == len(rows)
    assert ((verdicts.tier == NONE) == (verdicts.outcome != Outcome.CLASSIFIED)).all()
    assert verdicts.state(len(standard.tier)).max(initial=0) < len(standard.tier) + 3


@FEW
@given(data=st.data())
def test_keys_are_taken_apart_to_what_they_were_made_of(contract, data):
    grid = grid_of(data.draw(standards(contract)), contract)
    size = grid.size(0) + grid.size(1)
    keys = np.unique(np.linspace(0, size - 1, 500).astype(np.int64))
    digits = grid.digits(keys)
    assert (digits.kind == (keys >= grid.size(0))).all()
    for place, axis in enumerate(grid.axes):
        for kind in range(2):
            slots = axis.slots[kind]
            most = max(slots.band) if slots else 0
            assert digits.bands[place][digits.kind == kind].max(initial=0) <= most
