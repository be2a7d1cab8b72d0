"""Labels of the live bench are read whole: where there is little room they take a second line."""

import pytest

from tests.live.conftest import Opened

CUT = """(called) => {
  const hosts = [...document.querySelectorAll(".st-key-live_place *")];
  const root = hosts.find((host) => host.shadowRoot?.querySelector(".bench")).shadowRoot;
  const labels = [...root.querySelectorAll(".dial .name, .gauge .title, .gauge .sub")].filter((one) => one.clientWidth);
  if (called) for (const one of labels) one.textContent = called;
  const cut = labels.filter((one) => one.scrollWidth > one.clientWidth + 1);
  return { many: labels.length, cut: cut.map((one) => one.textContent) };
}"""
"""Labels that are wider than their room, as they are called or as they might be."""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [1440, 820, 500, 420])
def test_no_label_is_cut(open_bench: Opened, language: str, width: int) -> None:
    page = open_bench(language, width).page
    page.locator(".dial .name").first.wait_for()
    long = {"en": "Years of an uninterrupted relationship", "zh": "客户与本公司建立业务关系以来的完整年数"}[language]
    for called in ("", long):
        found = page.evaluate(CUT, called)
        assert found["many"] > 15
        assert found["cut"] == []
