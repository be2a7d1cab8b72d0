"""Numbered migrations: each one and the record of it in one transaction."""

from pathlib import Path

import duckdb

from analytics.settings import HOME
from analytics.store.failures import from_duckdb, newer_store, no_store

FOLDER = HOME / "data" / "migrations"


def steps() -> dict[int, Path]:
    """Every migration by number; the file's name begins with it."""
    return {int(file.name.split("_")[0]): file for file in sorted(FOLDER.glob("*.sql"))}


def applied(cursor: duckdb.DuckDBPyConnection) -> set[int]:
    """Numbers of the migrations that the store has seen, none for an empty file. Reads only.

    A file of other tables has no table ``migration``: reading it raises DuckDB's error.
    """
    if not cursor.execute("SELECT 1 FROM duckdb_tables() LIMIT 1").fetchall():
        return set()
    return {row[0] for row in cursor.execute("SELECT number FROM migration").fetchall()}


def migrate(cursor: duckdb.DuckDBPyConnection, name: str) -> list[int]:
    """Apply what is pending to the store in the file ``name``; returns the numbers applied.

    Raises ``STORE-002`` for a store of a later Tierdesk and ``STORE-003`` for other tables, or a store that is damaged;
    nothing is changed then.
    """
    try:
        return _apply(cursor, name)
    except duckdb.Error as error:
        known = from_duckdb(error)
        raise (known if known.code == "STORE-004" else no_store(name)) from error


def _apply(cursor: duckdb.DuckDBPyConnection, name: str) -> list[int]:
    known, done = steps(), applied(cursor)
    if done - set(known):
        raise newer_store(name)
    pending = sorted(set(known) - done)
    for number in pending:
        cursor.execute("BEGIN")
        try:
            cursor.execute(
                "CREATE TABLE IF NOT EXISTS migration (number INTEGER PRIMARY KEY, name VARCHAR, moment TIMESTAMP)"
            )
            cursor.execute(known[number].read_text(encoding="utf-8"))
            cursor.execute(
                "INSERT INTO migration VALUES (?, ?, now() AT TIME ZONE 'UTC')", [number, known[number].stem]
            )
            cursor.execute("COMMIT")
        except duckdb.Error:
            cursor.execute("ROLLBACK")
            raise
    return pending
