"""Files that are refused as a whole: each with its own code, and nothing of them is kept."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from analytics.desks.data.intake import import_file, preview
from analytics.errors import TierdeskError
from analytics.intake.contract import Contract
from analytics.intake.mapping import Mapping, parse_mapping
from analytics.store.connect import Store
from tests.intake.papers import MAPPING, write_rows

CsvOf = Callable[..., Path]
PARQUET = MAPPING + '[file]\nformat = "parquet"\n'
CHINESE = [["客户一", "person", "1.00"], ["客户二", "person", "2.00"]]


def refused(store: Store, contract: Contract, path: Path, mapping: Mapping) -> TierdeskError:
    """The error that a file is refused with; the store is as it was."""
    with pytest.raises(TierdeskError) as caught:
        import_file(store, contract, path, mapping, "maker")
    with store.read() as cursor:
        for table in ("customer", "snapshot", "intake", "finding", "reject", "event"):
            assert cursor.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        tables = cursor.execute(
            "SELECT table_name FROM duckdb_tables() WHERE table_name SIMILAR TO '(facts|profile)_.*'"
        )
        assert tables.fetchall() == []
        assert (
            cursor.execute("SELECT database_name FROM duckdb_databases() WHERE database_name LIKE 'intake%'").fetchall()
            == []
        )
    return caught.value


def test_a_missing_file(store: Store, contract: Contract, mapping: Mapping, tmp_path: Path) -> None:
    assert refused(store, contract, tmp_path / "none.csv", mapping).code == "INTAKE-001"


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf\n"])
def test_an_empty_file(content: bytes, store: Store, contract: Contract, mapping: Mapping, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes(content)

    assert refused(store, contract, path, mapping).code == "INTAKE-002"


def test_a_header_without_rows(store: Store, contract: Contract, mapping: Mapping, csv_of: CsvOf) -> None:
    assert refused(store, contract, csv_of([]), mapping).code == "INTAKE-009"


def test_a_gb18030_file_that_is_called_utf_8(
    store: Store, contract: Contract, map_with: Callable[[str], Mapping], csv_of: CsvOf
) -> None:
    path = csv_of(CHINESE, encoding="gb18030")

    error = refused(store, contract, path, map_with('[file]\nencoding = "utf-8"'))

    assert error.code == "INTAKE-003"
    assert 'encoding = "gb18030"' in error.to("zh")


def test_a_utf_8_file_that_is_called_gb18030(
    store: Store, contract: Contract, map_with: Callable[[str], Mapping], csv_of: CsvOf
) -> None:
    error = refused(store, contract, csv_of(CHINESE), map_with('[file]\nencoding = "gb18030"'))

    assert error.code == "INTAKE-003"
    assert 'encoding = "utf-8"' in error.to("en")


def test_a_utf_16_file(store: Store, contract: Contract, mapping: Mapping, csv_of: CsvOf) -> None:
    error = refused(store, contract, csv_of(CHINESE, encoding="utf-16"), mapping)

    assert "UTF-16" in error.to("zh")


def test_one_wrong_byte_deep_in_a_large_file(
    store: Store, contract: Contract, mapping: Mapping, tmp_path: Path
) -> None:
    """The samples are all right; the reader itself must notice, not drop the line."""
    path = tmp_path / "customers.csv"
    lines = [f"C{number:08},person,1.00".encode() for number in range(200_000)]
    lines[60_000] = "客户,person,1.00".encode("gb18030")
    path.write_bytes(b"\n".join([b"id,kind,assets", *lines, b""]))

    assert refused(store, contract, path, mapping).code == "INTAKE-003"


def test_a_gb18030_file_with_a_torn_character(
    store: Store, contract: Contract, map_with: Callable[[str], Mapping], tmp_path: Path
) -> None:
    path = tmp_path / "customers.csv"
    path.write_bytes("id,kind,assets\n客户,person,1.00\n".encode("gb18030") + b"\x81")

    error = refused(store, contract, path, map_with('[file]\nencoding = "gb18030"'))

    assert error.code == "INTAKE-003"
    assert not store.path.with_suffix(".intake").exists()


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_another_delimiter_is_named(
    delimiter: str, store: Store, contract: Contract, mapping: Mapping, tmp_path: Path
) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(delimiter.join(["id", "kind", "assets"]) + "\n" + delimiter.join("1pq") + "\n")

    error = refused(store, contract, path, mapping)

    assert error.code == "INTAKE-004"
    assert f'delimiter = "{delimiter}"'.replace("\t", "\\t") in error.to("en")


def test_a_doubled_column(store: Store, contract: Contract, mapping: Mapping, csv_of: CsvOf) -> None:
    error = refused(
        store, contract, csv_of([["1", "person", "2", "3"]], header=["id", "kind", "assets", "assets"]), mapping
    )

    assert error.code == "INTAKE-005"
    assert "assets" in error.to("en")


def test_a_missing_column_names_the_one_that_looks_like_it(
    store: Store, contract: Contract, mapping: Mapping, csv_of: CsvOf
) -> None:
    error = refused(store, contract, csv_of([["1", "person", "2"]], header=["id", "kind", "asset"]), mapping)

    assert error.code == "INTAKE-006"
    assert "assets (is it asset?)" in error.to("en")


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_parquet_file_cut_short(share: float, store: Store, contract: Contract, tmp_path: Path) -> None:
    path = tmp_path / "customers.parquet"
    duckdb.execute(f"COPY (SELECT 'C' || i AS id, 'person' AS kind, i AS assets FROM range(5000) t(i)) TO '{path}'")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])

    assert refused(store, contract, path, parse_mapping(PARQUET, contract)).code == "INTAKE-007"
    with pytest.raises(TierdeskError, match="INTAKE-007"):
        preview(path, contract)


def test_a_parquet_file_with_damaged_pages(store: Store, contract: Contract, tmp_path: Path) -> None:
    path = tmp_path / "customers.parquet"
    duckdb.execute(f"COPY (SELECT 'C' || i AS id, 'person' AS kind, i AS assets FROM range(50000) t(i)) TO '{path}'")
    content = bytearray(path.read_bytes())
    content[2000:6000] = b"\xff" * 4000
    path.write_bytes(bytes(content))

    assert refused(store, contract, path, parse_mapping(PARQUET, contract)).code == "INTAKE-007"


def test_a_csv_file_that_is_called_parquet(store: Store, contract: Contract, csv_of: CsvOf) -> None:
    path = csv_of([["1", "person", "2"]])

    assert refused(store, contract, path, parse_mapping(PARQUET, contract)).code == "INTAKE-007"


@pytest.mark.parametrize("where", [0, 2500, 4999])
def test_a_quote_that_never_closes_loses_no_line(
    where: int, store: Store, contract: Contract, mapping: Mapping, tmp_path: Path
) -> None:
    path = tmp_path / "customers.csv"
    lines = [f"C{number:08},person,1.00" for number in range(5000)]
    lines[where] = f'"C{where:08},person,1.00'
    path.write_text("\n".join(["id,kind,assets", *lines, ""]))

    assert refused(store, contract, path, mapping).code == "INTAKE-008"


def test_a_file_that_changes_while_it_is_read(
    store: Store, contract: Contract, mapping: Mapping, csv_of: CsvOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analytics.desks.data import intake

    path = csv_of([["1", "person", "2"]])
    reading = intake._check

    def meddle(*arguments: object) -> object:
        result = reading(*arguments)  # type: ignore[arg-type]
        write_rows(path, [["1", "person", "2"], ["2", "person", "3"]])
        return result

    monkeypatch.setattr(intake, "_check", meddle)

    assert refused(store, contract, path, mapping).code == "INTAKE-010"


def test_a_period_with_two_dates(store: Store, contract: Contract, csv_of: CsvOf) -> None:
    text = MAPPING.replace('period = "2025Q4"', 'as_of_column = "day"\nperiod_column = "p"')
    header = ["id", "kind", "assets", "day", "p"]
    rows = [["1", "person", "2", "2025-12-31", "2025Q4"], ["2", "person", "2", "2025-12-30", "2025Q4"]]

    assert refused(store, contract, csv_of(rows, header=header), parse_mapping(text, contract)).code == "INTAKE-011"


def test_a_date_column_that_is_none_of_the_period(store: Store, contract: Contract, csv_of: CsvOf) -> None:
    text = MAPPING.replace('period = "2025Q4"', 'as_of_column = "born"\ncycle = "day"')
    rows = [[str(n), "person", "2", f"{1900 + n // 10}-01-{n % 10 + 10}"] for n in range(500)]

    error = refused(
        store, contract, csv_of(rows, header=["id", "kind", "assets", "born"]), parse_mapping(text, contract)
    )

    assert error.code == "INTAKE-012"


def test_a_folder_without_files_and_a_name_without_a_period(store: Store, contract: Contract, tmp_path: Path) -> None:
    text = MAPPING.replace('period = "2025Q4"', "") + '[file]\nname = "bank_{period}.csv"\n'
    mapping = parse_mapping(text, contract)
    folder = tmp_path / "folder"
    folder.mkdir()

    assert refused(store, contract, folder, mapping).code == "INTAKE-013"
    write_rows(folder / "bank_autumn.csv", [["1", "person", "2"]])
    assert refused(store, contract, folder, mapping).code == "INTAKE-014"


def test_files_of_one_import_with_other_columns(
    store: Store, contract: Contract, mapping: Mapping, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    write_rows(folder / "a.csv", [["1", "person", "2"]])
    write_rows(folder / "b.csv", [["person", "1", "2"]], header=["kind", "id", "assets"])

    assert refused(store, contract, folder, mapping).code == "INTAKE-015"


def test_wildcards_in_a_name_are_letters(store: Store, contract: Contract, mapping: Mapping, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "bank[1]*.csv", [["1", "person", "2"]])
    shutil.copy(path, tmp_path / "bank1x.csv")

    (done,) = import_file(store, contract, path, mapping, "maker")

    assert done.n_accepted == 1


def test_a_first_look_passes_over_blank_lines(contract: Contract, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("\n" * 30 + "id,kind\n\n1,person\n2,person\n", encoding="utf-8")

    look = preview(path, contract, n=1)

    assert (look.header, look.rows) == (("id", "kind"), (("1", "person"),))


def test_a_first_look_at_lines_that_cannot_be_taken_apart(contract: Contract, tmp_path: Path) -> None:
    path = write_rows(tmp_path / "customers.csv", [["1", "person", "9" * 50]])
    limit = csv.field_size_limit(20)
    try:
        with pytest.raises(TierdeskError, match="INTAKE-016"):
            preview(path, contract)
    finally:
        csv.field_size_limit(limit)
