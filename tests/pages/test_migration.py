"""Migration through the real app: two dates, two standards, one cell."""

from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.whatif import bench
from analytics.desks.whatif.bench import Side
from tests.pages.conftest import OPEN, words_of


def sides(bank: House) -> tuple[Side, Side]:
    law, (latest, before, *_) = publishing.in_force(bank).standard, snapshots.latest(bank)
    return Side(before.snapshot_id, law), Side(latest.snapshot_id, law)


def test_it_opens_on_the_last_two_periods_and_counts_everyone_once(bank: House, visit: OPEN) -> None:
    app = visit("migration")
    migration = bench.compare(bank, *sides(bank)).migration
    moved = migration.moved()
    values = [each.value for each in app.metric][:3]
    assert values == [str(moved.up), str(moved.down), str(moved.other)]
    assert moved.other > 0
    assert int(migration.matrix().sum()) == moved.total
    new = sum(int(migration.matrix()[at].sum()) for at, each in enumerate(migration.before) if each.id == "NEW")
    assert new > 0
    assert f"All customers, {moved.total} in all, {new} of them new" in words_of(app)
    assert "Other moves" in [each.label for each in app.metric]


def test_the_same_on_both_sides_moves_nobody_and_says_why(bank: House, visit: OPEN) -> None:
    latest = snapshots.latest(bank)[0].snapshot_id
    app = visit("migration", from_snapshot=latest)
    assert [each.value for each in app.metric][:3] == ["0", "0", "0"]
    assert "Both sides are the same snapshot" in words_of(app)


def test_a_link_opens_one_cell_to_its_customers(bank: House, visit: OPEN) -> None:
    app = visit("migration", was="NEW", now="BASE")
    migration = bench.compare(bank, *sides(bank)).migration
    new = next(at for at, state in enumerate(migration.before) if state.id == "NEW")
    n = int(migration.matrix()[new, 0])
    frame = next(each.value for each in app.dataframe if len(each.value.columns) == 9)
    assert n > 0
    assert len(frame) == n
    assert set(frame["Was"]) == {"New"}


def test_a_link_to_a_snapshot_that_is_not_there_says_so(bank: House, visit: OPEN) -> None:
    app = visit("migration", from_snapshot="nowhere")
    assert not app.exception
    assert "SNAPSHOT-001" in words_of(app)


def test_choosing_a_side_pins_it_in_the_address(bank: House, visit: OPEN) -> None:
    oldest = snapshots.latest(bank)[-1].snapshot_id
    app = visit("migration")
    app = app.selectbox(key="migration.before.snapshot").set_value(oldest).run()
    assert app.query_params["from_snapshot"] in (oldest, [oldest])
