"""Open the store: one DuckDB file, one process, a cursor per call, one writer at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from analytics import clock
from analytics.store.failures import cannot_open, from_duckdb
from analytics.store.migrate import migrate

Cursor = duckdb.DuckDBPyConnection
"""What an act or a read works with; desks pass it on and never look inside."""

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
        config: dict[str, str | bool | int | float | list[str]] = {
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
            raise cannot_open(path, error) from error
        store = cls(path, connection)
        try:
            with store._writing:
                migrate(connection.cursor(), path.name)
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
        """A cursor that sees one state of the store from its first statement to its last, and changes nothing."""
        cursor = self.cursor()
        try:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            yield cursor
        except duckdb.Error as error:
            raise from_duckdb(error) from error
        finally:
            _roll_back(cursor)
            cursor.close()

    @contextmanager
    def workbench(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor without a transaction, for work on a stage beside the store; the store itself is left alone."""
        cursor = self.cursor()
        try:
            yield cursor
        except duckdb.Error as error:
            raise from_duckdb(error) from error
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
    except (duckdb.TransactionException, duckdb.ConnectionException):
        return  # the failure has ended the transaction, or the store is closed


def stamp() -> str:
    """The moment as the store keeps it: UTC, without a zone."""
    return clock.now().replace(tzinfo=None).isoformat(sep=" ")
