"""Numbered migrations: each one and the record of it in one transaction."""

from pathlib import Path

import duckdb

from analytics.settings import HOME
from analytics.store.failures import newer_store

FOLDER = HOME / "data" / "migrations"


def steps() -> dict[int, Path]:
    """Every migration by number; the file's name begins with it."""
    return {int(file.name.split("_")[0]): file for file in sorted(FOLDER.glob("*.sql"))}


def applied(cursor: duckdb.DuckDBPyConnection) -> set[int]:
    """Numbers of the migrations that the store has seen. Reads only."""
    known = cursor.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'migration'").fetchone()
    if not known or not known[0]:
        return set()
    return {row[0] for row in cursor.execute("SELECT number FROM migration").fetchall()}


def migrate(cursor: duckdb.DuckDBPyConnection) -> list[int]:
    """Apply what is pending; raises ``STORE-002`` for a store of a later Tierdesk. Returns the numbers applied."""
    known, done = steps(), applied(cursor)
    if done - set(known):
        raise newer_store("")
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
