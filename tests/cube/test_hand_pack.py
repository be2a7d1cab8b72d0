"""The block of a dimension in the hand says what the rest layer says, for any edges that it has a place for."""

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analytics.classify.grid import grid_of
from analytics.classify.verdict import n_states, score_base
from analytics.cube.layers.bins import bins_of
from analytics.cube.layers.hand_pack import packed_hand
from analytics.cube.layers.rest_layer import RestLayer
from analytics.cube.layers.resting import rest_layer
from analytics.cube.pack import SPLIT, unpacked
from analytics.intake.contract import Contract
from analytics.standard.model import Standard
from analytics.standard.parse import validate
from analytics.vocabulary import BASIS, Kind
from tests.fine_grids import fine_of, moved
from tests.population import customers, loaded
from tests.strategies import standard_data

FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def from_block(block: bytes, layer: RestLayer, edges: list[int]) -> Any:
    """(measures, before, after) as a reader of the block works it out, entry by entry."""
    draft, kind, name = layer.draft.standard, layer.draft.kind, layer.draft.name
    scale = draft.dimension[name].scale(kind)
    assert scale is not None
    _, arrays = unpacked(block)
    bounds = arrays["boundHigh"].astype(int) * SPLIT + arrays["boundLow"].astype(int)
    table = np.zeros((3, n_states(layer.law.standard), n_states(draft)), dtype=object)
    method, last = draft.aggregation.method, len(bounds) + 1
    counts = scale.weight > 0 if method != "single" else draft.aggregation.metric == name
    for at in range(len(arrays["count"])):
        column, rest = int(arrays["column"][at]), int(arrays["rest"][at])
        lowest = None if column == last else (-(2**62) if column == 0 else int(bounds[column - 1]))
        band = len(edges) + 1 if lowest is None else sum(edge <= lowest for edge in edges)
        points = (scale.missing_points if band > len(edges) else scale.points[band]) if counts else 0
        refused = rest < 0 or points is None
        if refused or points is None:
            step = len(draft.tier)
        else:
            by_method = {"weighted_sum": rest + points * scale.weight, "single": rest + points}
            by_method |= {"highest": max(rest, points), "all_of": min(rest, points) if counts else rest}
            score = by_method[method]
            step = sum(BASIS * score >= entry * score_base(draft, kind) for entry in draft.entries(kind))
        state = int(arrays["ladders"][int(arrays["ladder"][at]), step])
        sums = [int(arrays["count"][at])]
        for part in ("assets", "contribution"):
            sums.append(int(arrays[f"{part}High"][at]) * SPLIT + int(arrays[f"{part}Low"][at]))
        table[:, int(arrays["before"][at]), state] += sums
    return table


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32), keep=st.sampled_from([1, 3]))
def test_a_reader_of_the_block_finds_what_the_layer_finds(
    contract: Contract, data: st.DataObject, seed: int, keep: int
) -> None:
    plain = data.draw(standard_data(contract))
    law = validate(plain, contract)
    draft = data.draw(moved(plain, law, contract))
    handy = [(name, kind) for name, body in draft.dimension.items() for kind in Kind if body.edges(kind)]
    assume(handy)
    name, kind = data.draw(st.sampled_from(handy))
    grids = grid_of(law, contract), grid_of(draft, contract)
    rows = loaded(contract, customers(contract, 150, seed))
    found = rest_layer(fine_of(bins_of(grids[0], contract), rows), (law, grids[0]), (draft, grids[1]), kind, name)
    assume(found is not None)
    assert found is not None
    layer = found[0]
    block = packed_hand(layer, keep)
    _, arrays = unpacked(block)
    bounds = (arrays["boundHigh"].astype(np.int64) * SPLIT + arrays["boundLow"].astype(np.int64)).tolist()
    assert set(layer.edges) <= set(bounds)
    edges = sorted(data.draw(st.sets(st.sampled_from(bounds), min_size=len(layer.edges), max_size=len(layer.edges))))
    for each in (list(layer.edges), edges):
        assert (from_block(block, layer, each) == layer.answer(each)).all()


def test_fewer_places_for_an_edge_make_a_smaller_block(contract: Contract, house_standard: Standard) -> None:
    grid = grid_of(house_standard, contract)
    fine = fine_of(bins_of(grid, contract), loaded(contract, customers(contract, 2_000, 5)))
    judged = house_standard, grid
    found = rest_layer(fine, judged, judged, Kind.PERSON, "assets")
    assert found is not None
    sizes = [len(packed_hand(found[0], keep)) for keep in (1, 4, 16)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > 1.2 * sizes[2]


@pytest.mark.parametrize("keep", [1, 5])
def test_everyone_of_the_kind_is_in_the_block(contract: Contract, house_standard: Standard, keep: int) -> None:
    rows = customers(contract, 500, 8)
    grid = grid_of(house_standard, contract)
    judged = house_standard, grid
    found = rest_layer(fine_of(bins_of(grid, contract), loaded(contract, rows)), judged, judged, Kind.PERSON, "tenure")
    assert found is not None
    _, arrays = unpacked(packed_hand(found[0], keep))
    assert int(arrays["count"].sum()) == sum(row["kind"] == 1 for row in rows)
