"""Grid -> the SQL that gives every customer a key, in one scan and in the narrow subset that all engines share.

CASE, comparisons, integer arithmetic, and GREATEST on values that are never NULL: that text means the same on
DuckDB, Spark, PostgreSQL and ClickHouse. The kind is switched once, around sums of literals that are multiplied
out already; on DuckDB the whole pass then costs about five bare sums over the same columns.
"""

from analytics.classify.grid import Grid, Label, Slots, Test
from analytics.steps import Step, quote
from analytics.vocabulary import Kind


def key_steps(grid: Grid, facts: str) -> tuple[Step, ...]:
    """Steps that end in ``keys``: position, key, category, one row a customer, in the order of ``facts``."""
    balances = [f"{_reached(label)} AS v{place}" for place, label in enumerate(grid.labels)]
    columns = ", ".join(["position", f"{key_value(grid)} AS key", *balances])
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
    person, enterprise = (_key_of_kind(grid, kind) for kind in range(len(Kind)))
    return f"CASE WHEN kind = {Kind.ENTERPRISE.code} THEN {enterprise} ELSE {person} END"


def _key_of_kind(grid: Grid, kind: int) -> str:
    free = grid.free(kind)
    unit = 1 << len(free)
    terms = [
        f"CASE WHEN {predicate(grid.flags[place].tests[kind] or ())} THEN {unit >> (at + 1)} ELSE 0 END"
        for at, place in enumerate(free)
    ]
    for axis in reversed(grid.axes):
        slots = axis.slots[kind]
        if slots:
            terms.append(_slot(source_value(axis.source), slots, unit))
            unit *= slots.radix
    return " + ".join([f"CAST({grid.offset(kind)} AS BIGINT)", *reversed(terms)])


def _slot(value: str, slots: Slots, unit: int) -> str:
    """The slot of a value, times ``unit``."""
    missing = (slots.radix - 1) * unit
    if slots.codes:
        whens = [f"WHEN {value} = {code} THEN {at * unit}" for at, codes in enumerate(slots.codes) for code in codes]
        return f"CASE {' '.join(whens)} ELSE {missing} END"
    whens = [f"WHEN {value} >= {cut} THEN {at * unit}" for at, cut in enumerate(slots.cuts, 1)]
    return f"CASE WHEN {value} IS NULL THEN {missing} {' '.join(reversed(whens))} ELSE 0 END"


def source_value(source: tuple[tuple[str, int], ...]) -> str:
    """The value that a dimension measures: a column, or columns times coefficients in percent."""
    if len(source) == 1 and source[0][1] == 100:
        return source[0][0]
    return "(" + " + ".join(f"{coefficient} * CAST({column} AS BIGINT)" for column, coefficient in source) + ")"


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
        return _one_of(column, test.codes)
    bounds = [f"{column} >= {test.at_least}"] if test.at_least is not None else []
    bounds += [f"{column} < {test.below}"] if test.below is not None else []
    return " AND ".join(bounds)


def _one_of(column: str, codes: tuple[int | str, ...]) -> str:
    """One of some codes; a run of integers as a range, which costs a fifth of IN."""
    numbers = [code for code in codes if isinstance(code, int)]
    if len(numbers) == len(codes) and numbers and max(numbers) - min(numbers) == len(set(numbers)) - 1:
        return f"{column} >= {min(numbers)} AND {column} <= {max(numbers)}"
    words = ", ".join(quote(code) if isinstance(code, str) else str(code) for code in codes)
    return f"{column} IN ({words})"


def _reached(label: Label) -> str:
    """The balance of a label where it is reached, -1 where it is not, -2 where it is not known.

    Written so that only balances between the two kinds' bounds ask for the kind.
    """
    column = label.column
    bounds = sorted((least, kind.code) for kind, least in zip(Kind, label.at_least, strict=True) if least is not None)
    whens = [f"WHEN {column} IS NULL THEN -2"]
    if len(bounds) == len(Kind):
        whens.insert(0, f"WHEN {column} >= {bounds[-1][0]} THEN {column}")
    if bounds and len({least for least, _ in bounds}) == len(bounds):
        least, code = bounds[0]
        whens.insert(-1, f"WHEN {column} >= {least} THEN CASE WHEN kind = {code} THEN {column} ELSE -1 END")
    return f"CASE {' '.join(whens)} ELSE -1 END"


def _largest(n: int) -> str:
    values = ", ".join(f"v{place}" for place in range(n))
    return f"GREATEST({values})" if n > 1 else values or "-1"


def _category(n: int) -> str:
    """Base 3 for each label (0 no, 1 yes, 2 not known), then the place of the primary one from 1, 0 for none.

    The primary category has the largest balance of those that are reached; ties go to the first.
    """
    terms, unit = [], n + 1
    for place in reversed(range(n)):
        terms.append(f"CASE WHEN v{place} >= 0 THEN {unit} WHEN v{place} = -2 THEN {2 * unit} ELSE 0 END")
        unit *= 3
    whens = [f"WHEN v{place} = g THEN {place + 1}" for place in range(n)]
    return " + ".join([f"CASE WHEN g < 0 THEN 0 {' '.join(whens)} ELSE 0 END", *reversed(terms)])
