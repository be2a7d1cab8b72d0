"""Nothing that a person with a screen reader, a keyboard or weak eyes would trip over, by the rules of axe-core."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from pages.ui.links import PAGES
from tests.browser.conftest import NewPage, settled
from tests.browser.served import Served

GRAVE = ("serious", "critical")
STREAMLITS_OWN: dict[tuple[str, str], str] = {}
"""What Streamlit's own frame breaks, by rule and part of the selector, with the reason why it is not ours to mend."""


def ours(rule: str, target: str) -> bool:
    return not any(rule == known and part in target for known, part in STREAMLITS_OWN)


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
        if ours(rule["id"], " ".join(map(str, node["target"])))
    ]
    assert broken == []
