"""Layers by groups: kept with the keys, completed where they lack, and read without the customers."""

import numpy as np
import pytest

from analytics.classify.grid import grid_of
from analytics.cube.groupings import SEPARATOR, grouping_of, split
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.runs.classification import classify
from analytics.desks.whatif import bench, layers
from analytics.desks.whatif.bench import Side
from analytics.errors import TierdeskError
from analytics.standard.change import Override, apply
from analytics.standard.parse import parse_toml, read_toml, validate
from analytics.store import runs
from analytics.store.snapshots import facts_table
from tests.houses import in_crowns

ENTRY = Override("tier[0].entry.person", 60)
EDGE = Override("dimension.assets.person.bands[3].from", 900_000)


@pytest.fixture(autouse=True)
def nothing_remembered():
    bench._cached_cells.cache_clear()


def law(house):
    return publishing.in_force(house).standard


def draft(house, *changes):
    source = house.stored(publishing.in_force(house).publication.standard_hash).source
    return validate(apply(read_toml(source), changes), house.contract)


def latest(house):
    return snapshots.latest(house)[0].snapshot_id


def tables(house):
    with house.store.read() as cursor:
        return {name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()}


def without_facts(house):
    """Every customer's own values are gone; only layers and runs are left."""
    with house.store.act() as cursor:
        for snapshot in snapshots.every(house):
            cursor.execute(f"DROP TABLE {facts_table(snapshot.snapshot_id)}")


@pytest.mark.parametrize("change", [ENTRY, EDGE], ids=["one grid", "two grids"])
@pytest.mark.parametrize("grouping", [(), ("channel",), ("age_band",), ("industry", "channel"), ("region", "sex")])
def test_groups_of_a_trial_sum_to_the_whole_and_to_a_plain_count(house, grouping, change):
    snapshot, standards = latest(house), (law(house), draft(house, change))
    migration = bench.trial(house, snapshot, *standards, grouping=grouping).migration
    whole = bench.trial(house, snapshot, *standards).migration
    assert np.array_equal(migration.sums.sum(axis=2), whole.sums.sum(axis=2))
    assert migration.moved().moved > 0
    values = ", ".join([f"{grouping_of(house.contract, name).value}" for name in grouping] or ["''"])
    with house.store.read() as cursor:
        rows = cursor.execute(
            f"SELECT {values}, count(*), sum(f.assets) FROM {facts_table(snapshot)} AS f GROUP BY ALL"
        ).fetchall()
    expected = {SEPARATOR.join(row[:-2]): (row[-2], row[-1] or 0) for row in rows}
    found = {
        name: (int(migration.matrix(group=name).sum()), int(migration.matrix("assets", group=name).sum()))
        for name in migration.groups
    }
    assert found == expected


def test_a_classified_snapshot_answers_every_grouping_without_its_customers(house):
    snapshot, before, after = latest(house), law(house), draft(house, ENTRY)
    names = ("region", "age_band", "industry", "channel", "sex")
    whole = bench.trial(house, snapshot, before, after).migration.moved()
    without_facts(house)
    bench._cached_cells.cache_clear()
    for name in names:
        assert bench.trial(house, snapshot, before, after, grouping=(name,)).migration.moved() == whole


def test_the_cells_since_the_period_before_are_kept_when_the_later_one_is_classified(house):
    later, earlier = snapshots.latest(house)[:2]
    sides = Side(earlier.snapshot_id, law(house)), Side(later.snapshot_id, law(house))
    table = f"moves_{earlier.snapshot_id}_{grid_of(law(house), house.contract).hash}"
    assert any(name.startswith(table) for name in tables(house))
    first = bench.compare(house, *sides).migration
    without_facts(house)
    bench._cached_cells.cache_clear()
    assert np.array_equal(bench.compare(house, *sides).migration.sums, first.sums)
    assert first.moved().moved > 0


def test_cells_between_any_two_periods_are_kept_at_first_asking(house):
    latest_, _, oldest = snapshots.latest(house)
    sides = Side(oldest.snapshot_id, law(house)), Side(latest_.snapshot_id, law(house))
    had = tables(house)
    first = bench.compare(house, *sides, grouping=("channel",)).migration
    assert len(tables(house) - had) == 1
    without_facts(house)
    bench._cached_cells.cache_clear()
    again = bench.compare(house, *sides, grouping=("channel",)).migration
    assert np.array_equal(again.sums, first.sums)
    assert again.earlier is not None
    assert again.groups == first.groups


