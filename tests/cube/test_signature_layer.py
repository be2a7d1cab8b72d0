"""The signature layer answers new weights, points, entry scores and methods exactly as a full recount does."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.classify.grid import grid_of
from analytics.cube.cells import cells_from, pair_cell_steps
from analytics.cube.layers.signature_layer import signature_layer
from analytics.cube.recount import migrate
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from analytics.intake.contract import Contract
from analytics.standard.change import Override, apply
from analytics.standard.model import Scale, Standard
from analytics.standard.parse import read_toml, validate
from analytics.vocabulary import Kind
from tests.population import customers, loaded
from tests.strategies import METHODS, standards

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def reweighted(draw: st.DrawFn, standard: Standard) -> Standard:
    """The standard with other weights, points and method, on the same grid."""
    dimensions = {}
    for name, dimension in standard.dimension.items():
        scales = {kind.value: draw(_rescaled(scale)) for kind in Kind if (scale := dimension.scale(kind))}
        dimensions[name] = dimension.model_copy(update=scales)
    both = [name for name, dimension in standard.dimension.items() if all(dimension.scale(kind) for kind in Kind)]
    method = draw(st.sampled_from(METHODS if both else [name for name in METHODS if name != "single"]))
    metric = draw(st.sampled_from(both)) if method == "single" else None
    aggregation = standard.aggregation.model_copy(update={"method": method, "metric": metric})
    return standard.model_copy(update={"dimension": dimensions, "aggregation": aggregation})


@st.composite
def _rescaled(draw: st.DrawFn, scale: Scale) -> Scale:
    bands = tuple(band.model_copy(update={"points": draw(st.integers(0, 100))}) for band in scale.bands)
    return scale.model_copy(update={"bands": bands, "weight": draw(st.integers(0, 1000))})


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_any_weights_points_and_method_give_what_a_recount_gives(
    contract: Contract, data: st.DataObject, seed: int
) -> None:
    law, draft = data.draw(standards(contract)), data.draw(standards(contract))
    grids = grid_of(law, contract), grid_of(draft, contract)
    rows = loaded(contract, customers(contract, 250, seed))
    cells = cells_from(DuckDBEngine(rows).fetch(pair_cell_steps(*grids, "facts")))
    layer = signature_layer(cells, (law, grids[0]), (draft, grids[1]))
    for moved in (draft, data.draw(reweighted(draft)), data.draw(reweighted(draft))):
        try:
            expected = migrate(cells, (law, grids[0]), (moved, grids[1]))
        except TierdeskError as error:
            with pytest.raises(TierdeskError, match=re.escape(str(error))):
                layer.migration(moved)
            continue
        got = layer.migration(moved)
        assert (got.before, got.after, got.groups) == (expected.before, expected.after, expected.groups)
        assert (got.sums == expected.sums).all()


def test_a_small_change_and_a_large_one_are_both_exact(contract: Contract, house_rules: str) -> None:
    plain = read_toml(house_rules)
    law = validate(plain, contract)
    grid = grid_of(law, contract)
    rows = loaded(contract, customers(contract, 3_000, 4))
    cells = cells_from(DuckDBEngine(rows).fetch(pair_cell_steps(grid, grid, "facts")))
    layer = signature_layer(cells, (law, grid), (law, grid))
    small, large = (validate(apply(plain, [Override("tier[1].entry.person", entry)]), contract) for entry in (58, 5))
    assert layer.migration(law).moved().moved == 0
    moves = [layer.migration(draft).moved().moved for draft in (small, large)]
    assert 0 < moves[0] < 100 < moves[1]
    for draft in (small, large):
        assert (layer.migration(draft).sums == migrate(cells, (law, grid), (draft, grid)).sums).all()
