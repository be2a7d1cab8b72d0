"""Long statements that tell how far they are and can be stopped."""

import threading
from collections.abc import Callable

import duckdb

Advance = Callable[[float], None]
"""Gets the share that is done, 0 to 1; may raise to stop the work."""
PAUSE = 0.1


def quietly(share: float) -> None:
    """An :data:`Advance` that nobody watches."""
    del share


def run(cursor: duckdb.DuckDBPyConnection, sql: str, advance: Advance = quietly) -> None:
    """Execute one statement; what ``advance`` raises stops it and is raised again."""
    if advance is quietly:
        cursor.execute(sql)
        return
    cursor.execute("SET enable_progress_bar = true")
    cursor.execute("SET enable_progress_bar_print = false")
    failed: list[BaseException] = []
    worker = threading.Thread(target=_execute, args=(cursor, sql, failed), daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            advance(min(1.0, max(0.0, cursor.query_progress() / 100)))
            worker.join(PAUSE)
    except BaseException:
        while worker.is_alive():
            cursor.interrupt()
            worker.join(PAUSE)
        raise
    if failed:
        raise failed[0]


def _execute(cursor: duckdb.DuckDBPyConnection, sql: str, failed: list[BaseException]) -> None:
    try:
        cursor.execute(sql)
    except duckdb.Error as error:
        failed.append(error)
