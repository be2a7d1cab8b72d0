"""Opening the store: what is no store, or not ours to change, is told by name and left as it is."""

from pathlib import Path

import duckdb
import pytest

from analytics.errors import TierdeskError
from analytics.store import migrate
from analytics.store.connect import Store


def refused(path: Path) -> TierdeskError:
    with pytest.raises(TierdeskError) as caught:
        Store.open(path)
    return caught.value


def test_a_folder_called_lock_holds_no_store(tmp_path: Path) -> None:
    path = tmp_path / "block" / "store.duckdb"
    path.parent.mkdir()
    path.write_bytes(b"no store" * 1000)

    assert refused(path).code == "STORE-003"


@pytest.mark.parametrize("table", ["customer (name VARCHAR)", "migration (step VARCHAR)"])
def test_somebody_elses_tables_are_left_alone(table: str, tmp_path: Path) -> None:
    path = tmp_path / "others.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"CREATE TABLE {table}")
    before = path.read_bytes()

    error = refused(path)

    assert (error.code, "others.duckdb" in error.message.en, path.read_bytes() == before) == ("STORE-003", True, True)


def test_a_migration_that_fails_is_told_and_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    step = tmp_path / "0001_house.sql"
    step.write_text("CREATE TABLE guard (id INTEGER); CREATE TABLE guard (id INTEGER)", encoding="utf-8")
    monkeypatch.setattr(migrate, "steps", lambda: {1: step})

    assert refused(tmp_path / "store.duckdb").code == "STORE-003"

    monkeypatch.undo()
    Store.open(tmp_path / "store.duckdb").close()


def test_a_newer_store_is_told_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "later.duckdb"
    Store.open(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO migration VALUES (9999, 'later', now())")

    error = refused(path)

    assert (error.code, "later.duckdb" in error.message.en) == ("STORE-002", True)
