"""The event table: append at the end of an act, read in order."""

from collections.abc import Iterator, Mapping

import duckdb

from analytics import clock
from analytics.governance.events import Event, link

COLUMNS = "seq, moment, actor, kind, body, previous, hash"


def append(cursor: duckdb.DuckDBPyConnection, *, actor: str, kind: str, body: Mapping[str, object]) -> Event:
    """Add an event inside the act that it tells of."""
    last = cursor.execute(f"SELECT {COLUMNS} FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    event = link(Event(*last) if last else None, moment=clock.now(), actor=actor, kind=kind, body=body)
    cursor.execute(
        f"INSERT INTO event ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [event.seq, event.moment, event.actor, event.kind, event.body, event.previous, event.hash],
    )
    return event


def read(cursor: duckdb.DuckDBPyConnection) -> Iterator[Event]:
    """Every event, oldest first."""
    rows = cursor.execute(f"SELECT {COLUMNS} FROM event ORDER BY seq")
    while batch := rows.fetchmany(1000):
        yield from (Event(*row) for row in batch)
