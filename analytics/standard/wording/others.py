"""The head, the method, categories, service and figures that changed."""

from analytics.standard.figures import FIGURE_LABELS
from analytics.standard.wording.phrases import METHODS, listed, run, shown_text
from analytics.standard.wording.told import Told, anything, labelled, labelled_as_whole, named, order
from analytics.vocabulary import Text


def head_words(told: Told) -> Text:
    subject = Text("标准", "The standard")
    if told.rest == ("baseline",):
        old, new = (shown_text(value[:12] if value else None) for value in (told.before, told.after))
        return told.instead(subject, Text("所替代的版本", "hash of the version it replaces"), old, new)
    return named(subject, told) or anything(told, subject)


def aggregation_words(told: Told) -> Text:
    subject = Text("计分方法", "Aggregation")
    match told.rest:
        case ("method",):
            old, new = METHODS[told.before], METHODS[told.after]
            return Text(f"计分方法由{old.zh}改为{new.zh}", f"The score is {new.en} instead of {old.en}")
        case ("metric",):
            old, new = told.old.dimension(told.before), told.new.dimension(told.after)
            return told.instead(subject, Text("指标", "metric"), old, new)
    return anything(told, subject)


def category_words(told: Told) -> Text:
    match told.rest:
        case (int() as at, *rest):
            item = told.side.standard.category[at]
            subject = Text(f"类别「{item.name.zh}」", f"Category {item.name.en}")
            if rest:
                return labelled(subject, item, told.within(1))
            return labelled_as_whole(subject, item, told)
    return order(Text("类别", "categories"), told)


def service_words(told: Told) -> Text:
    """Caseload, cost and entitlements of a tier."""
    tier = told.side.tier(str(told.rest[0]) if told.rest else None)
    subject = Text(f"「{tier.zh}」服务", f"Service of {tier.en}")
    match told.rest:
        case (str(),):
            zh, en = ("新增", "is new") if told.before is None else ("删去", "is gone")
            return Text(f"{zh}{subject.zh}", f"{subject.en} {en}")
        case (str(), "entitlements", *_):
            return _entitlements(subject, told)
        case (str(), ("caseload" | "cost") as name, *_):
            what = {"caseload": Text("管户数", "caseload"), "cost": Text("单户年成本", "yearly cost")}[name]
            return _figure_field(Text(subject.zh + what.zh, f"{subject.en}, {what.en}"), told.within(2))
    return anything(told, subject)


def _entitlements(subject: Text, told: Told) -> Text:
    if isinstance(told.before, str) or isinstance(told.after, str):
        return told.instead(subject, Text("权益", "entitlement"), shown_text(told.before), shown_text(told.after))
    old, new = (listed(Text(item["zh"], item["en"]) for item in items or ()) for items in (told.before, told.after))
    return told.instead(subject, Text("权益", "entitlements"), old, new)


def figure_words(told: Told, section: str) -> Text:
    """One of the numbers that people live by."""
    name = f"{section}.{told.rest[0]}" if told.rest else section
    label = FIGURE_LABELS.get(name, Text(f"参数 {name}", name))
    return _figure_field(Text(f"「{label.zh}」", label.en), told.within(1))


def _figure_field(subject: Text, told: Told) -> Text:
    match told.rest:
        case ("value",):
            old, new = shown_text(told.before), shown_text(told.after)
            return Text(run(subject.zh, "由", old.zh, "调至", new.zh), f"{subject.en}: {new.en} instead of {old.en}")
        case () if told.before is None or told.after is None:
            stands = told.after if told.before is None else told.before
            value = shown_text(stands.get("value") if isinstance(stands, dict) else None)
            if told.before is None:
                return Text(f"新增{subject.zh}：{value.zh}", f"{subject.en} is new: {value.en}")
            return Text(f"删去{subject.zh}（{value.zh}）", f"{subject.en} ({value.en}) is gone")
    return anything(told, subject)
