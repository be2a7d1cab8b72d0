"""Weights and entry scores: one scale for everybody of a kind, one line for every tier but the lowest."""

from collections.abc import Iterator
from decimal import Decimal

from analytics.intake.contract import Contract
from analytics.standard.checks.amounts import column_amount, finer_than_stored, unit_of
from analytics.standard.checks.people import MANY, ONE, then, with_facts
from analytics.standard.faults import Fault
from analytics.standard.model import POINTS, Standard, Subtier
from analytics.standard.numbers import plain
from analytics.vocabulary import BASIS, Kind, Text


def kinds_in_use(standard: Standard) -> tuple[Kind, ...]:
    """Kinds that the standard speaks of: with a scale, or with an entry score.

    A bank of persons only leaves enterprises out altogether; they are then not assessable.
    """

    def named(kind: Kind) -> bool:
        entries = [tier.entry.of(kind) for tier in standard.tier if tier.entry]
        return bool(standard.scales(kind)) or any(entry is not None for entry in entries)

    return tuple(kind for kind in Kind if named(kind))


def tier_faults(standard: Standard, contract: Contract) -> Iterator[Fault]:
    """Weights, the metric of a single-metric standard, entry scores, subtiers."""
    kinds = kinds_in_use(standard)
    if not kinds:
        yield Fault(
            "STANDARD-052",
            "dimension",
            Text("没有任何客户性质的评分档", "scores no customer of any kind"),
            example=then(ONE[Kind.PERSON], "没有得分，也没有层级", "has no score and no tier"),
        )
    for kind in kinds:
        yield from _weights(standard, kind)
        yield from _metric(standard, kind)
        yield from _entries(standard, kind)
    if standard.aggregation.method == "single" and standard.aggregation.metric is None:
        yield Fault(
            "STANDARD-059",
            "aggregation.metric",
            Text("单一指标法须写明指标", "is missing: the method is single"),
            allowed=Text("、".join(standard.dimension), ", ".join(standard.dimension)),
            example=then(ONE[Kind.PERSON], "没有得分", "has no score"),
        )
    yield from _lowest(standard)
    yield from _subtiers(standard, contract)


def _weights(standard: Standard, kind: Kind) -> Iterator[Fault]:
    scales = standard.scales(kind)
    if not scales:
        yield Fault(
            "STANDARD-052",
            "dimension",
            Text(
                f"{MANY[kind].zh}没有任何评分维度",
                f"scores no {MANY[kind].en}, though tiers have entries for them",
            ),
            allowed=Text(f"至少一个 dimension.*.{kind}", f"at least one dimension.*.{kind}"),
            example=then(ONE[kind], "没有得分，也没有层级", "has no score and no tier"),
        )
        return
    total = standard.weight_sum(kind)
    if total == POINTS:
        return
    best = Text(f"{ONE[kind].zh}各维度均为满分", f"{ONE[kind].en} with full points in every dimension")
    parts = " + ".join(str(scale.weight) for _, scale in scales)
    yield Fault(
        "STANDARD-050" if total else "STANDARD-051",
        f"dimension.*.{kind}.weight",
        Text("权重之和不是 100", "do not sum to 100") if total else Text("权重全部为零", "are all zero"),
        value=f"{parts} = {total}",
        allowed=Text("合计 100", "100 in all"),
        example=then(
            best,
            f"各维度加权合计为 {plain(total)} 分而不是 100 分",
            f"has weighted points of {plain(total)}, not of 100",
        ),
    )


def _metric(standard: Standard, kind: Kind) -> Iterator[Fault]:
    metric = standard.aggregation.metric
    if standard.aggregation.method != "single" or metric is None or not standard.scales(kind):
        return
    if standard.dimension[metric].scale(kind) is None:
        yield Fault(
            "STANDARD-060",
            "aggregation.metric",
            Text(
                f"{MANY[kind].zh}在该维度没有评分档",
                f"names a dimension that has no bands for {MANY[kind].en}",
            ),
            value=metric,
            allowed=Text(f"有 {kind} 评分档的维度", f"a dimension with bands for {kind}"),
            example=then(ONE[kind], "没有得分", "has no score"),
        )


