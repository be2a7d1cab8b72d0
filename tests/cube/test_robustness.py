"""Robustness is exact over the whole box: no corner and no inner point of it says otherwise, and corners reach it."""

import itertools
import random
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analytics.classify.grid import grid_of
from analytics.classify.keys import pair_steps
from analytics.classify.verdict import NONE, judge, score_base
from analytics.cube.cells import cells_from, pair_cell_steps
from analytics.cube.layers.ruler import ruler_of
from analytics.cube.sensitivity.crowd import crowd_of
from analytics.cube.sensitivity.fragile import TOGETHER, causes, dangers, fragile, fragile_table, survival
from analytics.cube.sensitivity.robustness import Box, box_grid, one_step
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.intake.contract import Contract
from analytics.standard.canon import plain_data
from analytics.standard.change import Override, apply
from analytics.standard.model import Scale, Standard
from analytics.standard.parse import validate
from analytics.vocabulary import Kind
from tests.population import customers, loaded
from tests.strategies import standards

FEW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
PERCENT = 10
MOST_COMBINATIONS = 700


def box_of(engine: DuckDBEngine, contract: Contract, standard: Standard, percent: int = PERCENT) -> Box:
    grid = box_grid(standard, contract)
    return Box(
        crowd_of(cells_from(engine.fetch(pair_cell_steps(grid, grid, "facts")))), standard, grid, contract, percent
    )


def changed(standard: Standard, name: str, kind: Kind, **update: object) -> Standard:
    """The standard with one scale changed; what ``validate`` would refuse is allowed here."""
    dimension = standard.dimension[name]
    scale = dimension.scale(kind)
    assert isinstance(scale, Scale)
    other = dimension.model_copy(update={kind.value: scale.model_copy(update=update)})
    return standard.model_copy(update={"dimension": standard.dimension | {name: other}})


def weighed(standard: Standard, kind: Kind, hundredths: dict[str, int]) -> Standard:
    """All weights of a kind times 100, each at so many hundredths of what it is."""
    for name, scale in standard.scales(kind):
        standard = changed(standard, name, kind, weight=scale.weight * hundredths[name])
    return standard


def small(standard: Standard) -> Standard:
    """At most three bands a scale, so that every combination can be tried."""
    for name, dimension in standard.dimensions:
        for kind in Kind:
            scale = dimension.scale(kind)
            if scale and not scale.is_qualitative:
                standard = changed(standard, name, kind, bands=scale.bands[:3])
    return standard


def lively(standard: Standard, draw: random.Random) -> Standard:
    """Mostly summed, by weights above zero: else few weights matter."""
    if draw.random() < 0.8:
        summed = standard.aggregation.model_copy(update={"method": "weighted_sum"})
        standard = standard.model_copy(update={"aggregation": summed})
    for name, _ in standard.dimensions:
        for kind in Kind:
            if standard.dimension[name].scale(kind):
                standard = changed(standard, name, kind, weight=draw.randint(5, 60))
    return standard


