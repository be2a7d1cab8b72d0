"""Scenarios: drafts that somebody saved, each with every revision of what it says."""

import datetime
from dataclasses import dataclass

import duckdb

from analytics.store.connect import stamp

FIELDS = (
    "s.scenario_id, r.revision, s.created_at, s.created_by, s.deleted_at, s.deleted_by, "
    "r.name, r.note, r.baseline_hash, r.snapshot_id, r.source, r.saved_at, r.saved_by"
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a scenario says: ``source`` is the text of a rules.toml, drawn over a kept standard, seen on a snapshot."""

    name: str
    note: str
    baseline_hash: str
    snapshot_id: str
    source: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A saved draft. ``revision`` counts its saves from 1; one that is deleted says by whom and when."""

    scenario_id: str
    revision: int
    contents: Contents
    created_at: datetime.datetime
    created_by: str
    saved_at: datetime.datetime
    saved_by: str
    deleted_at: datetime.datetime | None = None
    deleted_by: str | None = None


def add(cursor: duckdb.DuckDBPyConnection, *, scenario_id: str, contents: Contents, actor: str) -> None:
    """Keep a new scenario with its first revision."""
    cursor.execute("INSERT INTO scenario VALUES (?, 1, ?, ?, NULL, NULL)", [scenario_id, stamp(), actor])
    _append(cursor, scenario_id, 1, contents, actor)


def revise(
    cursor: duckdb.DuckDBPyConnection, *, scenario_id: str, revision: int, contents: Contents, actor: str
) -> bool:
    """Add the revision that follows ``revision``; false where that is not the last one, or the scenario is deleted."""
    rows = cursor.execute(
        "UPDATE scenario SET revision = revision + 1 WHERE scenario_id = ? AND revision = ? AND deleted_at IS NULL "
        "RETURNING revision",
        [scenario_id, revision],
    ).fetchall()
    if rows:
        _append(cursor, scenario_id, int(rows[0][0]), contents, actor)
    return len(rows) == 1


def delete(cursor: duckdb.DuckDBPyConnection, *, scenario_id: str, revision: int, actor: str) -> bool:
    """Mark a scenario as deleted; false where ``revision`` is not its last one, or it is deleted already."""
    rows = cursor.execute(
        "UPDATE scenario SET deleted_at = ?, deleted_by = ? "
        "WHERE scenario_id = ? AND revision = ? AND deleted_at IS NULL RETURNING revision",
        [stamp(), actor, scenario_id, revision],
    ).fetchall()
    return len(rows) == 1


def restore(cursor: duckdb.DuckDBPyConnection, scenario_id: str) -> bool:
    """Take a deletion back; false where there is none."""
    rows = cursor.execute(
        "UPDATE scenario SET deleted_at = NULL, deleted_by = NULL "
        "WHERE scenario_id = ? AND deleted_at IS NOT NULL RETURNING revision",
        [scenario_id],
    ).fetchall()
    return len(rows) == 1


def get(cursor: duckdb.DuckDBPyConnection, scenario_id: str) -> Scenario | None:
    """A scenario in its last revision, deleted or not."""
    return next(iter(_read(cursor, "r.revision = s.revision AND s.scenario_id = ?", scenario_id)), None)


def every(cursor: duckdb.DuckDBPyConnection) -> list[Scenario]:
    """All scenarios in their last revision, the latest save first; deleted ones are among them."""
    return _read(cursor, "r.revision = s.revision", order="r.saved_at DESC, s.scenario_id")


def revisions(cursor: duckdb.DuckDBPyConnection) -> list[Scenario]:
    """Every revision of every scenario, as it was saved."""
    return _read(cursor, "TRUE")


def revisions_of(cursor: duckdb.DuckDBPyConnection, scenario_id: str) -> list[Scenario]:
    """Every revision of one scenario, the last first, whatever the clock said at each save."""
    return _read(cursor, "s.scenario_id = ?", scenario_id)


def _append(cursor: duckdb.DuckDBPyConnection, scenario_id: str, revision: int, contents: Contents, actor: str) -> None:
    said = [contents.name, contents.note, contents.baseline_hash, contents.snapshot_id, contents.source]
    cursor.execute(
        "INSERT INTO scenario_revision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [scenario_id, revision, *said, stamp(), actor],
    )


def _read(
    cursor: duckdb.DuckDBPyConnection, which: str, *values: str, order: str = "s.scenario_id, r.revision DESC"
) -> list[Scenario]:
    rows = cursor.execute(
        f"SELECT {FIELDS} FROM scenario AS s JOIN scenario_revision AS r ON s.scenario_id = r.scenario_id "
        f"WHERE {which} ORDER BY {order}",
        list(values),
    ).fetchall()
    return [
        Scenario(row[0], row[1], Contents(*row[6:11]), row[2], row[3], row[11], row[12], row[4], row[5]) for row in rows
    ]
