"""Cliffs, robustness and sweeps on a real small bank: numbers agree with lists, and lists that leave are noted."""

import csv
import json
from decimal import Decimal

import numpy as np
import pytest

from analytics.cube.sensitivity.edge_cliffs import Reach
from analytics.cube.sweep.dials import dials_of
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.whatif import bench, sensitivity
from analytics.desks.whatif.bench import Side
from analytics.desks.whatif.sensitivity import Asked, Near, Robustness
from analytics.standard.canon import plain_data
from analytics.standard.change import Override, apply
from analytics.standard.parse import validate
from analytics.store import events
from analytics.vocabulary import Kind

NEAR = Near(500, Reach("percent", 10))


def asked_of(house: House, *overrides: Override, group: str | None = None) -> Asked:
    """The latest snapshot under the law, and under a draft of it."""
    law, snapshot = publishing.in_force(house).standard, snapshots.latest(house)[0].snapshot_id
    draft = validate(apply(plain_data(law), overrides), house.contract)
    return Asked(house, Side(snapshot, law), Side(snapshot, draft), group=group)


@pytest.fixture
def asked(house: House) -> Asked:
    """A draft with another edge than the law."""
    return asked_of(house, Override("dimension.assets.person.bands[3].from", Decimal(400_000)))


def test_every_line_of_the_draft_has_its_cliff(asked: Asked) -> None:
    cliffs = sensitivity.cliff_map(asked, NEAR).cliffs
    lines = [cliff.line for cliff in cliffs]
    assert [line.sort for line in lines].count("entry") == 4
    edges = sum(len(dimension.edges(kind)) for _, dimension in asked.standard.dimensions for kind in Kind)
    assert len(lines) == 4 + edges
    assert any(line.amount == 400_000 * 100 and line.name == "assets" for line in lines)
    assert sum(cliff.below.customers + cliff.above.customers for cliff in cliffs) > 0


def test_a_list_beside_a_line_has_as_many_as_the_map_says(asked: Asked) -> None:
    cliffs = [
        cliff for cliff in sensitivity.cliff_map(asked, NEAR).cliffs if cliff.below.customers and cliff.above.customers
    ]
    assert {cliff.line.sort for cliff in cliffs} == {"entry", "edge"}
    for sort in ("entry", "edge"):
        cliff = next(cliff for cliff in cliffs if cliff.line.sort == sort)
        for below, mass in ((True, cliff.below), (False, cliff.above)):
            listed = sensitivity.beside(asked, cliff, NEAR, below=below)
            rows = listed.rows.to_pydict()
            assert listed.total == mass.customers == listed.rows.num_rows
            assert sum(amount or 0 for amount in rows["assets"]) == mass.assets
            changing = sum(a != b for a, b in zip(rows["before"], rows["after"], strict=True))
            assert changing == mass.changing
            only = sensitivity.beside(asked, cliff, NEAR, below=below, only_changing=True)
            assert only.total == only.rows.num_rows == mass.changing
            assert rows["assets"] == sorted(rows["assets"], key=lambda minor: -(minor or 0))


def test_a_histogram_counts_those_of_the_map(asked: Asked) -> None:
    for cliff in sensitivity.cliff_map(asked, NEAR).cliffs:
        found = sensitivity.histogram(asked, cliff.line, NEAR)
        line = cliff.line.amount * found.base
        width = NEAR.points * found.base if cliff.line.sort == "entry" else (found.bounds[-1] - found.bounds[0]) // 20
        lows = found.bounds[:-1]
        below = found.sums[0, (lows >= line - width) & (lows < line)].sum()
        above = found.sums[0, (lows >= line) & (lows < line + width)].sum()
        assert (below, above) == (cliff.bunching.below, cliff.bunching.above)


