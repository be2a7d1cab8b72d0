"""A snapshot in another currency stands in the store: pages neither offer it nor break over it."""

from pathlib import Path

import pytest

from analytics.desks.data import snapshots
from analytics.desks.house import House
from tests.houses import in_crowns
from tests.pages.conftest import OPEN, words_of


@pytest.fixture(scope="module")
def crowns(bank: House, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The latest snapshot of all, in crowns."""
    name = in_crowns(bank, tmp_path_factory.mktemp("crowns"), "KC-1")
    assert snapshots.latest(bank)[0].snapshot_id == name
    return name


@pytest.mark.parametrize("page", ["overview", "bench", "migration", "customer"])
def test_pages_open_on_the_latest_snapshot_that_fits(bank: House, visit: OPEN, crowns: str, page: str) -> None:
    app = visit(page)
    assert not app.error
    assert app.selectbox(key="pick.snapshot.widget").value == snapshots.latest(bank)[1].snapshot_id
    assert "2026-01" not in app.selectbox(key="pick.snapshot.widget").options


@pytest.mark.parametrize("page", ["overview", "bench", "migration", "customer"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_link_to_one_that_does_not_fit_says_why(visit: OPEN, crowns: str, page: str, language: str) -> None:
    said = words_of(visit(page, language=language, snapshot=crowns, customer="KC-1"))
    assert {"zh": "快照币种为 CZK，标准币种为 CNY", "en": "in CZK and the standard in CNY"}[language] in said


def test_a_side_that_does_not_fit_says_why_and_is_not_offered(visit: OPEN, crowns: str) -> None:
    assert "2026-01" not in visit("migration").selectbox(key="migration.before.snapshot").options
    assert "RUN-001" in words_of(visit("migration", from_snapshot=crowns))


def test_runs_offer_only_what_fits(visit: OPEN, crowns: str) -> None:
    offered = [option for box in visit("runs").multiselect for option in box.options]
    assert "2026-01" not in offered


def test_the_trend_counts_no_period_that_does_not_fit(bank: House, visit: OPEN, crowns: str, tmp_path: Path) -> None:
    in_crowns(bank, tmp_path, "KC-2", as_of="2025-11-30")
    yuan = next(each for each in snapshots.latest(bank) if each.currency == "CNY").snapshot_id
    assert "Periods not yet classified" not in words_of(visit(snapshot=yuan))
