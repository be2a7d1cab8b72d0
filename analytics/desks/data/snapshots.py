"""Which snapshots there are, and which of them count: the latest revision of each period."""

from analytics.cube.groupings import BY_REGION, Grouping, offered
from analytics.desks.house import House
from analytics.errors import TierdeskError
from analytics.intake.contract import Contract
from analytics.store import snapshots
from analytics.store.connect import Cursor
from analytics.store.snapshots import Snapshot
from analytics.vocabulary import Text


def every(house: House) -> list[Snapshot]:
    """All snapshots, latest day first; of one period the latest revision first."""
    with house.store.read() as cursor:
        return snapshots.every(cursor)


def latest(house: House) -> list[Snapshot]:
    """One snapshot a period, its latest revision; latest day first."""
    found: dict[tuple[object, str], Snapshot] = {}
    for snapshot in every(house):
        found.setdefault((snapshot.as_of, snapshot.period), snapshot)
    return list(found.values())


def get(house: House, snapshot_id: str) -> Snapshot:
    """A snapshot by its id; raises ``SNAPSHOT-001`` where the store has none of that id."""
    for snapshot in every(house):
        if snapshot.snapshot_id == snapshot_id:
            return snapshot
    raise TierdeskError(
        "SNAPSHOT-001",
        Text(f"库中没有快照 {snapshot_id}。", f"The store has no snapshot {snapshot_id}."),
        Text("请从列表中选择快照，或先接入数据。", "Choose a snapshot from the list, or bring data in first."),
    )


def before(house: House, snapshot: Snapshot) -> Snapshot | None:
    """The period before, in its latest revision and the same currency; nothing for the first."""
    earlier = (each for each in latest(house) if each.as_of < snapshot.as_of)
    return next((each for each in earlier if each.currency == snapshot.currency), None)


def named(house: House, name: str) -> Snapshot:
    """A snapshot by id, or a period in its latest revision; raises ``SNAPSHOT-001``."""
    return next((each for each in latest(house) if each.period == name), None) or get(house, name)


def kept_groupings(cursor: Cursor, snapshot_id: str, contract: Contract) -> tuple[Grouping, ...]:
    """What the cells of a snapshot are kept by: the region, and whatever else its files fill."""
    snapshot = snapshots.get(cursor, snapshot_id)
    filled = snapshot.columns if snapshot else ()
    return tuple(dict.fromkeys((BY_REGION, *offered(contract, filled)[0])))
