"""Lists of customers that leave the house as a CSV: whole or not at all, and none that nobody knows of."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa

from analytics import clock
from analytics.desks.house import House
from analytics.steps import Step, quote, statement
from analytics.store import events


def leave(
    house: House,
    steps: Sequence[Step],
    tables: Mapping[str, pa.Table],
    path: Path,
    *,
    actor: str,
    kind: str,
    body: Mapping[str, object],
) -> int:
    """Write the last step to a CSV for Excel (UTF-8 with its mark), note it as an event, and return how many rows.

    The event comes before the file, and says the number of customers beside ``body``.
    """
    beside = path.with_name(f".{path.name}.{clock.new_id()}")
    copy = f"COPY ({statement(steps)}) TO {quote(beside.as_posix())} (HEADER)"
    try:
        with house.store.read() as cursor:
            for name, table in tables.items():
                cursor.register(name, table)
            n = int(cursor.execute(copy).fetchall()[0][0])
        with house.store.act() as cursor:
            events.append(cursor, actor=actor, kind=kind, body={**body, "customers": n})
        with beside.open("rb") as plain, path.open("wb") as marked:
            marked.write(b"\xef\xbb\xbf")
            shutil.copyfileobj(plain, marked)
    finally:
        beside.unlink(missing_ok=True)
    return n
