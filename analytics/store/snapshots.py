"""Write snapshots: immutable facts and profiles by position, and the record of each. Nothing here is ever updated."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import duckdb

from analytics.intake.contract import GREATEST_MONEY, Column, Contract
from analytics.intake.values import sql_type
from analytics.steps import quote
from analytics.store.connect import stamp
from analytics.store.customers import Order


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the customers at one date. ``columns`` are the contract columns that its file filled."""

    snapshot_id: str
    as_of: datetime.date
    period: str
    revision: int
    supersedes: str | None
    currency: str
    contract_version: int
    digest: str
    n_lines: int
    n_accepted: int
    n_rejected: int
    columns: tuple[str, ...]
    created_at: datetime.datetime
    created_by: str
    intake_id: str | None


def facts_table(snapshot_id: str) -> str:
    return f"facts_{snapshot_id}"


def profile_table(snapshot_id: str) -> str:
    """Table of a snapshot's personal columns."""
    return f"profile_{snapshot_id}"


PRIMES = (2**31 - 1, 2**31 - 19)
ABSENT = GREATEST_MONEY + 1
"""What stands for a missing amount in the digest: no amount is so large."""


def digest_sql(contract: Contract, given: Sequence[str]) -> str:
    """SQL: what a table of rows says, whatever their order: their count, and a sum of numbers of each for two primes.

    A row's number is the md5 of its texts (never 0) times a weighted sum of its numbers, modulo the prime: integers of
    64 bits, so any engine can compute it, at a third of the cost of md5 over all columns written out. One number that
    changes changes the weighted sum by less than the product of the primes, hence at least one of the two sums. It
    finds accidents; the file's SHA-256 is the evidence against intent.
    """
    columns = [column for column in contract.columns if column.name in given]
    texts = [f"COALESCE({column.name}, '')" for column in columns if column.type in ("text", "label")]
    numbers = [_number(column, place) for place, column in enumerate(contract.columns) if column.name in given]
    text = f"CAST('0x' || substr(md5(concat_ws('|', {', '.join(texts)})), 1, 15) AS BIGINT)"
    number = " + ".join(filter(None, numbers))
    rows = [f"({text} % {prime - 1} + 1) * (({number}) % {prime}) % {prime}" for prime in PRIMES]
    return " || ':' || ".join(["count(*)", *(f"CAST(COALESCE(SUM({row}), 0) AS VARCHAR)" for row in rows)])


def _number(column: Column, place: int) -> str:
    """SQL: a column times a weight of its own; the weights keep the sum of a row below 2^63."""
    name, weight = column.name, 101 + 2 * place
    if column.type in ("text", "label"):
        return ""
    if column.type == "money":
        return f"{weight} * COALESCE({name}, {ABSENT})"
    value = f"({name} - DATE '1850-01-01')" if column.type == "date" else name
    return f"{weight * 1_000_003} * COALESCE(CAST({value} AS BIGINT), -1)"


def add(cursor: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> None:
    cursor.execute(
        "INSERT INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(snapshot.snapshot_id, snapshot.as_of, snapshot.period, snapshot.revision, snapshot.supersedes),
            *(snapshot.currency, snapshot.contract_version, snapshot.digest),
            *(snapshot.n_lines, snapshot.n_accepted, snapshot.n_rejected, json.dumps(snapshot.columns)),
            *(stamp(), snapshot.created_by, snapshot.intake_id),
        ],
    )


def write_tables(
    cursor: duckdb.DuckDBPyConnection,
    snapshot_id: str,
    contract: Contract,
    given: Sequence[str],
    *,
    rows: str,
    order: Order,
) -> int:
    """Make the facts and the profile from the accepted ``rows`` of a stage; returns the customers written."""
    tables = {facts_table(snapshot_id): contract.facts, profile_table(snapshot_id): contract.profile}
    for table, columns in tables.items():
        listed = ", ".join(_column(column, given) for column in columns)
        if order is Order.REGISTRY:
            cursor.execute(
                f"CREATE TABLE {table} AS SELECT position, {listed} FROM ({rows}) AS s "
                "JOIN customer AS c ON c.customer_id = s.customer_id ORDER BY position"
            )
        else:
            cursor.execute(f"CREATE TABLE {table} AS SELECT {order.position} AS position, {listed} FROM ({rows}) AS s")
    row = cursor.execute(f"SELECT count(*) FROM {facts_table(snapshot_id)}").fetchone()
    return int(row[0]) if row else 0


def _column(column: Column, given: Sequence[str]) -> str:
    return f"s.{column.name}" if column.name in given else f"CAST(NULL AS {sql_type(column)}) AS {column.name}"


def every(cursor: duckdb.DuckDBPyConnection) -> list[Snapshot]:
    """All snapshots, latest day first; of one period the latest revision first."""
    return _select(cursor, "ORDER BY as_of DESC, period, revision DESC", [])


def of_period(cursor: duckdb.DuckDBPyConnection, period: str) -> list[Snapshot]:
    """The revisions of a period, latest first."""
    return _select(cursor, "WHERE period = ? ORDER BY revision DESC", [period])


def before(cursor: duckdb.DuckDBPyConnection, as_of: datetime.date, currency: str) -> Snapshot | None:
    """The latest snapshot of an earlier date in the same currency."""
    rest = "WHERE as_of < ? AND currency = ? ORDER BY as_of DESC, revision DESC LIMIT 1"
    found = _select(cursor, rest, [as_of, currency])
    return found[0] if found else None


def of_intake(cursor: duckdb.DuckDBPyConnection, intake_id: str) -> list[Snapshot]:
    """The snapshots that an import made, oldest period first."""
    return _select(cursor, "WHERE intake_id = ? ORDER BY as_of, period", [intake_id])


def get(cursor: duckdb.DuckDBPyConnection, snapshot_id: str) -> Snapshot | None:
    found = _select(cursor, "WHERE snapshot_id = ?", [snapshot_id])
    return found[0] if found else None


def _select(cursor: duckdb.DuckDBPyConnection, rest: str, values: list[object]) -> list[Snapshot]:
    rows = cursor.execute(f"SELECT * FROM snapshot {rest}", values).fetchall()
    return [_snapshot(row) for row in rows]


def _snapshot(row: tuple[Any, ...]) -> Snapshot:
    values = dict(zip((field.name for field in fields(Snapshot)), row, strict=True))
    return Snapshot(**values | {"columns": tuple(json.loads(values["columns"]))})


def accepted(staged: str, period: str | None) -> str:
    """SQL: the good rows of a stage, of one period where it holds several."""
    return f"SELECT rowid, * FROM {staged} WHERE reasons IS NULL" + (
        "" if period is None else f" AND period = {quote(period)}"
    )
