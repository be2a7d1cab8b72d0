"""The mapping: how a bank's own file becomes the contract. Parsed from TOML with every fault at once."""

import datetime
import hashlib
import json
import tomllib
from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, ValidationError

from analytics.errors import nearest, shown
from analytics.intake import dates
from analytics.intake.contract import Column, Contract, Frozen
from analytics.intake.faults import MappingFault, MappingFaults, unreadable
from analytics.intake.units import MONEY_WORDS, TIME_WORDS, money_unit, time_unit
from analytics.vocabulary import CURRENCIES, UNITS, Text

ALLOWED: dict[str, Text] = {
    "string_type": Text("加引号的文字", "a text in quotes"),
    "int_type": Text("整数", "a whole number"),
    "bool_type": Text("true 或 false", "true or false"),
    "bool_parsing": Text("true 或 false", "true or false"),
    "tuple_type": Text("方括号中的列表", "a list in brackets"),
    "dict_type": Text("花括号中的表", "a table in braces"),
    "model_type": Text("一个表", "a table"),
    "date_type": Text("日期，如 2025-12-31", "a date such as 2025-12-31"),
    "date_parsing": Text("日期，如 2025-12-31", "a date such as 2025-12-31"),
    "date_from_datetime_parsing": Text("日期，如 2025-12-31", "a date such as 2025-12-31"),
}
Rest = Literal["reject", "missing"]
Finer = Literal["reject", "round"]
TRUE_WORDS = ("true", "1", "t", "y", "yes", "是", "有")
FALSE_WORDS = ("false", "0", "f", "n", "no", "否", "无")


class FileFormat(Frozen):
    """How the file is written. ``name`` takes period or date from file names: ``customers_{period}.csv``."""

    format: Literal["csv", "parquet"] = "csv"
    encoding: Literal["auto", "utf-8", "gb18030"] = "auto"
    delimiter: str = ","
    quote: str = '"'
    header: bool = True
    name: str | None = None


class Moment(Frozen):
    """What date and period the rows speak of, and in which currency.

    One of ``as_of``, ``as_of_column``, ``file.name`` or a period that has an end gives the date; one of ``period``,
    ``period_column``, ``file.name`` or ``cycle`` (month, quarter, half_year, year, day) gives the period.
    """

    as_of: datetime.date | None = None
    as_of_column: str | None = None
    period: str | None = None
    period_column: str | None = None
    cycle: str | None = None
    currency: str = "CNY"


class Habits(Frozen):
    """How values are written in the whole file; a column may say otherwise."""

    unit: str = "major"
    dates: tuple[str, ...] = (dates.ISO,)
    missing: tuple[str, ...] = ()
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " ", "'"] = ""
    finer: Finer = "reject"
    out_of_range: Rest = "reject"
    true: tuple[str, ...] = TRUE_WORDS
    false: tuple[str, ...] = FALSE_WORDS


class Rule(Frozen):
    """Where one contract column comes from: ``from`` a column of the file, or a constant ``value`` for every row.

    ``codes`` says what the file's own codes mean: an id of the contract's list, a number, or ``""`` for missing.
    ``warn_only`` lists reason codes that shall not refuse a row (ids only).
    """

    source: str | None = Field(default=None, alias="from")
    value: str | int | bool | datetime.date | None = None
    unit: str | None = None
    codes: dict[str, str | int] | None = None
    dates: tuple[str, ...] | None = None
    missing: tuple[str, ...] | None = None
    decimal: Literal[".", ","] | None = None
    thousands: Literal["", ",", ".", " ", "'"] | None = None
    finer: Finer | None = None
    out_of_range: Rest | None = None
    true: tuple[str, ...] | None = None
    false: tuple[str, ...] | None = None
    warn_only: tuple[str, ...] = ()


class Mapping(Frozen):
    """The whole file: ``[file]``, ``[snapshot]``, ``[values]`` and a ``[column.<contract name>]`` each."""

    file: FileFormat = FileFormat()
    snapshot: Moment = Moment()
    values: Habits = Habits()
    column: dict[str, Rule]

    @property
    def sha256(self) -> str:
        """Hash of what the mapping says, whatever its layout and comments."""
        body = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @property
    def sources(self) -> tuple[str, ...]:
        """Every column of the file that the mapping reads, each once."""
        own = [rule.source for rule in self.column.values() if rule.source is not None]
        moment = [name for name in (self.snapshot.as_of_column, self.snapshot.period_column) if name]
        return tuple(dict.fromkeys([*own, *moment]))


