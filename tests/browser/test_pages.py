"""Every page in both languages, wide and narrow: it loads calmly, fits, speaks one language and calls nobody."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page

from pages.ui.links import PAGES
from tests.browser.conftest import NewPage, settled
from tests.browser.served import Served

ERRORS = '[data-testid="stAlertContentError"], [data-testid="stException"], [role="dialog"]'
TEXT = """() => {
  const words = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement
    const cell = parent.closest("canvas table")
    if (["STYLE", "SCRIPT", "NOSCRIPT"].includes(parent.tagName)) continue
    if (!cell && (!parent.checkVisibility() || getComputedStyle(parent).fontFamily.includes("Material"))) continue
    words.push(walker.currentNode.textContent)
  }
  const typed = "input[type=text], input[type=number], input:not([type]), textarea"
  for (const field of document.querySelectorAll(typed)) words.push(field.value || field.placeholder)
  return words.join("\\n")
}"""
"""All that can be read: texts without icons, cells of tables, what fields hold."""
WIDE = """() => [document.documentElement, document.querySelector('[data-testid="stMain"]')]
  .map((element) => element.scrollWidth - element.clientWidth)"""

STREAMLITS_OWN = (
    r"Skip to main content",
    r"\bUpload\b",
    r"\b\d+[MG]B per file\b[\s•,]*(CSV|TXT|TSV|PARQUET|PQ|[\s•,])*",
)
"""English that Streamlit writes itself and that cannot be changed."""
NO_WORDS = (
    r"\b[0-9a-f]{8,64}\b",  # hashes
    r"\b[\w-]+\.(parquet|toml|csv)\b",  # files
    r"\b\d{4}Q\d\b",  # periods
    r"\bC\d\b",  # risk grades
    r"\b[A-Z]{1,3}\d{3,}\b",  # customers' and clauses' numbers
    r"\bCtrl\+Enter\b",
)
NAMES = {"Tierdesk", "CSV", "Parquet", "UTF", "GB", "TOML", "AUM", "DuckDB", "Language", "English", "CNY"}
RAW_CODE = re.compile(r"\b[A-Z]{2,}(?:_[A-Z]+)+\b")
HARMLESS = re.compile(r"/_stcore/(health|host-config)$")
"""A deep link makes Streamlit's front end look for its server below the page's own path first."""


def english_in(text: str) -> set[str]:
    """Latin words that are neither names nor numbers of things."""
    for pattern in (*STREAMLITS_OWN, *NO_WORDS):
        text = re.sub(pattern, " ", text)
    return set(re.findall(r"[A-Za-z]{2,}", text)) - NAMES


def watched(page: Page, base: str) -> list[str]:
    """What goes wrong on the page from now on: errors on the console, and calls to other hosts."""
    wrong: list[str] = []

    def spoke(message: ConsoleMessage) -> None:
        if message.type == "error" and not HARMLESS.search(message.location.get("url", "")):
            wrong.append(f"console: {message.text} {message.location.get('url')}")

    def called(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in ("blob", "data") and parts.netloc != urlsplit(base).netloc:
            wrong.append(f"call: {address}")

    page.on("console", spoke)
    page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
    page.on("request", lambda request: called(request.url))
    page.on("websocket", lambda socket: called(socket.url))
    return wrong


@pytest.mark.parametrize("width", [1440, 820])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("key", [*PAGES, "one customer"])
def test_a_page_is_calm_fits_and_speaks_one_language(
    app: Served, customer: str, new_page: NewPage, key: str, language: str, width: int
) -> None:
    page = new_page(language, width)
    wrong = watched(page, app.base)
    address = app.address("customer", customer=customer) if key == "one customer" else app.address(key)
    page.goto(address)
    settled(page)
    assert page.locator(ERRORS).all_inner_texts() == []
    assert page.evaluate(WIDE) == [0, 0]
    assert page.evaluate("document.documentElement.lang") == {"zh": "zh-CN", "en": "en"}[language]
    text = page.evaluate(TEXT)
    assert RAW_CODE.findall(text) == []
    if language == "zh":
        assert english_in(text) == set()
    assert wrong == []
