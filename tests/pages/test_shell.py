"""The frame that every page stands in: languages, pinned addresses, errors, people, empty houses."""

import asyncio
import gc
import logging
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.runtime.pages_manager import PagesManager

from analytics.desks.house import House
from analytics.desks.runs import results
from pages.ui import warm
from pages.ui.links import PAGES
from tests.pages.conftest import OPEN, words_of

ENGLISH_THAT_IS_CHINESE_TOO = {"CSV", "UTF", "Parquet", "TOML", "DuckDB", "Tierdesk", "GB18030", "small", "gray"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_opens_without_an_error(bank: House, visit: OPEN, page: str, language: str) -> None:
    app = visit(page, language=language)
    assert not app.exception
    assert [error.value for error in app.error] == []
    assert len(app.title) == 1


def test_a_chinese_page_has_no_english_left(bank: House, visit: OPEN) -> None:
    said = words_of(visit("overview", language="zh"))
    said = re.sub(r":?(small|gray-badge|gray|material/\w+):?", "", said)
    left = set(re.findall(r"[A-Za-z]{4,}", said)) - ENGLISH_THAT_IS_CHINESE_TOO
    assert left == set()


def test_an_address_pins_snapshot_and_standard(bank: House, visit: OPEN) -> None:
    app = visit()
    assert set(app.query_params) >= {"snapshot", "standard"}
    again = visit(**{name: app.query_params[name] for name in ("snapshot", "standard")})
    assert words_of(again) == words_of(app)


def test_another_snapshot_is_chosen_and_pinned(bank: House, visit: OPEN) -> None:
    app = visit()
    picker = app.selectbox(key="pick.snapshot.widget")
    first = picker.options[-1]
    picker.select(first).run()
    assert first == "2025Q2"
    assert "2025Q2" in words_of(app)
    assert not app.error


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"snapshot": "nowhere"}, "SNAPSHOT-001"),
        ({"standard": "abcdef0123456789"}, "STANDARD-090"),
        ({"standard": "zzz"}, "LINK-001"),
    ],
)
def test_a_link_that_names_nothing_is_told(bank: House, visit: OPEN, query: dict[str, str], code: str) -> None:
    app = visit(**query)
    assert [code in error.value for error in app.error] == [True]
    assert not app.exception


def test_the_language_follows_choice_then_link_then_browser(bank: House, visit: OPEN) -> None:
    assert visit(language="zh").title[0].value == "总览"
    app = visit(language="zh", lang="en")
    assert app.title[0].value == "Overview"
    app.get("button_group")
    app.segmented_control(key="pick.language").set_value("zh").run()
    assert app.title[0].value == "总览"


def test_an_unforeseen_error_is_calm_and_its_log_holds_no_values(
    bank: House, visit: OPEN, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise ValueError("customer 张三, assets 123")

    monkeypatch.setattr(results, "over_time", breaks)
    with caplog.at_level(logging.ERROR, logger="tierdesk.pages"):
        app = visit()
    incident = re.search(r"number (\w{12})", app.error[0].value)
    assert incident
    assert incident[1] in caplog.text
    assert "ValueError" in caplog.text
    assert "张三" not in caplog.text
    assert "张三" not in words_of(app)


@pytest.mark.parametrize("page", ["overview", "bench", "migration", "customer"])
def test_an_empty_house_shows_the_way_to_intake(empty_bank: House, visit: OPEN, page: str) -> None:
    app = visit(page)
    assert "There is no snapshot of customers yet" in words_of(app)
    assert not app.error


@pytest.mark.parametrize("page", ["intake", "runs", "publish"])
def test_the_other_pages_open_on_an_empty_house(empty_bank: House, visit: OPEN, page: str) -> None:
    app = visit(page)
    assert not app.exception
    assert not app.error


def test_no_page_is_served_past_the_door_before_the_first_visit(bank: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    monkeypatch.setattr(gc, "freeze", lambda: None)

    async def starts() -> None:
        async with warm.warm_up(None):  # type: ignore[arg-type]  # it does not look at the application
            assert PagesManager.uses_pages_directory is False

    with ThreadPoolExecutor(1) as own:  # a browser's loop may run in this thread
        own.submit(asyncio.run, starts()).result()
