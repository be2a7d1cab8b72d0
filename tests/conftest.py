"""What many tests share: the contract and the house's own standard."""

from pathlib import Path

import pytest

from analytics.intake.contract import Contract, parse_contract
from analytics.standard.model import Standard
from analytics.standard.parse import parse_toml

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
