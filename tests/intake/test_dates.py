"""Dates as people write them, and the periods they belong to."""

import datetime

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.intake import dates

DAYS = st.dates(datetime.date(1850, 1, 1), datetime.date(2150, 12, 31))
FORMATS = ("YYYY-MM-DD", "YYYYMMDD", "D.M.YYYY", "MM/DD/YYYY", "YYYY年M月D日")


def read(texts: list[str], *formats: str) -> list[datetime.date | None]:
    rows = duckdb.execute(f"SELECT {dates.value('x', formats)} FROM (SELECT unnest($x) AS x)", {"x": texts}).fetchall()
    return [row[0] for row in rows]


@given(st.lists(DAYS, min_size=1, max_size=20), st.sampled_from(FORMATS))
@settings(max_examples=30, deadline=None)
def test_what_is_written_in_a_format_is_read_back(days: list[datetime.date], date_format: str) -> None:
    assert days == read([dates.write(day, date_format) for day in days], date_format)


def test_three_formats_in_one_column_are_each_read_by_their_pattern() -> None:
    texts = ["2025-01-31", "31.1.2025", "20250131", "2025-02-30", "31/01/2025", "", "2025-1-31"]

    day = datetime.date(2025, 1, 31)

    assert [day, day, day, None, None, None, None] == read(texts, "YYYY-MM-DD", "D.M.YYYY", "YYYYMMDD")


@pytest.mark.parametrize(
    ("formats", "clash"),
    [
        (("DD/MM/YYYY", "MM/DD/YYYY"), ("DD/MM/YYYY", "MM/DD/YYYY")),
        (("YYYYMMDD", "DDMMYYYY"), ("YYYYMMDD", "DDMMYYYY")),
        (("YYYY-MM-DD", "D.M.YYYY", "YYYYMMDD"), None),
    ],
)
def test_formats_that_contradict_each_other_are_noticed(
    formats: tuple[str, ...], clash: tuple[str, str] | None
) -> None:
    assert clash == dates.clash(formats)


@pytest.mark.parametrize(
    ("period", "end"),
    [
        ("2025Q4", "2025-12-31"),
        ("2024-Q1", "2024-03-31"),
        ("2025H1", "2025-06-30"),
        ("202402", "2024-02-29"),
        ("2025-11", "2025-11-30"),
        ("2025", "2025-12-31"),
        ("2025Q5", None),
        ("202513", None),
        ("202500", None),
        ("autumn", None),
    ],
)
def test_a_period_ends_on_its_last_day(period: str, end: str | None) -> None:
    assert (datetime.date.fromisoformat(end) if end else None) == dates.period_end(period)


@given(DAYS, st.sampled_from(dates.CYCLES))
@settings(max_examples=40, deadline=None)
def test_sql_and_python_name_the_same_period(day: datetime.date, cycle: str) -> None:
    row = duckdb.execute(f"SELECT {dates.period_sql('d', cycle)} FROM (SELECT $d::DATE AS d)", {"d": day}).fetchone()

    assert (dates.period_name(day, cycle),) == row
