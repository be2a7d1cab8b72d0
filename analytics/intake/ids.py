"""Check of Chinese identity numbers: GB 11643 (resident ids) and GB 32100 (company codes).

python-stdnum brings the table of regions and their years, and decides where it is right. Ours on top: 15 digits are
an old number with a reason of its own; the residence permits of Hong Kong, Macao and Taiwan (81, 82, 830000) hold for
every year of birth; a region's years are compared only for births from :data:`FIRST_YEAR` on, for those born
earlier were registered long after. A company code's faults only warn: genuine codes of the pilot years break the rule.

Each check is written twice, in Python and as SQL for ten million rows; a test holds them together.
"""

import datetime
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from stdnum import numdb

from analytics.intake import reasons
from analytics.steps import Step

FIRST_YEAR = 1949
LAST_YEAR = 2100
PERMIT_REGIONS = (810000, 820000, 830000)
RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
RESIDENT_CHECKS = "10X98765432"
COMPANY_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
COMPANY_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_COMPANY_FORM = f"[{COMPANY_ALPHABET}]{{2}}[0-9]{{6}}[{COMPANY_ALPHABET}]{{10}}"
_ALWAYS = (0, 9999)

Span = tuple[int, int]
"""First and last year in which a region's code was in use."""


def normalise(number: str) -> str:
    """Without blanks around it, letters as capitals."""
    return number.strip().upper()


def resident_fault(number: str, as_of: datetime.date) -> int | None:
    """The reason why a resident id is refused, see :mod:`analytics.intake.reasons`; ``None`` for a right one.

    >>> resident_fault("11010519491231002x", datetime.date(2025, 12, 31)) is None
    True
    """
    text = normalise(number)
    if re.fullmatch(r"[0-9]{15}", text):
        return reasons.ID_OLD
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        return reasons.ID_FORM
    total = sum(weight * int(digit) for weight, digit in zip(RESIDENT_WEIGHTS, text, strict=False))
    if RESIDENT_CHECKS[total % 11] != text[17]:
        return reasons.ID_CHECK
    try:
        birth = datetime.date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return reasons.ID_DATE
    if birth > as_of:
        return reasons.ID_FUTURE
    return _region_fault(int(text[:6]), birth.year)


def _region_fault(code: int, year: int) -> int | None:
    spans = regions().get(code)
    if spans is None:
        return reasons.ID_REGION
    if year < FIRST_YEAR or any(since <= year <= until for since, until in spans):
        return None
    return reasons.ID_REGION_YEAR


def company_fault(number: str) -> int | None:
    """What is odd about a unified social credit code; ``None`` for a right one.

    >>> company_fault("91110000600037341L") is None
    True
    """
    text = normalise(number)
    if not re.fullmatch(_COMPANY_FORM, text):
        return reasons.COMPANY_FORM
    total = sum(weight * COMPANY_ALPHABET.index(letter) for weight, letter in zip(COMPANY_WEIGHTS, text, strict=False))
    return None if COMPANY_ALPHABET[-total % 31] == text[17] else reasons.COMPANY_CHECK


@cache
def regions() -> dict[int, tuple[Span, ...]]:
    """Every region code that a resident id may begin with, and the years it was in use; at most two spans each."""
    found = {code: _merged(spans) for code, spans in _listed()}
    return found | dict.fromkeys(PERMIT_REGIONS, (_ALWAYS,))


def _listed() -> Iterator[tuple[int, list[Span]]]:
    for _, province, _, _, counties in _entries(numdb.get("cn/loc").prefixes):
        for _, low, _, names, _ in _entries(counties):
            yield int(province + low), [_span(county) for county in names["county"].split(",")]


def _entries(prefixes: Any) -> list[tuple[int, str, str, dict[str, str], Any]]:  # noqa: ANN401 - stdnum's own nest
    return list(prefixes)


def _span(county: str) -> Span:
    years = re.match(r"\[(\d*)-(\d*)\]", county)
    return (int(years[1] or 0), int(years[2] or 9999)) if years else _ALWAYS


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for since, until in sorted(spans):
        if merged and since <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(until, merged[-1][1]))
        else:
            merged.append((since, until))
    return tuple(merged)


