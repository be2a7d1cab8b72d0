"""The default engine: DuckDB, in the transaction of whoever calls."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import duckdb
import numpy as np
import pyarrow as pa

from analytics.cube.cells import CellKeys, ints
from analytics.engine.base import SPARSE
from analytics.errors import TierdeskError
from analytics.steps import Step, statement
from analytics.vocabulary import Text

CHUNK = 4_000_000
"""Positions numbered at a time: about 100 MB."""

BATCH = 1 << 18
"""Rows that are streamed at a time."""


class DuckDBEngine:
    """Runs steps on one cursor; ``interrupt`` on the cursor cancels them."""

    name = "duckdb"

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def create_keys(self, table: str, steps: Sequence[Step], size: int) -> CellKeys:
        if size > SPARSE:
            return self._numbered_keys(table, steps)
        kept = Step(
            "kept", "SELECT position, CAST(key AS INTEGER) AS cell, CAST(category AS SMALLINT) AS category FROM keys"
        )
        with self._quick_to_write():
            self._run([*steps, kept], f"CREATE TABLE {table} AS ")
        cells = ints(self._arrow(f"SELECT DISTINCT cell FROM {table} ORDER BY cell"), "cell")
        return CellKeys(cells, cells)

    def _numbered_keys(self, table: str, steps: Sequence[Step]) -> CellKeys:
        draft = f"draft_{table}"
        self._run(steps, f"CREATE TEMP TABLE {draft} AS ")
        keys = ints(self._arrow(f"SELECT DISTINCT key FROM {draft} ORDER BY key"), "key")
        last = self._cursor.execute(f"SELECT COALESCE(max(position), -1) FROM {draft}").fetchall()[0][0]
        with self._quick_to_write():
            self._cursor.execute(f"CREATE TABLE {table} (position BIGINT, cell INTEGER, category SMALLINT)")
            for start in range(0, last + 1, CHUNK):
                rows = self._arrow(
                    f"SELECT position, key, CAST(category AS SMALLINT) AS category FROM {draft} "
                    f"WHERE position >= {start} AND position < {start + CHUNK}"
                )
                cells = pa.array(np.searchsorted(keys, ints(rows, "key")).astype(np.int32))
                numbered = pa.table({"position": rows["position"], "cell": cells, "category": rows["category"]})
                self._cursor.register("numbered", numbered)
                self._cursor.execute(f"INSERT INTO {table} SELECT position, cell, category FROM numbered")
                self._cursor.unregister("numbered")
        self._cursor.execute(f"DROP TABLE {draft}")
        return CellKeys(np.arange(len(keys)), keys)

    @contextmanager
    def _quick_to_write(self) -> Iterator[None]:
        """Write without choosing a compression: half the cost of the pass, and the pages are small integers."""
        self._cursor.execute("SET force_compression = 'uncompressed'")
        try:
            yield
        finally:
            self._cursor.execute("RESET force_compression")

    def create(self, table: str, steps: Sequence[Step]) -> int:
        self._run(steps, f"CREATE TABLE {table} AS ")
        return self._count(table)

    def fetch(self, steps: Sequence[Step], tables: Mapping[str, pa.Table] | None = None) -> pa.Table:
        for name, table in (tables or {}).items():
            self._cursor.register(name, table)
        try:
            with _named(steps):
                return self._arrow(statement(steps))
        finally:
            for name in tables or {}:
                self._cursor.unregister(name)

    def stream(self, steps: Sequence[Step]) -> Iterator[pa.RecordBatch]:
        with _named(steps):
            yield from self._cursor.sql(statement(steps)).to_arrow_reader(BATCH)

    def _arrow(self, sql: str) -> pa.Table:
        return self._cursor.sql(sql).to_arrow_table()

    def _count(self, table: str) -> int:
        return int(self._cursor.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])

    def _run(self, steps: Sequence[Step], prefix: str) -> None:
        with _named(steps):
            self._cursor.execute(prefix + statement(steps))


@contextmanager
def _named(steps: Sequence[Step]) -> Iterator[None]:
    """Failures carry the name of the step; what the store answers for (a full disk, a stop) passes."""
    try:
        yield
    except (duckdb.InterruptException, duckdb.IOException, duckdb.OutOfMemoryException):
        raise
    except duckdb.Error as error:
        raise step_failed(steps[-1].name, type(error).__name__) from error


def step_failed(step: str, reason: str) -> TierdeskError:
    """An engine could not run a step. The engine's own words may hold customers' values and stay in the cause."""
    return TierdeskError(
        "ENGINE-001",
        Text(f"计算步骤「{step}」失败（{reason}）。", f"The step {step!r} failed ({reason})."),
        Text(
            "没有保存任何内容；请把代码与步骤名告知管理员。",
            "Nothing was kept; tell the administrator the code and the step.",
        ),
    )
