"""The layers on a whole bank, draft after draft, each against a scan of every customer."""

import random
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from analytics.classify.grid import grid_of
from analytics.cube.cells import cells_from, pair_cell_steps
from analytics.cube.groupings import BY_REGION
from analytics.cube.layers.ruler import ruler_of
from analytics.cube.recount import migrate
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House, open_house
from analytics.desks.setup import setup
from analytics.desks.whatif import bench
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.standard.change import Override, apply
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml, validate
from analytics.store.snapshots import facts_table
from analytics.vocabulary import Kind
from tests.houses import ROOT, settings_in

CUSTOMERS, DRAFTS = 200_000, 150


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A bank of one quarter."""
    folder = tmp_path_factory.mktemp("bank")
    (folder / "rules.toml").write_text((ROOT / "rules.toml").read_text(encoding="utf-8"), encoding="utf-8")
    settings = replace(settings_in(folder), demo_customers=CUSTOMERS, demo_quarters=1)
    house = open_house(settings)
    setup(house, lambda words: None)
    return house


def any_draft(house: House, law: Standard, draw: random.Random) -> Standard:
    """A few numbers moved: edges on, beside and off the marks, gates' amounts, weights, points, entry scores."""
    overrides = []
    for axis in grid_of(law, house.contract).axes:
        dimension = law.dimension[axis.name]
        for kind in Kind:
            edges = dimension.edges(kind)
            scale = dimension.scale(kind)
            if not edges or scale is None or draw.random() < 0.4:
                continue
            at = draw.randrange(len(edges))
            low = edges[at - 1] if at else edges[at] - abs(edges[at]) // 2 - 10
            high = edges[at + 1] if at + 1 < len(edges) else edges[at] * 2 + 10
            ruler = ruler_of(axis, house.contract)
            mark = ruler.after(draw.randint(low, high)) or edges[at]
            place = max(low + 1, min(high - 1, mark + draw.choice([-1, 0, 0, 1, draw.randint(-999, 999)])))
            amount = Decimal(place) / dimension.unit_of.scale
            overrides.append(Override(f"dimension.{axis.name}.{kind}.bands[{at + 1}].from", amount))
            if draw.random() < 0.5:
                overrides.append(Override(f"dimension.{axis.name}.{kind}.weight", draw.randint(1, 60)))
            if draw.random() < 0.5:
                overrides.append(Override(f"dimension.{axis.name}.{kind}.bands[{at}].points", draw.randint(0, 100)))
    for gate, condition in ((3, "below"), (6, "at_least")):
        stated = getattr(law.gate[gate].when[0], condition)
        if stated is not None and draw.random() < 0.5:
            overrides.append(Override(f"gate[{gate}].when[0].{condition}", stated + draw.randint(-40, 40)))
    overrides.append(Override("tier[1].entry.person", draw.randint(30, 70)))
    source = read_toml(house.stored(publishing.in_force(house).publication.standard_hash).source)
    return validate(apply(source, overrides), house.contract)


@pytest.mark.prove
def test_any_draft_on_a_whole_bank_is_what_a_scan_says(bank: House) -> None:
    law, snapshot = publishing.in_force(bank).standard, snapshots.latest(bank)[0].snapshot_id
    draw, moves = random.Random(20), 0
    for _ in range(DRAFTS):
        draft = any_draft(bank, law, draw)
        found = bench.trial(bank, snapshot, law, draft).migration
        grids = grid_of(law, bank.contract), grid_of(draft, bank.contract)
        with bank.store.read() as cursor:
            steps = pair_cell_steps(*grids, facts_table(snapshot), [BY_REGION])
            cells = cells_from(DuckDBEngine(cursor).fetch(steps), ["region"])
        expected = migrate(cells, (law, grids[0]), (draft, grids[1]))
        assert found.groups == expected.groups
        assert np.array_equal(found.sums, expected.sums)
        moves += found.moved().moved
    assert moves > CUSTOMERS
