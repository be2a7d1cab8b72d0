"""One difference on its way into words."""

from typing import Any

from analytics.standard.checks.people import MANY, lower_first
from analytics.standard.model import Category, Subtier
from analytics.standard.paths import Step
from analytics.standard.wording.phrases import WORDS, Phrases, listed, run, shown_text
from analytics.vocabulary import Kind, Text

Rest = tuple[Step, ...]

FIELDS = {
    "version": Text("版本号", "version"),
    "effective": Text("生效日", "effective date"),
    "review_cycle": Text("评定周期", "review cycle"),
    "currency": Text("币种", "currency"),
    "zh": Text("中文名称", "Chinese name"),
    "en": Text("英文名称", "English name"),
    "reference": Text("依据", "reference"),
    "clause": Text("条款", "clause"),
    "unit": Text("单位", "unit"),
    "window": Text("统计口径", "window"),
    "direction": Text("方向", "direction"),
    "column": Text("字段", "column"),
    "source": Text("取数字段", "source"),
    "points": Text("分值", "points"),
    "restricted": Text("限制知悉", "restriction"),
    "value": Text("数值", "value"),
    "entry": Text("准入分", "entry scores"),
    "subtier": Text("子层级顺序", "order of subtiers"),
    "entitlements": Text("权益", "entitlements"),
}


class Told:
    """One difference: both standards in words, the steps not yet told, what stood there, what stands."""

    def __init__(self, old: Phrases, new: Phrases, rest: Rest, before: Any, after: Any) -> None:  # noqa: ANN401
        self.old, self.new = old, new
        self.rest, self.before, self.after = rest, before, after

    @property
    def side(self) -> Phrases:
        """The standard that the place is counted in."""
        return self.old if self.after is None else self.new

    def within(self, n: int) -> "Told":
        """The same, ``n`` steps further on."""
        return Told(self.old, self.new, self.rest[n:], self.before, self.after)

    def instead(self, subject: Text, what: Text, old: Text, new: Text, verb: str = "改为") -> Text:
        """``Persons, credit: weight 20 instead of 15``."""
        zh = run(subject.zh, what.zh, "由", old.zh, verb, new.zh)
        return Text(zh, f"{subject.en}: {what.en} {new.en} instead of {old.en}")


def anything(told: Told, subject: Text) -> Text:
    """Whatever has no sentence of its own."""
    last = told.rest[-1] if told.rest else ""
    what = FIELDS.get(str(last), Text("", "now"))
    old, new = word(told.before), word(told.after)
    return told.instead(subject, what, old, new)


def word(value: object) -> Text:
    return WORDS[value] if isinstance(value, str) and value in WORDS else shown_text(value)


def named(subject: Text, told: Told) -> Text | None:
    """A word in one language of a label, name or reason."""
    match told.rest:
        case (("label" | "name" | "outward" | "reason") as field, ("zh" | "en") as language):
            fields = {
                "label": Text("名称", "label"),
                "name": Text("名称", "name"),
                "outward": Text("对外名称", "outward name"),
                "reason": Text("理由", "reason"),
            }
            which = Text("中文" if language == "zh" else "英文", "Chinese" if language == "zh" else "English")
            what = Text(which.zh + fields[field].zh, f"{which.en} {fields[field].en}")
            return told.instead(subject, what, shown_text(told.before), shown_text(told.after))
    return None


def labelled_as_whole(subject: Text, item: Subtier | Category, told: Told) -> Text:
    lines = listed(
        Text(f"{MANY[kind].zh} {amount.zh}", f"{MANY[kind].en} {amount.en}")
        for kind in Kind
        if (line := item.at_least.of(kind)) is not None
        for amount in [told.side.amount(item.column, line)]
    )
    label = told.side.column(item.column)
    if told.before is None:
        zh = f"新增{subject.zh}：{label.zh}不低于 {lines.zh}"
        return Text(zh, f"{subject.en} is new: {lower_first(label.en)} at least {lines.en}")
    return Text(f"删去{subject.zh}", f"{subject.en} is gone")


def labelled(subject: Text, item: Subtier | Category, told: Told) -> Text:
    """Subtiers and categories: a name by one amount."""
    match told.rest:
        case ("at_least", ("person" | "enterprise") as kind):
            many = MANY[Kind(kind)]
            old, new = told.old.amount(item.column, told.before), told.new.amount(item.column, told.after)
            return told.instead(subject, Text(f"{many.zh}门槛", f"the line of {many.en} is"), old, new, "调至")
        case ("column",):
            old, new = told.old.column(told.before), told.new.column(told.after)
            return told.instead(subject, FIELDS["column"], old, new)
    return named(subject, told) or anything(told, subject)


def order(what: Text, told: Told) -> Text:
    old, new = shown_text(told.before), shown_text(told.after)
    return Text(
        run(what.zh, "的顺序由", old.zh, "改为", new.zh), f"The order of {what.en} is {new.en} instead of {old.en}"
    )
