"""Standards and their publications. A standard is immutable and named by its hash."""

import datetime
from dataclasses import dataclass

import duckdb

from analytics.store.connect import stamp


@dataclass(frozen=True, slots=True)
class StoredStandard:
    """``canonical`` decides; ``source`` is the text of rules.toml with its comments."""

    standard_hash: str
    version: str
    canonical: str
    source: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A standard that became, or will become, law on ``effective``; ``serial`` counts publications from 1."""

    standard_hash: str
    proposal_id: str
    effective: datetime.date
    published_at: datetime.datetime
    published_by: str
    serial: int


def add(cursor: duckdb.DuckDBPyConnection, standard: StoredStandard, actor: str) -> None:
    """Keep a standard; one that is kept already stays as it is."""
    cursor.execute(
        "INSERT INTO standard VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [standard.standard_hash, standard.version, standard.canonical, standard.source, stamp(), actor],
    )


def get(cursor: duckdb.DuckDBPyConnection, standard_hash: str) -> StoredStandard | None:
    """A standard by its hash, or by the beginning of it where that names only one."""
    rows = cursor.execute(
        "SELECT standard_hash, version, canonical, source FROM standard WHERE starts_with(standard_hash, ?)",
        [standard_hash],
    ).fetchall()
    return StoredStandard(*rows[0]) if len(rows) == 1 and standard_hash else None


def publish(
    cursor: duckdb.DuckDBPyConnection, *, standard_hash: str, proposal_id: str, effective: datetime.date, actor: str
) -> None:
    """Record that a standard takes effect on a date."""
    cursor.execute(
        "INSERT INTO publication SELECT ?, ?, ?, ?, ?, COALESCE(max(serial), 0) + 1 FROM publication",
        [standard_hash, proposal_id, effective, stamp(), actor],
    )


def publications(cursor: duckdb.DuckDBPyConnection) -> list[Publication]:
    """Every publication, latest first."""
    rows = cursor.execute(
        "SELECT standard_hash, proposal_id, effective, published_at, published_by, serial FROM publication "
        "ORDER BY effective DESC, serial DESC"
    ).fetchall()
    return [Publication(*row) for row in rows]


def in_force(cursor: duckdb.DuckDBPyConnection, on: datetime.date) -> Publication | None:
    """The publication that is law on a day: the last one to have taken effect."""
    return next((each for each in publications(cursor) if each.effective <= on), None)
