"""Whether a standard can judge a snapshot: one currency, and every column without which nobody could be assessed."""

from collections.abc import Iterable

from analytics.errors import TierdeskError
from analytics.standard.model import Standard
from analytics.store import snapshots
from analytics.store.connect import Cursor
from analytics.store.snapshots import Snapshot
from analytics.vocabulary import Kind, Text


def require_fit(cursor: Cursor, snapshot_id: str, standard: Standard) -> None:
    """Raise ``RUN-001`` or ``RUN-002`` where the snapshot does not fit the standard, ``RUN-003`` for an unknown one."""
    snapshot = snapshots.get(cursor, snapshot_id)
    if snapshot is None:
        raise TierdeskError(
            "RUN-003",
            Text(f"没有快照 {snapshot_id}。", f"There is no snapshot {snapshot_id}."),
            Text("请先接入数据，或从列表中选择快照。", "Bring data in first, or choose a snapshot from the list."),
        )
    error = misfit(snapshot, standard)
    if error:
        raise error


def fitting(found: Iterable[Snapshot], standard: Standard) -> list[Snapshot]:
    """Those of the snapshots that the standard can judge, in their order."""
    return [snapshot for snapshot in found if misfit(snapshot, standard) is None]


def misfit(snapshot: Snapshot, standard: Standard) -> TierdeskError | None:
    """Why the standard cannot judge the snapshot: ``RUN-001`` or ``RUN-002``; ``None`` where it can."""
    currency = standard.standard.currency
    if snapshot.currency != currency:
        return TierdeskError(
            "RUN-001",
            Text(
                f"快照币种为 {snapshot.currency}，标准币种为 {currency}。",
                f"The snapshot is in {snapshot.currency} and the standard in {currency}.",
            ),
            Text("请选择同一币种的标准。", "Choose a standard in the same currency."),
        )
    lacking = ", ".join(sorted(_needed(standard) - set(snapshot.columns)))
    if lacking:
        return TierdeskError(
            "RUN-002",
            Text(
                f"快照未提供标准所需的字段：{lacking}。",
                f"The snapshot lacks columns that the standard needs: {lacking}.",
            ),
            Text("请在映射中补上，或选择不需要它们的标准。", "Map them, or choose a standard that does not need them."),
        )
    return None


def _needed(standard: Standard) -> set[str]:
    """Columns without which nobody of some kind could be assessed."""
    return {
        column
        for _, dimension in standard.dimensions
        for kind in Kind
        if (scale := dimension.scale(kind)) and scale.weight > 0 and scale.missing_points is None
        for column in dimension.source
    }
