"""An independent reading of the policy, one customer at a time, in plain Python with exact fractions.

Slow on purpose: it shares no code with the engine beyond the parsed standard.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from analytics.intake.contract import Contract
from analytics.standard.model import Condition, Standard
from analytics.vocabulary import Kind

Row = Mapping[str, Any]


def classify(standard: Standard, contract: Contract, row: Row) -> tuple[str, str | None, Fraction | None]:
    """Outcome, tier id and score of one customer; ``row`` holds stored integers, ``None`` for missing."""
    kind = list(Kind)[row["kind"] - 1]
    score = _score(standard, contract, kind, row)
    ids = [tier.id for tier in reversed(standard.tier)]
    met = [
        gate
        for gate in standard.gate
        if kind.value in gate.kinds and all(_meets(standard, contract, test, row) for test in gate.when)
    ]
    if any(gate.effect == "exclude" for gate in met):
        return "EXCLUDED", None, score
    if any(gate.effect == "manual" for gate in met):
        return "MANUAL", None, score
    caps = [ids.index(str(gate.tier)) for gate in met if gate.effect == "cap"]
    floors = [ids.index(str(gate.tier)) for gate in met if gate.effect == "floor"]
    possible = range(len(ids)) if score is None else [_qualifies(standard, kind, score)]
    settled = {min([max([place, *floors]), *caps]) for place in possible}
    if len(settled) > 1:
        return "NOT_ASSESSABLE", None, score
    return "CLASSIFIED", ids[settled.pop()], score


def _qualifies(standard: Standard, kind: Kind, score: Fraction) -> int:
    place = 0
    for rank, tier in enumerate(reversed(standard.tier)):
        entry = tier.entry.of(kind) if tier.entry else None
        if entry is not None and score >= Fraction(entry):
            place += rank > 0
    return place


def _score(standard: Standard, contract: Contract, kind: Kind, row: Row) -> Fraction | None:
    points: dict[str, int] = {}
    weights: dict[str, int] = {}
    for name, dimension in standard.dimension.items():
        scale = dimension.scale(kind)
        if scale is None:
            continue
        weights[name] = scale.weight
        got = _points(dimension, scale, contract, row)
        if got is None and (
            name == standard.aggregation.metric if standard.aggregation.method == "single" else scale.weight
        ):
            return None
        points[name] = got or 0
    if not points:
        return None
    counted = [name for name in points if weights[name]]
    match standard.aggregation.method:
        case "weighted_sum":
            return Fraction(sum(weights[name] * points[name] for name in counted), sum(weights.values()))
        case "highest":
            return Fraction(max((points[name] for name in counted), default=0))
        case "all_of":
            return Fraction(min((points[name] for name in counted), default=100))
        case "single":
            return Fraction(points[str(standard.aggregation.metric)])
    raise AssertionError(standard.aggregation.method)


def _points(dimension, scale, contract: Contract, row: Row) -> int | None:
    values = [(row[column], percent) for column, percent in dimension.source.items()]
    if any(value is None for value, _ in values):
        return scale.missing_points
    if scale.is_qualitative:
        column = contract[next(iter(dimension.source))]
        code = column.codes[values[0][0] - 1].id
        return next(band.points for band in scale.bands if code in band.codes)
    value = sum(Fraction(value * percent, 100) for value, percent in values)
    points = scale.bands[0].points
    for band in scale.bands[1:]:
        if value >= Fraction(band.from_) * dimension.unit_of.scale:
            points = band.points
    return points


def _meets(standard: Standard, contract: Contract, test: Condition, row: Row) -> bool:
    column, value = contract[test.column], row[test.column]
    if test.missing:
        return value is None
    if value is None:
        return False
    if test.is_ is not None:
        return value is test.is_
    if test.in_ is not None:
        return (column.codes[value - 1].id if column.codes else value) in test.in_
    scale = standard.currency_unit.scale if column.is_money else column.unit_of.scale
    low = test.at_least is None or value >= Fraction(test.at_least) * scale
    return low and (test.below is None or value < Fraction(test.below) * scale)
