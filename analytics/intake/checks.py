"""A file's rows -> typed values, reasons and notes, as named SQL steps. Pure text: the store runs it.

The rows arrive as text from ``read``. The last step gives, for every row: ``as_of`` and ``period``, each contract
column that the mapping fills or dates give, ``reasons`` (why the row is refused, ``NULL`` for a good one: codes such
as ``INTAKE-104:assets`` with blanks between), ``notes`` (warnings, in the same form) and ``content`` (the raw row as
JSON, only for refused rows).
"""

import datetime
from dataclasses import dataclass

from analytics.intake import dates, ids, reasons
from analytics.intake.contract import Column, Contract
from analytics.intake.mapping import Mapping
from analytics.intake.values import Field, sql_type
from analytics.steps import Step, quote

REGIONS, REGION_YEARS = "resident_region", "resident_region_year"
"""Tables of :func:`analytics.intake.ids.region_steps`, looked up by the checks."""
LONGEST_CONTENT = 2000
"""Characters of one field that a reject keeps; the rest is cut, and its length is told."""
ID_TYPE, ID_NUMBER = "id_type", "id_number"
Derived = dict[str | None, Column]
"""Columns that follow from a date, by the date's column."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a file offers: the names of its columns, the SQL of each as text, and of each as a typed column or ``""``.

    ``types`` holds the file's own type names (Parquet); all ``VARCHAR`` for text files.
    """

    header: tuple[str, ...]
    texts: tuple[str, ...]
    types: tuple[str, ...]
    plain: tuple[str, ...]

    def place(self, name: str) -> int:
        return self.header.index(name)


@dataclass(frozen=True, slots=True)
class Window:
    """The date and period that all rows share; ``None`` where each row says its own."""

    as_of: datetime.date | None
    period: str | None


@dataclass(frozen=True, slots=True)
class Check:
    """The steps, the contract columns that their last step gives, and whether they look regions up."""

    steps: tuple[Step, ...]
    columns: tuple[str, ...]
    needs_regions: bool

    @property
    def sql(self) -> str:
        """All steps as one SELECT that keeps the order of the rows."""
        *before, last = self.steps
        tables = ",\n".join(f"{step.name} AS NOT MATERIALIZED (\n{step.sql}\n)" for step in before)
        return f"WITH {tables}\n{last.sql}"


def check(contract: Contract, mapping: Mapping, source: Source, window: Window, *, read: str) -> Check:
    """The checks of one file. ``read`` is what stands behind FROM; the tables of regions must be there by then."""
    fields = [
        _field(contract[name], mapping, source)
        for name in (column.name for column in contract.columns)
        if name in mapping.column
    ]
    derived: Derived = {
        column.derived_from: column for column in contract.columns if column.derived_from in mapping.column
    }
    steps = (
        _raw_step(fields, mapping, source, window, read),
        _step("rest", "raw_values", [f"{each.rest('a_' + each.name)} AS t_{each.name}" for each in fields]),
        _step("settled", "rest", [_settle(each) for each in fields]),
        _step("judged", "settled", [*_judge(fields), *_id_body(fields)]),
        _step("looked_up", "judged", _id_places(fields)),
        _derived_step(fields, derived),
        _last_step(contract, fields, derived, source),
    )
    return Check(steps, _given(contract, mapping), "resident_id" in _ids(fields))


def _given(contract: Contract, mapping: Mapping) -> tuple[str, ...]:
    return tuple(
        column.name
        for column in contract.columns
        if column.name in mapping.column or column.derived_from in mapping.column
    )


def _field(column: Column, mapping: Mapping, source: Source) -> Field:
    rule = mapping.column[column.name]
    if rule.source is None:
        return Field(column, rule, mapping, quote(_constant(rule.value, column, mapping)))
    place = source.place(rule.source)
    field = Field(column, rule, mapping, source.texts[place])
    return Field(column, rule, mapping, source.texts[place], _typed(field, source.plain[place], source.types[place]))


def _constant(value: object, column: Column, mapping: Mapping) -> str:
    if isinstance(value, bool):
        return (mapping.values.true if value else mapping.values.false)[0]
    if isinstance(value, datetime.date):
        return dates.write(value, (mapping.column[column.name].dates or mapping.values.dates)[0])
    return str(value)


def _typed(field: Field, plain: str, own: str) -> str | None:
    """SQL of the stored value straight from a typed column, where that is exact and says the same as the text."""
    if field.missing or field.rule.codes is not None:
        return None
    kind = field.column.type
    if kind == "date" and own == "DATE":
        return plain
    if kind == "flag" and own == "BOOLEAN" and field.rule.true is None and field.rule.false is None:
        return plain
    if kind not in ("money", "number") or field.ratio.over != 1:
        return None
    if own in ("TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT"):
        return f"CAST({plain} AS BIGINT) * {field.ratio.times}"
    if own == f"DECIMAL(18,{field.ratio.decimals})" and kind == "money":
        return f"CAST({plain} * {field.ratio.times} AS BIGINT)"
    return None


