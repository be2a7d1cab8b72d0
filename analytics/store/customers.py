"""The registry of customers: each has a dense position, given at first sight and never taken back."""

from enum import StrEnum

import duckdb

from analytics.steps import quote


def count(cursor: duckdb.DuckDBPyConnection) -> int:
    """How many customers the house has ever seen; the next position."""
    row = cursor.execute("SELECT count(*) FROM customer").fetchone()
    return int(row[0]) if row else 0


class Order(StrEnum):
    """Where the positions of a file's customers come from.

    ``FILE``: the registry was empty and every row is good: the row's place in the file, which DuckDB knows without
    counting, so that all cores can write. ``COUNTED``: the registry was empty, bad rows are left out: counted, by one
    core. ``REGISTRY``: looked up by number.
    """

    FILE = "file"
    COUNTED = "counted"
    REGISTRY = "registry"

    @property
    def position(self) -> str:
        """SQL: the position of a row of a stage, for the two that follow the file."""
        return "rowid" if self is Order.FILE else "row_number() OVER () - 1"


def register(cursor: duckdb.DuckDBPyConnection, staged: str, period: str | None, order: Order) -> int:
    """Give positions to the accepted customers of ``staged`` (of one period of it) who have none, in file order.

    Returns how many are new.
    """
    known = count(cursor)
    good = "reasons IS NULL" + ("" if period is None else f" AND period = {quote(period)}")
    if order is not Order.REGISTRY:
        cursor.execute(f"INSERT INTO customer SELECT {order.position}, customer_id FROM {staged} WHERE {good}")
    else:
        cursor.execute(
            f"""INSERT INTO customer
            SELECT {known} - 1 + row_number() OVER (ORDER BY first), customer_id
            FROM (SELECT customer_id, min(rowid) AS first FROM {staged} AS s
                  WHERE {good} AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.customer_id = s.customer_id)
                  GROUP BY customer_id)
            ORDER BY first"""
        )
    return count(cursor) - known
