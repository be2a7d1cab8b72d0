"""Open the store: one DuckDB file, one process, a cursor per call, one writer at a time."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from analytics import clock
from analytics.errors import TierdeskError
from analytics.store.migrate import migrate
from analytics.vocabulary import Text

STORAGE_VERSION = "v1.5.0"
"""Format of the file: DuckDB 1.5 and 2.0 both open it, which keeps the way back open."""


class Store:
    """The one connection of the process. Reads take a cursor each; an act takes :meth:`act`."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self._connection = connection
        self._writing = threading.Lock()

    @classmethod
    def open(cls, path: Path, *, memory: str = "4GB", threads: int = 0) -> "Store":
        """Open the store and bring its shape up to date.

        Raises ``STORE-001`` (another process holds it), ``STORE-002`` (it is of a newer Tierdesk) or
        ``STORE-003`` (not a store, or damaged).
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        config: dict[str, str | int] = {
            "storage_compatibility_version": STORAGE_VERSION,
            "memory_limit": memory,
            "temp_directory": str(path.with_suffix(".tmp")),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        if threads:
            config["threads"] = threads
        try:
            connection = duckdb.connect(str(path), config=config)
        except duckdb.Error as error:
            raise _cannot_open(path, error) from error
        store = cls(path, connection)
        try:
            with store._writing:
                migrate(connection.cursor())
        except BaseException:
            connection.close()
            raise
        return store

    def close(self) -> None:
        self._connection.close()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor for one caller; a DuckDB connection shared without one mixes up answers."""
        cursor = self._connection.cursor()
        cursor.execute("SET TimeZone = 'UTC'")
        return cursor

    @contextmanager
    def read(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that sees one state of the store."""
        cursor = self.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def act(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """One act in one transaction: all of it is kept, or none.

        The guard row is written first, so that two acts never interleave. Every failure is raised again: a COMMIT
        after a failed statement would answer OK and keep nothing.
        """
        with self._writing:
            cursor = self.cursor()
            try:
                cursor.execute("BEGIN")
                cursor.execute("UPDATE guard SET acts = acts + 1 WHERE id = 1")
                yield cursor
                cursor.execute("COMMIT")
            except BaseException as error:
                _roll_back(cursor)
                if isinstance(error, duckdb.Error):
                    raise from_duckdb(error) from error
                raise
            finally:
                cursor.close()


def _roll_back(cursor: duckdb.DuckDBPyConnection) -> None:
    try:
        cursor.execute("ROLLBACK")
    except duckdb.TransactionException:
        return  # the failure has ended the transaction already


def _cannot_open(path: Path, error: duckdb.Error) -> TierdeskError:
    text = str(error)
    holder = re.search(r"PID (\d+)", text)
    if "lock" in text:
        pid = holder.group(1) if holder else "?"
        return TierdeskError(
            "STORE-001",
            Text(f"库文件 {path.name} 正被另一个进程(PID {pid})使用。", f"The store {path.name} is open in another process (PID {pid})."),
            Text("请先停止该进程,再重试;没有数据受影响。", "Stop that process and try again; nothing was changed."),
        )
    if "newer version" in text or "storage version" in text.lower():
        return newer_store(path.name)
    return TierdeskError(
        "STORE-003",
        Text(f"{path.name} 不是 Tierdesk 库,或已损坏。", f"{path.name} is not a Tierdesk store, or it is damaged."),
        Text("请改用备份,或在设置中指定另一个库文件。", "Restore a backup, or name another file in the settings."),
    )


def newer_store(name: str) -> TierdeskError:
    """The store was written by a later Tierdesk."""
    return TierdeskError(
        "STORE-002",
        Text(f"库 {name} 由更新版本的 Tierdesk 写成。", f"The store {name} was written by a newer Tierdesk."),
        Text("请升级程序,或改用与本版本相符的备份。", "Upgrade the program, or restore a backup made by this version."),
    )


def from_duckdb(error: duckdb.Error) -> TierdeskError:
    """A DuckDB failure in the house's words. Its own text may hold customers' values, so it is not repeated."""
    text = str(error)
    if "No space left" in text or "Could not write" in text or "could not be truncated" in text.lower():
        return TierdeskError(
            "STORE-004",
            Text("磁盘已满,本次操作未保存。", "The disk is full; this act was not kept."),
            Text("请腾出空间后重试;此前的数据完好。", "Free some space and try again; everything before is intact."),
        )
    if isinstance(error, duckdb.InterruptException):
        return TierdeskError(
            "STORE-005",
            Text("操作已取消,没有保存任何内容。", "Cancelled; nothing was kept."),
            Text("可随时重新开始。", "Start again whenever you like."),
        )
    return TierdeskError(
        "STORE-009",
        Text(f"存储层出错({type(error).__name__}),本次操作未保存。", f"The store failed ({type(error).__name__}); this act was not kept."),
        Text("请重试;若再次出现,请把代码与时间告知管理员。", "Try again; if it returns, tell the administrator the code and the time."),
    )


def stamp() -> str:
    """The moment as the store keeps it: UTC, without a zone."""
    return clock.now().replace(tzinfo=None).isoformat(sep=" ")