def among(standard: Standard, engine: DuckDBEngine, contract: Contract, kind: Kind, draw: random.Random) -> Standard:
    """The standard with entry scores beside scores that somebody has, so that small moves matter."""
    box = box_of(engine, contract, standard)
    mine = (box.verdicts.kind == list(Kind).index(kind)) & (box.verdicts.score != NONE)
    scores = sorted({int(100 * score) // score_base(standard, kind) for score in box.verdicts.score[mine]} or {5_000})
    entries = sorted(max(1, draw.choice(scores) + draw.choice([-50, 0, 0, 1, 50])) for _ in standard.tier[1:])
    tiers = list(standard.tier)
    for rank, entry in enumerate(entries):
        tier = tiers[-2 - rank]
        assert tier.entry is not None
        line = tier.entry.model_copy(update={kind.value: Decimal(entry) / 100})
        tiers[-2 - rank] = tier.model_copy(update={"entry": line})
    return standard.model_copy(update={"tier": tuple(tiers)})


def weight_corners(standard: Standard, kind: Kind, draw: random.Random) -> list[dict[str, int]]:
    """Every corner of the box of weights, in hundredths, and some points within."""
    names = [name for name, _ in standard.scales(kind)]
    ends = itertools.product((100 - PERCENT, 100 + PERCENT), repeat=len(names))
    corners = [dict(zip(names, end, strict=True)) for end in ends]
    return corners + [{name: draw.randint(100 - PERCENT, 100 + PERCENT) for name in names} for _ in range(3)]


def edge_moves(standard: Standard, contract: Contract, kind: Kind) -> list[Standard]:
    """The standard with each edge where it is, one step down and one step up, in every combination that ascends."""
    axes = {axis.name: axis for axis in grid_of(standard, contract).axes}
    found = [standard]
    for name, dimension in standard.dimensions:
        edges = dimension.edges(kind)
        scale = dimension.scale(kind)
        if not edges or scale is None:
            continue
        ruler = ruler_of(axes[name], contract)
        factor = dimension.unit_of.scale * (100 if dimension.is_composite else 1)
        places = [sorted({edge, *one_step(edge, ruler)}) for edge in edges]
        moves = [move for move in itertools.product(*places) if list(move) == sorted(set(move))]
        found = [changed(each, name, kind, bands=_moved(scale, move, factor)) for each in found for move in moves]
    return found


def _moved(scale: Scale, move: tuple[int, ...], factor: int):
    edges = [Decimal(amount) / factor for amount in move]
    later = (band.model_copy(update={"from_": edge}) for band, edge in zip(scale.bands[1:], edges, strict=True))
    return (scale.bands[0], *later)


def states_seen(engine, contract, standards_seen, weights, kind):
    """(customers,) of sets: every state that anybody has under any of the standards with any of the weights."""
    seen: list[set[int]] = []
    for standard in standards_seen:
        grid = grid_of(standard, contract)
        table = engine.fetch(pair_steps(grid, grid, "facts")).sort_by("position")
        keys = table["key_after"].to_numpy()
        for hundredths in weights:
            one = weighed(standard, kind, hundredths) if hundredths else standard
            states = judge(one, grid, keys).state(len(standard.tier))
            seen = seen or [set() for _ in states]
            for place, state in enumerate(states):
                seen[place].add(int(state))
    return seen


def of_customers(engine, box: Box, values):
    """What a value by key is by customer, and the kind of each."""
    table = engine.fetch(pair_steps(box.grid, box.grid, "facts")).sort_by("position")
    place = np.searchsorted(box.crowd.keys, table["key_after"].to_numpy())
    return np.asarray(values)[place], box.verdicts.kind[place]


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32))
@pytest.mark.parametrize("moving", ["weights", "edges", "both"])
def test_a_tier_survives_where_no_corner_and_no_inner_point_of_the_box_changes_it(contract, moving, data, seed):
    standard = lively(small(data.draw(standards(contract))), random.Random(seed))
    kind = data.draw(st.sampled_from(Kind))
    assume(len(standard.scales(kind)) > 1)
    edges = [edge for _, dimension in standard.dimensions for edge in dimension.edges(kind)]
    near = [edge + by for edge in edges for by in (0, -100, 100)]
    engine = DuckDBEngine(loaded(contract, customers(contract, 80, seed, tuple(near))))
    standard = among(standard, engine, contract, kind, random.Random(seed))
    box = box_of(engine, contract, standard)
    moves = edge_moves(standard, contract, kind) if moving != "weights" else [standard]
    weights = weight_corners(standard, kind, random.Random(seed)) if moving != "edges" else [{}]
    assume(len(moves) * len(weights) <= MOST_COMBINATIONS)
    seen = states_seen(engine, contract, moves, weights, kind)
    reached = box.reached(weights=moving != "edges", edges=moving != "weights")
    survives, kinds = of_customers(engine, box, box.survives(reached))
    worst, best = (of_customers(engine, box, box.at(tiers))[0] for tiers in (reached.lowest, reached.highest))
    for place in np.flatnonzero(kinds == list(Kind).index(kind)):
        assert survives[place] == (len(seen[place]) == 1)
        assert {worst[place], best[place]} <= seen[place]
        assert min(worst[place], best[place]) <= min(seen[place])
        assert max(seen[place]) <= max(worst[place], best[place])


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_a_tip_is_enough_by_itself_and_nothing_else_is(contract, data, seed):
    standard = data.draw(standards(contract))
    engine = DuckDBEngine(loaded(contract, customers(contract, 120, seed)))
    box = box_of(engine, contract, standard)
    found = fragile(box)
    kinds = box.verdicts.kind[np.searchsorted(box.crowd.keys, found.keys)]
    for place, axis in enumerate(box.grid.axes):
        for at, kind in enumerate(Kind):
            if standard.dimension[axis.name].scale(kind) is None:
                continue
            for way, by in enumerate((-1, 1)):
                hundredths = {name: 100 for name, _ in standard.scales(kind)} | {axis.name: 100 + by * PERCENT}
                moved = weighed(standard, kind, hundredths)
                mine = found.keys[kinds == at]
                states = judge(moved, box.grid, mine).state(len(standard.tier))
                assert (found.tips[4 * place + way][kinds == at] == (states != found.now[kinds == at])).all()


