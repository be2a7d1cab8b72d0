"""What was written is proved again; what was changed behind the house's back is found."""

import pytest

from analytics.cube.groupings import grouping_of
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.verification import verify
from analytics.store import runs
from analytics.store.snapshots import facts_table


def failures(house, **how):
    return [proof.subject.en for proof in verify(house, **how) if not proof.holds]


def test_a_whole_house_proves_itself(house):
    assert failures(house, deep=True) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE event SET actor = 'somebody' WHERE seq = 2", "Event chain"),
        ("DELETE FROM event WHERE seq = 2", "Event chain"),
        ("UPDATE standard SET canonical = replace(canonical, '\"weight\":40', '\"weight\":30')", "Standard 2026.1"),
        ("UPDATE signature SET tier = 2 WHERE tier = 0", "Run "),
        ("UPDATE run SET digest = 'another'", "Run "),
        ("UPDATE publication SET effective = DATE '1999-01-01'", "Publications"),
        ("UPDATE publication SET published_by = 'mallory'", "Publications"),
        ("DELETE FROM event WHERE seq > 3", "Runs"),
        ("DELETE FROM run WHERE run_id = (SELECT min(run_id) FROM run)", "Runs"),
        ("UPDATE snapshot SET n_accepted = n_accepted + 1", "Snapshots"),
        ("UPDATE standard SET canonical = 'not json'", "Standard 2026.1"),
    ],
)
def test_a_change_in_the_store_is_found_and_named(house, change, found):
    with house.store.act() as cursor:
        cursor.execute(change)
    assert any(name.startswith(found) for name in failures(house))


def test_a_changed_fact_is_found_by_the_deep_proof_only(house):
    snapshot = snapshots.latest(house)[0].snapshot_id
    with house.store.act() as cursor:
        cursor.execute(f"UPDATE {facts_table(snapshot)} SET assets = assets + 1000000000 WHERE kind = 1")
    assert failures(house) == []
    assert any(name.startswith("Every customer") for name in failures(house, deep=True))


def test_a_fact_that_changes_no_band_is_found_by_the_deep_proof(house):
    snapshot = snapshots.latest(house)[0].snapshot_id
    with house.store.act() as cursor:
        cursor.execute(f"UPDATE {facts_table(snapshot)} SET assets = assets + 1 WHERE assets % 1000 = 0")
    assert f"Snapshot {snapshot}" in failures(house, deep=True)


def test_changed_sums_of_cells_are_found_by_the_deep_proof(house):
    run = runs_of(house)[0]
    with house.store.act() as cursor:
        cursor.execute(f"UPDATE {runs.cells_table(run.snapshot_id, run.grid_hash)} SET assets = assets + 1")
    assert f"Every customer of run {run.run_id}" in failures(house, deep=True)


def test_changed_sums_of_any_grouping_and_between_periods_are_found_by_the_deep_proof(house):
    later, earlier = runs_of(house)[:2]
    channel = grouping_of(house.contract, "channel")
    tables = [
        runs.cells_table(later.snapshot_id, later.grid_hash, channel),
        runs.period_table((earlier.snapshot_id, earlier.grid_hash), (later.snapshot_id, later.grid_hash)),
    ]
    for table in tables:
        with house.store.act() as cursor:
            cursor.execute(f"UPDATE {table} SET assets = assets + 1")
        assert f"Every customer of run {later.run_id}" in failures(house, deep=True)
        with house.store.act() as cursor:
            cursor.execute(f"UPDATE {table} SET assets = assets - 1")
        assert failures(house, deep=True) == []


def runs_of(house):
    with house.store.read() as cursor:
        return runs.all_runs(cursor)


def test_events_tell_who_did_what(house):
    with house.store.read() as cursor:
        kinds = [row[0] for row in cursor.execute("SELECT kind FROM event ORDER BY seq").fetchall()]
    assert kinds[0] == "standard.founded"
    assert kinds.count("run.finished") == 3
    assert publishing.in_force(house).publication.published_by == "setup"
