"""Imports as acts: snapshots, revisions, positions, events, rejects to take away, and the ways to stop."""

import csv
import datetime
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb
import pytest

from analytics.desks.data import intake
from analytics.desks.data.intake import Imported, import_file
from analytics.errors import TierdeskError
from analytics.governance.events import broken_links
from analytics.intake.contract import Contract
from analytics.intake.mapping import Mapping, parse_mapping
from analytics.store import events
from analytics.store.connect import Store
from analytics.vocabulary import Text
from tests.intake.papers import MAPPING, write_rows

ROWS = [["a", "person", "1.00"], ["b", "enterprise", "2.00"], ["c", "person", "3.00"]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store" / "bank.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def at(contract: Contract) -> Callable[[str], Mapping]:
    """The small mapping for a period."""
    return lambda period: parse_mapping(MAPPING.replace("2025Q4", period), contract)


def rows_of(store: Store, sql: str) -> list[tuple[object, ...]]:
    with store.read() as cursor:
        return cursor.execute(sql).fetchall()


def bring(store: Store, contract: Contract, folder: Path, rows: Sequence[Sequence[str]], mapping: Mapping) -> Imported:
    """Import one small file of one period."""
    (done,) = import_file(store, contract, write_rows(folder / "customers.csv", rows), mapping, "maker")
    return done


def test_a_file_becomes_a_snapshot_of_facts_and_profiles(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    done = bring(store, contract, tmp_path, ROWS, at("2025Q4"))

    assert (done.as_of, done.period, done.revision, done.n_accepted, done.n_new_customers, done.already) == (
        datetime.date(2025, 12, 31), "2025Q4", 1, 3, 3, False,
    )  # fmt: skip
    facts = rows_of(store, f"SELECT position, kind, assets, tenure FROM facts_{done.snapshot_id}")
    assert facts == [(0, 1, 100, None), (1, 2, 200, None), (2, 1, 300, None)]
    profiles = rows_of(store, f"SELECT position, customer_id, name FROM profile_{done.snapshot_id}")
    assert profiles == [(0, "a", None), (1, "b", None), (2, "c", None)]


def test_tables_have_every_column_of_the_contract_in_its_small_type(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    done = bring(store, contract, tmp_path, ROWS, at("2025Q4"))

    described = rows_of(
        store, f"SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'facts_{done.snapshot_id}'"
    )
    types = {str(name): kind for name, kind in described}
    assert list(types) == ["position", *(column.name for column in contract.facts)]
    assert {name: types[name] for name in ("kind", "age", "employees", "assets", "region", "manual_only")} == {
        "kind": "SMALLINT",
        "age": "SMALLINT",
        "employees": "INTEGER",
        "assets": "BIGINT",
        "region": "VARCHAR",
        "manual_only": "BOOLEAN",
    }


def test_positions_are_given_once_and_stay(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    bring(store, contract, tmp_path, ROWS, at("2025Q3"))

    done = bring(
        store,
        contract,
        tmp_path,
        [["d", "person", "9"], ["c", "person", "8"], ["a", "person", "7"], ["", "", ""]],
        at("2025Q4"),
    )

    assert rows_of(store, "SELECT position, customer_id FROM customer ORDER BY position") == [
        (0, "a"),
        (1, "b"),
        (2, "c"),
        (3, "d"),
    ]
    assert rows_of(store, f"SELECT position, assets FROM facts_{done.snapshot_id}") == [(0, 700), (2, 800), (3, 900)]
    assert (done.n_new_customers, done.n_rejected) == (1, 1)


def test_the_same_file_by_the_same_mapping_is_noticed(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    first = bring(store, contract, tmp_path, ROWS, at("2025Q4"))

    again = bring(store, contract, tmp_path, ROWS, at("2025Q4"))

    assert (again.already, again.snapshot_id, again.n_accepted) == (True, first.snapshot_id, 3)
    assert rows_of(store, "SELECT (SELECT count(*) FROM intake), (SELECT count(*) FROM event)") == [(1, 1)]


def test_the_same_content_in_another_order_or_format_is_noticed(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    first = bring(store, contract, tmp_path, ROWS, at("2025Q4"))

    shuffled = bring(store, contract, tmp_path, [ROWS[2], ROWS[0], [" b", "enterprise", "2"]], at("2025Q4"))

    assert (shuffled.already, shuffled.snapshot_id) == (True, first.snapshot_id)
    assert rows_of(store, "SELECT count(*) FROM snapshot") == [(1,)]


def test_a_correction_makes_a_revision_and_replaces_nothing(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    first = bring(store, contract, tmp_path, ROWS, at("2025Q4"))
    corrected = bring(store, contract, tmp_path, [*ROWS[:2], ["c", "person", "4.00"]], at("2025Q4"))
    back = bring(store, contract, tmp_path, ROWS, at("2025Q4"))

    assert [(each.revision, each.supersedes) for each in (first, corrected, back)] == [
        (1, None),
        (2, first.snapshot_id),
        (3, corrected.snapshot_id),
    ]
    assert len({first.snapshot_id, corrected.snapshot_id, back.snapshot_id}) == 3
    assert rows_of(store, f"SELECT assets FROM facts_{first.snapshot_id} WHERE position = 2") == [(300,)]
    assert rows_of(store, f"SELECT assets FROM facts_{corrected.snapshot_id} WHERE position = 2") == [(400,)]


def test_a_period_keeps_its_date(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    bring(store, contract, tmp_path, ROWS, at("2025Q4"))
    other = parse_mapping(MAPPING.replace('period = "2025Q4"', 'period = "2025Q4"\nas_of = 2025-12-30'), contract)

    with pytest.raises(TierdeskError, match="INTAKE-011"):
        bring(store, contract, tmp_path, ROWS[:2], other)


def test_a_file_of_several_periods_makes_a_snapshot_of_each(store: Store, contract: Contract, tmp_path: Path) -> None:
    text = MAPPING.replace('period = "2025Q4"', 'as_of_column = "day"\ncycle = "quarter"')
    rows = [
        ["a", "person", "1", "2025-09-30"],
        ["b", "person", "2", "2025-12-31"],
        ["a", "person", "3", "2025-12-31"],
        ["c", "person", "4", "31.12.2025"],
        ["b", "robot", "5", "2025-09-30"],
    ]
    path = write_rows(tmp_path / "customers.csv", rows, header=["id", "kind", "assets", "day"])
    path.write_text(path.read_text() + "torn\n")

    done = import_file(store, contract, path, parse_mapping(text, contract), "maker")

    assert [(each.period, each.n_lines, each.n_accepted, each.n_rejected) for each in done] == [
        ("2025Q3", 2, 1, 1),
        ("2025Q4", 2, 2, 0),
        (None, 2, 0, 2),
    ]
    assert rows_of(store, f"SELECT position, assets FROM facts_{done[1].snapshot_id}") == [(0, 300), (1, 200)]
    assert rows_of(store, "SELECT n_lines, n_accepted, n_rejected FROM intake") == [(6, 3, 3)]
    found = [(each.period, each.code, each.column) for each in intake.findings(store, done[0].intake_id)]
    assert sorted(found, key=str) == [
        ("2025Q3", "INTAKE-107", "kind"),
        (None, "INTAKE-116", "period"),
        (None, "INTAKE-121", ""),
    ]


def test_a_folder_of_one_file_a_period(store: Store, contract: Contract, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for place, period in enumerate(("2025Q2", "2025Q3", "2025Q4")):
        write_rows(folder / f"bank_{period}.csv", [*ROWS, [f"new {place}", "person", f"{place}"]])
    mapping = parse_mapping(MAPPING.replace('period = "2025Q4"', "") + '[file]\nname = "bank_{period}.csv"\n', contract)

    done = import_file(store, contract, folder, mapping, "maker")

    assert [(each.period, each.n_accepted, each.n_new_customers) for each in done] == [
        ("2025Q2", 4, 4),
        ("2025Q3", 4, 1),
        ("2025Q4", 4, 1),
    ]
    assert all(each.already for each in import_file(store, contract, folder, mapping, "maker"))


def test_the_same_bytes_under_the_name_of_another_period_are_another_snapshot(
    store: Store, contract: Contract, tmp_path: Path
) -> None:
    text = MAPPING.replace('period = "2025Q4"', 'cycle = "month"') + '[file]\nname = "*_{as_of}.csv"\n'
    first = write_rows(tmp_path / "bank_20251130.csv", ROWS)
    second = tmp_path / "bank_2025-12-31.csv"
    shutil.copy(first, second)

    done = [import_file(store, contract, path, parse_mapping(text, contract), "maker")[0] for path in (first, second)]

    assert [(each.period, each.already) for each in done] == [("2025-11", False), ("2025-12", False)]


def test_parts_of_one_period_are_one_import(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    write_rows(folder / "part-1.csv", ROWS[:2])
    write_rows(folder / "part-2.csv", [*ROWS[1:], ["x", "robot", "1"]])
    torn = folder / "part-2.csv"
    torn.write_text(torn.read_text() + "torn\n")

    (done,) = import_file(store, contract, folder, at("2025Q4"), "maker")

    assert (done.n_lines, done.n_accepted, done.n_rejected, done.file_name) == (6, 2, 4, "parts/ (2)")
    assert [(each.file_name, each.line, each.codes) for each in intake.rejects(store, done.intake_id)] == [
        ("part-1.csv", 3, "INTAKE-114:customer_id"),
        ("part-2.csv", 2, "INTAKE-114:customer_id"),
        ("part-2.csv", 4, "INTAKE-107:kind"),
        ("part-2.csv", 5, "INTAKE-121:"),
    ]


def test_parquet_parts_are_one_import(store: Store, contract: Contract, tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    for part in range(3):
        duckdb.execute(
            f"COPY (SELECT 'C' || (i + {part} * 1000) AS id, 'person' AS kind, i::DECIMAL(18,2) AS assets "
            f"FROM range(1000) t(i)) TO '{folder}/part-{part}.parquet'"
        )

    (done,) = import_file(
        store, contract, folder, parse_mapping(MAPPING + '[file]\nformat = "parquet"', contract), "maker"
    )

    assert (done.n_lines, done.n_accepted) == (3000, 3000)
    assert rows_of(store, "SELECT position, customer_id FROM customer WHERE position IN (0, 1001)") == [
        (0, "C0"),
        (1001, "C1001"),
    ]


def test_a_file_of_refused_rows_only_leaves_its_rejects(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    done = bring(store, contract, tmp_path, [["a", "robot", "1"], ["b", "robot", "1"]], at("2025Q4"))

    assert (done.snapshot_id, done.n_accepted, done.n_rejected) == (None, 0, 2)
    assert rows_of(store, "SELECT kind FROM event") == [("intake.refused",)]
    assert bring(store, contract, tmp_path, [["a", "robot", "1"], ["b", "robot", "1"]], at("2025Q4")).already


def test_every_snapshot_has_its_event_in_the_chain(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    done = [bring(store, contract, tmp_path, ROWS[:n], at(f"2025Q{n}")) for n in (1, 2, 3)]

    with store.read() as cursor:
        chain = list(events.read(cursor))
    assert broken_links(chain) == []
    assert [json.loads(event.body)["snapshot"] for event in chain] == [each.snapshot_id for each in done]
    assert {(event.actor, event.kind) for event in chain} == {("maker", "snapshot.imported")}


def test_rejects_are_taken_away_without_formulas(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    rows = [["=cmd|' /C calc'!A0", "robot", "-1.50"], ["＠x", "robot", "-1+2"], ["ok", "person", "1"]]
    done = bring(store, contract, tmp_path, rows, at("2025Q4"))

    n_rows = intake.rejects_csv(store, (done.intake_id,), tmp_path / "rejects.csv", actor="taker")

    with (tmp_path / "rejects.csv").open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.reader(file))
    assert n_rows == 2
    assert read == [
        ["file", "line", "period", "codes", "id", "kind", "assets"],
        ["customers.csv", "2", "2025Q4", "INTAKE-107:kind", "'=cmd|' /C calc'!A0", "robot", "-1.50"],
        ["customers.csv", "3", "2025Q4", "INTAKE-107:kind INTAKE-102:assets", "'＠x", "robot", "'-1+2"],
    ]


def test_rejects_that_leave_are_told_and_come_whole_or_not_at_all(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = bring(store, contract, tmp_path, [["a", "robot", "1"], ["b", "robot", "2"]], at("2025Q4"))
    path = tmp_path / "out" / "rejects.csv"
    path.parent.mkdir()
    intake.rejects_csv(store, (done.intake_id,), path, actor="taker")
    kept = path.read_bytes()

    def broken(content: str) -> dict[str, str]:
        raise OSError(28, "No space left on device", content)

    monkeypatch.setattr(intake, "as_row", broken)
    with pytest.raises(OSError, match="No space"):
        intake.rejects_csv(store, (done.intake_id,), path, actor="taker")

    assert ([each.name for each in path.parent.iterdir()], path.read_bytes()) == (["rejects.csv"], kept)
    body = f'{{"file":"rejects.csv","intakes":["{done.intake_id}"],"rows":2}}'
    assert rows_of(store, "SELECT actor, kind, body FROM event")[1:] == [("taker", "rejects.exported", body)]


def test_a_gb18030_file_is_read_as_it_is_meant(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "customers.csv", [["客户㐀𠮷", "person", "1"]], encoding="gb18030")

    (done,) = import_file(store, contract, path, at("2025Q4"), "maker")

    assert rows_of(store, f"SELECT customer_id FROM profile_{done.snapshot_id}") == [("客户㐀𠮷",)]
    assert not store.path.with_suffix(".intake").exists()


def test_quoted_line_ends_empty_lines_and_no_header(store: Store, contract: Contract, tmp_path: Path) -> None:
    text = MAPPING.replace('"id"', '"1"').replace('"kind"', '"2"').replace('"assets"', '"3"')
    path = tmp_path / "customers.csv"
    path.write_text('"a\nb",person,1\n\n"c,d",person,2\n"e""f",person,3')

    (done,) = import_file(store, contract, path, parse_mapping(text + "[file]\nheader = false", contract), "maker")

    assert (done.n_lines, done.n_accepted) == (3, 3)
    assert rows_of(store, "SELECT customer_id FROM customer ORDER BY position") == [("a\nb",), ("c,d",), ('e"f',)]


def test_lines_may_end_in_either_way_but_not_in_both(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    path = write_rows(tmp_path / "customers.csv", ROWS)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert import_file(store, contract, path, at("2025Q3"), "maker")[0].n_accepted == 3

    path.write_bytes(path.read_bytes() + b"d,person,4\n")
    with pytest.raises(TierdeskError, match="INTAKE-017"):
        import_file(store, contract, path, at("2025Q4"), "maker")


def test_progress_only_rises_and_tells_what_is_done(
    store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    told: list[tuple[float, str]] = []
    path = write_rows(tmp_path / "customers.csv", ROWS)

    import_file(store, contract, path, at("2025Q4"), "maker", lambda share, words: told.append((share, words.en)))

    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert told[-1] == (1.0, "Done")
    assert {"Taking the file's fingerprint", "Reading and checking every row", "Writing the snapshot"} <= {
        words for _, words in told
    }


@pytest.mark.parametrize("stage", ["Taking", "Reading", "Writing"])
def test_an_import_that_is_stopped_keeps_nothing(
    stage: str, store: Store, contract: Contract, at: Callable[[str], Mapping], tmp_path: Path
) -> None:
    def stop(share: float, words: Text) -> None:
        if words.en.startswith(stage):
            raise TierdeskError("TEST-001", words, words)

    path = write_rows(tmp_path / "customers.csv", [[f"c{n}", "person", "1"] for n in range(50_000)])

    with pytest.raises(TierdeskError, match="TEST-001"):
        import_file(store, contract, path, at("2025Q4"), "maker", stop)

    assert rows_of(store, "SELECT (SELECT count(*) FROM intake), (SELECT count(*) FROM customer)") == [(0, 0)]
    assert rows_of(store, "SELECT database_name FROM duckdb_databases() WHERE database_name LIKE 'intake%'") == []
    assert bring(store, contract, tmp_path, ROWS, at("2025Q4")).n_accepted == 3


def test_a_first_look_guesses_how_a_file_is_written(contract: Contract, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes("客户号;客户类型;金融资产(万元)\n1;个人;12.5\n2;;\n".encode("gb18030"))

    look = intake.preview(path, contract)

    assert (look.format, look.encoding, look.delimiter) == ("csv", "gb18030", ";")
    assert look.header == ("客户号", "客户类型", "金融资产(万元)")
    assert look.rows == (("1", "个人", "12.5"), ("2", None, None))
    assert look.mapping.column["assets"].unit == "ten_thousand"
    assert look.mapping.file.delimiter == ";"