def test_by_hand(contract, house_standard):
    """Two dimensions of 60 and 40 weigh 50 each, entry 50: 100 and 0 points are 50, and any weight tips them.

    10 000 and 0 points: at weights 45 : 55 the score is 45, at 55 : 45 it is 55. 100 and 40 points: at 45 : 55 the
    score is 67. Assets of 1 000 000 have 80 points from 990 000 (one step below 1 000 000) on at best.
    """
    data = plain_data(house_standard)
    for name in ("credit", "tenure", "risk_capacity"):
        del data["dimension"][name]
    bands = [{"points": 0}, {"from": 1_000_000, "points": 100}]
    for name in ("assets", "contribution"):
        for kind in ("person", "enterprise"):
            data["dimension"][name][kind] = {"weight": 50, "missing": "not_assessable", "bands": bands}
    data["tier"] = [data["tier"][0] | {"entry": {"person": 50, "enterprise": 50}}, data["tier"][2]]
    data["gate"] = []
    data["service"] = {name: data["service"][name] for name in ("HIGH", "BASE")}
    standard = validate(data, contract)
    row = {column.name: None for column in contract.facts} | {"kind": 1, "region": "x"}
    yuan = 100
    amounts = [(2_000_000, 0), (2_000_000, 2_000_000), (995_000, 0), (980_000, 0), (1_050_000, 1_050_000)]
    rows = [
        row | {"position": place, "assets": assets * yuan, "contribution": gain * yuan}
        for place, (assets, gain) in enumerate(amounts)
    ]
    engine = DuckDBEngine(loaded(contract, rows))
    box = box_of(engine, contract, standard)

    def who(**moving: bool) -> list[bool]:
        return of_customers(engine, box, box.survives(box.reached(**moving)))[0].tolist()

    assert who(weights=True, edges=False) == [False, True, True, True, True]
    assert who(weights=False, edges=True) == [True, True, False, True, False]
    assert who(weights=True, edges=True) == [False, True, False, True, False]
    found = survival(box, box.survives(box.reached(weights=True, edges=True)))
    assert found.everyone[0, 0].tolist() == [2, 3, 0, 0, 0]
    assert found.surviving[0, 0].tolist() == [1, 1, 0, 0, 0]
    first, second = dangers(box)
    assert (first.dimension, int(first.by_weight[0]), int(first.by_edges[0])) == ("assets", 1, 1)
    assert (second.dimension, int(second.by_weight[0]), int(second.by_edges[0])) == ("contribution", 1, 0)
    told = fragile_table(box, fragile(box), "en").sort_by("key").to_pydict()
    names = [cause.en for cause in causes(box)]
    assert "weight of Financial assets −10%" in names
    assert sorted(told["tips"]) == sorted(
        [
            "weight of Financial assets −10%; weight of Contribution +10%",
            "bounds of Financial assets one step down",
            TOGETHER.en,
        ]
    )


def test_where_points_are_not_summed_weights_tip_nobody(contract, house_standard):
    for method in ("highest", "all_of"):
        data = apply(plain_data(house_standard), [Override("aggregation.method", method)])
        standard = validate(data, contract)
        engine = DuckDBEngine(loaded(contract, customers(contract, 300, 2)))
        box = box_of(engine, contract, standard)
        assert box.survives(box.reached(weights=True, edges=False)).all()


def test_nobody_and_one_customer(contract, house_standard):
    box = box_of(DuckDBEngine(loaded(contract, customers(contract, 1, 2))), contract, house_standard)
    assert survival(box, box.survives(box.reached(weights=True, edges=True))).everyone[0].sum() == 1
    nobody = replace(box, crowd=box.crowd[np.zeros(0, np.int64)])
    assert survival(nobody, nobody.survives(nobody.reached(weights=True, edges=True))).everyone.sum() == 0
    assert all(danger.by_weight.sum() == 0 for danger in dangers(nobody))
    assert fragile_table(nobody, fragile(nobody), "zh").num_rows == 0


def test_a_wider_box_spares_nobody_whom_a_narrower_one_tips(contract, house_standard):
    engine = DuckDBEngine(loaded(contract, customers(contract, 400, 3)))
    narrow = box_of(engine, contract, house_standard, 5)
    wide = replace(narrow, percent=20)
    falls = [~box.survives(box.reached(weights=True, edges=True)) for box in (narrow, wide)]
    assert (falls[1] | ~falls[0]).all()
    assert falls[1].sum() > falls[0].sum() > 0
    assert (~narrow.survives(narrow.reached(weights=True, edges=False)) <= falls[0]).all()
