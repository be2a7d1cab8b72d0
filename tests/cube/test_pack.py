"""Signatures packed for the browser: what no number of a draft can part lies together, and nobody is lost."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.classify.grid import Grid, grid_of
from analytics.classify.verdict import full_ladders, judge
from analytics.cube.cells import Cells, cells_from, pair_cell_steps
from analytics.cube.pack import SPLIT, merged, packed, parcel, unpacked
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from analytics.intake.contract import Contract
from analytics.standard.model import Standard
from tests.population import customers, loaded
from tests.strategies import standards

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
Sided = tuple[Standard, Grid]


def cells_of(contract: Contract, n: int, seed: int, law: Grid, draft: Grid) -> Cells:
    engine = DuckDBEngine(loaded(contract, customers(contract, n, seed)))
    return cells_from(engine.fetch(pair_cell_steps(law, draft, "facts")))


def told(cells: Cells, law: Sided, draft: Sided) -> dict[tuple[int, ...], list[int]]:
    """Sums by kind, bands, state before and ladder, one cell after the other."""
    digits, steps = draft[1].digits(cells.after), full_ladders(*draft, cells.after)
    before = judge(*law, cells.before).state(len(law[0].tier))
    found: dict[tuple[int, ...], list[int]] = {}
    for at in range(len(cells.after)):
        name = (digits.kind[at], *digits.bands[:, at], before[at], *steps[:, at])
        sums = found.setdefault(tuple(int(each) for each in name), [0, 0, 0])
        for measure in range(3):
            sums[measure] += int(cells.sums[measure, at])
    return found


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_a_block_holds_each_distinct_entry_once_with_all_that_stands_in_it(contract, data, seed):
    standard_before, standard = data.draw(standards(contract)), data.draw(standards(contract))
    law, draft = (standard_before, grid_of(standard_before, contract)), (standard, grid_of(standard, contract))
    cells = cells_of(contract, 200, seed, law[1], draft[1])
    header, arrays = unpacked(packed(cells, law, draft))
    bands = [arrays[f"band{place}"] for place in range(len(draft[1].axes))]
    ladders = arrays["ladders"][arrays["ladder"]]
    parts = {name: arrays[name].astype(np.int64) for name in arrays}
    money = [parts[f"{name}High"] * SPLIT + parts[f"{name}Low"] for name in ("assets", "contribution")]
    found = {}
    for at in range(int(str(header["n"]))):
        name = (arrays["kind"][at], *(band[at] for band in bands), arrays["before"][at], *ladders[at])
        found[tuple(int(each) for each in name)] = [int(arrays["count"][at]), *(int(each[at]) for each in money)]
    assert len(found) == header["n"]
    assert found == told(cells, law, draft)


def test_entries_of_many_wide_dimensions_are_told_apart():
    """Thirty columns of 250 values make codes beyond 64 bits."""
    chance = np.random.default_rng(4)
    rows = chance.integers(0, 250, (30, 500))
    rows[:, 250:] = rows[:, :250]
    first, entry = merged(rows)
    assert len(first) == len({tuple(row) for row in rows.T.tolist()}) == 250
    assert (rows[:, first[entry]] == rows).all()


def test_one_customer_makes_a_block_of_one_entry(contract, house_standard):
    grid = grid_of(house_standard, contract)
    header, arrays = unpacked(packed(cells_of(contract, 1, 3, grid, grid), *[(house_standard, grid)] * 2))
    assert (header["n"], arrays["count"].tolist()) == (1, [1])


def test_a_block_that_is_too_large_is_refused_in_words():
    block = np.random.default_rng(1).bytes(4000)
    assert parcel(block).data[:16].decode() == parcel(block).name
    with pytest.raises(TierdeskError) as refused:
        parcel(block, most=3000)
    assert refused.value.code == "BENCH-001"
    assert "at most 3,000" in refused.value.message.en
