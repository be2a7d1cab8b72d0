"""Open a batch of files for reading: what columns it has, and the SQL that reads every row as text."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from analytics.intake.checks import Source
from analytics.intake.mapping import Mapping
from analytics.steps import quote
from analytics.store.failures import from_duckdb
from analytics.store.reading import files, refusals
from analytics.store.reading.running import Advance

WORKSPACE = ".intake"
"""Suffix of the folder beside the store where files are decoded to; swept when the next import begins."""


@dataclass(frozen=True, slots=True)
class Opened:
    """``read`` stands behind FROM. ``faults`` is the table that takes lines which are no records ("" for Parquet);
    ``paths`` are the files as they are read, decoded ones in place of the originals."""

    source: Source
    read: str
    faults: str
    paths: tuple[Path, ...]


def open_source(
    cursor: duckdb.DuckDBPyConnection, batch: files.Batch, mapping: Mapping, workspace: Path, advance: Advance
) -> Opened:
    """Look at the files and plan how to read them; raises ``INTAKE-002`` to ``-007`` and ``-015``."""
    for path in batch.paths:
        if path.stat().st_size == 0:
            raise refusals.empty_file(path.name)
    if mapping.file.format == "parquet":
        return _open_parquet(cursor, batch.paths, mapping)
    headers, decoded = [], []
    for path in batch.paths:
        encoding = files.encoding_of(path, mapping.file.encoding)
        headers.append(files.header_of(path, encoding, mapping))
        if headers[-1] != headers[0]:
            raise refusals.other_header(path.name, batch.paths[0].name)
        decoded.append(path if encoding == "utf-8" else _decode(path, encoding, workspace, advance))
    return _open_text(tuple(decoded), headers[0], mapping)


def sweep(workspace: Path) -> None:
    """Remove what an import that was killed has left: decoded files hold customers' data."""
    if workspace.is_dir():
        for left in workspace.iterdir():
            left.unlink(missing_ok=True)
        workspace.rmdir()


def _decode(path: Path, encoding: str, workspace: Path, advance: Advance) -> Path:
    workspace.mkdir(mode=0o700, exist_ok=True)
    target = workspace / f"{len(os.listdir(workspace))}.csv"
    try:
        files.to_utf8(path, target, encoding, advance)
    except OSError as error:
        raise from_duckdb(duckdb.IOException(error.strerror or "")) from error
    return target


def _open_text(paths: tuple[Path, ...], header: tuple[str, ...], mapping: Mapping) -> Opened:
    columns = tuple(f"c{place}" for place in range(len(header)))
    faults = "intake_line_faults"
    types = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
    options = {
        "auto_detect": "false",
        "header": str(mapping.file.header).lower(),
        "delim": quote(mapping.file.delimiter),
        "quote": quote(mapping.file.quote),
        "escape": quote(mapping.file.quote),
        "columns": f"{{{types}}}",
        "store_rejects": "true",
        "rejects_table": quote(faults),
        "rejects_scan": quote(f"{faults}_scan"),
    }
    told = ", ".join(f"{name} = {value}" for name, value in options.items())
    read = f"(SELECT {', '.join(columns)}, {_file_index(paths)} AS file FROM read_csv({_listed(paths)}, {told}))"
    source = Source(header, columns, ("VARCHAR",) * len(header), columns)
    return Opened(source, read, faults, paths)


def _open_parquet(cursor: duckdb.DuckDBPyConnection, paths: tuple[Path, ...], mapping: Mapping) -> Opened:
    shapes = [_shape(cursor, path) for path in paths]
    for path, shape in zip(paths, shapes, strict=True):
        if shape != shapes[0]:
            raise refusals.other_header(path.name, paths[0].name)
    names = tuple(name for name, _ in shapes[0])
    if missing := [name for name in mapping.sources if name not in names]:
        raise refusals.missing_columns(paths[0].name, missing, names)
    columns = tuple(f"c{place}" for place in range(len(names)))
    picked = ", ".join(f"{_identifier(name)} AS {column}" for name, column in zip(names, columns, strict=True))
    read = f"(SELECT {picked}, {_file_index(paths)} AS file FROM read_parquet({_listed(paths)}))"
    types = tuple(kind for _, kind in shapes[0])
    texts = tuple(_text(column, kind) for column, kind in zip(columns, types, strict=True))
    return Opened(Source(names, texts, types, columns), read, "", paths)


def _shape(cursor: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[str, str]]:
    try:
        described = cursor.execute(f"DESCRIBE SELECT * FROM read_parquet({_listed((path,))})").fetchall()
    except duckdb.Error as error:
        raise refusals.broken_parquet(path.name) from error
    return [(row[0], row[1]) for row in described]


def _text(column: str, kind: str) -> str:
    """SQL: a typed column as the text a bank would write: no exponents, no time of midnight."""
    if kind == "VARCHAR":
        return column
    if kind in ("DOUBLE", "FLOAT"):
        exact = f"CAST(TRY_CAST({column} AS DECIMAL(38, 10)) AS VARCHAR)"
        plain = f"COALESCE(rtrim(rtrim({exact}, '0'), '.'), CAST({column} AS VARCHAR))"
        return f"CASE WHEN isfinite({column}) THEN {plain} ELSE CAST({column} AS VARCHAR) END"
    if kind.startswith("TIMESTAMP"):
        day = f"CAST({column} AS DATE)"
        return f"CASE WHEN {column} = {day} THEN CAST({day} AS VARCHAR) ELSE CAST({column} AS VARCHAR) END"
    return f"CAST({column} AS VARCHAR)"


def _file_index(paths: tuple[Path, ...]) -> str:
    return "0::USMALLINT" if len(paths) == 1 else "file_index::USMALLINT"


def _listed(paths: tuple[Path, ...]) -> str:
    """SQL: the list of files, with nothing in their names taken as a wildcard."""
    return "[" + ", ".join(quote(re.sub(r"[*?\[]", r"[\g<0>]", str(path))) for path in paths) + "]"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
