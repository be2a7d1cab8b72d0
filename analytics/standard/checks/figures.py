"""Categories, service and the numbers that people live by, where two of them must agree."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from analytics.intake.contract import Contract
from analytics.standard.checks.amounts import column_amount, finer_than_stored, limit, unit_of
from analytics.standard.checks.people import MANY, ONE, then, with_facts
from analytics.standard.faults import Fault, Severity
from analytics.standard.figures import FIGURES
from analytics.standard.model import Category, Standard
from analytics.standard.numbers import plain
from analytics.vocabulary import Kind, Text


class Ordered(NamedTuple):
    """Two figures of one section, the first not above the second; ``example`` tells who suffers otherwise."""

    section: str
    low: str
    high: str
    example: Text
    severity: Severity = Severity.FAULT


ORDERED = (
    Ordered(
        "drift",
        "psi_watch",
        "psi_act",
        Text(
            "PSI 达到 {high} 的层级须处置，却尚未预警",
            "a tier with a PSI of {high} is acted on before anybody was told to watch it",
        ),
    ),
    Ordered(
        "override",
        "rate_watch",
        "rate_act",
        Text(
            "人工调整率达到 {high}% 的部门须处置，却尚未预警",
            "a department that overrides {high} percent is acted on before anybody was told to watch it",
        ),
    ),
    Ordered(
        "notice",
        "sms_part",
        "sms_single",
        Text(
            "客户收到的 {low} 字短信能放入分条中的一条，单发却放不下",
            "a customer's message of {low} characters fits a part of a long one but not a single one",
        ),
    ),
    Ordered(
        "notice",
        "sms_single",
        "sms_max",
        Text(
            "客户的一条 {low} 字短信合乎单条长度，却超出最大长度",
            "a customer's message of {low} characters fits one SMS but is above the greatest length",
        ),
    ),
    Ordered(
        "appeal",
        "days_simple",
        "days_complex",
        Text(
            "客户的简单异议可办至第 {low} 天，复杂异议却须在第 {high} 天前办结",
            "a customer with a simple appeal waits up to {low} days, one with a complex appeal only {high}",
        ),
    ),
    Ordered(
        "appeal",
        "days_complex",
        "days_max",
        Text(
            "客户的复杂异议第 {low} 天仍在期限内，却已超过最长期限",
            "a customer's complex appeal on day {low} is in time yet beyond the longest term",
        ),
    ),
    Ordered(
        "transition",
        "misses_to_downgrade",
        "misses_to_downgrade_top",
        Text(
            "最高层级客户连续 {high} 期不达标即下调，其他客户要到 {low} 期",
            "a customer of the top tier falls after {high} misses, everybody else only after {low}",
        ),
        Severity.NOTE,
    ),
)
FRACTIONS = {
    "retain_band",
    "rate_watch",
    "rate_act",
    "psi_watch",
    "psi_act",
    "ratio_floor",
    "major_change_share",
}
"""Figures that need not be whole."""


def figure_faults(standard: Standard, contract: Contract) -> Iterator[Fault]:
    """Everything outside of tiers, dimensions and gates."""
    for at, category in enumerate(standard.category):
        yield from _category(f"category[{at}]", category, standard, contract)
        yield from _twins(at, standard, contract)
    yield from _services(standard)
    yield from _whole_figures(standard)
    for rule in ORDERED:
        yield from _order(rule, standard)
    yield from _quiet(standard)
    yield from _retain_band(standard)


def _category(path: str, category: Category, standard: Standard, contract: Contract) -> Iterator[Fault]:
    column = contract[category.column]
    unit = unit_of(column, standard)
    lines = [(kind, category.at_least.of(kind)) for kind in Kind]
    if all(line is None for _, line in lines):
        yield Fault(
            "STANDARD-081",
            f"{path}.at_least",
            Text("没有任何门槛，无人属于该类别", "has no threshold for any kind, so nobody is in it"),
            allowed=Text("person 或 enterprise 的门槛", "a threshold for person or enterprise"),
            example=then(ONE[Kind.PERSON], "余额再高也没有该标签", "never has the label, whatever the balance"),
        )
    for kind, line in lines:
        if line is None:
            continue
        here = f"{path}.at_least.{kind}"
        greatest = limit(column, unit, greatest=True)
        if line <= 0:
            nothing = with_facts(kind, [column_amount(column, Decimal(0), standard)])
            yield Fault(
                "STANDARD-080",
                here,
                Text("门槛须大于零", "must be above zero"),
                value=plain(line),
                allowed=Text("大于 0", "above 0"),
                example=then(nothing, f"也有「{category.name.zh}」标签", f"carries the label {category.name.en}"),
            )
        elif greatest is not None and line > greatest:
            most = with_facts(kind, [column_amount(column, greatest, standard)])
            yield Fault(
                "STANDARD-045",
                here,
                Text("门槛高于字段的最大值，无人能够达到", "is above the greatest value of its column"),
                value=plain(line),
                allowed=Text(f"不大于 {plain(greatest)}", f"at most {plain(greatest)}"),
                example=then(most, "仍没有该标签", "has the most there is and lacks the label"),
            )
        yield from finer_than_stored(here, line, unit)


def _twins(at: int, standard: Standard, contract: Contract) -> Iterator[Fault]:
    category = standard.category[at]
    for other in standard.category[:at]:
        line = category.at_least.person or category.at_least.enterprise
        if other.column == category.column and other.at_least == category.at_least and line:
            customer = with_facts(Kind.PERSON, [column_amount(contract[category.column], line, standard)])
            yield Fault(
                "STANDARD-082",
                f"category[{at}]",
                Text(f"与 {other.id} 条件相同", f"asks the same as {other.id}"),
                value=category.id,
                example=then(customer, "两个标签总是同时具有", "always carries both labels"),
                severity=Severity.NOTE,
            )


def _services(standard: Standard) -> Iterator[Fault]:
    for name, service in standard.service.items():
        tier = next(tier.name for tier in standard.tier if tier.id == name)
        customer = Text(f"一位「{tier.zh}」客户", f"a customer of {tier.en}")
        if service.caseload.value <= 0 or service.caseload.value % 1:
            yield Fault(
                "STANDARD-083",
                f"service.{name}.caseload.value",
                Text("管户数须为大于零的整数", "must be a whole number above zero"),
                value=plain(service.caseload.value),
                allowed=Text("1 或以上的整数", "a whole number from 1"),
                example=then(customer, "分不到客户经理", "cannot be given a manager"),
            )
        if service.cost.value < 0:
            yield Fault(
                "STANDARD-084",
                f"service.{name}.cost.value",
                Text("成本不得为负", "must not be negative"),
                value=plain(service.cost.value),
                allowed=Text("0 或以上", "0 or more"),
                example=then(customer, "服务越多成本越低", "would cost less the more it is served"),
            )
        yield from finer_than_stored(f"service.{name}.cost.value", service.cost.value, standard.currency_unit)
    yield from _served_better(standard)


def _served_better(standard: Standard) -> Iterator[Fault]:
    for upper, lower in pairwise(tier for tier in standard.tier if tier.id in standard.service):
        more, less = standard.service[upper.id].caseload.value, standard.service[lower.id].caseload.value
        if more > less:
            yield Fault(
                "STANDARD-085",
                f"service.{upper.id}.caseload.value",
                Text("管户数高于下一层级", "is above the caseload of the tier below"),
                value=plain(more),
                allowed=Text(f"不大于 {plain(less)}", f"at most {plain(less)}"),
                example=Text(
                    f"「{upper.name.zh}」客户经理每人管 {plain(more)} 户，「{lower.name.zh}」只管 {plain(less)} 户",
                    f"a customer of {upper.name.en} shares a manager with {plain(more)}, "
                    f"one of {lower.name.en} with {plain(less)}",
                ),
                severity=Severity.NOTE,
            )


def _whole_figures(standard: Standard) -> Iterator[Fault]:
    for section, names in FIGURES.items():
        for name in names:
            value = standard.figure(section, name)
            if name not in FRACTIONS and value % 1:
                yield Fault(
                    "STANDARD-087",
                    f"{section}.{name}.value",
                    Text("须为整数", "must be a whole number"),
                    value=plain(value),
                    allowed=Text("整数", "a whole number"),
                    example=Text(
                        f"处于 {int(value)} 与 {int(value) + 1} 之间的情形没有依据",
                        f"nothing tells a case at {int(value)} from one at {int(value) + 1}",
                    ),
                )


def _order(rule: Ordered, standard: Standard) -> Iterator[Fault]:
    low, high = standard.figure(rule.section, rule.low), standard.figure(rule.section, rule.high)
    if low > high:
        numbers = {"low": plain(low), "high": plain(high)}
        yield Fault(
            "STANDARD-086",
            f"{rule.section}.{rule.low}.value",
            Text(f"大于 {rule.high}", f"is above {rule.high}"),
            value=plain(low),
            allowed=Text(f"不大于 {plain(high)}", f"at most {plain(high)}"),
            example=Text(rule.example.zh.format(**numbers), rule.example.en.format(**numbers)),
            severity=rule.severity,
        )


def _quiet(standard: Standard) -> Iterator[Fault]:
    start, end = standard.figure("notice", "quiet_from"), standard.figure("notice", "quiet_to")
    if start == end:
        yield Fault(
            "STANDARD-088",
            "notice.quiet_to.value",
            Text("与 quiet_from 相同，没有静默时段", "equals quiet_from: there are no quiet hours"),
            value=plain(end),
            example=Text("客户可能在凌晨 3 点收到通知", "a customer may be sent a notice at 3 in the morning"),
            severity=Severity.NOTE,
        )


def _retain_band(standard: Standard) -> Iterator[Fault]:
    band = standard.figure("transition", "retain_band")
    for kind in Kind:
        entries = [tier.entry.of(kind) for tier in standard.tier[:-1] if tier.entry]
        lowest = min((entry for entry in entries if entry is not None), default=None)
        if lowest is not None and 0 < lowest <= band:
            yield Fault(
                "STANDARD-088",
                "transition.retain_band.value",
                Text(
                    f"不小于{MANY[kind].zh}的最低准入分，无人会被下调",
                    f"reaches the lowest entry of {MANY[kind].en}: nobody falls",
                ),
                value=plain(band),
                allowed=Text(f"小于 {plain(lowest)}", f"below {plain(lowest)}"),
                example=then(ONE[kind], "得 0 分也不会被下调", "with 0 points keeps the tier"),
                severity=Severity.NOTE,
            )
