"""Imports that are cut off: by kill -9, by a full disk, by a store that is not to be had."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from analytics.desks.data.intake import import_file
from analytics.errors import TierdeskError
from analytics.governance.events import broken_links
from analytics.intake.contract import Contract
from analytics.intake.mapping import Mapping, parse_mapping
from analytics.store import events, intake_tables, snapshots
from analytics.store.connect import Store
from tests.intake.papers import MAPPING, ROOT, write_rows

CsvOf = Callable[..., Path]


def killed(store: Path, file: Path, after: float | None) -> tuple[list[str], float]:
    """Start a child that imports, kill it, and return the snapshots that it had told and how long it worked.

    ``after`` seconds of work, or ``None`` for as long as its first import takes on this machine.
    """
    command = [sys.executable, "-m", "tests.intake.crash_child", str(store), str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        start, first = time.monotonic(), ""
        if after is None:
            first = child.stdout.readline()
        else:
            time.sleep(after)
        worked = time.monotonic() - start
        child.send_signal(signal.SIGKILL)
        lines = (first + child.stdout.read()).splitlines(keepends=True)
        return [line.strip() for line in lines if line.endswith("\n")], worked


def is_sound(path: Path, told: list[str]) -> None:
    """The store holds whole imports only, and each that was told."""
    store = Store.open(path)
    try:
        with store.read() as cursor:
            kept = snapshots.every(cursor)
            tables = {row[0] for row in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            chain = list(events.read(cursor))
            counts = {
                table: cursor.execute(f"SELECT count(*) FROM {table}").fetchone()
                for table in tables
                if table.startswith(("facts_", "profile_"))
            }
            n_rejects = cursor.execute("SELECT count(*) FROM reject").fetchone()
            positions = cursor.execute(
                "SELECT count(*), count(DISTINCT position), max(position) + 1 FROM customer"
            ).fetchone()
            intakes = intake_tables.every(cursor)
    finally:
        store.close()
    assert set(told) <= {each.snapshot_id for each in kept}
    expected = {f"{name}_{each.snapshot_id}": (each.n_accepted,) for each in kept for name in ("facts", "profile")}
    assert counts == expected
    assert n_rejects == (sum(each.n_rejected for each in intakes),)
    assert len(chain) == len(kept) == len(intakes)
    assert broken_links(chain) == []
    assert positions in ((0, 0, None), (positions or (0,))[:1] * 3)
    assert all(each.n_lines == each.n_accepted + each.n_rejected for each in kept)
    assert all(each.n_lines == each.n_accepted + each.n_rejected for each in intakes)


def kill_many(folder: Path, times: int, seed: int) -> None:
    rows = [[f"C{n:06}", "person" if n % 50 else "robot", f"{n}.50"] for n in range(30_000)]
    file = write_rows(folder / "customers.csv", rows)
    draw = random.Random(seed)
    told, pace = killed(folder / "bank.duckdb", file, None)
    assert told
    for _ in range(times):
        told += killed(folder / "bank.duckdb", file, draw.uniform(0, 2 * pace))[0]
        is_sound(folder / "bank.duckdb", told)


def test_a_kill_in_the_middle_leaves_nothing_half_done(tmp_path: Path) -> None:
    kill_many(tmp_path, times=12, seed=5)


@pytest.mark.prove
def test_two_hundred_kills_leave_nothing_half_done(tmp_path: Path) -> None:
    kill_many(tmp_path, times=200, seed=7)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_keeps_nothing_and_spoils_nothing(
    small_disk: Path, contract: Contract, mapping: Mapping, csv_of: CsvOf
) -> None:
    store = Store.open(small_disk / "bank.duckdb")
    earlier = parse_mapping(MAPPING.replace("2025Q4", "2025Q3"), contract)
    import_file(store, contract, csv_of([["a", "person", "1"]]), earlier, "maker")
    draw = random.Random(1)
    large = csv_of([[f"{draw.getrandbits(200):x}", "person", f"{draw.randrange(10**9)}"] for _ in range(200_000)])

    with pytest.raises(TierdeskError) as caught:
        import_file(store, contract, large, mapping, "maker")

    store.close()
    assert caught.value.code == "STORE-004"
    is_sound(small_disk / "bank.duckdb", [])


def test_a_disk_that_fills_up_while_decoding(
    small_disk: Path, contract: Contract, mapping: Mapping, tmp_path: Path
) -> None:
    store = Store.open(small_disk / "bank.duckdb")
    file = write_rows(
        tmp_path / "large.csv", [[f"客户{n}" * 9, "person", "1"] for n in range(100_000)], encoding="gb18030"
    )

    with pytest.raises(TierdeskError) as caught:
        import_file(store, contract, file, mapping, "maker")

    store.close()
    assert caught.value.code == "STORE-004"
    assert sorted(path.name for path in small_disk.iterdir() if "intake" in path.name) == []


@pytest.mark.parametrize("place", ["customers", "snapshots", "events"])
def test_a_write_that_fails_takes_the_whole_import_back(
    place: str, store: Store, contract: Contract, mapping: Mapping, csv_of: CsvOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analytics.store import keeping

    def fail(*_: object, **__: object) -> None:
        raise duckdb.IOException("IO Error: Could not write file: No space left on device, value 11010519491231002X")

    name = {"customers": "register", "snapshots": "add", "events": "append"}[place]
    monkeypatch.setattr(getattr(keeping, place), name, fail)

    with pytest.raises(TierdeskError) as caught:
        import_file(store, contract, csv_of([["a", "person", "1"]]), mapping, "maker")

    assert caught.value.code == "STORE-004"
    assert "11010519491231002X" not in caught.value.to("zh") + caught.value.to("en")
    store.close()
    is_sound(store.path, [])


def test_a_store_that_another_process_holds(tmp_path: Path, csv_of: CsvOf) -> None:
    file = csv_of([["a", "person", "1"]])
    command = [sys.executable, "-m", "tests.intake.crash_child", str(tmp_path / "bank.duckdb"), str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        child.stdout.readline()
        try:
            with pytest.raises(TierdeskError) as caught:
                Store.open(tmp_path / "bank.duckdb")
        finally:
            child.kill()

    assert caught.value.code == "STORE-001"
    assert str(child.pid) in caught.value.to("en")


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bank.duckdb"
    Store.open(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("INSERT INTO migration VALUES (9999, '9999_later', now())")
    before = path.read_bytes()

    with pytest.raises(TierdeskError, match="STORE-002"):
        Store.open(path)

    assert path.read_bytes() == before


def test_what_a_killed_import_has_decoded_is_swept(
    store: Store, contract: Contract, mapping: Mapping, csv_of: CsvOf
) -> None:
    left = store.path.with_suffix(".intake")
    left.mkdir()
    (left / "0.csv").write_text("a customer's data")

    import_file(store, contract, csv_of([["a", "person", "1"]]), mapping, "maker")

    assert not left.exists()
