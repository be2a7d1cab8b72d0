"""Chromium, and the live bench's own page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocket

from tests.live.served import served

LOCALES = {"zh": "zh-CN", "en": "en-GB"}


@dataclass
class Visit:
    """A window on the bench, and how many messages it has sent to the server."""

    page: Page
    sent: list[int] = field(default_factory=list)
    seen: str = ""

    def listen(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self.sent.append(len(frame)))

    def verdict(self, state: str) -> None:
        """Wait until it is said so of a state that the server has not been told of before."""
        line = self.page.locator(f'.verdict[data-state="{state}"]:not([data-of="{self.seen}"])')
        line.wait_for()
        self.seen = line.get_attribute("data-of") or ""


Opened = Callable[..., Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for Chromium needs a browser."""
    for item in items:
        if item.path.parent == Path(__file__).parent and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the live bench stands."""
    with served(tmp_path_factory.mktemp("live") / "server.log") as base:
        yield base


@pytest.fixture
def open_bench(browser: Browser, address: str) -> Iterator[Opened]:
    """Open the bench as a visitor: ``open_bench(language="en", width=820, n=500, wrong="yes")``."""
    contexts = []

    def opened(language: str = "en", width: int = 1440, *, touch: bool = False, **query: object) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 1000},
            locale=LOCALES[language],
            reduced_motion="reduce",
            has_touch=touch,
        )
        contexts.append(context)
        page = context.new_page()
        visit = Visit(page)
        page.on("websocket", visit.listen)
        words = "&".join(f"{name}={value}" for name, value in ({"n": 500} | query).items())
        page.goto(f"{address}/?lang={language}&{words}")
        page.locator(".gauges").wait_for()
        page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        return visit

    yield opened
    for context in contexts:
        context.close()