def _step(name: str, before: str, added: list[str]) -> Step:
    return Step(name, f"SELECT *, {', '.join(added)} FROM {before}" if added else f"SELECT * FROM {before}")


def _raw_step(fields: list[Field], mapping: Mapping, source: Source, window: Window, read: str) -> Step:
    moment = mapping.snapshot
    as_of = _as_of(mapping, source, window)
    columns = [f"{as_of} AS as_of", *(f"{each.fast()} AS a_{each.name}" for each in fields)]
    if moment.period_column is not None:
        text = source.texts[source.place(moment.period_column)]
        period = f"NULLIF(trim({text}), '')"
    elif window.period is not None:
        period = quote(window.period)
    else:
        period = dates.period_sql("as_of", moment.cycle or "quarter")
    inner = f"SELECT *, {', '.join(columns)} FROM {read}"
    return Step("raw_values", f"SELECT *, {period} AS period, {_ymd('as_of')} AS as_of_number FROM ({inner})")


def _as_of(mapping: Mapping, source: Source, window: Window) -> str:
    name = mapping.snapshot.as_of_column
    if name is None:
        assert window.as_of is not None
        return f"DATE '{window.as_of}'"
    place = source.place(name)
    if source.types[place] == "DATE":
        return source.plain[place]
    return dates.value(f"trim({source.texts[place]})", mapping.values.dates)


def _ymd(day: str) -> str:
    return f"(year({day}) * 10000 + month({day}) * 100 + day({day}))"


def _settle(field: Field) -> str:
    name = field.name
    value = f"CASE WHEN a_{name} IS NOT NULL THEN a_{name} WHEN t_{name} IS NOT NULL THEN {field.read('t_' + name)} END"
    if field.column.type == "flag" and field.rule.codes is None:
        value = value.replace(f"CASE t_{name} ", f"CASE lower(t_{name}) ")
    if field.column.type in ("text", "label") and field.rule.codes is None:
        value = f"a_{name}"
    if name == ID_NUMBER:
        value = f"upper({value})"
    return f"{value} AS v_{name}"


def _judge(fields: list[Field]) -> list[str]:
    return [f"{each.fault(f'v_{each.name}', f't_{each.name}', 'as_of')} AS f_{each.name}" for each in fields]


def _ids(fields: list[Field]) -> dict[str, int]:
    """The stored codes of the documents that are checked, where type and number are both there."""
    columns = {each.name: each.column for each in fields}
    if ID_TYPE not in columns or ID_NUMBER not in columns:
        return {}
    places = {code.id: place for place, code in enumerate(columns[ID_TYPE].codes, 1)}
    return {name: places[name] for name in ("resident_id", "uscc") if name in places}


def _id_body(fields: list[Field]) -> list[str]:
    known = _ids(fields)
    if "resident_id" not in known:
        return []
    body = ids.body_sql(f"v_{ID_NUMBER}")
    return [f"CASE WHEN v_{ID_TYPE} = {known['resident_id']} THEN {body} END AS id_body"]


def _id_places(fields: list[Field]) -> list[str]:
    """Look the region up with IN: as a mark join it adds a column, where a plain join would copy the whole row."""
    if "resident_id" not in _ids(fields):
        return []
    code, code_year = ids.place_sql("id_body")
    return [
        f"{code} IN (SELECT code FROM {REGIONS}) AS id_known",
        f"{code_year} IN (SELECT code_year FROM {REGION_YEARS}) AS id_in_use",
    ]


def _derived_step(fields: list[Field], derived: Derived) -> Step:
    """Ages and tenures at the snapshot's date, and the checks of identity numbers."""
    known = _ids(fields)
    names = [each.name for each in fields]
    parts = []
    for start, column in derived.items():
        years = f"CASE WHEN f_{start} = 0 THEN {_elapsed(f'v_{start}', column)} END"
        given = f"v_{column.name}" if column.name in names else "NULL"
        parts.append(f"COALESCE({years}, {given}) AS d_{column.name}")
    parts += _id_faults(known)
    return _step("derived", "looked_up", parts)


def _elapsed(start: str, column: Column) -> str:
    """SQL: full years by the calendar, or tenths of a year of 365.2425 days, both rounded down."""
    if column.unit_of.scale == 1:
        return f"(as_of_number - {_ymd(start)}) // 10000"
    return f"(as_of - {start}) * {column.unit_of.scale * 10_000} // 3652425"


def _id_faults(known: dict[str, int]) -> list[str]:
    if not known:
        return []
    text, kind = f"v_{ID_NUMBER}", f"v_{ID_TYPE}"
    company = ids.company_sql(text) if "uscc" in known else "0"
    resident_check = ids.resident_sql(text, "id_body", "as_of_number", known="id_known", in_use="id_in_use")
    resident = resident_check if "resident_id" in known else "0"
    return [
        f"CASE WHEN {text} IS NULL OR f_{ID_NUMBER} > 0 THEN 0 "
        f"WHEN {kind} = {known.get('resident_id', 0)} THEN {resident} "
        f"WHEN {kind} = {known.get('uscc', 0)} THEN {company} ELSE 0 END AS id_fault"
    ]


