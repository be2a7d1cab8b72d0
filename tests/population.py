"""Small populations of stored facts for tests: rows as plain dictionaries, and the same as a DuckDB table."""

import random
from typing import Any

import duckdb
import pyarrow as pa

from analytics.intake.contract import Column, Contract

ARROW = {"code": pa.int16(), "number": pa.int32(), "money": pa.int64(), "label": pa.string(), "flag": pa.bool_()}


def customers(contract: Contract, n: int, seed: int, edges: tuple[int, ...] = ()) -> list[dict[str, Any]]:
    """``n`` random customers; money likes to stand on, just below and just above ``edges``."""
    draw = random.Random(seed)
    return [
        {"position": place} | {column.name: _value(column, draw, edges) for column in contract.facts}
        for place in range(n)
    ]


def _value(column: Column, draw: random.Random, edges: tuple[int, ...]) -> object:
    if column.name == "kind":
        return draw.choice([1, 1, 1, 2])
    if draw.random() < 0.08:
        return None
    match column.type:
        case "code":
            return draw.randint(1, len(column.codes))
        case "flag":
            return draw.random() < 0.1
        case "label":
            return draw.choice(["110000", "310000", "440000"])
        case "money":
            if edges and draw.random() < 0.5:
                return max(draw.choice(edges) + draw.choice([-1, 0, 1]), column.minimum or -(10**15))
            return int(10 ** draw.uniform(0, 11)) * draw.choice([1, 1, 1, -1 if column.minimum is None else 1])
    least, most = column.minimum or 0, column.maximum or 100
    return draw.choice([least, most, draw.randint(least, min(most, 1000)), draw.randint(least, min(most, 150))])


def table(contract: Contract, rows: list[dict[str, Any]]) -> pa.Table:
    """The rows as the store types them."""
    columns = {"position": pa.array([row["position"] for row in rows], pa.int64())}
    for column in contract.facts:
        columns[column.name] = pa.array([row[column.name] for row in rows], ARROW[column.type])
    return pa.table(columns)


def loaded(contract: Contract, rows: list[dict[str, Any]]) -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB with the rows as table ``facts``."""
    connection = duckdb.connect()
    connection.register("rows_of_test", table(contract, rows))
    connection.execute("CREATE TABLE facts AS SELECT * FROM rows_of_test")
    return connection
