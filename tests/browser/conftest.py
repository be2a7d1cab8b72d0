"""Chromium, and one served house that no test of this folder changes."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from analytics.cube.movers import Selection
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.whatif import bench
from tests.browser.served import Served, served
from tests.houses import copied

LOCALES = {"zh": "zh-CN", "en": "en-GB"}
HEIGHT = 1000
NewPage = Callable[..., Page]
DRAWN = """() => {
  const all = (test) => [...document.querySelectorAll(`[data-testid="${test}"]`)]
  const shown = (element) => element.checkVisibility() && element.getBoundingClientRect().top < innerHeight
  return !document.querySelector('[data-stale="true"]') && !all("stSkeleton").some(shown)
    && all("stPlotlyChart").every((chart) => chart.querySelector(".main-svg"))
    && all("stMetricChart").every((chart) => chart.querySelector("svg"))
    && all("stDataFrame").filter(shown).every((table) => table.querySelector("canvas table td"))
}"""
"""Whether all that the script sent is on the screen; tables that nobody sees yet are drawn later."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder needs a browser."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def app(built_house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The app over a house that tests only look at."""
    with served(built_house, tmp_path_factory.mktemp("served")) as server:
        yield server


@pytest.fixture(scope="session")
def customer(built_house: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Number of a customer who has a score, a tier and a past."""
    house = copied(built_house, tmp_path_factory.mktemp("look"))
    law, latest = publishing.in_force(house).standard, snapshots.latest(house)
    then, now = (bench.Side(each.snapshot_id, law) for each in (latest[-1], latest[0]))
    migration = bench.compare(house, then, now).migration
    still = [
        (row, column)
        for row, before in enumerate(migration.before)
        for column, after in enumerate(migration.after)
        if before.rank == after.rank == 1
    ]
    rows, _ = bench.movers(house, then, now, Selection(tuple(still)), limit=1)
    house.store.close()
    return str(rows.to_pylist()[0]["customer_id"])


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Callable[[str, int], BrowserContext]:
    """One profile a language and width: what is fetched once need not be fetched again."""

    @cache
    def made(language: str, width: int) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            locale=LOCALES[language],
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        return context

    return made


@pytest.fixture
def new_page(contexts: Callable[[str, int], BrowserContext]) -> Iterator[NewPage]:
    """Open a window, which is a visit of its own: ``new_page("zh", 820)``."""
    pages = []

    def opened(language: str = "zh", width: int = 1440) -> Page:
        pages.append(contexts(language, width).new_page())
        return pages[-1]

    yield opened
    for page in pages:
        page.close()


def settled(page: Page) -> None:
    """Wait until the script has ended and what it drew stands still."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    page.locator("h1").first.wait_for()
    page.wait_for_function(DRAWN)
