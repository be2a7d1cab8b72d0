"""The default engine: DuckDB, in the transaction of whoever calls."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import duckdb
import numpy as np
import pyarrow as pa

from analytics.classify.grid import Ints
from analytics.errors import TierdeskError
from analytics.steps import Step, statement
from analytics.vocabulary import Text

CHUNK = 4_000_000
"""Positions numbered at a time: about 100 MB."""
DENSE = 1 << 26
"""Largest key that a plain look-up table serves; beyond it a binary search does."""


class DuckDBEngine:
    """Runs steps on one cursor; ``interrupt`` on the cursor cancels them."""

    name = "duckdb"

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def create_keys(self, table: str, steps: Sequence[Step]) -> Ints:
        draft = f"draft_{table}"
        self._run(steps, f"CREATE TEMP TABLE {draft} AS ")
        distinct = self._arrow(f"SELECT DISTINCT key FROM {draft} ORDER BY key")
        keys: Ints = distinct["key"].to_numpy().astype(np.int64)
        cell_of = _numbering(keys)
        self._cursor.execute("SET force_compression = 'uncompressed'")
        self._cursor.execute(f"CREATE TABLE {table} (position BIGINT, cell INTEGER, category SMALLINT)")
        last = self._cursor.execute(f"SELECT COALESCE(max(position), -1) FROM {draft}").fetchall()[0][0]
        for start in range(0, last + 1, CHUNK):
            rows = self._arrow(
                f"SELECT position, key, CAST(category AS SMALLINT) AS category FROM {draft} "
                f"WHERE position >= {start} AND position < {start + CHUNK}"
            )
            cells = pa.array(cell_of(rows["key"].to_numpy()))
            numbered = pa.table({"position": rows["position"], "cell": cells, "category": rows["category"]})
            self._cursor.register("numbered", numbered)
            self._cursor.execute(f"INSERT INTO {table} SELECT position, cell, category FROM numbered")
            self._cursor.unregister("numbered")
        self._cursor.execute("RESET force_compression")
        self._cursor.execute(f"DROP TABLE {draft}")
        return keys

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


class _Table:
    """Place of a key by look-up."""

    def __init__(self, keys: Ints) -> None:
        self._places = np.zeros(int(keys[-1]) + 1, dtype=np.int32)
        self._places[keys] = np.arange(len(keys), dtype=np.int32)

    def __call__(self, keys: Ints) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
        return self._places[keys]


class _Search:
    """Place of a key by binary search."""

    def __init__(self, keys: Ints) -> None:
        self._keys = keys

    def __call__(self, keys: Ints) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
        return np.searchsorted(self._keys, keys).astype(np.int32)


def _numbering(keys: Ints) -> _Table | _Search:
    return _Table(keys) if len(keys) and keys[-1] < DENSE else _Search(keys)


def step_failed(step: str, reason: str) -> TierdeskError:
    """An engine could not run a step. The engine's own words may hold customers' values and stay in the cause."""
    return TierdeskError(
        "ENGINE-001",
        Text(f"计算步骤「{step}」失败({reason})。", f"The step {step!r} failed ({reason})."),
        Text("没有保存任何内容;请把代码与步骤名告知管理员。", "Nothing was kept; tell the administrator the code and the step."),
    )
