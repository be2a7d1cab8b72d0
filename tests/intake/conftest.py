"""A store of one's own, and a mapping that reads the small files."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from analytics.intake.contract import Contract
from analytics.intake.mapping import Mapping, parse_mapping
from analytics.store.connect import Store
from tests.intake.papers import MAPPING, write_rows


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store" / "bank.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def mapping(contract: Contract) -> Mapping:
    """Three columns by the names of the file, amounts in yuan, the end of 2025."""
    return parse_mapping(MAPPING, contract)


@pytest.fixture
def map_with(contract: Contract) -> Callable[[str], Mapping]:
    """The small mapping with more columns, or with other words at its head."""
    return lambda more: parse_mapping(MAPPING + more, contract)


@pytest.fixture
def csv_of(tmp_path: Path) -> Callable[..., Path]:
    """A file of these rows: number, kind and assets unless another header is given."""

    def write(rows: Sequence[Sequence[str]], **options: object) -> Path:
        return write_rows(tmp_path / "customers.csv", rows, **options)  # type: ignore[arg-type]

    return write
