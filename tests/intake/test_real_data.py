"""Real files, by the mappings that are kept as examples: every row is accepted."""

from pathlib import Path

import pytest

from analytics.desks.data.intake import findings, import_file
from analytics.intake.contract import Contract
from analytics.intake.mapping import parse_mapping
from analytics.store.connect import Store
from tests.intake.papers import ROOT, SHARED

BERKA = SHARED / "data" / "berka" / "berka_snapshots_1993Q1_1994Q1.parquet"
UCI = SHARED / "data" / "uci_default_credit" / "uci_default_monthly_snapshots.parquet"

pytestmark = pytest.mark.real_data


def read(store: Store, contract: Contract, example: str, path: Path) -> dict[str | None, int]:
    """Customers by period, after an import that refuses and remarks nothing."""
    if not path.exists():
        pytest.skip(f"{path} is not here")
    mapping = parse_mapping((ROOT / "examples" / example / "mapping.toml").read_text(encoding="utf-8"), contract)
    done = import_file(store, contract, path, mapping, "maker")
    assert sum(each.n_rejected for each in done) == 0
    assert findings(store, done[0].intake_id) == []
    return {each.period: each.n_accepted for each in done}


def test_berka_has_five_quarters_of_customers(store: Store, contract: Contract) -> None:
    counts = read(store, contract, "berka", BERKA)

    assert counts == {"1993Q1": 298, "1993Q2": 554, "1993Q3": 858, "1993Q4": 1139, "1994Q1": 1229}


def test_berkas_amounts_ages_and_tenures_are_those_of_the_file(store: Store, contract: Contract) -> None:
    read(store, contract, "berka", BERKA)

    with store.read() as cursor:
        (last,) = cursor.execute("SELECT snapshot_id FROM snapshot WHERE period = '1994Q1'").fetchall()
        wrong = cursor.execute(
            f"""SELECT count(*) FROM facts_{last[0]} JOIN profile_{last[0]} USING (position)
            JOIN (FROM '{BERKA}' WHERE quarter = '1994Q1') AS file USING (customer_id)
            WHERE assets <> round(file.financial_assets * 100) OR assets_point <> file.end_balance * 100
               OR facts_{last[0]}.age <> file.age OR abs(tenure / 10.0 - file.tenure_months / 12.0) > 0.2"""
        ).fetchone()
    assert wrong == (0,)


def test_uci_has_six_months_of_thirty_thousand(store: Store, contract: Contract) -> None:
    counts = read(store, contract, "uci", UCI)

    assert counts == {f"2005-0{month}": 30_000 for month in range(4, 10)}
    with store.read() as cursor:
        (first,) = cursor.execute("SELECT snapshot_id FROM snapshot WHERE period = '2005-04'").fetchall()
        overdue = cursor.execute(f"SELECT count(*) FROM facts_{first[0]} WHERE days_past_due >= 60").fetchone()
        expected = cursor.execute(
            f"SELECT count(*) FROM '{UCI}' WHERE snapshot_date = '2005-04-30' AND pay_status >= 2"
        ).fetchone()
    assert overdue == expected
