"""rules.toml -> Standard, or every fault at once."""

import json
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError

from analytics.errors import TierdeskError
from analytics.intake.contract import Contract
from analytics.standard.faults import Fault, Severity, StandardFaults, nearest
from analytics.standard.model import Standard
from analytics.standard.references import reference_faults
from analytics.vocabulary import Text

ALLOWED: dict[str, Text] = {
    "number": Text("数字", "a number"),
    "finite": Text("有限的数字", "a finite number"),
    "magnitude": Text("绝对值小于 10^15 的数字", "a number below 10^15"),
    "condition": Text(
        "at_least / below、in、is、missing 中的一种", "one of at_least / below, in, is, missing"
    ),
    "string_type": Text("文字", "a text in quotes"),
    "int_type": Text("整数", "a whole number"),
    "bool_type": Text("true 或 false", "true or false"),
    "list_type": Text("方括号中的列表", "a list in brackets"),
    "tuple_type": Text("方括号中的列表", "a list in brackets"),
    "dict_type": Text("一个表", "a table"),
    "model_type": Text("一个表", "a table"),
    "model_attributes_type": Text("一个表", "a table"),
    "date_type": Text("日期,如 2026-01-01", "a date such as 2026-01-01"),
}


def parse_toml(text: str, contract: Contract) -> Standard:
    """Read a standard; raises :class:`StandardFaults` with every fault of shape and reference.

    Whether the standard is also sound (gaps, weights, reachable tiers) is for :mod:`analytics.standard.check`.
    """
    return validate(read_toml(text), contract)


def parse_json(text: str, contract: Contract) -> Standard:
    """Read the canonical form."""
    return validate(json.loads(text, parse_float=Decimal), contract)


def read_toml(text: str) -> dict[str, Any]:
    """The file as plain data; raises ``STANDARD-002`` where it is not TOML."""
    try:
        return tomllib.loads(unicodedata.normalize("NFC", text), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise TierdeskError(
            "STANDARD-002",
            Text(f"标准文件不是合法的 TOML:{error}。", f"The standard is not valid TOML: {error}."),
            Text("请检查该行的引号、括号与逗号。", "Look at the quotes, brackets and commas of that line."),
        ) from error


def validate(data: Mapping[str, Any], contract: Contract) -> Standard:
    """A standard from plain data; raises :class:`StandardFaults`."""
    faults = reference_faults(data, contract)
    try:
        standard = Standard.model_validate(data)
    except ValidationError as error:
        faults = [*_shape_faults(error, data), *faults]
    if any(fault.severity is Severity.FAULT for fault in faults):
        raise StandardFaults(sorted(faults, key=lambda fault: fault.path))
    return standard


def _shape_faults(error: ValidationError, data: Mapping[str, Any]) -> Iterator[Fault]:
    seen: set[str] = set()
    for item in error.errors(include_url=False):
        path = _path(item["loc"])
        if path in seen:
            continue
        seen.add(path)
        kind = item["type"]
        if kind == "missing":
            yield Fault("STANDARD-010", path, Text("缺少必填项", "is missing"))
        elif kind == "extra_forbidden":
            yield _unknown_name(path, item["loc"], data)
        else:
            yield Fault(
                "STANDARD-011",
                path,
                Text("取值不合要求", "does not hold what is wanted"),
                value=_shown(item["input"]),
                allowed=_allowed(kind, item.get("ctx", {})),
                nearest=_nearest_literal(item["input"], item.get("ctx", {})),
            )


def _path(loc: tuple[int | str, ...]) -> str:
    parts = ""
    for step in loc:
        if isinstance(step, int):
            parts += f"[{step}]"
        elif step not in ("MissingPoints", "literal['not_assessable']"):
            parts += f".{step}" if parts else step
    return parts


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _allowed(kind: str, context: Mapping[str, Any]) -> Text:
    if kind in ALLOWED:
        return ALLOWED[kind]
    if kind == "literal_error":
        words = str(context["expected"])
        return Text(words.replace(" or ", "、"), words)
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = context.get("ge", context.get("le"))
        chinese = "不小于" if "ge" in context else "不大于"
        return Text(f"{chinese} {bound}", f"{'at least' if 'ge' in context else 'at most'} {bound}")
    if kind == "string_pattern_mismatch":
        return Text(f"符合 {context['pattern']} 的名称", f"a name like {context['pattern']}")
    bounds = {"too_short": "min_length", "too_long": "max_length", "string_too_short": "min_length"}
    if kind in bounds:
        n = context[bounds[kind]]
        few = kind != "too_long"
        return Text(f"{'至少' if few else '至多'} {n} 项", f"at {'least' if few else 'most'} {n}")
    return Text("见 rules.toml 中的同类项", "see the same entry in the default rules.toml")


def _nearest_literal(value: object, context: Mapping[str, Any]) -> str:
    words = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ").split(", ")
    return nearest(value, words) if isinstance(value, str) else ""


def _unknown_name(path: str, loc: tuple[int | str, ...], data: Mapping[str, Any]) -> Fault:
    known = sorted(_known_names(loc[:-1]))
    return Fault(
        "STANDARD-012",
        path,
        Text("没有这个名称", "there is no such name here"),
        allowed=Text("、".join(known), ", ".join(known)) if known else None,
        nearest=nearest(str(loc[-1]), known),
    )


def _known_names(loc: tuple[int | str, ...]) -> set[str]:
    """Field names of the model that stands at ``loc``, found by walking the annotations."""
    found: set[type[BaseModel]] = {Standard}
    for step in loc:
        if isinstance(step, int):
            continue
        following: set[type[BaseModel]] = set()
        for model in found:
            for name, field in model.model_fields.items():
                if step in (name, field.alias):
                    following |= set(_models_in(field.annotation))
        found = following or found
    return {field.alias or name for model in found for name, field in model.model_fields.items()}


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401 - any annotation may come
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)
