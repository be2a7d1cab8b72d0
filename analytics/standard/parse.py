"""rules.toml -> Standard, or every fault at once."""

import json
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from analytics.errors import TierdeskError, nearest, shown
from analytics.intake.contract import Contract
from analytics.standard.faults import Fault, StandardFaults
from analytics.standard.model import HASH, NAME, VERSION, Standard
from analytics.standard.paths import in_file_order, join, known_names
from analytics.standard.references import reference_faults
from analytics.standard.toml_text import value_text
from analytics.vocabulary import Text

ALLOWED: dict[str, Text] = {
    "number": Text("数字", "a number"),
    "finite": Text("有限的数字", "a finite number"),
    "magnitude": Text("绝对值小于 10^15 的数字", "a number below 10^15"),
    "precision": Text("至多六位小数的数字", "a number with at most six decimals"),
    "condition": Text("at_least / below、in、is、missing 中的一种", "one of at_least / below, in, is, missing"),
    "string_type": Text("文字", "a text in quotes"),
    "int_type": Text("整数", "a whole number"),
    "bool_type": Text("true 或 false", "true or false"),
    "list_type": Text("方括号中的列表", "a list in brackets"),
    "tuple_type": Text("方括号中的列表", "a list in brackets"),
    "dict_type": Text("一个表", "a table"),
    "model_type": Text("一个表", "a table"),
    "model_attributes_type": Text("一个表", "a table"),
    "date_type": Text("日期，如 2026-01-01", "a date such as 2026-01-01"),
}
PATTERNS: dict[str, Text] = {
    NAME: Text("以字母开头，由字母、数字、下划线组成，至多 40 字", "a letter, then letters, digits and _, at most 40"),
    VERSION: Text("字母、数字和 . _ -,至多 32 个字符", "letters, digits and . _ -, at most 32"),
    HASH: Text("64 位十六进制哈希，或空", "a hash of 64 hexadecimal digits, or nothing"),
}


def parse_toml(text: str, contract: Contract) -> Standard:
    """Read a standard; raises :class:`StandardFaults` with every fault of shape and reference.

    Whether it is also sound (gaps, weights, reachable tiers) is for :mod:`analytics.standard.check`.
    """
    return validate(read_toml(text), contract)


def parse_json(text: str, contract: Contract) -> Standard:
    """Read the canonical form."""
    try:
        data = json.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise _unreadable("STANDARD-003", "JSON", error) from error
    return validate(data, contract)


def read_toml(text: str) -> dict[str, Any]:
    """The file as plain data; raises ``STANDARD-002`` where it is not TOML."""
    try:
        return tomllib.loads(unicodedata.normalize("NFC", text.removeprefix("\ufeff")), parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise _unreadable("STANDARD-002", "TOML", error) from error


def _unreadable(code: str, language: str, error: Exception) -> TierdeskError:
    told = isinstance(error, tomllib.TOMLDecodeError | json.JSONDecodeError)
    zh, en = (str(error), str(error)) if told else ("数字过大或嵌套过深", "a number too long or a nest too deep")
    return TierdeskError(
        code,
        Text(f"标准文件不是合法的 {language}：{zh}。", f"The standard is not valid {language}: {en}."),
        Text("请检查该行的引号、括号与逗号。", "Look at the quotes, brackets and commas of that line."),
    )


def composed(value: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """Plain data with every text in composed form (NFC), so that one word has one hash."""
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case Mapping():
            return {composed(key): composed(item) for key, item in value.items()}
        case list() | tuple():
            return [composed(item) for item in value]
    return value


def validate(data: Mapping[str, Any], contract: Contract) -> Standard:
    """A standard from plain data; raises :class:`StandardFaults`."""
    data = composed(data)
    shape: list[Fault] = []
    standard = None
    try:
        standard = Standard.model_validate(data, by_alias=True, by_name=False)
    except ValidationError as error:
        shape = list(_shape_faults(error))
    told = {fault.path for fault in shape}
    faults = shape + [fault for fault in reference_faults(data, contract) if fault.path not in told]
    if standard is None or faults:
        raise StandardFaults(sorted(faults, key=lambda fault: (in_file_order(fault.path), fault.code)))
    return standard


def _shape_faults(error: ValidationError) -> Iterator[Fault]:
    seen: set[str] = set()
    for item in error.errors(include_url=False):
        path = _path(item["loc"])
        if path in seen or _is_echo(item):
            continue
        seen.add(path)
        kind = item["type"]
        if kind == "missing":
            yield Fault("STANDARD-010", path, Text("缺少必填项", "is missing"))
        elif kind == "extra_forbidden":
            yield _unknown_name(path, item["loc"])
        else:
            yield Fault(
                "STANDARD-011",
                path,
                Text("取值不合要求", "does not hold what is wanted"),
                value=shown(_as_written(item["input"])),
                allowed=_allowed(path, kind, item.get("ctx", {})),
                nearest=_nearest_literal(item["input"], item.get("ctx", {})),
            )


def _is_echo(item: ErrorDetails) -> bool:
    """Whether a list is called too short only because faulty items in it were not counted."""
    return item["type"] == "too_short" and len(item["input"]) >= item["ctx"]["min_length"]


def _as_written(value: object) -> str:
    """The value as a TOML file would say it."""
    try:
        return " ".join(value_text(value).split())
    except (TypeError, ArithmeticError):
        return str(value)


def _place(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The place in the file: without what the model adds for its own use."""
    if loc and loc[-1] == "[key]":
        return loc[:-2]
    return tuple(step for step in loc if step not in ("MissingPoints", "literal['not_assessable']"))


def _path(loc: tuple[int | str, ...]) -> str:
    return join([step if isinstance(step, int) else shown(step) for step in _place(loc)])


def _allowed(path: str, kind: str, context: Mapping[str, Any]) -> Text:
    if path.endswith(".missing") and path.startswith("dimension."):
        return Text('"not_assessable" 或 { points = 30 }', '"not_assessable" or { points = 30 }')
    if kind in ALLOWED:
        return ALLOWED[kind]
    if kind == "literal_error":
        words = str(context["expected"]).replace("'", "")
        return Text(words.replace(" or ", "、").replace(", ", "、"), words)
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        chinese = "不小于" if "ge" in context else "不大于"
        return Text(f"{chinese} {bound}", f"{'at least' if 'ge' in context else 'at most'} {bound}")
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(context["pattern"], PATTERNS[NAME])
    if kind.endswith(("too_short", "too_long")):
        return _length(kind, context)
    return Text("见 rules.toml 中的同类项", "see the same entry in the default rules.toml")


def _length(kind: str, context: Mapping[str, Any]) -> Text:
    few = kind.endswith("too_short")
    n = context["min_length" if few else "max_length"]
    chinese, one, many = (
        ("个字符", "character", "characters") if kind.startswith("string") else ("项", "entry", "entries")
    )
    unit = Text(chinese, one if n == 1 else many)
    return Text(f"{'至少' if few else '至多'} {n} {unit.zh}", f"at {'least' if few else 'most'} {n} {unit.en}")


def _nearest_literal(value: object, context: Mapping[str, Any]) -> str:
    words = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
    return nearest(value, words) if isinstance(value, str) else ""


def _unknown_name(path: str, loc: tuple[int | str, ...]) -> Fault:
    known = known_names(_place(loc)[:-1]) or ()
    return Fault(
        "STANDARD-012",
        path,
        Text("没有这个名称", "there is no such name here"),
        allowed=Text("、".join(known), ", ".join(known)) if known else None,
        nearest=nearest(str(loc[-1]), known),
    )
