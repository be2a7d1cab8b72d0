"""The one Chromium of a test process: two Playwright sessions cannot live in one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def launched() -> Iterator[Browser]:
    """The Chromium that ``CHROMIUM`` names, else the system's, else Playwright's own; skips where none can be had."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, PROGRAMS)]
    with sync_playwright() as playwright:
        opened, why = None, ""
        for executable in [*filter(None, found), None]:
            try:
                opened = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
                break
            except Error as error:
                why = error.message.splitlines()[0]
        if opened is None:
            pytest.skip(f"no browser can be had (tools/browser.sh gets one): {why}")
        yield opened
        opened.close()
