"""Gates: conditions that can be met, effects that do something, no two that contradict."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from analytics.intake.contract import Contract
from analytics.standard.checks.amounts import finer_than_stored, unit_of
from analytics.standard.checks.conditions import (
    Met,
    anything,
    crossed,
    facts,
    implies,
    met_by,
    possible,
)
from analytics.standard.checks.people import ONE, then, with_facts
from analytics.standard.faults import Fault, Severity
from analytics.standard.model import Gate, Standard
from analytics.standard.numbers import plain
from analytics.vocabulary import Kind, Text

NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")
FIRST = {"exclude": 0, "manual": 1}


class Placed(NamedTuple):
    """A gate with its place in the file and what its customers have in common."""

    at: int
    gate: Gate
    met: Met


def gate_faults(standard: Standard, contract: Contract) -> Iterator[Fault]:
    """Gates that nobody or everybody meets, that do nothing, that repeat or contradict each other."""
    placed = [Placed(at, gate, met_by(gate, standard, contract)) for at, gate in enumerate(standard.gate)]
    for one in placed:
        yield from _amounts(one, standard, contract)
        yield from _never_or_always(one, standard, contract)
        yield from _idle(one, standard, contract)
        yield from _stale_words(one, standard, contract)
    for first, second in combinations([one for one in placed if possible(one.met)], 2):
        kinds = [kind for kind in Kind if kind.value in first.gate.kinds and kind.value in second.gate.kinds]
        if kinds:
            yield from _pair(first, second, kinds[0], standard, contract)


def _amounts(one: Placed, standard: Standard, contract: Contract) -> Iterator[Fault]:
    for n, condition in enumerate(one.gate.when):
        unit = unit_of(contract[condition.column], standard)
        for name, number in (("at_least", condition.at_least), ("below", condition.below)):
            if number is not None:
                yield from finer_than_stored(f"gate[{one.at}].when[{n}].{name}", number, unit)


def _stale_words(one: Placed, standard: Standard, contract: Contract) -> Iterator[Fault]:
    """Customers are told the reason: a number in it that no condition states is probably of an earlier version."""
    amounts = [number for each in one.gate.when for number in (each.at_least, each.below) if number is not None]
    known = {amount / unit for amount in amounts for unit in (1, 10_000, 100_000_000, 1_000, 1_000_000)}
    for language in ("zh", "en"):
        told = [Decimal(found.replace(",", "")) for found in NUMBERS.findall(getattr(one.gate.reason, language))]
        strange = [plain(number) for number in told if number not in known]
        if amounts and told and len(strange) == len(told):
            yield Fault(
                "STANDARD-076",
                f"gate[{one.at}].reason.{language}",
                Text("所写数字与条件不符，请一并修改", "names a number that its conditions do not: change it too"),
                value=", ".join(strange),
                allowed=Text("、".join(map(plain, amounts)), ", ".join(map(plain, amounts))),
                example=then(
                    with_facts(Kind(one.gate.kinds[0]), facts(one.met, standard, contract)),
                    f"被告知 {strange[0]}",
                    f"is told {strange[0]}",
                ),
                severity=Severity.NOTE,
            )


def _never_or_always(one: Placed, standard: Standard, contract: Contract) -> Iterator[Fault]:
    kind = Kind(one.gate.kinds[0])
    empty = [name for name, values in one.met.items() if values.is_empty]
    if empty:
        labels = [contract[name].label for name in empty]
        zh, en = "、".join(label.zh for label in labels), ", ".join(label.en.lower() for label in labels)
        yield Fault(
            "STANDARD-070",
            f"gate[{one.at}].when",
            Text(
                "各条件相互矛盾或超出取值范围，无人能够满足",
                "can be met by nobody: its conditions exclude each other",
            ),
            value=one.gate.id,
            allowed=Text("可以同时满足的条件", "conditions that one customer can meet"),
            example=then(ONE[kind], f"不论{zh}为何值都不满足", f"does not meet it, whatever the {en}"),
        )
    elif all(anything(contract[name], standard) <= values for name, values in one.met.items()):
        yield Fault(
            "STANDARD-078",
            f"gate[{one.at}].when",
            Text("所有客户都满足该条件", "is met by everybody"),
            value=one.gate.id,
            example=then(with_facts(kind, facts(one.met, standard, contract)), "也满足", "meets it, as all do"),
            severity=Severity.NOTE,
        )


def _idle(one: Placed, standard: Standard, contract: Contract) -> Iterator[Fault]:
    gate = one.gate
    if gate.tier is None or not possible(one.met):
        return
    rank, top = standard.rank(gate.tier), len(standard.tier) - 1
    if (gate.effect == "cap" and rank == top) or (gate.effect == "floor" and rank == 0):
        customer = with_facts(Kind(gate.kinds[0]), facts(one.met, standard, contract))
        yield Fault(
            "STANDARD-074",
            f"gate[{one.at}].tier",
            Text("以最高层级为上限不起作用", "caps at the highest tier, which does nothing")
            if gate.effect == "cap"
            else Text("以最低层级为下限不起作用", "is a floor at the lowest tier, which does nothing"),
            value=gate.tier,
            allowed=Text("其他层级", "another tier"),
            example=then(customer, "层级不因此改变", "has the same tier with and without it"),
            severity=Severity.NOTE,
        )


def _pair(first: Placed, second: Placed, kind: Kind, standard: Standard, contract: Contract) -> Iterator[Fault]:
    effects = {first.gate.effect, second.gate.effect}
    if effects == {"cap", "floor"}:
        cap, floor = (first, second) if first.gate.effect == "cap" else (second, first)
        yield from _floor_above_cap(floor, cap, kind, standard, contract)
    elif len(effects) == 1:
        yield from _repeated(first, second, kind, standard, contract)
    elif effects & set(FIRST):
        strong, weak = sorted((first, second), key=lambda one: FIRST.get(one.gate.effect, 2))
        yield from _shadowed(strong, weak, kind, standard, contract)


def _both(one: Placed, other: Placed, kind: Kind, standard: Standard, contract: Contract) -> Text | None:
    both = crossed(one.met, other.met)
    return with_facts(kind, facts(both, standard, contract)) if possible(both) else None


def _floor_above_cap(floor: Placed, cap: Placed, kind: Kind, standard: Standard, contract: Contract) -> Iterator[Fault]:
    """The cap prevails. A floor whose customers are all capped is dead; an overlap is worth a look."""
    assert floor.gate.tier
    assert cap.gate.tier
    customer = _both(floor, cap, kind, standard, contract)
    if customer is None or standard.rank(floor.gate.tier) <= standard.rank(cap.gate.tier):
        return
    dead = implies(floor.met, cap.met) and set(floor.gate.kinds) <= set(cap.gate.kinds)
    capped = next(tier.name for tier in standard.tier if tier.id == cap.gate.tier)
    yield Fault(
        "STANDARD-071" if dead else "STANDARD-072",
        f"gate[{floor.at}]",
        Text(
            f"满足者全部受 {cap.gate.id} 限制，下限从不生效",
            f"never lifts anybody: all it admits are capped by {cap.gate.id}",
        )
        if dead
        else Text(f"与上限 {cap.gate.id} 有交叉，以上限为准", f"meets the cap {cap.gate.id}, which prevails"),
        value=floor.gate.id,
        allowed=Text("与上限不相矛盾的条件或层级", "conditions or a tier that the cap leaves room for")
        if dead
        else None,
        example=then(customer, f"止于「{capped.zh}」", f"stays in {capped.en}"),
        severity=Severity.FAULT if dead else Severity.NOTE,
    )


def _repeated(first: Placed, second: Placed, kind: Kind, standard: Standard, contract: Contract) -> Iterator[Fault]:
    there, back = implies(first.met, second.met), implies(second.met, first.met)
    same_tier = first.gate.tier == second.gate.tier
    customer = _both(first, second, kind, standard, contract)
    if customer is None or not same_tier or not (there or back):
        return
    if there and back:
        yield Fault(
            "STANDARD-073",
            f"gate[{second.at}]",
            Text(f"与 {first.gate.id} 重复", f"says the same as {first.gate.id}"),
            value=second.gate.id,
            allowed=Text("删去其一", "one of the two"),
            example=then(customer, "两条都满足", "meets both"),
        )
        return
    narrow, wide = (first, second) if there else (second, first)
    if set(narrow.gate.kinds) <= set(wide.gate.kinds):
        yield _without_effect(narrow, wide, customer)


def _shadowed(strong: Placed, weak: Placed, kind: Kind, standard: Standard, contract: Contract) -> Iterator[Fault]:
    customer = _both(strong, weak, kind, standard, contract)
    if customer and implies(weak.met, strong.met) and set(weak.gate.kinds) <= set(strong.gate.kinds):
        yield _without_effect(weak, strong, customer)


def _without_effect(idle: Placed, other: Placed, customer: Text) -> Fault:
    return Fault(
        "STANDARD-075",
        f"gate[{idle.at}]",
        Text(
            f"满足者都已满足 {other.gate.id}，不起作用",
            f"does nothing: {other.gate.id} takes all its customers",
        ),
        value=idle.gate.id,
        example=then(customer, f"按 {other.gate.id} 处理", f"is decided by {other.gate.id}"),
        severity=Severity.NOTE,
    )
