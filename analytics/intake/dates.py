"""Date formats as people write them (``YYYY-MM-DD``), as SQL that reads a text by pattern and then casts it."""

import datetime
import re

from analytics.steps import quote

ISO = "YYYY-MM-DD"
_TOKENS = {"YYYY": r"(\d{4})", "MM": r"(\d{2})", "DD": r"(\d{2})", "M": r"(\d{1,2})", "D": r"(\d{1,2})"}
_SPLIT = re.compile(r"(YYYY|MM|DD|M|D)")
_PERIOD = re.compile(r"(?P<year>\d{4})(?:-?(?:[Qq](?P<quarter>[1-4])|[Hh](?P<half>[12])|(?P<month>\d{2})))?")


def is_format(text: str) -> bool:
    """Whether the format names year, month and day once each, and nothing that looks like another token."""
    parts = _SPLIT.split(text)
    tokens, rest = parts[1::2], "".join(parts[::2])
    return sorted(token[0] for token in tokens) == ["D", "M", "Y"] and not re.search(r"[A-Za-z0-9]", rest)


def clash(formats: tuple[str, ...]) -> tuple[str, str] | None:
    """Two formats that may read one text as different days (``DD/MM/YYYY`` and ``MM/DD/YYYY``), or ``None``."""
    for place, first in enumerate(formats):
        for second in formats[place + 1 :]:
            written = write(datetime.date(2010, 11, 12), first)
            if _order(first) != _order(second) and re.fullmatch(pattern(second), written):
                return first, second
    return None


def write(day: datetime.date, date_format: str) -> str:
    """A date in that format."""
    numbers = {"Y": f"{day.year:04}", "M": f"{day.month:02}", "D": f"{day.day:02}"}
    return _SPLIT.sub(lambda token: numbers[token.group()[0]], date_format)


def pattern(date_format: str) -> str:
    """The regular expression of a format, with a group for each token."""
    parts = _SPLIT.split(date_format)
    return "".join(
        _TOKENS[part] if place % 2 else re.escape(part).replace(r"\-", "-") for place, part in enumerate(parts)
    )


def _order(date_format: str) -> str:
    return "".join(token[0] for token in _SPLIT.findall(date_format))


def matches(text: str, formats: tuple[str, ...]) -> str:
    """SQL: whether the text has the shape of one of the formats."""
    return " OR ".join(f"regexp_full_match({text}, {quote(pattern(each))})" for each in formats)


def value(text: str, formats: tuple[str, ...]) -> str:
    """SQL: the date, ``NULL`` where no format fits or the day does not exist."""
    cases = " ".join(
        f"WHEN regexp_full_match({text}, {quote(pattern(each))}) THEN TRY_CAST({_iso(text, each)} AS DATE)"
        for each in formats
    )
    return f"CASE {cases} END"


def _iso(text: str, date_format: str) -> str:
    if date_format == ISO:
        return text
    order = _order(date_format)
    target = "-".join(f"\\{order.index(letter) + 1}" for letter in "YMD")
    return f"regexp_replace({text}, {quote('^' + pattern(date_format) + '$')}, {quote(target)})"


def period_end(period: str) -> datetime.date | None:
    """The last day of ``2025Q4``, ``2025H1``, ``2025-12``, ``202512`` or ``2025``; ``None`` for other texts.

    >>> period_end("2025Q4")
    datetime.date(2025, 12, 31)
    """
    found = _PERIOD.fullmatch(period)
    if not found:
        return None
    year = int(found["year"])
    month = int(found["month"] or 0) or 3 * int(found["quarter"] or 0) or 6 * int(found["half"] or 0) or 12
    if not 1 <= month <= 12 or not 1 <= year <= 9998 or found["month"] == "00":
        return None
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)


CYCLES = ("month", "quarter", "half_year", "year", "day")


def period_sql(as_of: str, cycle: str) -> str:
    """SQL: the name of the period that an as-of date belongs to."""
    year = f"CAST(year({as_of}) AS VARCHAR)"
    return {
        "day": f"CAST({as_of} AS VARCHAR)",
        "month": f"substr(CAST({as_of} AS VARCHAR), 1, 7)",
        "quarter": f"{year} || 'Q' || quarter({as_of})",
        "half_year": f"{year} || 'H' || ((month({as_of}) + 5) // 6)",
        "year": year,
    }[cycle]


def period_name(as_of: datetime.date, cycle: str) -> str:
    """The name of the period that an as-of date belongs to, as :func:`period_sql` writes it."""
    return {
        "day": as_of.isoformat(),
        "month": as_of.isoformat()[:7],
        "quarter": f"{as_of.year}Q{(as_of.month + 2) // 3}",
        "half_year": f"{as_of.year}H{(as_of.month + 5) // 6}",
        "year": str(as_of.year),
    }[cycle]


def compact_date(text: str) -> datetime.date | None:
    """``2025-12-31`` or ``20251231``; ``None`` for a day that does not exist."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
