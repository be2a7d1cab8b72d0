"""The overview says what the kept results say."""

from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.runs import results
from analytics.desks.whatif import bench
from tests.pages.conftest import OPEN, words_of


def test_every_customer_is_counted_once(bank: House, visit: OPEN) -> None:
    snapshot = snapshots.latest(bank)[0]
    standing = results.standing(bank, snapshot, publishing.in_force(bank).publication.standard_hash)
    assert standing is not None
    shown = {metric.label: metric.value for metric in visit().metric}
    assert shown["High"] == f"{standing.customers('HIGH'):,}"
    assert shown["Mid"] == f"{standing.customers('MID'):,}"
    assert shown["Basic"] == f"{standing.customers('BASE'):,}"
    tiers = sum(int(shown[name].replace(",", "")) for name in ("High", "Mid", "Basic", "Not in a tier"))
    assert tiers == snapshot.n_accepted == standing.total()


def test_movers_are_those_of_the_migration(bank: House, visit: OPEN) -> None:
    now, before = snapshots.latest(bank)[:2]
    standard = publishing.in_force(bank).standard
    sides = [bench.Side(each.snapshot_id, standard) for each in (before, now)]
    moves = bench.compare(bank, *sides).migration.moved()
    shown = {metric.label: metric.value for metric in visit().metric}
    assert shown["▲ Upgraded"] == f"{moves.up:,}"
    assert shown["▼ Downgraded"] == f"{moves.down:,}"


def test_the_first_period_has_nothing_to_compare_with(bank: House, visit: OPEN) -> None:
    first = snapshots.latest(bank)[-1]
    app = visit(snapshot=first.snapshot_id)
    assert "This is the first period" in words_of(app)
    assert not app.error


def test_causes_are_those_that_decide(bank: House) -> None:
    standard_hash = publishing.in_force(bank).publication.standard_hash
    standing = results.standing(bank, snapshots.latest(bank)[0], standard_hash)
    assert standing is not None
    causes = results.causes(bank, standing.run)
    out = {cause.outcome for cause in causes if cause.gate is None}
    assert {outcome.name for outcome in out} <= {"NOT_ASSESSABLE"}
    manual = [cause for cause in causes if cause.outcome.name == "MANUAL"]
    assert [cause.customers for cause in manual] == [
        place.customers for place in standing.others if place.state.id == "MANUAL"
    ]
