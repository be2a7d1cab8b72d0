"""The desk that a file is checked on: a database in memory that nobody else sees, gone when the import ends.

Every row of the file is here once, in file order: good ones with typed values, refused ones with reasons and content.
Lines that are no records (ragged, broken quotes, too long) stand apart in ``ragged``. It spills to the store's
temporary folder where memory is short.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from analytics import clock
from analytics.intake import reasons
from analytics.intake.checks import REGION_YEARS, REGIONS, Check, Window, content_step
from analytics.intake.ids import region_steps
from analytics.intake.reasons import code_of
from analytics.steps import quote
from analytics.store.connect import Store
from analytics.store.failures import from_duckdb
from analytics.store.reading import files, refusals
from analytics.store.reading.running import Advance, run
from analytics.store.reading.sources import Opened

MOST_PERIODS = 400


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one period; both are ``None`` for rows that do not say where they belong."""

    as_of: datetime.date | None
    period: str | None
    n_lines: int
    n_accepted: int

    @property
    def is_known(self) -> bool:
        return self.as_of is not None and self.period is not None


class Stage:
    """Tables of one import: ``staged``, ``ragged``, ``doubled`` and ``refused``, under the name :attr:`name`."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, name: str) -> None:
        self.cursor = cursor
        self.name = name

    def table(self, name: str) -> str:
        return f"{self.name}.{name}"

    def fill(self, opened: Opened, check: Check, window: Window, advance: Advance) -> None:
        """Read and check every row, then look for doubled customers; raises ``INTAKE-003``, ``-007``, ``-008``."""
        for step in region_steps(REGIONS, REGION_YEARS) if check.needs_regions else ():
            self.cursor.execute(f"CREATE TABLE {self.table(step.name)} AS {step.sql}")
        try:
            run(self.cursor, f"CREATE TABLE {self.table('staged')} AS {self._qualified(check.sql)}", advance)
        except duckdb.Error as error:
            raise _unreadable(opened, error) from error
        self._keep_ragged(opened)
        self._refuse_doubled(opened, window)

    def _qualified(self, sql: str) -> str:
        for name in (REGIONS, REGION_YEARS):
            sql = sql.replace(f"FROM {name})", f"FROM {self.table(name)})")
        return sql

    def _keep_ragged(self, opened: Opened) -> None:
        """Lines that are no records, each once: number within its file, reason, and the line itself."""
        ragged = self.table("ragged")
        if not opened.faults:
            self.cursor.execute(f"CREATE TABLE {ragged} (file USMALLINT, line BIGINT, reason INTEGER, content VARCHAR)")
            return
        places = " ".join(f"WHEN {place} THEN {place}" for place in range(len(opened.paths)))
        self.cursor.execute(
            f"""CREATE TABLE {ragged} AS
            SELECT CAST(CASE file_id {places} END AS USMALLINT) AS file, CAST(line AS BIGINT) AS line,
                   min(CASE CAST(error_type AS VARCHAR)
                       WHEN 'MISSING COLUMNS' THEN {reasons.FIELDS} WHEN 'TOO MANY COLUMNS' THEN {reasons.FIELDS}
                       WHEN 'LINE SIZE OVER MAXIMUM' THEN {reasons.LINE_TOO_LONG}
                       WHEN 'INVALID ENCODING' THEN 0 ELSE {reasons.QUOTES} END) AS reason,
                   left(min(csv_line), 10000) AS content
            FROM {opened.faults} GROUP BY ALL"""
        )
        self.cursor.execute(f"DROP TABLE {opened.faults}")
        self.cursor.execute(f"DROP TABLE {opened.faults}_scan")
        if self._one(f"SELECT count(*) FROM {ragged} WHERE reason = 0"):
            raise refusals.wrong_encoding(opened.paths[0].name, "utf-8", "")
        torn = f"SELECT min(line) FROM {ragged} WHERE reason = {reasons.QUOTES} AND contains(content, chr(10))"
        if (line := self._one(torn)) is not None:
            raise refusals.lost_lines(opened.paths[0].name, int(line))

    def _refuse_doubled(self, opened: Opened, window: Window) -> None:
        """Every row of a customer that occurs twice in a period is refused: nobody can say which one is right."""
        staged, doubled = self.table("staged"), self.table("doubled")
        keys = "customer_id" if window.as_of and window.period else "as_of, period, customer_id"
        self.cursor.execute(
            f"CREATE TABLE {doubled} AS SELECT {keys} FROM {staged} WHERE customer_id IS NOT NULL "
            "GROUP BY ALL HAVING count(*) > 1"
        )
        if not self._one(f"SELECT count(*) FROM {doubled}"):
            return
        rows = self.table("doubled_rows")
        self.cursor.execute(
            f"CREATE TABLE {rows} AS SELECT s.rowid AS row FROM {staged} s JOIN {doubled} USING ({keys})"
        )
        content = content_step(opened.source, read=opened.read, rows=rows)
        self.cursor.execute(f"CREATE TABLE {self.table('content')} AS {content.sql}")
        self.cursor.execute(
            f"UPDATE {staged} AS s SET content = c.content, "
            f"reasons = concat_ws(' ', s.reasons, '{code_of(reasons.DOUBLED)}:customer_id') "
            f"FROM {self.table('content')} AS c WHERE c.row = s.rowid"
        )
        if opened.faults:
            self.cursor.execute(f"DROP TABLE {opened.faults}")
            self.cursor.execute(f"DROP TABLE {opened.faults}_scan")

    @property
    def n_ragged(self) -> int:
        return int(self._one(f"SELECT count(*) FROM {self.table('ragged')}") or 0)

    @property
    def n_rows(self) -> int:
        return int(self._one(f"SELECT count(*) FROM {self.table('staged')}") or 0)

    def parts(self) -> list[Part]:
        """The periods of the file, by date; rows that do not say theirs come last. Raises ``INTAKE-011``, ``-012``."""
        rows = self.cursor.execute(
            f"""SELECT CASE WHEN period IS NOT NULL THEN as_of END AS day,
                       CASE WHEN as_of IS NOT NULL THEN period END AS name,
                       count(*), count(*) FILTER (reasons IS NULL)
                FROM {self.table("staged")} GROUP BY ALL ORDER BY day NULLS LAST, name"""
        ).fetchall()
        parts = [Part(*row) for row in rows]
        known = [part.period for part in parts if part.is_known]
        if len(known) > MOST_PERIODS:
            raise refusals.too_many_periods(len(known), MOST_PERIODS)
        for period in known:
            if known.count(period) > 1:
                raise refusals.two_dates(str(period))
        return parts

    def digest(self, digest: str, part: Part, *, alone: bool) -> str:
        """The digest of a period's accepted rows; ``alone`` says that the stage holds no other period."""
        rest = "" if alone else f" AND period = {quote(str(part.period))}"
        return str(self._one(f"SELECT {digest} FROM {self.table('staged')} WHERE reasons IS NULL{rest}"))

    def refuse(self, window: Window, *, header: bool) -> None:
        """Make ``refused``: every refused row and line with its number in the file, its reasons and its content.

        The number counts records, the header as 1; lines that are no records are counted with them.
        """
        staged, ragged, first = self.table("staged"), self.table("ragged"), 2 if header else 1
        whole = window.as_of is not None and window.period is not None
        day = f"DATE '{window.as_of}'" if whole else "CAST(NULL AS DATE)"
        period = quote(str(window.period)) if whole else "CAST(NULL AS VARCHAR)"
        self.cursor.execute(
            f"""CREATE TABLE {self.table("refused")} AS
            WITH begun AS (SELECT file, min(rowid) AS begin FROM {staged} GROUP BY file),
            gaps AS (
                SELECT file, line - {first} - row_number() OVER (PARTITION BY file ORDER BY line) + 1 AS before,
                       row_number() OVER (PARTITION BY file ORDER BY line) AS n_gaps
                FROM {ragged}
            ),
            steps AS (SELECT file, before, max(n_gaps) AS n_gaps FROM gaps GROUP BY ALL),
            bad AS (
                SELECT s.file, s.rowid - begin AS place, as_of, period, reasons, content
                FROM {staged} s JOIN begun USING (file) WHERE reasons IS NOT NULL
            )
            SELECT b.file, CAST(place + {first} + COALESCE(n_gaps, 0) AS BIGINT) AS line,
                   CASE WHEN period IS NOT NULL THEN as_of END AS as_of,
                   CASE WHEN as_of IS NOT NULL THEN period END AS period, reasons, content
            FROM bad b ASOF LEFT JOIN steps g ON b.file = g.file AND b.place >= g.before
            UNION ALL BY NAME
            SELECT file, line, {day} AS as_of, {period} AS period, 'INTAKE-' || reason || ':' AS reasons,
                   CAST(json_object('', content) AS VARCHAR) AS content
            FROM {ragged}"""
        )

    def _one(self, sql: str) -> Any:  # noqa: ANN401 - whatever the statement counts or finds
        row = self.cursor.execute(sql).fetchone()
        return row[0] if row else None


def _unreadable(opened: Opened, error: duckdb.Error) -> Exception:
    known = from_duckdb(error)
    if known.code != "STORE-009":
        return known
    if not opened.faults:
        return refusals.broken_parquet(opened.paths[0].name)
    if not isinstance(error, duckdb.InvalidInputException):
        return known
    name = opened.paths[0].name
    if any(files.has_two_line_ends(path) for path in opened.paths):
        return refusals.two_line_ends(name)
    said = str(error).partition("\n")[0].lower()
    return refusals.lost_lines(name, None) if "quote" in said else refusals.unreadable_lines(name)


@contextmanager
def stage(store: Store) -> Iterator[Stage]:
    """A fresh stage; everything on it is dropped at the end, whatever happens."""
    name = f"intake_{clock.new_id()}"
    with store.workbench() as cursor:
        cursor.execute(f"ATTACH ':memory:' AS {name} (COMPRESS)")
        try:
            yield Stage(cursor, name)
        except duckdb.Error as error:
            raise from_duckdb(error) from error
        finally:
            cursor.execute(f"DETACH {name}")
