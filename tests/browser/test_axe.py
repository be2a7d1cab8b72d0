"""Nothing that a person with a screen reader, a keyboard or weak eyes would trip over, by the rules of axe-core."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from pages.ui.links import PAGES
from tests.browser.conftest import NewPage, settled
from tests.browser.served import Served

GRAVE = ("serious", "critical")
STREAMLITS_OWN = {
    ("list", '[data-testid="stSidebarNav"]'): "the menu's sections are <div> between <ul> and <li>",
    ("listitem", '[data-testid="stSidebarNav"]'): "the same: its <li> stand in a <div>",
    ("color-contrast", '[aria-hidden="true"]'): "labels of disabled choices are pale; WCAG exempts what is disabled",
    ("svg-img-alt", '[data-testid="stMetricChart"]'): "points of a metric's small line; the number stands above it",
}
"""What Streamlit's own frame breaks, by rule and place, with the reason why it is not ours to mend."""
IN_ITS_FRAME = """([targets, place]) => document.querySelector(targets.at(-1))?.closest(place) != null"""


def is_ours(page: Page, rule: str, targets: list[str]) -> bool:
    places = [place for known, place in STREAMLITS_OWN if known == rule]
    return not any(page.evaluate(IN_ITS_FRAME, [targets, place]) for place in places)


@pytest.mark.parametrize("key", [*PAGES, "one customer"])
def test_axe_finds_nothing_grave(app: Served, customer: str, new_page: NewPage, key: str) -> None:
    page = new_page("zh")
    page.goto(app.address("customer", customer=customer) if key == "one customer" else app.address(key))
    settled(page)
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    broken = [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['html'][:160]}"
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if is_ours(page, rule["id"], node["target"])
    ]
    assert broken == []