def test_a_store_of_an_earlier_version_gets_what_its_layer_lacks(house):
    snapshot = latest(house)
    whole = bench.trial(house, snapshot, law(house), law(house), grouping=("channel",)).migration
    made = {name for name in tables(house) if name.startswith("moves_")}
    made |= {name for name in tables(house) if name.startswith("cells_") and name.count("_") > 2}
    assert len(made) > 10
    with house.store.act() as cursor:
        for name in made:
            cursor.execute(f"DROP TABLE {name}")
    bench._cached_cells.cache_clear()
    again = bench.trial(house, snapshot, law(house), law(house), grouping=("channel",)).migration
    assert np.array_equal(again.sums, whole.sums)
    assert {name for name in made if snapshot in name and name.startswith("cells_")} <= tables(house)


@pytest.mark.parametrize("change", [ENTRY, EDGE], ids=["one grid", "two grids"])
def test_the_prior_tier_is_where_each_customer_stood_a_period_ago(house, change):
    later, earlier = snapshots.latest(house)[:2]
    migration = bench.trial(
        house, later.snapshot_id, law(house), draft(house, change), grouping=("prior_tier",)
    ).migration
    period = bench.compare(house, Side(earlier.snapshot_id, law(house)), Side(later.snapshot_id, law(house))).migration
    for at, state in enumerate(period.before):
        stayed = int(period.matrix()[at, :-1].sum())  # the last column has left
        found = int(migration.matrix(group=state.id).sum()) if state.id in migration.groups else 0
        assert found == stayed, state.id
    assert "NEW" in migration.groups
    mixed = bench.trial(
        house, later.snapshot_id, law(house), draft(house, change), grouping=("channel", "prior_tier")
    ).migration
    assert np.array_equal(mixed.sums.sum(axis=2), migration.sums.sum(axis=2))
    assert {split(group)[1] for group in mixed.groups} == set(migration.groups)


def test_the_first_period_has_no_prior_tier_and_says_so(house):
    oldest = snapshots.latest(house)[-1].snapshot_id
    with pytest.raises(TierdeskError) as caught:
        bench.trial(house, oldest, law(house), law(house), grouping=("prior_tier",))
    assert caught.value.code == "RUN-006"


def test_too_many_cells_are_refused_with_their_number_and_what_would_fit(house, monkeypatch):
    snapshot, standard = latest(house), law(house)
    with house.store.read() as cursor:
        n = cursor.execute(
            f"SELECT count(*) FROM (SELECT DISTINCT cell, region, channel FROM {facts_table(snapshot)} AS f "
            f"JOIN {runs.keys_table(snapshot, grid_of(standard, house.contract).hash)} AS k USING (position))"
        ).fetchall()[0][0]
        cells = len(runs.kept(cursor, runs.cells_table(snapshot, grid_of(standard, house.contract).hash)))
    assert cells < n
    monkeypatch.setattr(layers, "LARGEST", cells)
    with pytest.raises(TierdeskError) as caught:
        bench.trial(house, snapshot, standard, standard, grouping=("region", "channel"))
    assert caught.value.code == "RUN-007"
    assert caught.value.message.en == f"Grouped by region by channel there would be {n:,} cells; the most is {cells:,}."
    assert caught.value.hint.en == "Choose coarser groups: region; channel."
    monkeypatch.setattr(layers, "LARGEST", n)
    everyone = snapshots.latest(house)[0].n_accepted
    migration = bench.trial(house, snapshot, standard, standard, grouping=("region", "channel")).migration
    assert migration.moved().total == everyone


def test_a_snapshot_without_regions_or_channels_is_counted_all_the_same(house, tmp_path, house_rules):
    crowns = in_crowns(house, tmp_path, "C1", "C2")
    czech = parse_toml(house_rules.replace('"CNY"', '"CZK"').replace('"yuan"', '"crown"'), house.contract)
    classify(house, crowns, czech, actor="a")
    for grouping in (("region",), ("channel",), ("age_band",)):
        migration = bench.trial(house, crowns, czech, czech, grouping=grouping).migration
        assert (migration.groups, migration.moved().total) == (("",), 2)