def _entries(standard: Standard, kind: Kind) -> Iterator[Fault]:
    above: Decimal | None = None
    for at, tier in enumerate(standard.tier[:-1]):
        path = f"tier[{at}].entry.{kind}"
        entry = tier.entry.of(kind) if tier.entry else None
        if entry is None:
            yield Fault(
                "STANDARD-054",
                path,
                Text(f"缺少{MANY[kind].zh}的准入分", f"is missing: {MANY[kind].en} need an entry score"),
                allowed=Text("0 至 100", "0 to 100"),
                example=then(
                    ONE[kind],
                    f"无论得分多少，进入「{tier.name.zh}」都没有依据",
                    f"has no line to meet for {tier.name.en}",
                ),
            )
            continue
        yield from _entry_value(path, entry, kind)
        if above is not None and entry >= above:
            yield Fault(
                "STANDARD-053",
                path,
                Text("准入分未低于上一层级", "is not below the entry of the tier above"),
                value=plain(entry),
                allowed=Text(f"低于 {plain(above)}", f"below {plain(above)}"),
                example=_scored(
                    kind,
                    above,
                    f"已进入更高层级，无人留在「{tier.name.zh}」",
                    f"is in the tier above already, so nobody is in {tier.name.en}",
                ),
            )
        above = entry


def _entry_value(path: str, entry: Decimal, kind: Kind) -> Iterator[Fault]:
    if not 0 <= entry <= POINTS:
        yield Fault(
            "STANDARD-055",
            path,
            Text("准入分超出 0 至 100", "is outside of 0 to 100"),
            value=plain(entry),
            allowed=Text("0 至 100", "0 to 100"),
            example=_scored(kind, Decimal(0), "也已高于准入分", "is above it already")
            if entry < 0
            else _scored(kind, Decimal(POINTS), "仍达不到", "has the most there is and does not reach it"),
        )
    if entry * BASIS % 1:
        near = Decimal(int(entry * BASIS)) / BASIS
        yield Fault(
            "STANDARD-056",
            path,
            Text("准入分精度高于百分之一分", "is finer than a hundredth of a point"),
            value=plain(entry),
            allowed=Text("至多两位小数", "at most two decimals"),
            example=_scored(kind, near, "无法与该准入分区分", "cannot be told from one at the entry"),
        )


def _scored(kind: Kind, score: Decimal, zh: str, en: str) -> Text:
    one = ONE[kind]
    return Text(f"{one.zh}得 {plain(score)} 分，{zh}", f"{one.en} with {plain(score)} points {en}")


def _lowest(standard: Standard) -> Iterator[Fault]:
    at, lowest = len(standard.tier) - 1, standard.tier[-1]
    for kind in Kind:
        entry = lowest.entry.of(kind) if lowest.entry else None
        if entry is not None:
            yield Fault(
                "STANDARD-057",
                f"tier[{at}].entry.{kind}",
                Text("最低层级不设准入分", "stands at the lowest tier, which is everyone else's"),
                value=plain(entry),
                allowed=Text("不写", "nothing"),
                example=_scored(kind, max(entry - 1, Decimal(0)), "将没有层级", "would have no tier"),
            )


def _subtiers(standard: Standard, contract: Contract) -> Iterator[Fault]:
    for at, tier in enumerate(standard.tier):
        for n, subtier in enumerate(tier.subtier):
            path = f"tier[{at}].subtier[{n}].at_least"
            unit = unit_of(contract[subtier.column], standard)
            for kind in Kind:
                line = subtier.at_least.of(kind)
                if line is not None:
                    yield from finer_than_stored(f"{path}.{kind}", line, unit)
                    yield from _hidden_subtier(
                        f"{path}.{kind}", tier.subtier[n + 1 :], subtier, kind, standard, contract
                    )


def _hidden_subtier(
    path: str,
    later: tuple[Subtier, ...],
    subtier: Subtier,
    kind: Kind,
    standard: Standard,
    contract: Contract,
) -> Iterator[Fault]:
    line = subtier.at_least.of(kind)
    for other in later:
        bar = other.at_least.of(kind)
        if other.column == subtier.column and bar is not None and line is not None and bar <= line:
            customer = with_facts(kind, [column_amount(contract[subtier.column], line, standard)])
            yield Fault(
                "STANDARD-061",
                path,
                Text(
                    f"满足者都归入后列的 {other.id}，无人归入",
                    f"names nobody: {other.id} stands after it and takes them",
                ),
                value=plain(line),
                allowed=Text(f"低于 {plain(bar)}", f"below {plain(bar)}"),
                example=then(customer, f"归入 {other.id}", f"is in {other.id}"),
            )