def test_one_region_has_its_own_cliffs_and_all_regions_add_up(house: House) -> None:
    whole = sensitivity.cliff_map(asked_of(house), NEAR).cliffs
    regions = bench.counted(house, asked_of(house).law, asked_of(house).draft).cells.groups
    parts = [sensitivity.cliff_map(asked_of(house, group=region), NEAR).cliffs for region in regions]
    for at, cliff in enumerate(whole):
        assert cliff.below.customers == sum(part[at].below.customers for part in parts)
    asked = asked_of(house, group=regions[0])
    cliff = next(each for each in sensitivity.cliff_map(asked, NEAR).cliffs if each.below.customers)
    assert sensitivity.beside(asked, cliff, NEAR, below=True).total == cliff.below.customers


def test_robustness_is_about_everybody_and_lists_the_fragile_with_what_would_tip_them(asked: Asked) -> None:
    found = Robustness(asked, 10)
    everyone = snapshots.latest(asked.house)[0].n_accepted
    survivals = found.survivals
    assert all(int(each.everyone[0].sum()) == everyone for each in survivals.values())
    both = int(survivals["both"].surviving[0].sum())
    assert both <= min(int(survivals[name].surviving[0].sum()) for name in ("weights", "edges"))
    listed = found.listed("en")
    assert listed.total == everyone - both == int(found.fragile.sums[0].sum()) > 0
    rows = listed.rows.to_pydict()
    assert all(was != now for was, now in zip(rows["before"], rows["after"], strict=True))
    assert any("weight of" in tip for tip in rows["tips"])


def test_a_list_that_leaves_is_whole_in_words_and_noted(asked: Asked, tmp_path) -> None:
    listed = Robustness(asked, 10).listed("zh", limit=3)
    path = tmp_path / "fragile.csv"
    n = sensitivity.list_csv(asked, listed, path, actor="chen.committee", language="zh", about="fragile 10%")
    assert n == listed.total > listed.rows.num_rows == 3
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file))
    assert len(rows) == n
    assert header[-1] == "何种变动会改变层级"
    assert "可能变为" in header
    assert all("**" in row[1] for row in rows)
    with asked.house.store.read() as cursor:
        *_, event = events.read(cursor)
    assert (event.actor, event.kind) == ("chen.committee", "beside.exported")
    body = json.loads(event.body)
    assert (body["customers"], body["about"], body["snapshot"]) == (n, "fragile 10%", asked.draft.snapshot_id)
    assert [file.name for file in tmp_path.iterdir() if "fragile" in file.name] == ["fragile.csv"]


def test_a_list_beside_a_line_leaves_with_both_tiers(asked: Asked, tmp_path) -> None:
    cliff = next(each for each in sensitivity.cliff_map(asked, NEAR).cliffs if each.below.changing)
    listed = sensitivity.beside(asked, cliff, NEAR, below=True)
    path = tmp_path / "beside.csv"
    assert sensitivity.list_csv(asked, listed, path, actor="a", language="en", about="x") == cliff.below.customers
    assert "Tier across the line" in path.read_text(encoding="utf-8-sig").splitlines()[0]


@pytest.mark.parametrize("sort", ["entry", "weight", "points", "missing", "edge", "gate"])
def test_a_curve_is_what_the_bench_says_of_the_same_draft(asked: Asked, sort: str) -> None:
    house, law = asked.house, asked.law
    dials = [dial for dial in dials_of(asked.standard, house.contract) if dial.sort == sort]
    for dial in dials[:: max(1, len(dials) // 3)]:
        curve = sensitivity.curve(asked, dial)
        for place in {0, len(dial.positions) // 2, len(dial.positions) - 1}:
            moved = apply(plain_data(asked.standard), [Override(dial.path, dial.value(dial.positions[place]))])
            draft = Side(asked.draft.snapshot_id, validate(moved, house.contract))
            expected = bench.compare(house, law, draft).migration
            assert (curve.at(place).matrix("assets") == expected.matrix("assets")).all()
            assert np.array_equal(curve.at(place).matrix(), expected.matrix())
