"""Key layers, runs and their signatures: results under (snapshot, standard), immutable."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields

import duckdb
import numpy as np
import pyarrow as pa

from analytics.classify.grid import Ints
from analytics.cube.cells import CellKeys, ints
from analytics.cube.groupings import BY_REGION, Grouping
from analytics.store.connect import stamp

SIGNATURE_COLUMNS = ("cell", "key", "n_customers", "assets", "contribution", "outcome", "tier", "score", "reasons")


@dataclass(frozen=True, slots=True)
class Run:
    """One classification. ``digest`` is a SHA-256 over its signatures: the same pair gives the same one."""

    run_id: str
    snapshot_id: str
    standard_hash: str
    grid_hash: str
    engine: str
    n_customers: int
    digest: str
    started_at: datetime.datetime
    finished_at: datetime.datetime
    run_by: str


def keys_table(snapshot_id: str, grid_hash: str) -> str:
    """Table of keys: position, cell, category, in the order of the facts."""
    return f"keys_{snapshot_id}_{grid_hash}"


def cells_table(snapshot_id: str, grid_hash: str, grouping: Grouping = BY_REGION) -> str:
    """Table of cells by one grouping: cell, a column of the grouping's name, customers, assets, contribution."""
    table = f"cells_{snapshot_id}_{grid_hash}"
    return table if grouping == BY_REGION else f"{table}_{grouping.name}_{grouping.hash}"


def period_table(before: tuple[str, str], after: tuple[str, str], grouping: Grouping = BY_REGION) -> str:
    """Table of cells between two snapshots, each with its grid: before, after, the grouping's column, sums."""
    table = f"moves_{'_'.join(before)}_{'_'.join(after)}"
    return table if grouping == BY_REGION else f"{table}_{grouping.name}_{grouping.hash}"


