"""Gates that changed."""

from analytics.standard.model import Gate
from analytics.standard.wording.phrases import EFFECTS, Phrases, shown_text
from analytics.standard.wording.told import Told, anything, named, order
from analytics.vocabulary import Text


def gate_words(told: Told) -> Text:
    """Whatever changed in ``[[gate]]``."""
    match told.rest:
        case (int() as at, *rest):
            gate = told.side.standard.gate[at]
            if rest:
                return _field(gate, told.within(1))
            return _as_whole(gate, told)
    return order(Text("闸门", "gates"), told)


def _as_whole(gate: Gate, told: Told) -> Text:
    side = told.side
    who, test, effect = side.kinds(gate.kinds), side.conditions(gate), side.effect(gate)
    zh = f"{who.zh}{test.zh}的，{effect.zh}"
    en = f"{who.en} with {test.en}: {effect.en}"
    if told.before is None:
        return Text(f"新增闸门 {gate.id}：{zh}", f"New gate {gate.id}: {en}")
    return Text(f"删去闸门 {gate.id}（{zh}）", f"Gate {gate.id} is gone ({en})")


def _field(gate: Gate, told: Told) -> Text:
    subject = Text(f"闸门 {gate.id}", f"Gate {gate.id}")
    match told.rest:
        case ("effect",):
            return told.instead(subject, Text("作用", "effect"), EFFECTS[told.before], EFFECTS[told.after])
        case ("tier",):
            old, new = told.old.tier(told.before), told.new.tier(told.after)
            return told.instead(subject, Text("层级", "tier"), old, new)
        case ("kinds",):
            old, new = told.old.kinds(told.before or ()), told.new.kinds(told.after or ())
            return Text(
                f"{subject.zh} 的适用对象由{old.zh}改为{new.zh}",
                f"{subject.en}: for {new.en} instead of {old.en}",
            )
        case ("when",):
            old, new = _conditions(told.old, gate.id), _conditions(told.new, gate.id)
            return Text(f"{subject.zh} 的条件由{old.zh}改为{new.zh}", f"{subject.en}: {new.en} instead of {old.en}")
        case ("restricted",):
            if told.after:
                return Text(f"{subject.zh} 限制知悉", f"{subject.en}: from now on hidden from marketing and customer")
            return Text(f"{subject.zh} 不再限制知悉", f"{subject.en}: no longer hidden from marketing and customer")
        case ("clause",):
            old, new = shown_text(told.before), shown_text(told.after)
            return told.instead(subject, Text("条款", "clause"), old, new)
    return named(subject, told) or anything(told, subject)


def _conditions(side: Phrases, gate_id: str) -> Text:
    return next(side.conditions(gate) for gate in side.standard.gate if gate.id == gate_id)
