"""Rows to Parquet, with fixed settings: the same rows and the same versions give the same bytes."""

import hashlib
import os
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.demo.plan import Bools, Bytes, Ints, Values
from analytics.demo.rows import Rows
from analytics.intake.contract import Column, Contract

ROW_GROUP = 125_000
MONEY = pa.decimal128(18, 2)


class QuarterWriter:
    """Writes to a neighbour of ``path`` that takes its name only when all rows are down."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path = path
        self._part = path.with_name(f".{path.name}.part")
        self._writer = pq.ParquetWriter(
            self._part,
            schema,
            version="2.6",
            compression="zstd",
            compression_level=1,
            store_schema=False,
            store_decimal_as_integer=True,
            use_dictionary=_repeating(schema),
        )

    def write(self, table: pa.Table) -> None:
        self._writer.write_table(table, row_group_size=ROW_GROUP)

    def finish(self) -> None:
        self._writer.close()
        replace_durably(self._part, self.path)

    def __enter__(self) -> "QuarterWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Leaves nothing behind where :meth:`finish` was not reached."""
        self._writer.close()
        self._part.unlink(missing_ok=True)


def replace_durably(part: Path, path: Path) -> None:
    """Flush ``part`` to the disk, then give it the name ``path`` in one step."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)


def write_text(path: Path, text: str) -> None:
    """The whole text or nothing."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    replace_durably(part, path)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def schema_of(contract: Contract) -> pa.Schema:
    """The contract's columns in its order, without those that follow from dates."""
    return pa.schema([pa.field(c.name, _type_of(c)) for c in contract.columns if c.derived_from is None])


def table_of(rows: Rows, schema: pa.Schema, codes: dict[str, tuple[str, ...]]) -> pa.Table:
    return pa.table([_array(rows, field, codes) for field in schema], schema=schema)


def _type_of(column: Column) -> pa.DataType:
    if column.type == "text" and column.name != "name":
        return pa.string()
    types = {"money": MONEY, "number": pa.int32(), "date": pa.date32(), "flag": pa.bool_()}
    return types.get(column.type, pa.dictionary(pa.int32(), pa.string()))


def _array(rows: Rows, field: pa.Field, codes: dict[str, tuple[str, ...]]) -> pa.Array:
    values, empty = rows.values[field.name], rows.missing.get(field.name)
    if field.type == MONEY:
        return _decimals(values, empty)
    if field.type == pa.string():
        return _strings(values, rows.values.get(f"{field.name}_length"), empty)
    if pa.types.is_dictionary(field.type):
        places = pa.array(values.astype(np.int32), mask=empty)
        return pa.DictionaryArray.from_arrays(places, pa.array(codes[field.name]))
    if field.type == pa.date32():
        return pa.array(values.astype(np.int64).astype(np.int32), mask=empty).cast(pa.date32())
    return pa.array(values.astype(field.type.to_pandas_dtype()), mask=empty)


def _decimals(fen: Ints, empty: Bools | None) -> pa.Array:
    """Hundredths as 128-bit integers: the low word, then the sign."""
    words = np.stack([fen, fen >> 63], axis=1)
    return pa.Array.from_buffers(MONEY, len(fen), [_validity(empty), pa.py_buffer(words)])


def _strings(characters: Bytes, lengths: Values | None, empty: Bools | None) -> pa.Array:
    """Rows of ASCII characters; without ``lengths`` all are in use."""
    size, width = characters.shape
    used = np.full(size, width) if lengths is None else lengths
    data = characters if lengths is None else characters[np.arange(width) < used[:, None]]
    offsets = np.concatenate([[0], np.cumsum(used)]).astype(np.int32)
    data = np.ascontiguousarray(data)
    return pa.Array.from_buffers(pa.string(), size, [_validity(empty), pa.py_buffer(offsets), pa.py_buffer(data)])


def _validity(empty: Bools | None) -> pa.Buffer | None:
    return None if empty is None else pa.py_buffer(np.packbits(~empty, bitorder="little"))


def _repeating(schema: pa.Schema) -> list[str]:
    """Columns that are worth a dictionary in the file."""
    return [field.name for field in schema if pa.types.is_dictionary(field.type) or field.type == pa.date32()]
