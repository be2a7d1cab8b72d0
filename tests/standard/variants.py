"""The house's standard with a few places said anew."""

from typing import Any

from analytics.intake.contract import Contract
from analytics.standard.change import Override, apply
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml, validate


def variant(house_rules: str, contract: Contract, changes: dict[str, Any]) -> Standard:
    """The standard with the values at these paths; raises where the model refuses it."""
    return validate(variant_data(house_rules, changes), contract)


def variant_data(house_rules: str, changes: dict[str, Any]) -> dict[str, Any]:
    return apply(read_toml(house_rules), [Override(path, value) for path, value in changes.items()])