def region_steps(code_table: str, year_table: str) -> tuple[Step, Step]:
    """Two tables: every region's ``code``, and every ``code`` * 10000 + year of birth that it may stand beside."""
    spans = [(code, *span) for code, spans in regions().items() for span in spans]
    columns = {
        "code": [code for code, _, _ in spans],
        "since": [max(since, FIRST_YEAR) for _, since, _ in spans],
        "until": [min(until, LAST_YEAR) for _, _, until in spans],
    }
    unrolled = ", ".join(
        f"CAST(unnest(string_split('{' '.join(map(str, values))}', ' ')) AS BIGINT) AS {name}"
        for name, values in columns.items()
    )
    years = f"SELECT code * 10000 + unnest(range(since, until + 1)) AS code_year FROM (SELECT {unrolled})"
    return Step(code_table, f"SELECT DISTINCT code FROM (SELECT {unrolled})"), Step(year_table, years)


def body_sql(text: str) -> str:
    """SQL: the first seventeen digits of a well-formed resident id as a BIGINT, else ``NULL``."""
    form = f"regexp_full_match({text}, '[0-9]{{17}}[0-9X]')"
    return f"CASE WHEN {form} THEN CAST(substr({text}, 1, 17) AS BIGINT) END"


def place_sql(body: str) -> tuple[str, str]:
    """SQL: the region's code of a resident id, and code * 10000 + year of birth, to be looked up in the two tables."""
    code = f"{body} // 100000000000"
    return code, f"{code} * 10000 + {body} // 10000000 % 10000"


def resident_sql(text: str, body: str, as_of: str, *, known: str, in_use: str) -> str:
    """SQL: the reason as a number, 0 for a right id.

    ``body`` comes from :func:`body_sql` in an earlier step, ``as_of`` is the date as YYYYMMDD, ``known`` and ``in_use``
    are columns that say whether :func:`place_sql` was found in the tables of :func:`region_steps`.
    """
    year, month, day = (f"({body} // {10**power} % {size})" for power, size in ((7, 10000), (5, 100), (3, 100)))
    leap = f"{year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0)"
    last = f"CASE WHEN {month} IN (4, 6, 9, 11) THEN 30 WHEN {month} <> 2 THEN 31 WHEN {leap} THEN 29 ELSE 28 END"
    return f"""CASE
        WHEN {body} IS NULL THEN
            CASE WHEN regexp_full_match({text}, '[0-9]{{15}}') THEN {reasons.ID_OLD} ELSE {reasons.ID_FORM} END
        WHEN substr('{RESIDENT_CHECKS}', CAST({_resident_sum(body)} AS INTEGER) + 1, 1) <> substr({text}, 18, 1)
            THEN {reasons.ID_CHECK}
        WHEN {year} < 1 OR {month} NOT BETWEEN 1 AND 12 OR {day} < 1 OR {day} > {last} THEN {reasons.ID_DATE}
        WHEN {body} // 1000 % 100000000 > {as_of} THEN {reasons.ID_FUTURE}
        WHEN {known} IS NOT TRUE THEN {reasons.ID_REGION}
        WHEN {year} < {FIRST_YEAR} OR {in_use} THEN 0
        ELSE {reasons.ID_REGION_YEAR} END"""


def _resident_sum(body: str) -> str:
    """SQL: the weighted sum of the digits modulo 11.

    The digit at power k is q(k) - 10 q(k + 1) with q(k) = body // 10^k, so the sum over the digits is a sum over the
    quotients with weights w(k) - 10 w(k - 1): half the divisions.
    """
    weights = (*reversed(RESIDENT_WEIGHTS), 0)
    parts = [f"{(weights[k] - 10 * (weights[k - 1] if k else 0)) % 11} * ({body} // {10**k})" for k in range(17)]
    return f"(({' + '.join(parts)}) % 11)"


def company_sql(text: str) -> str:
    """SQL: what is odd about a company code, as a number; 0 for a right one."""
    places = " + ".join(
        f"{weight} * (instr('{COMPANY_ALPHABET}', substr({text}, {place}, 1)) - 1)"
        for place, weight in enumerate(COMPANY_WEIGHTS, 1)
    )
    check = f"substr('{COMPANY_ALPHABET}', CAST((31 - ({places}) % 31) % 31 AS INTEGER) + 1, 1)"
    return f"""CASE
        WHEN NOT regexp_full_match({text}, '{_COMPANY_FORM}') THEN {reasons.COMPANY_FORM}
        WHEN {check} <> substr({text}, 18, 1) THEN {reasons.COMPANY_CHECK}
        ELSE 0 END"""
