"""What runs found, added up: customers and money by place and by reason."""

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class Total:
    """Customers of one run with one outcome, tier and set of reason bits; money in minor units."""

    outcome: int
    tier: int
    reasons: int
    customers: int
    assets: int
    contribution: int


SUMS = ", ".join(f"CAST(SUM({name}) AS BIGINT) AS {name}" for name in ("n_customers", "assets", "contribution"))


def totals(cursor: duckdb.DuckDBPyConnection, run_id: str) -> list[Total]:
    """Every combination of outcome, tier and reasons that occurs in a run."""
    rows = cursor.execute(
        f"SELECT outcome, tier, reasons, {SUMS} FROM signature WHERE run_id = ? "
        "GROUP BY outcome, tier, reasons ORDER BY outcome, tier, reasons",
        [run_id],
    ).fetchall()
    return [Total(*row) for row in rows]


def outcomes(cursor: duckdb.DuckDBPyConnection) -> dict[str, dict[int, int]]:
    """Customers by outcome, of every run by its id."""
    rows = cursor.execute(
        "SELECT run_id, outcome, CAST(SUM(n_customers) AS BIGINT) FROM signature GROUP BY run_id, outcome"
    ).fetchall()
    found: dict[str, dict[int, int]] = {}
    for run_id, outcome, customers in rows:
        found.setdefault(run_id, {})[outcome] = customers
    return found
