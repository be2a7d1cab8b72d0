"""The score layer answers every move of an entry score exactly as a full recount does."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.classify.grid import grid_of
from analytics.cube.cells import cells_from, pair_cell_steps
from analytics.cube.layers.score_layer import score_layer
from analytics.cube.recount import migrate
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.standard.model import Standard
from analytics.vocabulary import Kind
from tests.population import customers, loaded
from tests.strategies import standards

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def with_entries(standard: Standard, entries: dict[Kind, list[Decimal]]) -> Standard:
    """The standard with other entry scores, lowest tier first; crossed ones are allowed here."""
    tiers = list(standard.tier)
    for place, tier in enumerate(reversed(tiers[:-1])):
        assert tier.entry is not None
        entry = tier.entry.model_copy(update={kind.value: entries[kind][place] for kind in Kind if entries[kind]})
        tiers[len(tiers) - 2 - place] = tier.model_copy(update={"entry": entry})
    return standard.model_copy(update={"tier": tuple(tiers)})


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_any_entry_scores_give_what_a_recount_gives(contract, data, seed):
    law, draft = data.draw(standards(contract)), data.draw(standards(contract))
    grids = grid_of(law, contract), grid_of(draft, contract)
    engine = DuckDBEngine(loaded(contract, customers(contract, 250, seed)))
    cells = cells_from(engine.fetch(pair_cell_steps(*grids, "facts")))
    layer = score_layer(cells, (law, grids[0]), (draft, grids[1]))
    for _ in range(3):
        one = st.lists(st.decimals(0, 100, places=2), min_size=len(draft.tier) - 1, max_size=len(draft.tier) - 1)
        entries = {kind: data.draw(one) if draft.scales(kind) else [] for kind in Kind}
        moved = with_entries(draft, entries)
        expected = migrate(cells, (law, grids[0]), (moved, grids[1]))
        got = layer.migration(tuple(moved.entries(kind) for kind in Kind))
        assert (got.sums == expected.sums).all()


def test_a_score_on_the_line_is_in_and_one_hundredth_below_is_out(contract, house_standard):
    rows = customers(contract, 400, 5)
    grid = grid_of(house_standard, contract)
    cells = cells_from(DuckDBEngine(loaded(contract, rows)).fetch(pair_cell_steps(grid, grid, "facts")))
    layer = score_layer(cells, (house_standard, grid), (house_standard, grid))
    person = layer.kinds[0]
    for score in person.scores[[1, len(person.scores) // 2, -1]]:
        on = layer.migration(((0, int(score)), (0, 0))).distribution("after", kind=Kind.PERSON)
        above = layer.migration(((0, int(score) + 1), (0, 0))).distribution("after", kind=Kind.PERSON)
        assert on[2] >= above[2]


def test_the_layer_does_not_grow_with_the_population(contract, house_standard):
    grid, sizes = grid_of(house_standard, contract), []
    for n in (2_000, 4_000):
        engine = DuckDBEngine(loaded(contract, customers(contract, n, 9)))
        cells = cells_from(engine.fetch(pair_cell_steps(grid, grid, "facts")))
        sizes.append(score_layer(cells, (house_standard, grid), (house_standard, grid)).size)
    assert sizes[1] < 1.5 * sizes[0]


@pytest.mark.parametrize("entries", [((6000, 8000), (6000, 8000))])
def test_the_law_itself_moves_nobody(contract, house_standard, entries):
    grid = grid_of(house_standard, contract)
    cells = cells_from(
        DuckDBEngine(loaded(contract, customers(contract, 300, 3))).fetch(pair_cell_steps(grid, grid, "facts"))
    )
    assert score_layer(cells, (house_standard, grid), (house_standard, grid)).migration(entries).moved().moved == 0