def parse_mapping(text: str, contract: Contract) -> Mapping:
    """Read a mapping; raises :class:`MappingFaults` with every fault, or ``INTAKE-021`` where it is not TOML."""
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise unreadable(str(error) if isinstance(error, tomllib.TOMLDecodeError) else "?") from error
    try:
        mapping = Mapping.model_validate(data)
    except ValidationError as error:
        raise MappingFaults([_shape_fault(each, contract) for each in error.errors()]) from error
    faults = list(mapping_faults(mapping, contract))
    if faults:
        raise MappingFaults(faults)
    return mapping


def mapping_faults(mapping: Mapping, contract: Contract) -> Iterator[MappingFault]:
    """Everything that is wrong with a well-formed mapping, in file order."""
    yield from _file_faults(mapping)
    yield from _moment_faults(mapping)
    yield from _unit_fault("values.unit", mapping.values.unit, MONEY_WORDS, money_unit(mapping.values.unit))
    yield from _date_faults("values.dates", mapping.values.dates)
    for name, rule in mapping.column.items():
        if name not in contract:
            known = [column.name for column in contract.columns]
            message = Text("契约中没有这一列", "the contract has no such column")
            yield MappingFault(f"column.{name}", message, nearest=nearest(name, known))
        else:
            yield from _rule_faults(f"column.{name}", rule, contract[name])
    for column in contract.columns:
        if (column.required or column.mapped) and column.name not in mapping.column:
            message = Text(f"必填列“{column.zh}”没有来源", f"the required column {column.name} has no source")
            yield MappingFault(f"column.{column.name}", message)


def _shape_fault(error: Any, contract: Contract) -> MappingFault:  # noqa: ANN401 - pydantic's own record
    place = [str(part) for part in error["loc"]]
    path = ".".join(place) or "mapping"
    if error["type"] == "extra_forbidden":
        message = Text("没有这个名称", "there is no such name")
        return MappingFault(path, message, nearest=nearest(place[-1], _names_at(place[:-1])))
    if error["type"] == "missing":
        known = ", ".join(column.name for column in contract.columns if column.required or column.mapped)
        return MappingFault(path, Text("缺少这一部分", "this part is missing"), allowed=Text(known, known))
    message = Text("不能这样写", "this cannot stand here")
    return MappingFault(path, message, value=shown(error.get("input", "")), allowed=_allowed(error))


def _allowed(error: Any) -> Text:  # noqa: ANN401 - pydantic's own record
    if error["type"] == "literal_error":
        words = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
        return Text(words, words)
    return ALLOWED.get(error["type"], Text(error["msg"], error["msg"]))


def _names_at(place: list[str]) -> list[str]:
    models: dict[str, type[Frozen]] = {
        "file": FileFormat,
        "snapshot": Moment,
        "values": Habits,
        "column": Rule,
    }
    model = models.get(place[0], Mapping) if place else Mapping
    return [field.alias or name for name, field in model.model_fields.items()]


def _file_faults(mapping: Mapping) -> Iterator[MappingFault]:
    one = Text("一个字符", "one character")
    if len(mapping.file.delimiter) != 1 or mapping.file.delimiter in "\r\n":
        yield MappingFault("file.delimiter", Text("分隔符不可用", "not a delimiter"), mapping.file.delimiter, one)
    if len(mapping.file.quote) > 1 or mapping.file.quote == mapping.file.delimiter:
        yield MappingFault("file.quote", Text("引号不可用", "not a quote"), mapping.file.quote, one)
    name = mapping.file.name
    if name is not None and not {"{period}", "{as_of}"} & {part for part in ("{period}", "{as_of}") if part in name}:
        allowed = Text("含 {period} 或 {as_of} 的文件名", "a file name with {period} or {as_of} in it")
        yield MappingFault("file.name", Text("不含期次", "holds no period"), name, allowed)


