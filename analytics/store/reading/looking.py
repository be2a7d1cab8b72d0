"""A first look at a file: how it is written, its first rows, and what a mapping makes of them. Keeps nothing."""

import csv
import io
import tempfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb

from analytics.intake import checks, ids
from analytics.intake.contract import Contract
from analytics.intake.mapping import FileFormat, Mapping
from analytics.store.failures import from_duckdb
from analytics.store.reading import files, refusals, sources
from analytics.store.reading.running import quietly

DELIMITERS = (",", "\t", ";", "|", "\x01")


@dataclass(frozen=True, slots=True)
class Look:
    """``rows`` hold texts, ``None`` for empty fields. ``encoding`` and ``delimiter`` are guesses."""

    format: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def look(path: Path, n: int) -> Look:
    """The first ``n`` rows of a file; raises ``INTAKE-001`` to ``-003``, ``-007`` and ``-016``."""
    if not path.is_file():
        raise refusals.not_found(path.name)
    if path.stat().st_size == 0:
        raise refusals.empty_file(path.name)
    with path.open("rb") as file:
        is_parquet = file.read(4) == b"PAR1" or path.suffix.lower() in files.SUFFIXES["parquet"]
    return _look_at_parquet(path, n) if is_parquet else _look_at_text(path, n)


def _look_at_parquet(path: Path, n: int) -> Look:
    mapping = Mapping.model_validate({"file": FileFormat(format="parquet"), "column": {}})
    with duckdb.connect() as connection:
        opened = sources.open_source(
            connection, files.Batch((path,), checks.Window(None, None)), mapping, path.parent, quietly
        )
        texts = ", ".join(opened.source.texts)
        try:
            rows = connection.execute(f"SELECT {texts} FROM {opened.read} LIMIT {int(n)}").fetchall()
        except duckdb.Error as error:
            raise refusals.broken_parquet(path.name) from error
    return Look("parquet", "utf-8", ",", opened.source.header, tuple(rows))


def _look_at_text(path: Path, n: int) -> Look:
    encoding = files.encoding_of(path, "auto")
    text = files.beginning(path, encoding)
    if not text.strip():
        raise refusals.empty_file(path.name)
    delimiter = max(DELIMITERS, key=lambda each: len(files.first_record(text, each, '"')))
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        found = list(islice((record for record in records if record), n + 1))
    except csv.Error as error:
        raise refusals.unreadable_lines(path.name) from error
    header = tuple(field.strip() for field in found[0])
    rows = tuple(tuple(field or None for field in record) for record in found[1:])
    return Look("csv", encoding, delimiter, header, rows)


def trial(path: Path, contract: Contract, mapping: Mapping, n: int) -> list[dict[str, object]]:
    """The first ``n`` rows as a mapping reads them; broken lines are left out."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        batch = files.batches(path, mapping)[0]
        first = batch.paths[0]
        if mapping.file.format == "csv":
            encoding = files.encoding_of(first, mapping.file.encoding)
            first = Path(folder) / first.name
            first.write_text(files.beginning(batch.paths[0], encoding), encoding="utf-8", newline="")
            mapping = mapping.model_copy(update={"file": mapping.file.model_copy(update={"encoding": "utf-8"})})
        batch = files.Batch((first,), batch.window)
        opened = sources.open_source(connection, batch, mapping, Path(folder), quietly)
        check = checks.check(
            contract,
            mapping,
            opened.source,
            batch.window,
            read=f"(SELECT * FROM {opened.read} LIMIT {int(n)})",
        )
        for step in ids.region_steps(checks.REGIONS, checks.REGION_YEARS) if check.needs_regions else ():
            connection.execute(f"CREATE TABLE {step.name} AS {step.sql}")
        try:
            cursor = connection.execute(check.sql)
        except duckdb.Error as error:
            raise from_duckdb(error) from error
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
