"""The digest of a snapshot's rows: whatever changes in one cell changes it, and nothing else does."""

import datetime
from collections.abc import Sequence

import duckdb
import pytest

from analytics.intake.contract import GREATEST_MONEY, Column, Contract
from analytics.intake.values import sql_type
from analytics.store.snapshots import PRIMES, digest_sql

VALUES: dict[str, list[object]] = {
    "text": ["a", "b", "a|", None],
    "label": ["a", "b", "a|", None],
    "code": [1, 2, 3, None],
    "number": [7, 8, 0, None],
    "date": [datetime.date(1990, 1, 1), datetime.date(1990, 1, 2), datetime.date(1850, 1, 1), None],
    "flag": [True, False, None],
    "money": [
        *(5 + prime * times for prime in PRIMES for times in (1, -1, 2)),
        *(5, 6, 0, -GREATEST_MONEY, GREATEST_MONEY, 1_073_741_789, None),
    ],
}
"""Values of a cell that differ, among them those that differ by the primes of the digest."""


def digest(contract: Contract, rows: Sequence[dict[str, object]]) -> str:
    """The digest of rows of the contract, in the types of the store."""
    with duckdb.connect() as connection:
        columns = ", ".join(f"{column.name} {sql_type(column)}" for column in contract.columns)
        connection.execute(f"CREATE TABLE rows ({columns})")
        marks = ", ".join("?" * len(contract.columns))
        connection.executemany(f"INSERT INTO rows VALUES ({marks})", [list(row.values()) for row in rows])
        (found,) = connection.execute(f"SELECT {digest_sql(contract, list(rows[0]))} FROM rows").fetchall()
    return str(found[0])


def row_of(contract: Contract, place: int) -> dict[str, object]:
    return {column.name: VALUES[column.type][place] for column in contract.columns}


def test_a_cell_that_changes_changes_the_digest(contract: Contract) -> None:
    def digests(column: Column) -> set[str]:
        return {
            digest(contract, [row_of(contract, 0) | {column.name: value}, row_of(contract, 1)])
            for value in VALUES[column.type]
        }

    found = {column.name: len(digests(column)) for column in contract.columns}

    assert found == {column.name: len(VALUES[column.type]) for column in contract.columns}


def test_the_order_of_rows_says_nothing(contract: Contract) -> None:
    rows = [row_of(contract, place) for place in (0, 1, 2)]

    assert digest(contract, rows) == digest(contract, rows[::-1])


@pytest.mark.parametrize("sign", [1, -1])
def test_the_largest_amounts_fit_into_64_bits(sign: int, contract: Contract) -> None:
    largest = {column.name: sign * GREATEST_MONEY for column in contract.columns if column.is_money}
    numbers = {column.name: column.maximum for column in contract.columns if column.type == "number"}

    assert digest(contract, [row_of(contract, 0) | numbers | largest]).startswith("1:")
