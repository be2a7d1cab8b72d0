"""Recounting from cells equals classifying everyone, and the laws of migration hold."""

from decimal import Decimal

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.classify.grid import grid_of
from analytics.classify.twin import twin_steps
from analytics.cube.cells import MEASURES, cells_from, pair_cell_steps
from analytics.cube.recount import migrate, staffing, states_of
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.runs.classification import classify
from analytics.desks.whatif import bench
from analytics.desks.whatif.bench import Side
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.standard.change import Override, apply
from analytics.standard.parse import read_toml, validate
from analytics.store import runs
from analytics.vocabulary import Kind
from tests.population import customers, loaded
from tests.strategies import standards

FEW = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


def recount(contract, engine, before, after):
    grids = grid_of(before, contract), grid_of(after, contract)
    cells = cells_from(engine.fetch(pair_cell_steps(*grids, "facts")))
    return migrate(cells, (before, grids[0]), (after, grids[1]))


def states(engine, contract, standard):
    table = engine.fetch(twin_steps(standard, grid_of(standard, contract), contract, "facts")).sort_by("position")
    outcome, tier = (table[name].to_numpy().astype(int) for name in ("outcome", "tier"))
    return np.where(outcome == 0, tier, len(standard.tier) - 1 + outcome)


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_a_recount_equals_two_full_classifications(contract, data, seed):
    before, after = data.draw(standards(contract)), data.draw(standards(contract))
    rows = customers(contract, 250, seed)
    engine = DuckDBEngine(loaded(contract, rows))
    migration = recount(contract, engine, before, after)
    old, new = states(engine, contract, before), states(engine, contract, after)
    expected = np.zeros_like(migration.sums)
    for row, left, right in zip(rows, old, new, strict=True):
        group = migration.groups.index(row["region"] or "")
        values = (1, row["assets"] or 0, row["contribution"] or 0)
        for measure in range(len(MEASURES)):
            expected[measure, row["kind"] - 1, group, left, right] += values[measure]
    assert (migration.sums == expected).all()


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_rows_and_columns_of_a_migration_sum_to_the_distributions(contract, data, seed):
    before, after = data.draw(standards(contract)), data.draw(standards(contract))
    engine = DuckDBEngine(loaded(contract, customers(contract, 200, seed)))
    migration = recount(contract, engine, before, after)
    for standard, side, axis in ((before, "before", 1), (after, "after", 0)):
        counts = np.bincount(states(engine, contract, standard), minlength=len(states_of(standard)))
        assert migration.matrix().sum(axis=axis).tolist() == counts.tolist()
        assert migration.distribution(side).tolist() == counts.tolist()
    moves = migration.moved()
    stay = int(migration.matrix()[migration.direction == 0].sum())
    assert moves.moved + stay == moves.total == 200


@FEW
@given(
    seed=st.integers(0, 2**32),
    tier=st.integers(0, 1),
    kind=st.sampled_from(["person", "enterprise"]),
    entry=st.integers(0, 100),
    lower=st.integers(0, 100),
)
def test_lowering_an_entry_score_lowers_nobody(contract, house_rules, seed, tier, kind, entry, lower):
    path = f"tier[{tier}].entry.{kind}"
    data = read_toml(house_rules)
    before = validate(apply(data, [Override(path, max(entry, lower))]), contract)
    after = validate(apply(data, [Override(path, min(entry, lower))]), contract)
    engine = DuckDBEngine(loaded(contract, customers(contract, 200, seed)))
    moves = recount(contract, engine, before, after).moved()
    assert (moves.down, moves.other) == (0, 0)


def test_a_draft_that_changes_nothing_moves_nobody(contract, house_standard):
    engine = DuckDBEngine(loaded(contract, customers(contract, 400, 7)))
    moves = recount(contract, engine, house_standard, house_standard).moved()
    assert (moves.moved, moves.total) == (0, 400)


def test_managers_are_whole_people_and_costs_are_exact(house_standard):
    # BASE 5,001 customers of 5,000 a manager -> 2 managers; 60 yuan each -> 300,060 yuan = 30,006,000 fen
    # HIGH 81 of 80 -> 2 managers; 6,000 yuan each -> 486,000 yuan = 48,600,000 fen
    found = {
        item.tier.id: (item.customers, item.managers, item.cost) for item in staffing(house_standard, [5001, 0, 81])
    }
    assert found == {"BASE": (5001, 2, 30_006_000), "MID": (0, 0, 0), "HIGH": (81, 2, 48_600_000)}


def test_a_caseload_below_one_customer_leaves_the_managers_unknown(contract, house_rules):
    for caseload in (0, Decimal("0.5"), -1):
        data = apply(read_toml(house_rules), [Override("service.HIGH.caseload.value", caseload)])
        found = {item.tier.id: item.managers for item in staffing(validate(data, contract), [5001, 0, 81])}
        assert found == {"BASE": 2, "MID": 0, "HIGH": None}


def test_money_beyond_what_a_float_can_hold_is_still_exact(contract, house_standard):
    rows = customers(contract, 3, 1)
    for row, assets in zip(rows, (2**53, 1, 1), strict=True):
        row.update(assets=assets, region="110000", kind=1)
    migration = recount(contract, DuckDBEngine(loaded(contract, rows)), house_standard, house_standard)
    assert int(migration.matrix("assets", kind=Kind.PERSON).sum()) == 2**53 + 2


def test_between_two_snapshots_each_side_has_its_own_money(house):
    later, earlier = snapshots.latest(house)[:2]
    standard = publishing.in_force(house).standard
    migration = bench.compare(house, Side(earlier.snapshot_id, standard), Side(later.snapshot_id, standard)).migration
    for snapshot, side in ((earlier, "before"), (later, "after")):
        run = classify(house, snapshot.snapshot_id, standard, actor="a")
        with house.store.read() as cursor:
            signatures = runs.signatures(cursor, run.run_id)
        for measure, column in (("customers", "n_customers"), ("assets", "assets"), ("contribution", "contribution")):
            for rank in range(3):
                expected = int(signatures[column][signatures["tier"] == rank].sum())
                assert migration.distribution(side, measure)[rank] == expected
    names = [state.id for state in migration.before], [state.id for state in migration.after]
    assert (names[0][-1], names[1][-1]) == ("NEW", "CLOSED")
    here = migration.distribution("after")[:-1].sum(), migration.distribution("before")[:-1].sum()
    assert here == (later.n_accepted, earlier.n_accepted)
