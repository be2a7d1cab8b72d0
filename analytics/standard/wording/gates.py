"""Gates that changed."""

from collections.abc import Iterable

from analytics.standard.model import Gate
from analytics.standard.wording.phrases import EFFECTS, Phrases, listed, shown_text
from analytics.standard.wording.told import Told, anything, named
from analytics.vocabulary import Text


def gate_words(told: Told) -> Text:
    """Whatever changed in ``[[gate]]``."""
    match told.rest:
        case (int() as at, *rest):
            gate = told.side.standard.gate[at]
            if rest:
                return _field(gate, told.within(1))
            return _as_whole(gate, told)
    return _order(told)


def _name(gate: Gate) -> Text:
    """A gate is called by the reason that customers are told."""
    return Text(f"门槛「{gate.reason.zh}」", f"Gate “{gate.reason.en}”")


def _order(told: Told) -> Text:
    """The gates in another order, or ones of the same place that are others."""
    old, new = _names(told.old, told.before), _names(told.new, told.after)
    return Text(f"门槛的顺序由{old.zh}改为{new.zh}", f"The order of gates is {new.en} instead of {old.en}")


def _names(side: Phrases, ids: Iterable[str] | None) -> Text:
    reasons = {gate.id: Text(f"「{gate.reason.zh}」", f"“{gate.reason.en}”") for gate in side.standard.gate}
    return listed(reasons.get(one, Text(one, one)) for one in ids or ())


def _as_whole(gate: Gate, told: Told) -> Text:
    side = told.side
    who, test, effect = side.kinds(gate.kinds), side.conditions(gate), side.effect(gate)
    zh = f"{who.zh}{test.zh}的，{effect.zh}"
    en = f"{who.en} with {test.en}: {effect.en}"
    name = _name(gate)
    if told.before is None:
        return Text(f"新增{name.zh}：{zh}", f"New gate “{gate.reason.en}”: {en}")
    return Text(f"删去{name.zh}（{zh}）", f"{name.en} is gone ({en})")


def _field(gate: Gate, told: Told) -> Text:
    was = next((each for each in told.old.standard.gate if each.id == gate.id), gate)
    subject = _name(was if told.rest[0] == "reason" else gate)
    match told.rest:
        case ("effect",):
            return told.instead(subject, Text("作用", "effect"), EFFECTS[told.before], EFFECTS[told.after])
        case ("tier",):
            old, new = told.old.tier(told.before), told.new.tier(told.after)
            return told.instead(subject, Text("层级", "tier"), old, new)
        case ("kinds",):
            old, new = told.old.kinds(told.before or ()), told.new.kinds(told.after or ())
            return Text(
                f"{subject.zh}的适用对象由{old.zh}改为{new.zh}",
                f"{subject.en}: for {new.en} instead of {old.en}",
            )
        case ("when",):
            old, new = _conditions(told.old, gate.id), _conditions(told.new, gate.id)
            return Text(f"{subject.zh}的条件由{old.zh}改为{new.zh}", f"{subject.en}: {new.en} instead of {old.en}")
        case ("restricted",):
            if told.after:
                return Text(f"{subject.zh}限制知悉", f"{subject.en}: from now on hidden from marketing and customer")
            return Text(f"{subject.zh}不再限制知悉", f"{subject.en}: no longer hidden from marketing and customer")
        case ("clause",):
            old, new = shown_text(told.before), shown_text(told.after)
            return told.instead(subject, Text("条款", "clause"), old, new)
    return named(subject, told) or anything(told, subject)


def _conditions(side: Phrases, gate_id: str) -> Text:
    return next(side.conditions(gate) for gate in side.standard.gate if gate.id == gate_id)
