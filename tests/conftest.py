"""What many tests share: the contract and the house's own standard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from analytics.desks.house import House
from analytics.intake.contract import Contract, parse_contract
from analytics.standard.model import Standard
from analytics.standard.parse import parse_toml
from tests.browsers import launched
from tests.houses import build, copied

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def contract() -> Contract:
    """The column contract of the house."""
    return parse_contract((ROOT / "data" / "contract.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def house_rules() -> str:
    """The text of the ``rules.toml`` at the root."""
    return (ROOT / "rules.toml").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def house_standard(house_rules: str, contract: Contract) -> Standard:
    """The standard that ``rules.toml`` states."""
    return parse_toml(house_rules, contract)


@pytest.fixture(scope="session")
def built_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a small house that is built once: never open it, copy it."""
    return build(tmp_path_factory.mktemp("house"))


@pytest.fixture
def house(built_house: Path, tmp_path: Path) -> Iterator[House]:
    """A small house of the test's own: three quarters of 600 customers, classified by the first standard."""
    opened = copied(built_house, tmp_path)
    yield opened
    opened.store.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    with launched() as opened:
        yield opened
