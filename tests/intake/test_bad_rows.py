"""Rows that are refused or noted: by table of what stands in the file and what is said of it."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from analytics.desks.data.intake import trial
from analytics.intake.contract import Contract
from analytics.intake.mapping import Mapping, parse_mapping
from analytics.store.connect import Store
from tests.intake.papers import MAPPING, company_code, resident_id

CsvOf = Callable[..., Path]
MapWith = Callable[[str], Mapping]


def read(csv_of: CsvOf, contract: Contract, mapping: Mapping, column: str, texts: list[str]) -> list[object]:
    """What becomes of texts in one more column ``x``: the stored value, or the reason."""
    rows = [[f"C{place}", "person", "0", text] for place, text in enumerate(texts)]
    path = csv_of(rows, header=["id", "kind", "assets", "x"])
    found = trial(path, contract, mapping, len(texts))
    return [row["reasons"] or row["notes"] or row[column] for row in found]


def reasons_of(*numbers: int, column: str) -> list[str]:
    return [f"INTAKE-{number}:{column}" for number in numbers]


def column(name: str, *more: str) -> str:
    return "\n".join([f"[column.{name}]", 'from = "x"', *more])


@pytest.mark.parametrize(
    ("more", "text", "stored"),
    [
        ("", "1234.50", 123450),
        ("", " 1234.5 ", 123450),
        ("", "+0001", 100),
        ("", "-12.30", -1230),
        ("", "12.3400", 1234),
        ("", "12.", 1200),
        ("", "9999999999999.99", 999999999999999),
        ("", "", None),
        ("", "  ", None),
        ('unit = "wan"', "1.5", 1500000),
        ('unit = "万元"', "0.000001", 1),
        ('unit = "亿元"', "1.0000000001", 10000000001),
        ('unit = "fen"', "1234", 1234),
        ('unit = "fen"', "1234.00", 1234),
        ('thousands = ","', "1,234,567.89", 123456789),
        ('decimal = ","\nthousands = "."', "1.234,50", 123450),
        ('decimal = ","', "1234,5", 123450),
        ('finer = "round"', "94268.62444444443", 9426862),
        ('finer = "round"', "0.005", 1),
        ('finer = "round"', "-0.005", -1),
        ('missing = ["-", "NULL", "-999"]', "-999", None),
        ('missing = ["-", "NULL"]', "NULL", None),
    ],
)
def test_amounts_are_stored_in_minor_units(
    more: str, text: str, stored: int | None, csv_of: CsvOf, contract: Contract, map_with: MapWith
) -> None:
    assert [stored] == read(csv_of, contract, map_with(column("contribution", more)), "contribution", [text])


def test_amounts_that_are_none(csv_of: CsvOf, contract: Contract, map_with: MapWith) -> None:
    texts = ["12.345", "NaN", "inf", "-Infinity", "1e5", "0x10", "1_000", "1,234", "十", "99999999999999", "-1e400"]
    texts += ["-99999999999999", "１２", "3.7.1", "--1", "1 000"]

    found = read(csv_of, contract, map_with(column("contribution")), "contribution", texts)

    expected = [103, 106, 106, 106, 102, 102, 102, 102, 102, 105, 102, 104, 102, 102, 102, 102]
    assert reasons_of(*expected, column="contribution") == found


def test_wrong_grouping_is_no_number(csv_of: CsvOf, contract: Contract, map_with: MapWith) -> None:
    found = read(
        csv_of, contract, map_with(column("contribution", 'thousands = ","')), "contribution", ["1,23", "1,2345"]
    )

    assert reasons_of(102, 102, column="contribution") == found


def test_finer_than_a_fen_is_refused_in_a_column_of_fen(csv_of: CsvOf, contract: Contract, map_with: MapWith) -> None:
    found = read(
        csv_of, contract, map_with(column("contribution", 'unit = "fen"')), "contribution", ["12.345", "0.5", "7"]
    )

    assert [*reasons_of(103, 103, column="contribution"), 7] == found


def test_negative_amounts_where_the_contract_has_a_minimum(
    csv_of: CsvOf, contract: Contract, map_with: MapWith
) -> None:
    found = read(csv_of, contract, map_with(column("loan_balance")), "loan_balance", ["-0.01", "0", "0.01"])

    assert [*reasons_of(104, column="loan_balance"), 0, 1] == found


def test_out_of_range_may_be_taken_as_missing(csv_of: CsvOf, contract: Contract, map_with: MapWith) -> None:
    mapping = map_with(column("credit_score", 'out_of_range = "missing"'))
    texts = ["1001", "-1", "1000", "x"]

    found = read(csv_of, contract, mapping, "credit_score", texts)

    assert [*reasons_of(201, 201, column="credit_score"), 1000, *reasons_of(102, column="credit_score")] == found
    rows = trial(csv_of([["1", "person", "0", "1001"]], header=["id", "kind", "assets", "x"]), contract, mapping)
    assert (rows[0]["credit_score"], rows[0]["reasons"]) == (None, None)


@pytest.mark.parametrize(
    ("more", "text", "stored"),
    [
        ("", "12.5", 125),
        ('unit = "months"', "14", 11),
        ('unit = "天"', "3653", 100),
        ('unit = "days"', "3652", 99),
        ("", "120", 1200),
    ],
)
def test_tenure_is_stored_in_tenths_of_a_year(
    more: str, text: str, stored: int, csv_of: CsvOf, contract: Contract, map_with: MapWith
) -> None:
    assert [stored] == read(csv_of, contract, map_with(column("tenure", more)), "tenure", [text])


def test_a_number_column_may_hold_codes(csv_of: CsvOf, contract: Contract, map_with: MapWith) -> None:
    mapping = map_with(column("days_past_due", 'codes = { -1 = 0, M1 = 30, none = "" }'))

    found = read(csv_of, contract, mapping, "days_past_due", ["-1", " M1 ", "none", "30"])

    assert [0, 30, None, *reasons_of(107, column="days_past_due")] == found


def test_codes_are_the_contracts_ids_or_the_files_own(csv_of: CsvOf, contract: Contract, map_with: MapWith) -> None:
    plain, own = (
        map_with(column("sex")),
        map_with(column("sex", 'codes = { "男" = "male", "女" = "female", "不详" = "" }')),
    )

    assert [1, 2, *reasons_of(107, 107, column="sex")] == read(
        csv_of, contract, plain, "sex", ["female", "male ", "男", "Male"]
    )
    assert [2, 1, None, *reasons_of(107, column="sex")] == read(
        csv_of, contract, own, "sex", ["男", " 女", "不详", "male"]
    )


def test_flags_are_words_for_yes_and_no(csv_of: CsvOf, contract: Contract, map_with: MapWith) -> None:
    found = read(
        csv_of, contract, map_with(column("manual_only")), "manual_only", ["Y", "是", "0", "No", "", "maybe", "tRuE"]
    )

    assert [True, True, False, False, None, *reasons_of(113, column="manual_only"), True] == found


def test_dates_in_three_formats_and_impossible_ones(csv_of: CsvOf, contract: Contract, map_with: MapWith) -> None:
    mapping = map_with(column("birth_date", 'dates = ["YYYY-MM-DD", "D.M.YYYY", "YYYYMMDD"]'))
    texts = [
        "2000-06-30",
        "30.6.2000",
        " 20000630 ",
        "2000-02-30",
        "20001301",
        "30/06/2000",
        "2026-01-01",
        "1849-12-31",
    ]
    texts += ["1880-01-01", "infinity"]

    found = read(csv_of, contract, mapping, "age", texts)

    assert [25, 25, 25, *reasons_of(109, 109, 108, 110, 111, 111, 108, column="birth_date")] == found


@pytest.mark.parametrize(
    ("born", "age"),
    [("2000-12-31", 25), ("2001-01-01", 24), ("2000-02-29", 25), ("2025-12-31", 0), ("1895-12-31", 130)],
)
def test_age_is_full_years_at_the_snapshots_date(
    born: str, age: int, csv_of: CsvOf, contract: Contract, map_with: MapWith
) -> None:
    assert [age] == read(csv_of, contract, map_with(column("birth_date")), "age", [born])


@pytest.mark.parametrize(
    ("since", "tenths"), [("2025-12-31", 0), ("2024-12-31", 9), ("2024-12-30", 10), ("2015-12-31", 100)]
)
def test_tenure_is_tenths_of_a_year_of_365_2425_days(
    since: str, tenths: int, csv_of: CsvOf, contract: Contract, map_with: MapWith
) -> None:
    assert [tenths] == read(csv_of, contract, map_with(column("relationship_start")), "tenure", [since])


def test_a_computed_age_goes_before_a_given_one(csv_of: CsvOf, contract: Contract, map_with: MapWith) -> None:
    mapping = map_with('[column.birth_date]\nfrom = "born"\n[column.age]\nfrom = "age"')
    path = csv_of(
        [["1", "person", "0", "2000-01-01", "99"], ["2", "person", "0", "", "40"]],
        header=["id", "kind", "assets", "born", "age"],
    )

    assert [row["age"] for row in trial(path, contract, mapping)] == [25, 40]


def test_required_values_unknown_kinds_and_long_texts(csv_of: CsvOf, contract: Contract, mapping: Mapping) -> None:
    rows = [["", "person", "1"], ["2", "", "1"], ["3", "robot", "1"], ["4", "person", " "], ["5" * 65, "person", "1"]]

    found = [row["reasons"] for row in trial(csv_of(rows), contract, mapping)]

    expected = [
        "INTAKE-101:customer_id",
        "INTAKE-101:kind",
        "INTAKE-107:kind",
        None,
        "INTAKE-112:customer_id",
    ]
    assert expected == found  # unknown assets are no fault of the row: the standard says that it cannot be assessed


def test_all_reasons_of_a_row_are_told(csv_of: CsvOf, contract: Contract, mapping: Mapping) -> None:
    (row,) = trial(csv_of([["", "robot", "12.345"]]), contract, mapping)

    assert row["reasons"] == "INTAKE-101:customer_id INTAKE-107:kind INTAKE-103:assets"


def test_identity_numbers_refuse_persons_and_warn_about_companies(
    csv_of: CsvOf, contract: Contract, map_with: MapWith
) -> None:
    mapping = map_with('[column.id_type]\nfrom = "t"\n[column.id_number]\nfrom = "n"')
    good, pilot = resident_id("11010519491231002"), "91350100M0001TGQXM"
    numbers = [
        ("resident_id", good.lower()),
        ("resident_id", good[:-1] + "1"),
        ("resident_id", "110105491231002"),
        ("resident_id", "360426199113010079"),
        ("uscc", company_code("91350100M000100Y4")),
        ("uscc", pilot),
        ("uscc", "12345"),
        ("passport", "E1234567"),
        ("resident_id", ""),
    ]
    path = csv_of(
        [[str(n), "person", "0", *pair] for n, pair in enumerate(numbers)], header=["id", "kind", "assets", "t", "n"]
    )

    rows = trial(path, contract, mapping)

    refused = [row["reasons"] for row in rows]
    assert refused == [None, *reasons_of(132, 136, 135, column="id_number"), None, None, None, None, None]
    assert [row["notes"] for row in rows][4:7] == [None, *reasons_of(212, 211, column="id_number")]
    assert rows[0]["id_number"] == good


def test_a_reason_about_ids_may_be_made_a_warning(csv_of: CsvOf, contract: Contract, map_with: MapWith) -> None:
    mapping = map_with(
        '[column.id_type]\nvalue = "resident_id"\n[column.id_number]\nfrom = "n"\nwarn_only = ["INTAKE-134"]'
    )
    path = csv_of([["1", "person", "0", "110111198012010078"]], header=["id", "kind", "assets", "n"])

    (row,) = trial(path, contract, mapping)

    assert (row["reasons"], row["notes"]) == (None, "INTAKE-134:id_number")


def test_typed_parquet_columns_say_the_same_as_text(store: Store, tmp_path: Path, contract: Contract) -> None:
    path = tmp_path / "customers.parquet"
    duckdb.execute(
        f"""COPY (SELECT * FROM (VALUES
            ('1', 'person', 1.25::DECIMAL(18,2), 0.1::DOUBLE, DATE '2000-01-01', TIMESTAMP '2020-01-01 00:00:00',
             7::INTEGER, true),
            ('2', 'person', -1.00, 'nan'::DOUBLE, NULL, NULL, -1, NULL),
            ('3', 'person', 99999999999999.99, 1e300, NULL, TIMESTAMP '2020-01-01 10:00:00', 2, false),
            ('4', 'person', 0, 12.345, DATE '2030-01-01', NULL, NULL, NULL)
        ) t(id, kind, assets, profit, born, since, dpd, out)) TO '{path}'"""
    )
    text = MAPPING + "".join(
        f'[column.{name}]\nfrom = "{source}"\n'
        for name, source in {
            "contribution": "profit",
            "birth_date": "born",
            "relationship_start": "since",
            "days_past_due": "dpd",
            "marketing_opt_out": "out",
        }.items()
    )

    rows = trial(path, contract, parse_mapping(text + '[file]\nformat = "parquet"', contract))

    assert [row["reasons"] for row in rows] == [
        None,
        "INTAKE-106:contribution INTAKE-104:days_past_due",
        "INTAKE-108:relationship_start INTAKE-105:assets INTAKE-105:contribution",
        "INTAKE-110:birth_date INTAKE-103:contribution",
    ]
    first = rows[0]
    assert (first["assets"], first["contribution"], first["age"], first["tenure"], first["days_past_due"]) == (
        125,
        10,
        25,
        59,
        7,
    )
