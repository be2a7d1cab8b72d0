"""Key layers, runs and their signatures: results under (snapshot, standard), immutable."""

import datetime
import hashlib
from dataclasses import dataclass, fields

import duckdb
import numpy as np
import pyarrow as pa

from analytics.classify.grid import Ints
from analytics.cube.cells import CellKeys, ints
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


def cells_table(snapshot_id: str, grid_hash: str) -> str:
    return f"cells_{snapshot_id}_{grid_hash}"


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


def cells_by_region(cursor: duckdb.DuckDBPyConnection, snapshot_id: str, grid_hash: str) -> pa.Table:
    """Cells by region: cell, region, customers, assets, contribution."""
    return cursor.sql(f"SELECT * FROM {cells_table(snapshot_id, grid_hash)}").to_arrow_table()


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
