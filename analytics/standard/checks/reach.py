"""Which tiers can be reached: every score that the bands can give, against every entry score."""

from collections.abc import Iterator

from analytics.intake.contract import Contract
from analytics.standard.checks.conditions import met_by, possible
from analytics.standard.checks.people import MANY, ONE, then
from analytics.standard.faults import Fault, Severity
from analytics.standard.model import POINTS, Scale, Standard, Tier
from analytics.standard.numbers import score
from analytics.vocabulary import BASIS, Kind, Text


def reach_faults(standard: Standard, contract: Contract) -> Iterator[Fault]:
    """Tiers that nobody can be in, by score or by gate."""
    for kind in Kind:
        entries = [tier.entry.of(kind) if tier.entry else None for tier in standard.tiers_up[1:]]
        stated = [entry for entry in entries if entry is not None and 0 <= entry <= POINTS]
        scores, divisor = attainable(standard, kind)
        if scores and len(stated) == len(entries) and stated == sorted(set(stated)):
            yield from _unreachable(standard, contract, kind, scores, divisor)


def attainable(standard: Standard, kind: Kind) -> tuple[int, int]:
    """All scores of a kind as a set of bits (bit n: the sum n), and what a sum is divided by to give points.

    Dimensions are taken as free of each other: the set may hold a score that no customer has, never lack one.
    """
    method = standard.aggregation.method
    scales = _scales_that_count(standard, kind)
    if not scales:
        return 0, 1
    if method == "weighted_sum":
        bits = 1
        for scale in scales:
            bits = _combined(bits, [scale.weight * points for points in _points(scale)])
        return bits, standard.weight_sum(kind)
    values = [_points(scale) for scale in scales]
    least = [min(one) for one in values]
    greatest = [max(one) for one in values]
    low, high = (max(least), max(greatest)) if method == "highest" else (min(least), min(greatest))
    return sum(1 << points for points in set().union(*values) if low <= points <= high), 1


def _scales_that_count(standard: Standard, kind: Kind) -> list[Scale]:
    aggregation = standard.aggregation
    if aggregation.method == "single":
        return [scale for name, scale in standard.scales(kind) if name == aggregation.metric]
    return [scale for _, scale in standard.scales(kind) if scale.weight]


def _combined(bits: int, additions: list[int]) -> int:
    found = 0
    for addition in additions:
        found |= bits << addition
    return found


def _points(scale: Scale) -> set[int]:
    stated = scale.missing_points
    return {*scale.points, *(() if stated is None else (stated,))}


def _unreachable(standard: Standard, contract: Contract, kind: Kind, scores: int, divisor: int) -> Iterator[Fault]:
    lines = [-(-entry * divisor // BASIS) for entry in standard.entries(kind)]
    floors = [0, *lines]
    ceilings = [*lines, scores.bit_length()]
    reached = [
        bool(scores >> low & ((1 << max(high - low, 0)) - 1)) for low, high in zip(floors, ceilings, strict=True)
    ]
    for rank, tier in enumerate(standard.tiers_up):
        if reached[rank] or _gate_leads_to(standard, contract, kind, "floor", tier):
            continue
        capped = any(reached[rank + 1 :]) and _gate_leads_to(standard, contract, kind, "cap", tier)
        yield _fault(standard, kind, rank, scores, divisor, Severity.NOTE if capped else Severity.FAULT)


def _gate_leads_to(standard: Standard, contract: Contract, kind: Kind, effect: str, tier: Tier) -> bool:
    return any(
        gate.effect == effect
        and gate.tier == tier.id
        and kind.value in gate.kinds
        and possible(met_by(gate, standard, contract))
        for gate in standard.gate
    )


def _fault(standard: Standard, kind: Kind, rank: int, scores: int, divisor: int, severity: Severity) -> Fault:
    tier = standard.tiers_up[rank]
    at = len(standard.tier) - 1 - rank
    entry = tier.entry_basis(kind)
    least, greatest = (scores & -scores).bit_length() - 1, scores.bit_length() - 1
    low, high = score(least * BASIS // divisor), score(greatest * BASIS // divisor)
    one, many = ONE[kind], MANY[kind]
    if greatest * BASIS < entry * divisor:
        customer = Text(f"{one.zh}各维度均在分值最高的一档", f"{one.en} in the best band of every dimension")
        example = then(customer, f"得 {high} 分", f"has {high} points")
    elif rank + 1 < len(standard.tier) and least * BASIS >= standard.entries(kind)[rank] * divisor:
        customer = Text(f"{one.zh}各维度均在分值最低的一档", f"{one.en} in the worst band of every dimension")
        example = then(customer, f"也有 {low} 分，已进入更高层级", f"has {low} points and is in a higher tier already")
    else:
        following = score(standard.entries(kind)[rank])
        example = Text(
            f"{many.zh}的得分不会落在 {score(entry)} 与 {following} 之间",
            f"{one.en} never has a score from {score(entry)} to below {following}",
        )
    return Fault(
        "STANDARD-058",
        f"tier[{at}].entry.{kind}",
        Text(
            f"{many.zh}无法凭得分达到「{tier.name.zh}」",
            f"leaves {tier.name.en} beyond the reach of {many.en}",
        ),
        value=score(entry),
        allowed=Text(f"可得分数为 {low} 至 {high}", f"scores run from {low} to {high}"),
        example=example,
        severity=severity,
    )
