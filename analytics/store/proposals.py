"""Proposals: a standard that wants to become law, bound to the snapshot and the impact that it was shown with."""

import datetime
from dataclasses import dataclass

import duckdb

from analytics.store.connect import stamp

COLUMNS = (
    "proposal_id, standard_hash, baseline_hash, snapshot_id, title, reason, impact, impact_hash, effective, state, "
    "proposed_at, proposed_by, decided_at, decided_by, decision_note"
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """``impact`` is canonical JSON, ``impact_hash`` its SHA-256; ``state`` is open, published, returned, withdrawn."""

    proposal_id: str
    standard_hash: str
    baseline_hash: str
    snapshot_id: str
    title: str
    reason: str
    impact: str
    impact_hash: str
    effective: datetime.date
    state: str
    proposed_at: datetime.datetime
    proposed_by: str
    decided_at: datetime.datetime | None = None
    decided_by: str | None = None
    decision_note: str | None = None


def add(cursor: duckdb.DuckDBPyConnection, proposal: Proposal) -> None:
    marks = ", ".join("?" * 15)
    values = [getattr(proposal, name.strip()) for name in COLUMNS.split(",")]
    cursor.execute(f"INSERT INTO proposal ({COLUMNS}) VALUES ({marks})", values)


def get(cursor: duckdb.DuckDBPyConnection, proposal_id: str) -> Proposal | None:
    row = cursor.execute(f"SELECT {COLUMNS} FROM proposal WHERE proposal_id = ?", [proposal_id]).fetchone()
    return Proposal(*row) if row else None


def every(cursor: duckdb.DuckDBPyConnection) -> list[Proposal]:
    """All proposals, latest first."""
    rows = cursor.execute(f"SELECT {COLUMNS} FROM proposal ORDER BY proposed_at DESC").fetchall()
    return [Proposal(*row) for row in rows]


def decide(cursor: duckdb.DuckDBPyConnection, *, proposal_id: str, state: str, actor: str, note: str) -> bool:
    """Close an open proposal; false where it is open no longer."""
    rows = cursor.execute(
        "UPDATE proposal SET state = ?, decided_at = ?, decided_by = ?, decision_note = ? "
        "WHERE proposal_id = ? AND state = 'open' RETURNING proposal_id",
        [state, stamp(), actor, note, proposal_id],
    ).fetchall()
    return len(rows) == 1
