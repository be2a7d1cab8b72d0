"""What is told of refused and odd rows: their lines, their content, and findings with masked examples."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.desks.data.intake import findings, import_file, intakes, rejects
from analytics.intake.contract import Contract
from analytics.intake.mapping import Mapping, parse_mapping
from analytics.store.connect import Store
from tests.intake.papers import MAPPING

CsvOf = Callable[..., Path]
MapWith = Callable[[str], Mapping]


def test_every_row_of_a_doubled_customer_is_refused(
    store: Store, csv_of: CsvOf, contract: Contract, mapping: Mapping
) -> None:
    rows = [
        ["1", "person", "1"],
        ["2", "person", "2"],
        [" 1", "person", "x"],
        ["3", "person", "3"],
        ["1", "person", "4"],
    ]

    (done,) = import_file(store, contract, csv_of(rows), mapping, "maker")

    assert (done.n_lines, done.n_accepted, done.n_rejected) == (5, 2, 3)
    assert [(each.line, each.codes, json.loads(each.content)) for each in rejects(store, done.intake_id)] == [
        (2, "INTAKE-114:customer_id", {"id": "1", "kind": "person", "assets": "1"}),
        (4, "INTAKE-102:assets INTAKE-114:customer_id", {"id": " 1", "kind": "person", "assets": "x"}),
        (6, "INTAKE-114:customer_id", {"id": "1", "kind": "person", "assets": "4"}),
    ]


def test_broken_lines_are_refused_with_their_number_and_text(
    store: Store, tmp_path: Path, contract: Contract, mapping: Mapping
) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("id,kind,assets\n1,person,1\n2,person\n3,person,3,4\n4,robot,4\n5,person,5\n6,person\n7,person,x\n")

    (done,) = import_file(store, contract, path, mapping, "maker")

    assert (done.n_lines, done.n_accepted, done.n_rejected) == (7, 2, 5)
    assert [(each.line, each.codes) for each in rejects(store, done.intake_id)] == [
        (3, "INTAKE-121:"),
        (4, "INTAKE-121:"),
        (5, "INTAKE-107:kind"),
        (7, "INTAKE-121:"),
        (8, "INTAKE-102:assets"),
    ]
    assert json.loads(rejects(store, done.intake_id)[1].content) == {"": "3,person,3,4"}


@pytest.mark.parametrize(("length", "code"), [(1_000_000, "INTAKE-112:customer_id"), (3_000_000, "INTAKE-123:")])
def test_a_field_of_a_million_characters_is_one_refused_row(
    length: int, code: str, store: Store, csv_of: CsvOf, contract: Contract, mapping: Mapping
) -> None:
    path = csv_of([["1", "person", "1"], ["x" * length, "person", "2"], ["3", "person", "3"]])

    (done,) = import_file(store, contract, path, mapping, "maker")

    (reject,) = rejects(store, done.intake_id)
    assert (done.n_accepted, done.n_rejected, reject.codes) == (2, 1, code)
    assert len(reject.content) < 20_000


def test_amounts_of_another_unit_among_the_rest_are_noticed(
    store: Store, csv_of: CsvOf, contract: Contract, map_with: MapWith
) -> None:
    mapping = map_with('[column.savings_balance]\nfrom = "s"\n[column.investment_balance]\nfrom = "i"')
    rows = [[str(n), "person", "50000", "30000", "20000"] for n in range(40)]
    rows += [[f"w{n}", "person", "5", "30000", "20000"] for n in range(3)]

    (done,) = import_file(store, contract, csv_of(rows, header=["id", "kind", "assets", "s", "i"]), mapping, "maker")

    (found,) = findings(store, done.intake_id)
    assert (found.code, found.column, found.severity, found.n_rows) == ("INTAKE-202", "assets", "warning", 3)
    assert done.n_accepted == 43


def test_a_file_in_another_unit_than_the_last_is_noticed(
    store: Store, csv_of: CsvOf, contract: Contract, mapping: Mapping
) -> None:
    earlier = parse_mapping(MAPPING.replace("2025Q4", "2025Q3"), contract)
    import_file(store, contract, csv_of([[str(n), "person", f"{n + 1}0000"] for n in range(30)]), earlier, "maker")

    import_file(store, contract, csv_of([[str(n), "person", f"{n + 1}"] for n in range(30)]), mapping, "maker")

    (found,) = findings(store, intakes(store)[0].intake_id)
    assert (found.code, found.n_rows) == ("INTAKE-203", 30)


def test_examples_show_the_files_value_and_mask_persons(
    store: Store, csv_of: CsvOf, contract: Contract, map_with: MapWith
) -> None:
    mapping = map_with('[column.birth_date]\nfrom = "born"')
    rows = [["1", "robot", "1", "1999-99-99"], ["2", "robot", "12.345", "2000-01-01"], ["3", "person", "1", ""]]

    (done,) = import_file(store, contract, csv_of(rows, header=["id", "kind", "assets", "born"]), mapping, "maker")

    assert [
        (each.code, each.column, each.n_rows, each.first_line, each.example) for each in findings(store, done.intake_id)
    ] == [
        ("INTAKE-107", "kind", 2, 2, "robot"),
        ("INTAKE-103", "assets", 1, 3, "12.345"),
        ("INTAKE-109", "birth_date", 1, 2, "1*********"),
    ]
