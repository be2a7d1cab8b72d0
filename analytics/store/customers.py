"""The registry of customers: each has a dense position, given at first sight and never taken back."""

import duckdb

from analytics.steps import quote


def count(cursor: duckdb.DuckDBPyConnection) -> int:
    """How many customers the house has ever seen; the next position."""
    row = cursor.execute("SELECT count(*) FROM customer").fetchone()
    return int(row[0]) if row else 0


def register(cursor: duckdb.DuckDBPyConnection, staged: str, period: str | None, *, in_order: bool) -> int:
    """Give positions to the accepted customers of ``staged`` (of one period of it) who have none, in file order.

    ``in_order`` says that the registry is empty and no customer occurs twice: the file's order is theirs. Returns
    how many are new.
    """
    known = count(cursor)
    good = "reasons IS NULL" + ("" if period is None else f" AND period = {quote(period)}")
    if in_order:
        cursor.execute(f"INSERT INTO customer SELECT row_number() OVER () - 1, customer_id FROM {staged} WHERE {good}")
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
