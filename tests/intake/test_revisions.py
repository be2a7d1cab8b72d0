"""A period brought again: what counts as the same, and currencies that never mix."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.desks.data.intake import findings, import_file
from analytics.errors import TierdeskError
from analytics.intake.contract import Contract
from analytics.intake.mapping import Mapping, parse_mapping
from analytics.store import snapshots
from analytics.store.connect import Store
from tests.intake.papers import MAPPING

CsvOf = Callable[..., Path]
MapWith = Callable[[str], Mapping]
ROWS = [[str(n), "person", f"{n + 1}0000"] for n in range(30)]


def test_a_new_version_of_the_contract_makes_a_revision_of_the_same_file(
    store: Store, csv_of: CsvOf, contract: Contract, mapping: Mapping
) -> None:
    later = contract.model_copy(update={"version": contract.version + 1})

    done = [import_file(store, each, csv_of(ROWS), mapping, "maker")[0] for each in (contract, later, later)]

    assert [(each.revision, each.already) for each in done] == [(1, False), (2, False), (2, True)]


def test_the_same_values_under_another_column_make_a_revision(
    store: Store, csv_of: CsvOf, contract: Contract, map_with: MapWith
) -> None:
    path = csv_of([[*row, ""] for row in ROWS], header=["id", "kind", "assets", "place"])

    done = [
        import_file(store, contract, path, map_with(f'[column.{name}]\nfrom = "place"'), "maker")[0]
        for name in ("region", "branch")
    ]

    assert [(each.revision, each.already) for each in done] == [(1, False), (2, False)]
    with store.read() as cursor:
        filled = [{"branch", "region"} & set(each.columns) for each in snapshots.of_period(cursor, "2025Q4")]
    assert filled == [{"branch"}, {"region"}]


def test_a_period_keeps_its_currency(store: Store, csv_of: CsvOf, contract: Contract, mapping: Mapping) -> None:
    import_file(store, contract, csv_of(ROWS), mapping, "maker")
    dollars = parse_mapping(MAPPING.replace("[snapshot]", '[snapshot]\ncurrency = "USD"'), contract)

    for rows in (ROWS, ROWS[:9]):
        with pytest.raises(TierdeskError, match="INTAKE-018"):
            import_file(store, contract, csv_of(rows), dollars, "maker")

    with store.read() as cursor:
        assert [each.currency for each in snapshots.every(cursor)] == ["CNY"]


def test_amounts_of_another_currency_say_nothing_about_the_unit(
    store: Store, csv_of: CsvOf, contract: Contract, mapping: Mapping
) -> None:
    text = MAPPING.replace("2025Q4", "2025Q3").replace("[snapshot]", '[snapshot]\ncurrency = "USD"')
    import_file(store, contract, csv_of(ROWS), parse_mapping(text, contract), "maker")

    (done,) = import_file(store, contract, csv_of([[*row[:2], row[2][:-4]] for row in ROWS]), mapping, "maker")

    assert findings(store, done.intake_id) == []


def test_a_date_that_has_not_come_yet_is_noticed(
    store: Store, csv_of: CsvOf, contract: Contract, mapping: Mapping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIERDESK_TODAY", "2025-12-30")

    (done,) = import_file(store, contract, csv_of(ROWS), mapping, "maker")

    (found,) = findings(store, done.intake_id)
    assert (found.code, found.period, found.severity, found.n_rows) == ("INTAKE-204", "2025Q4", "warning", 30)
    assert found.example == "2025-12-31"


def test_a_date_of_today_is_no_date_in_the_future(
    store: Store, csv_of: CsvOf, contract: Contract, mapping: Mapping, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIERDESK_TODAY", "2025-12-31")

    (done,) = import_file(store, contract, csv_of(ROWS), mapping, "maker")

    assert findings(store, done.intake_id) == []