def _last_step(contract: Contract, fields: list[Field], derived: Derived, source: Source) -> Step:
    faults, notes = _faults_and_notes(fields, derived)
    total = " + ".join(test for test, _ in faults)
    reasons_sql = f"CASE WHEN {total} > 0 THEN concat_ws(' ', {', '.join(_told(*each) for each in faults)}) END"
    values = [_value(column, fields, derived) for column in contract.columns]
    columns = [each for each in values if each]
    return Step(
        "checked",
        f"SELECT file, as_of, period, {', '.join(columns)}, {reasons_sql} AS reasons, {_notes(notes)} AS notes, "
        f"CASE WHEN {total} > 0 THEN {content_sql(source)} END AS content FROM derived",
    )


def content_sql(source: Source) -> str:
    """SQL: the raw row as JSON; long fields are cut at :data:`LONGEST_CONTENT` characters, and their length is told."""
    parts = ", ".join(
        f"{quote(name)}, CASE WHEN length({text}) > {LONGEST_CONTENT} "
        f"THEN left({text}, {LONGEST_CONTENT}) || '…(' || length({text}) || ')' ELSE {text} END"
        for name, text in zip(source.header, source.texts, strict=True)
    )
    return f"CAST(json_object({parts}) AS VARCHAR)"


def content_step(source: Source, *, read: str, rows: str) -> Step:
    """Raw content of single rows, by their place in the file from 0; ``rows`` is a table with a column ``row``.

    Only for the few rows whose fault shows when the whole file is known: it reads the file once more.
    """
    numbered = f"SELECT *, row_number() OVER () - 1 AS row FROM {read}"
    picked = f"SELECT * FROM ({numbered}) WHERE row IN (SELECT row FROM {rows})"
    return Step("content", f"SELECT row, {content_sql(source)} AS content FROM ({picked})")


def _told(number: str, column: str) -> str:
    return f"CASE WHEN {number} > 0 THEN 'INTAKE-' || {number} || ':{column}' END"


def _notes(notes: list[tuple[str, str]]) -> str:
    if not notes:
        return "CAST(NULL AS VARCHAR)"
    total = " + ".join(test for test, _ in notes)
    return f"CASE WHEN {total} > 0 THEN concat_ws(' ', {', '.join(_told(*each) for each in notes)}) END"


def _faults_and_notes(fields: list[Field], derived: Derived) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What refuses a row and what is only noted, each as the SQL of a reason's number with its column."""
    faults = [(f"CASE WHEN as_of IS NULL OR period IS NULL THEN {reasons.NO_PERIOD} ELSE 0 END", "period")]
    notes: list[tuple[str, str]] = []
    for field in fields:
        number = f"f_{field.name}"
        if field.keeps_rest:
            rest = f"{number} IN ({', '.join(map(str, _REST))})"
            faults.append((f"CASE WHEN {rest} THEN 0 ELSE {number} END", field.name))
            notes.append((f"CASE WHEN {rest} THEN {reasons.TAKEN_AS_MISSING} ELSE 0 END", field.name))
        else:
            faults.append((number, field.name))
        if field.name == ID_NUMBER and _ids(fields):
            mild = [int(code.removeprefix("INTAKE-")) for code in field.rule.warn_only]
            only = f"(id_fault > 200 OR id_fault IN ({', '.join(map(str, [*mild, 200]))}))"
            faults.append((f"CASE WHEN {only} THEN 0 ELSE id_fault END", field.name))
            notes.append((f"CASE WHEN {only} THEN id_fault ELSE 0 END", field.name))
        if field.name in derived and derived[field.name].maximum is not None:
            column = derived[field.name]
            most = (column.maximum or 0) * column.unit_of.scale
            test = f"CASE WHEN {number} = 0 AND d_{column.name} > {most} THEN {reasons.EARLY_DATE} ELSE 0 END"
            faults.append((test, field.name))
    return faults, notes


_REST = (reasons.BELOW, reasons.ABOVE, reasons.FUTURE_DATE, reasons.EARLY_DATE)


def _value(column: Column, fields: list[Field], derived: Derived) -> str | None:
    """SQL of a contract column in its stored type, ``None`` where nothing gives it."""
    if column.derived_from in derived:
        return f"CAST(d_{column.name} AS {sql_type(column)}) AS {column.name}"
    field = next((each for each in fields if each.name == column.name), None)
    if field is None:
        return None
    value = f"v_{column.name}"
    if column.type in ("number", "code"):
        value = f"TRY_CAST({value} AS {field.sql_type})"
    if field.keeps_rest:
        value = f"CASE WHEN f_{column.name} = 0 THEN {value} END"
    return f"{value} AS {column.name}"
