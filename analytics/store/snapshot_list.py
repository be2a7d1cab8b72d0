"""Snapshots as rows: what there is, of which day, in which revision."""

import datetime
from dataclasses import dataclass

import duckdb

COLUMNS = (
    "snapshot_id, as_of, period, revision, supersedes, currency, n_lines, n_accepted, n_rejected, "
    "created_at, created_by"
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot. A later ``revision`` corrects the one before and replaces nothing."""

    snapshot_id: str
    as_of: datetime.date
    period: str
    revision: int
    supersedes: str | None
    currency: str
    n_lines: int
    n_accepted: int
    n_rejected: int
    created_at: datetime.datetime
    created_by: str


def every(cursor: duckdb.DuckDBPyConnection) -> list[Snapshot]:
    """All snapshots, latest day first; of one period the latest revision first."""
    rows = cursor.execute(
        f"SELECT {COLUMNS} FROM snapshot ORDER BY as_of DESC, period DESC, revision DESC"
    ).fetchall()
    return [Snapshot(*row) for row in rows]
