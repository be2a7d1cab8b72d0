"""Grid -> the SQL that gives every customer a key, in one scan and in the narrow subset that all engines share.

CASE, comparisons, integer arithmetic, and GREATEST on values that are never NULL: that text means the same on
DuckDB, Spark, PostgreSQL and ClickHouse. The kind is switched once, around sums of literals that are multiplied
out already; on DuckDB the whole pass then costs about five bare sums over the same columns.
"""

from analytics.classify.grid import Bands, Grid, Label, Test
from analytics.steps import Step, quote
from analytics.vocabulary import Kind

WIDE = "CAST(0 AS BIGINT)"


def key_steps(grid: Grid, facts: str) -> tuple[Step, ...]:
    """Steps that end in ``keys``: position, key, category, one row a customer, in the order of ``facts``."""
    balances = [f"{_reached(label)} AS v{place}" for place, label in enumerate(grid.labels)]
    unknown = [f"CASE WHEN {label.column} IS NULL THEN 2 ELSE 0 END AS u{place}" for place, label in enumerate(grid.labels)]
    columns = ", ".join(["position", f"{key_value(grid)} AS key", *balances, *unknown])
    return (
        Step("reached", f"SELECT {columns}\nFROM {facts}"),
        Step("largest", f"SELECT *, {_largest(len(grid.labels))} AS g\nFROM reached"),
        Step("keys", f"SELECT position, key, {_category(len(grid.labels))} AS category\nFROM largest"),
    )


def pair_steps(before: Grid, after: Grid, facts: str) -> tuple[Step, ...]:
    """One step, ``keys``: position, key_before, key_after, under two grids in one scan."""
    columns = f"position, {key_value(before)} AS key_before, {key_value(after)} AS key_after"
    return (Step("keys", f"SELECT {columns}\nFROM {facts}"),)


def key_value(grid: Grid) -> str:
    """The key as one SQL expression over the columns of the facts."""
    person, enterprise = (_bands_value(grid, place) for place in range(len(Kind)))
    flags = [_flag(flag.tests, 1 << place) for place, flag in enumerate(grid.flags)]
    bands = f"CASE WHEN kind = {Kind.ENTERPRISE.code} THEN {enterprise} ELSE {person} END"
    return " + ".join([bands, *(flag for flag in flags if flag)])


def _bands_value(grid: Grid, kind: int) -> str:
    """Everything but the condition bits, for one kind."""
    unit = 1 << len(grid.flags)
    terms = []
    for axis in reversed(grid.axes):
        bands = axis.bands[kind]
        if bands:
            terms.append(_band(source_value(axis.source), bands, unit))
        unit *= axis.radix
    return " + ".join([f"{WIDE} + {kind * unit}", *reversed(terms)])


def _band(value: str, bands: Bands, unit: int) -> str:
    """The band of a value, times ``unit``; the place past the last band stands for a missing value."""
    missing = bands.n * unit
    if bands.codes:
        whens = [
            f"WHEN {value} = {code} THEN {place * unit}"
            for place, codes in enumerate(bands.codes)
            for code in codes
        ]
        return f"CASE {' '.join(whens)} ELSE {missing} END"
    whens = [f"WHEN {value} >= {edge} THEN {place * unit}" for place, edge in enumerate(bands.edges, 1)]
    return f"CASE WHEN {value} IS NULL THEN {missing} {' '.join(reversed(whens))} ELSE 0 END"


def source_value(source: tuple[tuple[str, int], ...]) -> str:
    """The value that a dimension measures: a column, or columns times coefficients in percent."""
    if len(source) == 1 and source[0][1] == 100:
        return source[0][0]
    return "(" + " + ".join(f"{coefficient} * {column}" for column, coefficient in source) + ")"


def _flag(by_kind: tuple[tuple[Test, ...] | None, ...], bit: int) -> str:
    """The bit where all tests of the customer's kind are met; an empty text where no kind has any."""
    if len(set(by_kind)) == 1:
        return f"CASE WHEN {predicate(by_kind[0])} THEN {bit} ELSE 0 END" if by_kind[0] else ""
    sides = [
        f"(kind = {kind.code} AND {predicate(tests)})" for kind, tests in zip(Kind, by_kind, strict=True) if tests
    ]
    return f"CASE WHEN {' OR '.join(sides)} THEN {bit} ELSE 0 END"


def predicate(tests: tuple[Test, ...]) -> str:
    """All tests as one condition; a missing value meets none of them, so NULL never decides."""
    return " AND ".join(_test(test) for test in tests)


def _test(test: Test) -> str:
    column = test.column
    if test.missing:
        return f"{column} IS NULL"
    if test.flag is not None:
        return f"{column} = {'TRUE' if test.flag else 'FALSE'}"
    if test.codes is not None:
        words = ", ".join(quote(code) if isinstance(code, str) else str(code) for code in test.codes)
        return f"{column} IN ({words})"
    bounds = [f"{column} >= {test.at_least}"] if test.at_least is not None else []
    bounds += [f"{column} < {test.below}"] if test.below is not None else []
    return " AND ".join(bounds)


def _reached(label: Label) -> str:
    """The balance of a label where it is reached, else -1; never NULL."""
    if len(set(label.at_least)) == 1:
        least = label.at_least[0]
        return "-1" if least is None else f"CASE WHEN {label.column} >= {least} THEN {label.column} ELSE -1 END"
    sides = [
        f"(kind = {kind.code} AND {label.column} >= {least})"
        for kind, least in zip(Kind, label.at_least, strict=True)
        if least is not None
    ]
    return f"CASE WHEN {' OR '.join(sides)} THEN {label.column} ELSE -1 END"


def _largest(n: int) -> str:
    values = ", ".join(f"v{place}" for place in range(n))
    return f"GREATEST({values})" if n > 1 else values or "-1"


def _category(n: int) -> str:
    """Base 3 for each label (0 no, 1 yes, 2 not known), then the place of the primary one from 1, 0 for none.

    The primary category has the largest balance of those that are reached; ties go to the first.
    """
    digits = "0"
    for place in range(n):
        digits = f"({digits} * 3 + CASE WHEN v{place} >= 0 THEN 1 ELSE u{place} END)"
    whens = [f"WHEN v{place} = g THEN {place + 1}" for place in range(n)]
    return f"{digits} * {n + 1} + CASE WHEN g < 0 THEN 0 {' '.join(whens)} ELSE 0 END"
