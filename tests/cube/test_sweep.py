"""A sweep says at every position what a full recount of the draft with that number says."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.classify.grid import grid_of
from analytics.cube.cells import cells_from, pair_cell_steps
from analytics.cube.recount import Migration, migrate
from analytics.cube.sweep.curve import Curve, sweep
from analytics.cube.sweep.dials import MOST, Dial, dials_of
from analytics.cube.sweep.gate import GateSweep
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.intake.contract import Contract
from analytics.standard.canon import plain_data
from analytics.standard.change import Override, apply
from analytics.standard.model import Standard
from analytics.standard.parse import validate
from analytics.vocabulary import Kind
from tests.population import customers, loaded
from tests.strategies import standards

FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def curve_of(engine: DuckDBEngine, contract: Contract, law: Standard, draft: Standard, dial: Dial) -> Curve:
    old = grid_of(law, contract)

    def population(grid):
        return cells_from(engine.fetch(pair_cell_steps(old, grid, "facts")))

    if dial.sort == "gate":
        return GateSweep(dial, draft, contract).curve(population, (law, old))
    return sweep(dial, population, (law, old), (draft, grid_of(draft, contract)))


def recounted(
    engine: DuckDBEngine, contract: Contract, law: Standard, draft: Standard, override: Override
) -> Migration:
    moved = validate(apply(plain_data(draft), [override]), contract)
    grids = grid_of(law, contract), grid_of(moved, contract)
    cells = cells_from(engine.fetch(pair_cell_steps(*grids, "facts")))
    return migrate(cells, (law, grids[0]), (moved, grids[1]))


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32))
@pytest.mark.parametrize("sort", ["entry", "weight", "points", "missing", "edge", "gate"])
def test_every_position_is_what_a_recount_of_the_draft_with_that_number_says(contract, sort, data, seed):
    law, draft = data.draw(standards(contract)), data.draw(standards(contract))
    dials = [dial for dial in dials_of(draft, contract) if dial.sort == sort]
    if not dials:
        return
    dial = data.draw(st.sampled_from(dials))
    edges = tuple(edge for _, dimension in draft.dimensions for kind in Kind for edge in dimension.edges(kind))
    engine = DuckDBEngine(loaded(contract, customers(contract, 250, seed, edges)))
    curve = curve_of(engine, contract, law, draft, dial)
    places = {0, curve.now, len(dial.positions) - 1, data.draw(st.integers(0, len(dial.positions) - 1))}
    for place in places:
        value = dial.value(dial.positions[place])
        expected = recounted(engine, contract, law, draft, Override(dial.path, value))
        assert (curve.sums[place] == expected.sums.sum(axis=2)).all(), (dial.path, value)


def test_every_number_of_the_house_can_be_swept_and_stands_where_it_is(contract, house_standard):
    dials = dials_of(house_standard, contract)
    assert {dial.sort for dial in dials} == {"entry", "weight", "points", "missing", "edge", "gate"}
    assert len({dial.path for dial in dials}) == len(dials)
    for dial in dials:
        assert dial.at in dial.positions
        assert list(dial.positions) == sorted(set(dial.positions))
        assert len(dial.positions) <= MOST + 3
        moved = validate(apply(plain_data(house_standard), [Override(dial.path, dial.value(dial.at))]), contract)
        assert moved == house_standard


def test_an_edge_ranges_between_its_neighbours_and_an_entry_score_between_its(contract, house_standard):
    dials = {dial.path: dial for dial in dials_of(house_standard, contract)}
    edge = dials["dimension.assets.person.bands[3].from"]
    yuan = 100
    assert (edge.positions[0], edge.positions[-1]) == (210_000 * yuan, 990_000 * yuan)
    assert edge.value(edge.at) == Decimal(500_000)
    mid = dials["tier[1].entry.person"]
    assert (mid.positions[0], mid.positions[1], mid.positions[-1]) == (0, 50, 8_000)
    assert mid.value(50) == Decimal("0.5")


def test_a_weight_is_not_swept_to_nothing_where_no_other_is_left(contract, house_standard):
    data = plain_data(house_standard)
    others = ["contribution", "credit", "tenure", "risk_capacity"]
    zero = [Override(f"dimension.{name}.person.weight", 0) for name in others]
    alone = validate(apply(data, [*zero, Override("dimension.assets.person.weight", 100)]), contract)
    dials = {dial.path: dial for dial in dials_of(alone, contract)}
    assert dials["dimension.assets.person.weight"].positions[0] == 1
    assert dials["dimension.credit.person.weight"].positions[0] == 0


def test_one_group_and_nobody_are_swept_too(contract, house_standard):
    engine = DuckDBEngine(loaded(contract, customers(contract, 200, 4)))
    grid = grid_of(house_standard, contract)
    cells = cells_from(engine.fetch(pair_cell_steps(grid, grid, "facts")))
    dial = next(dial for dial in dials_of(house_standard, contract) if dial.sort == "weight")
    judged = (house_standard, grid)
    whole = sweep(dial, lambda grid: cells, judged, judged)
    parts = [sweep(dial, lambda grid: cells, judged, judged, group) for group in cells.groups]
    assert (np.sum([part.sums for part in parts], axis=0) == whole.sums).all()
    assert sweep(dial, lambda grid: cells, judged, judged, "nowhere").sums.sum() == 0
    assert whole.at(whole.now).moved().moved == 0
