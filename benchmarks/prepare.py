"""A store with one snapshot of the demo bank, made once and kept under var/."""

from pathlib import Path

from analytics.demo import make_bank
from analytics.desks.house import load_contract
from analytics.desks.intake import import_file
from analytics.desks.setup import demo_mapping
from analytics.settings import HOME
from analytics.store.connect import Store


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
