"""Results of a run, customer by customer, written to a file."""

from pathlib import Path

import duckdb
import pyarrow as pa

from analytics import clock
from analytics.intake.export import harmless
from analytics.steps import quote
from analytics.store.runs import Run


def write(
    cursor: duckdb.DuckDBPyConnection, run: Run, keys: str, *, told: pa.Table, categories: pa.Table, path: Path
) -> int:
    """One row a customer in the order of positions; returns how many.

    ``told`` has the words of each cell (cell, outcome, tier, score, reasons), ``categories`` those of each category
    key (category, labels, primary_category). A number that a spreadsheet would calculate gets a quote before it.
    """
    cursor.register("told_of_cells", told)
    cursor.register("told_of_categories", categories)
    select = (
        f"SELECT {harmless('c.customer_id')} AS customer_id, "
        "t.outcome, t.tier, t.score, t.reasons, g.labels AS categories, "
        f"g.primary_category, {quote(run.snapshot_id)} AS snapshot, {quote(run.standard_hash)} AS standard "
        f"FROM {keys} AS k JOIN told_of_cells AS t ON t.cell = k.cell "
        "JOIN told_of_categories AS g ON g.category = k.category "
        "JOIN customer AS c ON c.position = k.position ORDER BY k.position"
    )
    kind = "FORMAT parquet, COMPRESSION zstd" if path.suffix == ".parquet" else "FORMAT csv, HEADER"
    beside = path.with_name(f".{path.name}.{clock.new_id()}")
    try:
        rows = cursor.execute(f"COPY ({select}) TO {quote(beside.as_posix())} ({kind})").fetchall()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
        for name in ("told_of_cells", "told_of_categories"):
            cursor.unregister(name)
    return int(rows[0][0])