def has_table(cursor: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether a table is kept; each is made by one act, so one that is there is whole."""
    return bool(cursor.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [table]).fetchall())


def kept(cursor: duckdb.DuckDBPyConnection, table: str) -> pa.Table:
    """A small kept table, whole."""
    return cursor.sql(f"SELECT * FROM {table}").to_arrow_table()


def groups_of(cursor: duckdb.DuckDBPyConnection, table: str, grouping: Grouping) -> tuple[str, ...]:
    """The groups that occur in a table of cells, in the order of their texts."""
    rows = cursor.execute(f"SELECT DISTINCT {grouping.name} AS g FROM {table} ORDER BY g").fetchall()
    return tuple(str(group) for (group,) in rows)


def cells_at_most(cursor: duckdb.DuckDBPyConnection, tables: Sequence[str], factor: int = 1) -> int:
    """Bound on the cells of a combination, from the kept cells of its groupings; ``factor`` for any that has none.

    A cell of ``n`` customers with ``d1``, ``d2`` ... groups of each grouping falls into at most
    ``min(n, d1 * d2 * ...)`` parts.
    """
    parts = [f"SELECT cell, COUNT(*) AS d{at} FROM {table} GROUP BY cell" for at, table in enumerate(tables)]
    parts[0] = parts[0].replace("COUNT(*) AS d0", "COUNT(*) AS d0, SUM(customers) AS n")
    joined = " JOIN ".join(
        f"({part}) AS t{at}" + (f" ON t{at}.cell = t0.cell" if at else "") for at, part in enumerate(parts)
    )
    product = " * ".join([str(factor), *(f"d{at}" for at in range(len(tables)))])
    return int(cursor.execute(f"SELECT COALESCE(SUM(LEAST(n, {product})), 0) FROM {joined}").fetchall()[0][0])


def cell_keys_table(snapshot_id: str, grid_hash: str) -> str:
    """Table of the keys that occur: cell, key."""
    return f"cellkeys_{snapshot_id}_{grid_hash}"


def keep_cell_keys(cursor: duckdb.DuckDBPyConnection, snapshot_id: str, grid_hash: str, found: CellKeys) -> None:
    """Keep which key each cell has."""
    cursor.register("keys_of_cells", pa.table({"cell": found.cells.astype(np.int32), "key": found.keys}))
    cursor.execute(f"CREATE TABLE {cell_keys_table(snapshot_id, grid_hash)} AS SELECT cell, key FROM keys_of_cells")
    cursor.unregister("keys_of_cells")


def cell_keys(cursor: duckdb.DuckDBPyConnection, snapshot_id: str, grid_hash: str) -> CellKeys:
    """The keys that occur and their cells."""
    table = cursor.sql(
        f"SELECT cell, key FROM {cell_keys_table(snapshot_id, grid_hash)} ORDER BY cell"
    ).to_arrow_table()
    return CellKeys(ints(table, "cell"), ints(table, "key"))


def mix_table(snapshot_id: str, grid_hash: str) -> str:
    return f"mix_{snapshot_id}_{grid_hash}"


def has_layer(cursor: duckdb.DuckDBPyConnection, snapshot_id: str, grid_hash: str) -> bool:
    """Whether the keys of a snapshot under a grid are kept."""
    rows = cursor.execute(
        "SELECT 1 FROM key_layer WHERE snapshot_id = ? AND grid_hash = ?", [snapshot_id, grid_hash]
    ).fetchall()
    return bool(rows)


def add_layer(cursor: duckdb.DuckDBPyConnection, *, snapshot_id: str, grid_hash: str, engine: str) -> None:
    cursor.execute("INSERT INTO key_layer VALUES (?, ?, ?, ?)", [snapshot_id, grid_hash, engine, stamp()])


def cell_sums(cursor: duckdb.DuckDBPyConnection, snapshot_id: str, grid_hash: str) -> pa.Table:
    """Customers and money of each cell, over all regions: cell, n_customers, assets, contribution."""
    sums = "customers AS n_customers, assets, contribution"
    inner = ", ".join(f"CAST(SUM({name}) AS BIGINT) AS {name}" for name in ("customers", "assets", "contribution"))
    cells = cells_table(snapshot_id, grid_hash)
    return cursor.sql(
        f"SELECT cell, {sums} FROM (SELECT cell, {inner} FROM {cells} GROUP BY cell) ORDER BY cell"
    ).to_arrow_table()


def category_mix(cursor: duckdb.DuckDBPyConnection, snapshot_id: str, grid_hash: str) -> pa.Table:
    """Cells by category key: cell, category, customers, assets, contribution."""
    return cursor.sql(f"SELECT * FROM {mix_table(snapshot_id, grid_hash)}").to_arrow_table()


def digest_of(columns: dict[str, Ints]) -> str:
    """SHA-256 of the signatures, sorted by key, as 64-bit integers."""
    order = np.argsort(columns["key"], kind="stable")
    whole = hashlib.sha256()
    for name in SIGNATURE_COLUMNS:
        whole.update(np.ascontiguousarray(columns[name][order], dtype="<i8").tobytes())
    return whole.hexdigest()


def add_run(cursor: duckdb.DuckDBPyConnection, run: Run, columns: dict[str, Ints]) -> None:
    """Keep a run and its signatures."""
    cursor.execute(
        "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [getattr(run, field.name) for field in fields(run)],
    )
    table = pa.table({name: columns[name] for name in SIGNATURE_COLUMNS})
    cursor.register("signatures_of_run", table)
    names = ", ".join(SIGNATURE_COLUMNS)
    try:
        cursor.execute(
            f"INSERT INTO signature (run_id, {names}) SELECT ?, {names} FROM signatures_of_run ORDER BY key",
            [run.run_id],
        )
    finally:
        cursor.unregister("signatures_of_run")


def signatures(cursor: duckdb.DuckDBPyConnection, run_id: str) -> dict[str, Ints]:
    """The signatures of a run by cell, one array a column."""
    names = ", ".join(SIGNATURE_COLUMNS)
    table = cursor.execute(f"SELECT {names} FROM signature WHERE run_id = ? ORDER BY cell", [run_id]).fetchnumpy()
    return {name: np.asarray(table[name], dtype=np.int64) for name in SIGNATURE_COLUMNS}


def find_run(cursor: duckdb.DuckDBPyConnection, snapshot_id: str, standard_hash: str) -> Run | None:
    """The run of a pair, if there is one."""
    row = cursor.execute(
        "SELECT * FROM run WHERE snapshot_id = ? AND standard_hash = ?", [snapshot_id, standard_hash]
    ).fetchone()
    return Run(*row) if row else None


def all_runs(cursor: duckdb.DuckDBPyConnection) -> list[Run]:
    """Every run, latest first."""
    return [Run(*row) for row in cursor.execute("SELECT * FROM run ORDER BY finished_at DESC").fetchall()]
