"""A store with one snapshot of the demo bank, made once and kept under var/."""

from pathlib import Path

from analytics.demo import make_bank
from analytics.desks.data.intake import import_file
from analytics.desks.house import load_contract
from analytics.desks.setup import demo_mapping
from analytics.settings import HOME
from analytics.store.connect import Store
from analytics.store.snapshots import facts_table

LARGEST = 10_000_000
"""Customers of the largest bank that is made and imported."""


def prepared(customers: int) -> tuple[Path, str]:
    """Path of the store and the snapshot's id."""
    folder = HOME / "var" / "bench" / str(customers)
    store_path, note = folder / "store.duckdb", folder / "snapshot"
    if not note.exists():
        make_bank(folder, customers=customers, quarters=1)
        store = Store.open(store_path, memory="8GB")
        (file,) = folder.glob("customers_*.parquet")
        (done,) = import_file(store, load_contract(), file, demo_mapping(), actor="bench")
        store.close()
        note.write_text(str(done.snapshot_id), encoding="utf-8")
    return store_path, note.read_text(encoding="utf-8")


def multiplied(customers: int) -> tuple[Path, str]:
    """As :func:`prepared`; above :data:`LARGEST` customers a store with the facts of that many, several times over.

    Money differs a little from one time to the next, so that more customers bring more distinct amounts.
    """
    if customers <= LARGEST:
        return prepared(customers)
    path, snapshot_id = prepared(LARGEST)
    folder = HOME / "var" / "bench" / str(customers)
    store_path, note = folder / "store.duckdb", folder / "snapshot"
    if not note.exists():
        store = Store.open(store_path, memory="4GB")
        cursor, facts = store.cursor(), facts_table(snapshot_id)
        cursor.execute(f"ATTACH '{path}' AS one (READ_ONLY)")
        money = [column.name for column in load_contract().facts if column.is_money]
        changed = ", ".join(f"{name} * (97 + 2 * i) // 100 AS {name}" for name in money)
        cursor.execute(
            f"CREATE TABLE {facts} AS SELECT f.* REPLACE (position + {LARGEST} * i AS position, {changed}) "
            f"FROM one.{facts} AS f CROSS JOIN range({customers // LARGEST}) AS r(i)"
        )
        store.close()
        note.write_text(snapshot_id, encoding="utf-8")
    return store_path, snapshot_id
