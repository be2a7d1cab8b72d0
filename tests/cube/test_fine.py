"""The fine grid counts every draft exactly as a scan of all customers does, wherever its edges stand."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analytics.classify.grid import Grid, grid_of
from analytics.cube.cells import Cells, cells_from, pair_cell_steps
from analytics.cube.layers.bins import bins_of
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.intake.contract import Contract
from analytics.standard.change import Override, apply
from analytics.standard.parse import read_toml, validate
from tests.fine_grids import fine_of, moved
from tests.population import customers, loaded
from tests.strategies import standard_data

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
FEW = settings(max_examples=80, deadline=None, phases=WITHOUT_SHRINKING, suppress_health_check=list(HealthCheck))


def counted(cells: Cells) -> Counter[tuple[int, int, str, int]]:
    """Sums by key before, key after, region and measure."""
    found: Counter[tuple[int, int, str, int]] = Counter()
    for at in range(len(cells.before)):
        for measure, values in enumerate(cells.sums):
            place = int(cells.before[at]), int(cells.after[at]), cells.groups[int(cells.group[at])], measure
            found[place] += int(values[at])
    return found


def scanned(contract: Contract, rows: Any, before: Grid, after: Grid) -> Cells:
    return cells_from(DuckDBEngine(rows).fetch(pair_cell_steps(before, after, "facts")))


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_any_edges_are_counted_as_a_scan_counts_them(contract: Contract, data: st.DataObject, seed: int) -> None:
    plain = data.draw(standard_data(contract))
    law = validate(plain, contract)
    grid = grid_of(law, contract)
    edges = tuple(cut for axis in grid.axes for slots in axis.slots if slots for cut in slots.cuts)
    rows = loaded(contract, customers(contract, 250, seed, edges))
    fine = fine_of(bins_of(grid, contract), rows)
    draft = grid_of(data.draw(moved(plain, law, contract)), contract)
    found = fine.cells(grid, draft, ["region"])
    if found is None:
        assert not fine.bins.covers(grid)
        return
    assert counted(found) == counted(scanned(contract, rows, grid, draft))
    whole = fine.cells(grid, draft)
    assert whole is not None
    assert whole.sums.sum(axis=1).tolist() == found.sums.sum(axis=1).tolist()


def test_most_random_standards_are_covered(contract: Contract) -> None:
    """So that the law above is not about nothing."""
    covered = Counter[bool]()

    @settings(max_examples=100, deadline=None, database=None, derandomize=True)
    @given(plain=standard_data(contract))
    def count(plain: dict[str, Any]) -> None:
        law = validate(plain, contract)
        grid = grid_of(law, contract)
        covered[bins_of(grid, contract).covers(grid)] += 1

    count()
    assert covered[True] > 3 * covered[False]


@pytest.mark.parametrize("edge", ["480000", "481234.56", "500000", "499999.99", "500000.01"])
def test_one_edge_of_the_house_on_off_and_beside_the_ruler(contract: Contract, house_rules: str, edge: str) -> None:
    plain = read_toml(house_rules)
    law = validate(plain, contract)
    draft = validate(apply(plain, [Override("dimension.assets.person.bands[3].from", Decimal(edge))]), contract)
    before, after = grid_of(law, contract), grid_of(draft, contract)
    stored = int(Decimal(edge) * 100)
    near = (stored - 1, stored, stored + 1, 49_999_999, 50_000_000)
    rows = loaded(contract, customers(contract, 2_000, 11, near))
    found = fine_of(bins_of(before, contract), rows).cells(before, after, ["region"])
    assert found is not None
    assert counted(found) == counted(scanned(contract, rows, before, after))


def test_a_draft_that_asks_for_another_column_is_left_to_a_scan(contract: Contract, house_rules: str) -> None:
    plain = read_toml(house_rules)
    law = validate(plain, contract)
    gate = Override("gate[0].when[0]", {"column": "employees", "at_least": 10})
    draft = validate(apply(plain, [gate]), contract)
    rows = loaded(contract, customers(contract, 20, 3))
    fine = fine_of(bins_of(grid_of(law, contract), contract), rows)
    assert fine.cells(grid_of(law, contract), grid_of(draft, contract)) is None
