"""Dimensions, weights and bands that changed."""

from typing import Any

from analytics.standard.checks.people import MANY
from analytics.standard.model import Dimension
from analytics.standard.numbers import quantity_text
from analytics.standard.wording.phrases import listed, run, shown_text
from analytics.standard.wording.told import Told, anything, named
from analytics.vocabulary import Kind, Text


def dimension_words(told: Told) -> Text:
    """Whatever changed in ``[dimension.*]``."""
    name = str(told.rest[0])
    dimension = told.side.standard.dimension[name]
    label = dimension.label
    match told.rest:
        case (_,):
            zh, en = ("新增", "New dimension") if told.before is None else ("删去", "No longer a dimension:")
            return Text(f"{zh}维度「{label.zh}」", f"{en} {label.en}")
        case (_, ("person" | "enterprise") as kind, *_):
            many = MANY[Kind(kind)]
            english = many.en[:1].upper() + many.en[1:]
            subject = Text(f"{many.zh}「{label.zh}」", f"{english}, {label.en[:1].lower() + label.en[1:]}")
            return _scale(subject, name, Kind(kind), told.within(2))
    subject = Text(f"维度「{label.zh}」", f"Dimension {label.en}")
    inner = told.within(1)
    if inner.rest == ("source",):
        return inner.instead(subject, Text("取数字段", "source"), _source(inner.before), _source(inner.after))
    return named(subject, inner) or anything(inner, subject)


def _source(columns: dict[str, int] | None) -> Text:
    parts = [f"{column} × {percent}%" if percent != 100 else column for column, percent in (columns or {}).items()]
    return Text(" + ".join(parts) or "无", " + ".join(parts) or "nothing")


def _scale(subject: Text, name: str, kind: Kind, told: Told) -> Text:
    match told.rest:
        case ():
            added = told.before is None
            scale = told.side.standard.dimension[name].scale(kind)
            weight = scale.weight if scale else 0
            if added:
                return Text(
                    f"{subject.zh}开始计分，权重 {weight}",
                    f"{subject.en}: scored from now on, weight {weight}",
                )
            return Text(
                f"{subject.zh}不再计分（原权重 {weight}）",
                f"{subject.en}: no longer scored (weight was {weight})",
            )
        case ("weight",):
            old, new = shown_text(told.before), shown_text(told.after)
            return told.instead(subject, Text("权重", "weight"), old, new, "调至")
        case ("missing",):
            return _missing(subject, told)
        case ("bands", int() as at, *_):
            return _band(subject, name, kind, at, told.within(2))
    return anything(told, subject)


def _missing(subject: Text, told: Told) -> Text:
    (old_zh, _, old_en), (new_zh, new_en, _) = _missing_words(told.before), _missing_words(told.after)
    zh = f"{subject.zh}的缺失值由{old_zh}改为{new_zh}"
    return Text(zh, f"{subject.en}: a missing value {new_en} instead of {old_en}")


def _missing_words(value: Any) -> tuple[str, str, str]:  # noqa: ANN401 - plain data
    """In Chinese, as an English verb, as what it is instead of."""
    if isinstance(value, dict):
        return f"计 {value['points']} 分", f"gives {value['points']} points", f"giving {value['points']} points"
    return "不可评定", "leaves the customer not assessable", "leaving the customer not assessable"


def _band(subject: Text, name: str, kind: Kind, at: int, told: Told) -> Text:
    dimension = told.side.standard.dimension[name]
    n = at + 1
    match told.rest:
        case ():
            scale = dimension.scale(kind)
            assert scale
            words = told.side.band(dimension, scale.bands[at])
            if told.before is None:
                return Text(f"{subject.zh}新增第 {n} 档：{words.zh}", f"{subject.en}: new band {n}, {words.en}")
            return Text(f"{subject.zh}删去第 {n} 档（{words.zh}）", f"{subject.en}: band {n} ({words.en}) is gone")
        case (("from" | "below") as end,):
            return _edge(subject, dimension, n, end, told)
        case ("points",):
            zh = f"{subject.zh}第 {n} 档分值由 {told.before} 调至 {told.after}"
            return Text(zh, f"{subject.en}: band {n} gives {told.after} points instead of {told.before}")
        case ("codes",):
            column = next(iter(dimension.source))
            old, new = (listed_codes(told, column, codes) for codes in (told.before, told.after))
            zh = run(f"{subject.zh}第 {n} 档由", old.zh, "改为", new.zh)
            return Text(zh, f"{subject.en}: band {n} holds {new.en} instead of {old.en}")
    return anything(told, Text(f"{subject.zh}第 {n} 档", f"{subject.en}, band {n}"))


def listed_codes(told: Told, column: str, codes: list[str] | None) -> Text:
    """The labels of codes, in their order."""
    known = told.side.contract[column].codes
    labels = {code.id: Text(code.zh, code.en) for code in known}
    return listed(labels.get(code, Text(code, code)) for code in codes or ())


def _edge(subject: Text, dimension: Dimension, n: int, end: str, told: Told) -> Text:
    unit = dimension.unit_of
    none = Text("不设", "nowhere")
    old, new = (none if value is None else quantity_text(value, unit) for value in (told.before, told.after))
    zh, verb = ("下限", "starts at") if end == "from" else ("上限", "ends below")
    return Text(
        run(f"{subject.zh}第 {n} 档{zh}由", old.zh, "调至", new.zh),
        f"{subject.en}: band {n} {verb} {new.en} instead of {old.en}",
    )
