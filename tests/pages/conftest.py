"""A tiny real house for the pages: a bank of a few hundred customers, imported and classified by the desks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.desks import publishing
from analytics.desks.house import House, open_house
from analytics.desks.setup import setup
from analytics.settings import load_settings
from pages.ui import cached

ROOT = Path(__file__).resolve().parents[2]
OPEN = Callable[..., AppTest]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that the settings point at: store, demo bank, rules."""
    folder = tmp_path_factory.mktemp("house")
    copyfile(ROOT / "rules.toml", folder / "rules.toml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIERDESK_STORE", str(folder / "store.duckdb"))
        patch.setenv("TIERDESK_DEMO", str(folder / "demo"))
        patch.setenv("TIERDESK_RULES", str(folder / "rules.toml"))
        patch.setenv("TIERDESK_DEMO_CUSTOMERS", "400")
        patch.setenv("TIERDESK_DEMO_QUARTERS", "3")
        patch.setenv("TIERDESK_TODAY", "2026-01-15")
        yield folder


@pytest.fixture(scope="module")
def bank(place: Path) -> Iterator[House]:
    """The open house with three classified quarters; pages open the same store."""
    house = open_house(load_settings())
    setup(house, lambda text: None)
    with _opened_by_pages(house):
        yield house
    house.store.close()


@pytest.fixture(scope="module")
def empty_bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with a founded standard and no customers."""
    folder = tmp_path_factory.mktemp("empty")
    copyfile(ROOT / "rules.toml", folder / "rules.toml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIERDESK_STORE", str(folder / "store.duckdb"))
        patch.setenv("TIERDESK_DEMO", str(folder / "demo"))
        patch.setenv("TIERDESK_RULES", str(folder / "rules.toml"))
        house = open_house(load_settings())
        publishing.found(house, (folder / "rules.toml").read_text(encoding="utf-8"), "setup")
        with _opened_by_pages(house):
            yield house
        house.store.close()


@contextmanager
def _opened_by_pages(house: House) -> Iterator[None]:
    """Let the pages work in this very house: a store is open once in a process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cached, "open_house", lambda settings: house)
        st.cache_resource.clear()
        yield
        st.cache_resource.clear()


@pytest.fixture
def visit() -> OPEN:
    """Open a page as a visitor does: ``visit("customer", language="en", customer="C1")``."""

    def opened(page: str = "overview", *, language: str = "en", **query: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.context = {"locale": {"zh": "zh-CN", "en": "en-GB"}[language], "timezone": "Asia/Shanghai"}
        for name, value in query.items():
            app.query_params[name] = value
        app.run()
        if page != "overview":
            app.switch_page(f"pages/{page}.py")
            for name, value in query.items():
                app.query_params[name] = value
            app.run()
        return app

    return opened


def words_of(app: AppTest) -> str:
    """Everything that the page says, as one text."""
    kinds = (app.title, app.markdown, app.caption, app.error, app.warning, app.success, app.info)
    said = [element.value for kind in kinds for element in kind]
    said += [f"{metric.label} {metric.value} {metric.delta}" for metric in app.metric]
    said += [badge.proto.body for badge in app.get("badge") if hasattr(badge.proto, "body")]
    return "\n".join(map(str, said))