def _moment_faults(mapping: Mapping) -> Iterator[MappingFault]:
    moment, name = mapping.snapshot, mapping.file.name or ""
    if moment.currency not in CURRENCIES:
        known = ", ".join(CURRENCIES)
        message = Text("未知币种", "unknown currency")
        yield MappingFault("snapshot.currency", message, shown(moment.currency), Text(known, known))
    if moment.cycle is not None and moment.cycle not in dates.CYCLES:
        known = ", ".join(dates.CYCLES)
        message = Text("未知周期", "unknown cycle")
        yield MappingFault(
            "snapshot.cycle",
            message,
            shown(moment.cycle),
            Text(known, known),
            nearest(moment.cycle, dates.CYCLES),
        )
    days = [bool(moment.as_of), bool(moment.as_of_column), "{as_of}" in name]
    periods = [bool(moment.period), bool(moment.period_column), "{period}" in name, bool(moment.cycle)]
    ended = "{period}" in name or bool(moment.period and dates.period_end(moment.period))
    if sum(days) > 1 or (not any(days) and not ended):
        yield MappingFault(
            "snapshot.as_of",
            Text("快照日须恰有一个来源", "the date needs exactly one source"),
            allowed=Text(
                "as_of、as_of_column、文件名中的 {as_of}，或有明确终点的期次（如 2025Q4）之一",
                "one of as_of, as_of_column, {as_of} in file.name, or a period with an end such as 2025Q4",
            ),
        )
    if sum(periods) != 1:
        yield MappingFault(
            "snapshot.period",
            Text("期次须恰有一个来源", "the period needs exactly one source"),
            allowed=Text(
                "period、period_column、文件名中的 {period}、cycle 之一",
                "one of period, period_column, {period} in file.name, cycle",
            ),
        )


def _rule_faults(path: str, rule: Rule, column: Column) -> Iterator[MappingFault]:
    if (rule.source is None) == (rule.value is None):
        message = Text("须写 from 或 value，且只写一个", "exactly one of from and value is needed")
        yield MappingFault(path, message)
    if rule.unit is not None:
        yield from _column_unit_faults(f"{path}.unit", rule.unit, column)
    yield from _date_faults(f"{path}.dates", rule.dates or ())
    if rule.dates and column.type != "date":
        yield MappingFault(f"{path}.dates", Text("只用于日期列", "only dates have formats"))
    yield from _code_faults(f"{path}.codes", rule, column)


def _column_unit_faults(path: str, unit: str, column: Column) -> Iterator[MappingFault]:
    if column.is_money:
        yield from _unit_fault(path, unit, MONEY_WORDS, money_unit(unit))
    elif column.type == "number" and column.unit in ("year", "full_year"):
        yield from _unit_fault(path, unit, TIME_WORDS, time_unit(unit))
    else:
        yield MappingFault(path, Text("这一列没有可换算的单位", "this column has no unit to convert"), shown(unit))


def _unit_fault(path: str, unit: str, words: tuple[str, ...], known: str | None) -> Iterator[MappingFault]:
    if known is None:
        allowed = ", ".join(words)
        message = Text("未知单位", "unknown unit")
        yield MappingFault(path, message, shown(unit), Text(allowed, allowed), nearest(unit, words))


def _date_faults(path: str, formats: tuple[str, ...]) -> Iterator[MappingFault]:
    good = tuple(each for each in formats if dates.is_format(each))
    for each in formats:
        if each not in good:
            allowed = Text(
                "由 YYYY、MM、DD 组成，如 YYYY-MM-DD、D.M.YYYY",
                "YYYY, MM and DD, as in YYYY-MM-DD or D.M.YYYY",
            )
            yield MappingFault(path, Text("不是日期格式", "not a date format"), shown(each), allowed)
    if clash := dates.clash(good):
        message = Text("两种格式会把同一文字读成不同日期", "two formats read one text as different days")
        yield MappingFault(path, message, " / ".join(clash))


def _code_faults(path: str, rule: Rule, column: Column) -> Iterator[MappingFault]:
    if rule.codes is None:
        return
    if column.type not in ("code", "number", "label", "flag"):
        yield MappingFault(path, Text("这一列不用代码", "this column takes no codes"))
    for own, meaning in rule.codes.items():
        if meaning == "":
            continue
        if column.type == "code":
            known = [code.id for code in column.codes]
            if meaning not in known:
                message, words = Text("未知代码", "unknown code"), ", ".join(known)
                yield MappingFault(
                    f"{path}.{own}", message, shown(meaning), Text(words, words), nearest(str(meaning), known)
                )
        elif column.type in ("number", "flag") and not isinstance(meaning, int):
            yield MappingFault(
                f"{path}.{own}", Text("须为数字或 true/false", "needs a number or true/false"), shown(meaning)
            )


def currency_scale(currency: str) -> int:
    """Minor units in one major unit: 100 fen in a yuan."""
    return UNITS[CURRENCIES[currency]].scale
