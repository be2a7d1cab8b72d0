"""Single customers of a snapshot: facts and the masked part of the profile."""

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from analytics.cube.movers import NAME
from analytics.store.snapshots import facts_table, profile_table


@dataclass(frozen=True, slots=True)
class Found:
    """One customer. ``facts`` holds the stored values of a snapshot's facts, ``name`` is masked."""

    position: int
    name: str
    facts: dict[str, object]


def one_customer(cursor: duckdb.DuckDBPyConnection, snapshot_id: str, customer_id: str) -> Found | None:
    """A customer of a snapshot by number, or nothing."""
    rows = cursor.execute(
        f"SELECT p.position, {NAME} FROM {profile_table(snapshot_id)} AS p JOIN customer AS c "
        "ON c.position = p.position WHERE c.customer_id = ?",
        [customer_id],
    ).fetchall()
    if not rows:
        return None
    position, name = rows[0]
    facts = single_fact(cursor, snapshot_id, position).to_pylist()[0]
    return Found(position, name or "", facts)


def single_fact(cursor: duckdb.DuckDBPyConnection, snapshot_id: str, position: int) -> pa.Table:
    """The facts of one customer as a table of one row."""
    return cursor.sql(f"SELECT * FROM {facts_table(snapshot_id)} WHERE position = {int(position)}").to_arrow_table()
