"""The rest layer answers every place of an edge, and every point of its dimension, exactly as a full recount does."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from analytics.classify.grid import Ints, grid_of
from analytics.cube.cells import cells_from, pair_cell_steps
from analytics.cube.layers.bins import bins_of
from analytics.cube.layers.resting import beside, rest_layer
from analytics.cube.recount import migrate
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.intake.contract import Contract
from analytics.standard.change import Override, apply
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml, validate
from analytics.vocabulary import Kind
from tests.fine_grids import fine_of, moved
from tests.population import customers, loaded
from tests.strategies import standard_data

FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


def with_edges(standard: Standard, name: str, kind: Kind, edges: Sequence[int]) -> Standard:
    """The standard with other edges (stored units) of one dimension and kind."""
    dimension = standard.dimension[name]
    scale = dimension.scale(kind)
    assert scale is not None
    unit = dimension.unit_of.scale * (100 if dimension.is_composite else 1)
    bands = [scale.bands[0]]
    bands += [
        band.model_copy(update={"from_": Decimal(edge) / unit})
        for band, edge in zip(scale.bands[1:], edges, strict=True)
    ]
    changed = dimension.model_copy(update={kind.value: scale.model_copy(update={"bands": tuple(bands)})})
    return standard.model_copy(update={"dimension": standard.dimension | {name: changed}})


def recounted(rows: Any, contract: Contract, law: Standard, draft: Standard, kind: Kind) -> Ints:
    """(measures, before, after) of one kind by a scan of everyone."""
    grids = grid_of(law, contract), grid_of(draft, contract)
    cells = cells_from(DuckDBEngine(rows).fetch(pair_cell_steps(*grids, "facts")))
    found: Ints = migrate(cells, (law, grids[0]), (draft, grids[1])).sums[:, list(Kind).index(kind)].sum(axis=1)
    return found


def handy(standard: Standard) -> list[tuple[str, Kind]]:
    """Dimensions and kinds that have an edge to drag."""
    return [(name, kind) for name, body in standard.dimension.items() for kind in Kind if body.edges(kind)]


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_every_place_of_an_edge_is_what_a_recount_gives(contract: Contract, data: st.DataObject, seed: int) -> None:
    plain = data.draw(standard_data(contract))
    law = validate(plain, contract)
    draft = data.draw(moved(plain, law, contract))
    assume(handy(draft))
    name, kind = data.draw(st.sampled_from(handy(draft)))
    grids = grid_of(law, contract), grid_of(draft, contract)
    cuts = tuple(cut for grid in grids for axis in grid.axes for slots in axis.slots if slots for cut in slots.cuts)
    rows = loaded(contract, customers(contract, 250, seed, cuts))
    fine = fine_of(bins_of(grids[0], contract), rows)
    found = rest_layer(fine, (law, grids[0]), (draft, grids[1]), kind, name)
    assume(found is not None)
    assert found is not None
    layer, resting = found
    edges = list(layer.edges)
    assert (layer.answer(edges) == recounted(rows, contract, law, draft, kind)).all()
    edge = data.draw(st.integers(0, len(edges) - 1))
    curve = layer.curve(edge)
    for place in data.draw(st.lists(st.integers(0, max(0, len(curve.places) - 1)), max_size=3)):
        if len(curve.places) == 0:
            continue
        edges[edge] = int(curve.places[place])
        there = with_edges(draft, name, kind, edges)
        assert (curve.at(place) == layer.answer(edges)).all()
        assert (curve.at(place) == recounted(rows, contract, law, there, kind)).all()
        if place + 1 < len(curve.places) and curve.places[place + 1] - edges[edge] > 1:
            between = data.draw(st.integers(edges[edge] + 1, int(curve.places[place + 1]) - 1))
            edges[edge] = between
            low, exact, high = beside(layer, resting, curve, edge, between)
            assert (exact == recounted(rows, contract, law, with_edges(draft, name, kind, edges), kind)).all()
            bound = int(layer.sums[0, :, layer.between(edge).start + place + 1].sum())
            for side in (low, high):
                assert np.abs(side[0] - exact[0]).sum() <= 2 * bound


def test_points_of_the_dimension_in_the_hand_are_free(contract: Contract, house_rules: str) -> None:
    plain = read_toml(house_rules)
    law = validate(plain, contract)
    grid = grid_of(law, contract)
    rows = loaded(contract, customers(contract, 1_500, 9))
    found = rest_layer(fine_of(bins_of(grid, contract), rows), (law, grid), (law, grid), Kind.PERSON, "assets")
    assert found is not None
    moves = [Override("dimension.assets.person.bands[3].points", 90), Override("dimension.assets.person.weight", 70)]
    draft = validate(apply(plain, moves), contract)
    expected = recounted(rows, contract, law, draft, Kind.PERSON)
    assert (found[0].answer(found[0].edges, draft) == expected).all()
    assert (found[0].answer(found[0].edges) != expected).any()


def test_a_dimension_of_codes_has_no_edge_to_drag(contract: Contract, house_standard: Standard) -> None:
    grid = grid_of(house_standard, contract)
    fine = fine_of(bins_of(grid, contract), loaded(contract, customers(contract, 30, 1)))
    judged = house_standard, grid
    assert rest_layer(fine, judged, judged, Kind.PERSON, "risk_capacity") is None
    assert rest_layer(fine, judged, judged, Kind.ENTERPRISE, "risk_capacity") is None
