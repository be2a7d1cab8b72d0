"""Addresses that somebody was sent: right ones open on a server that nobody has visited, wrong ones are told calmly."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage, settled
from tests.browser.served import Served, served

BAD = [
    ("overview", {"snapshot": "zzz"}, "库中没有快照 zzz"),
    ("bench", {"standard": "zzz"}, "链接中的标准不可用"),
    ("publish", {"standard": "abcdef0123456789"}, "库中没有标准 abcdef012345"),
    ("migration", {"from_snapshot": "zzz"}, "库中没有快照 zzz"),
    ("customer", {"snapshot": "a b"}, "链接中的快照不可用"),
    ("runs", {"snapshot": "zzz"}, "库中没有快照 zzz"),
]


def test_a_deep_link_opens_as_the_very_first_visit(built_house: Path, new_page: NewPage, tmp_path: Path) -> None:
    with served(built_house, tmp_path) as fresh:
        page = new_page("en")
        page.goto(fresh.address("migration"))
        settled(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Migration")
        expect(page.get_by_test_id("stSidebarNav").get_by_role("link")).to_have_count(7)


@pytest.mark.parametrize(("key", "query", "words"), BAD, ids=[f"{key}-{next(iter(query))}" for key, query, _ in BAD])
def test_a_link_that_names_nothing_is_told_with_a_way_on(
    app: Served, new_page: NewPage, key: str, query: dict[str, str], words: str
) -> None:
    page = new_page("zh")
    page.goto(app.address(key, **query))
    settled(page)
    told = page.get_by_test_id("stAlertContentError")
    expect(told).to_contain_text(words)
    page.get_by_role("link", name="重新打开此页").click()
    expect(told).to_have_count(0)
    settled(page)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_language_that_is_none_is_left_alone(app: Served, new_page: NewPage) -> None:
    page = new_page("zh")
    page.goto(app.address("overview", lang="xx"))
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("总览")
