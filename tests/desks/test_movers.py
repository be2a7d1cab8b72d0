"""A list of movers that leaves the house: recorded, whole, and with nothing left beside it."""

import csv
import json

import pytest

from analytics.cube.movers import Selection
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.data.regions import region_names
from analytics.desks.whatif import bench
from analytics.desks.whatif.bench import Side
from analytics.store import events

MONEY = ["金融资产（元）", "业务贡献度（元）"]


@pytest.fixture
def opened(house):
    """Two periods under the law, and everyone who moved up or down between them."""
    law, (later, earlier, *_) = publishing.in_force(house).standard, snapshots.latest(house)
    sides = Side(earlier.snapshot_id, law), Side(later.snapshot_id, law)
    direction = bench.compare(house, *sides).migration.direction.tolist()
    pairs = tuple((row, at) for row, line in enumerate(direction) for at, way in enumerate(line) if way in (1, -1))
    return *sides, Selection(pairs)


def test_a_list_that_leaves_is_recorded_with_who_what_and_how_many(house, tmp_path, opened):
    before, after, selection = opened
    n = bench.movers_csv(house, before, after, selection, tmp_path / "movers.csv", actor="chen.committee")
    law = publishing.in_force(house).publication.standard_hash
    with house.store.read() as cursor:
        *_, event = events.read(cursor)
    assert (event.actor, event.kind, json.loads(event.body)) == (
        "chen.committee",
        "movers.exported",
        {"snapshots": [before.snapshot_id, after.snapshot_id], "standards": [law, law], "customers": n},
    )
    assert len((tmp_path / "movers.csv").read_text(encoding="utf-8-sig").splitlines()) == n + 1


def test_a_list_names_regions_and_keeps_their_code_and_says_the_unit_of_money(house, tmp_path, opened):
    before, after, selection = opened
    bench.movers_csv(house, before, after, selection, tmp_path / "movers.csv", actor="a", language="zh")
    with (tmp_path / "movers.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [name for name in rows[0] if name.endswith("（元）")] == MONEY
    known = region_names()
    assert {row["地区"] for row in rows} == {known[row["地区代码"]].zh for row in rows}


def test_a_list_that_fails_leaves_no_customers_behind(house, tmp_path, opened, monkeypatch):
    def broken(*_, **__):
        raise OSError

    before, after, selection = opened
    monkeypatch.setattr("analytics.desks.data.leaving.events.append", broken)
    with pytest.raises(OSError):  # noqa: PT011 - any failure will do
        bench.movers_csv(house, before, after, selection, tmp_path / "movers.csv", actor="a")
    assert [path for path in tmp_path.iterdir() if "movers" in path.name] == []
