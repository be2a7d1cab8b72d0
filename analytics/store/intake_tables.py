"""Imports, their findings and their refused rows."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from analytics.store.connect import stamp


@dataclass(frozen=True, slots=True)
class Intake:
    """One import: a file, or the files of one period. ``n_lines`` is always ``n_accepted`` + ``n_rejected``."""

    intake_id: str
    file_name: str
    file_sha256: str
    mapping_sha256: str
    mapping: str
    n_lines: int
    n_accepted: int
    n_rejected: int
    loaded_at: datetime.datetime
    loaded_by: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of fault or remark in one period: how many rows, the first of them, and its value as the file has it.

    ``example`` is masked where the column is personal; ``column`` is empty where a whole line is at fault.
    """

    period: str | None
    code: str
    column: str
    severity: str
    n_rows: int
    first_line: int | None
    example: str | None


@dataclass(frozen=True, slots=True)
class Reject:
    """One refused row: ``codes`` with blanks between, ``content`` as JSON. Personal data."""

    period: str | None
    file_name: str
    line: int
    codes: str
    content: str


def add(cursor: duckdb.DuckDBPyConnection, intake: Intake, findings: Sequence[Finding]) -> None:
    """Keep an import and what it found."""
    cursor.execute(
        "INSERT INTO intake VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(intake.intake_id, intake.file_name, intake.file_sha256, intake.mapping_sha256, intake.mapping),
            *(intake.n_lines, intake.n_accepted, intake.n_rejected, stamp(), intake.loaded_by),
        ],
    )
    for found in findings:
        cursor.execute(
            "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *(intake.intake_id, found.period, found.code, found.column, found.severity),
                *(found.n_rows, found.first_line, found.example),
            ],
        )


def add_rejects(cursor: duckdb.DuckDBPyConnection, intake_id: str, refused: str, names: Sequence[str]) -> None:
    """Keep the refused rows of a stage; ``names`` are the files by their place."""
    files = ", ".join(["?"] * len(names))
    cursor.execute(
        f"INSERT INTO reject SELECT ?, period, list_extract([{files}], file + 1), line, reasons, content "
        f"FROM {refused} ORDER BY file, line",
        [intake_id, *names],
    )


def find(cursor: duckdb.DuckDBPyConnection, file_sha256: str, mapping_sha256: str) -> list[Intake]:
    """Imports of the same bytes by the same mapping, latest first."""
    rows = cursor.execute(
        "SELECT * FROM intake WHERE file_sha256 = ? AND mapping_sha256 = ? ORDER BY loaded_at DESC",
        [file_sha256, mapping_sha256],
    ).fetchall()
    return [Intake(*row) for row in rows]


def every(cursor: duckdb.DuckDBPyConnection) -> list[Intake]:
    """All imports, latest first."""
    return [Intake(*row) for row in cursor.execute("SELECT * FROM intake ORDER BY loaded_at DESC").fetchall()]


def findings(cursor: duckdb.DuckDBPyConnection, intake_id: str) -> list[Finding]:
    """What an import found, refusals first, the most frequent first."""
    rows = cursor.execute(
        "SELECT * EXCLUDE (intake_id) FROM finding WHERE intake_id = ? "
        "ORDER BY severity, n_rows DESC, code, column_name, period",
        [intake_id],
    ).fetchall()
    return [Finding(*row) for row in rows]


def rejects(cursor: duckdb.DuckDBPyConnection, intake_id: str, limit: int | None = None) -> Iterator[Reject]:
    """The refused rows of an import in the order of the files."""
    cursor.execute(
        "SELECT period, file_name, line, codes, content FROM reject WHERE intake_id = ? ORDER BY file_name, line"
        + ("" if limit is None else f" LIMIT {limit}"),
        [intake_id],
    )
    while batch := cursor.fetchmany(2000):
        yield from (Reject(*row) for row in batch)
