"""Two banks of 12,000 customers, made once: with the planted events and without."""

import pytest

from analytics.demo import make_bank
from analytics.demo.bank import write_bank
from analytics.demo.plan import Plan
from tests.demo.shelf import CUSTOMERS, Bank


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    folder = tmp_path_factory.mktemp("bank")
    return Bank(folder, make_bank(folder, customers=CUSTOMERS))


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    """The same bank, but nothing was planted."""
    folder = tmp_path_factory.mktemp("plain")
    plan = Plan(CUSTOMERS, 8, 20260101, with_events=False)
    return Bank(folder, write_bank(folder, plan, lambda _: None))
