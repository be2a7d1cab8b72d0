"""The policy, in one place: signatures -> score, tier, outcome and reasons.

Integers only. With weights w and points p the score is ``sum(w p)`` over ``sum(w)``; it qualifies for a tier with
entry score T (in hundredths of a point) when ``100 sum(w p) >= T sum(w)``. Nothing is divided or rounded.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.classify.grid import Digits, Grid, Ints
from analytics.errors import TierdeskError
from analytics.standard.model import Gate, Scale, Standard
from analytics.vocabulary import BASIS, Kind, Outcome, Text

Bools = npt.NDArray[np.bool_]
NONE = -1


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a standard says of each signature; every array has one entry a key.

    ``score`` is the numerator of the score (its denominator is :func:`score_base`), ``NONE`` where a value that
    counts is missing. ``scored_tier`` is the rank that the score alone gives, ``tier`` the rank after the gates,
    ``NONE`` unless the outcome is *classified*; rank 0 is the lowest tier. ``reasons`` holds a bit for every missing
    dimension (by place), then for every gate that is met (see :func:`reason_bits`).
    """

    keys: Ints
    kind: Ints
    outcome: Ints
    tier: Ints
    score: Ints
    scored_tier: Ints
    reasons: Ints

    def state(self, n_tiers: int) -> Ints:
        """One number for where a customer stands: the rank of the tier, or past the tiers the other outcomes."""
        return _state(self.outcome, self.tier, n_tiers)


def _state(outcome: Ints, tier: Ints, n_tiers: int) -> Ints:
    return np.where(outcome == Outcome.CLASSIFIED, tier, n_tiers - 1 + outcome)


def n_states(standard: Standard) -> int:
    """Tiers, then not assessable, excluded, manual."""
    return len(standard.tier) + len(Outcome) - 1


def gates_of(standard: Standard) -> tuple[Gate, ...]:
    """Gates in the order of their bits."""
    return tuple(sorted(standard.gate, key=lambda gate: gate.id))


def reason_bits(standard: Standard) -> dict[str, int]:
    """Name of each reason and its bit: ``missing:<dimension>``, then ``gate:<id>``."""
    names = [f"missing:{name}" for name, _ in standard.dimensions]
    names += [f"gate:{gate.id}" for gate in gates_of(standard)]
    return {name: 1 << place for place, name in enumerate(names)}


def judge(standard: Standard, grid: Grid, keys: Ints) -> Verdicts:
    """The verdict on every key; raises ``CLASSIFY-001`` where all weights of a kind are zero."""
    return judge_digits(standard, grid, keys, grid.digits(keys))


def judge_digits(standard: Standard, grid: Grid, keys: Ints, digits: Digits) -> Verdicts:
    """The verdict on keys that are taken apart already, perhaps with other bands or conditions than their own."""
    points, weights, absent, refused = points_of(standard, grid, digits)
    score = np.where(refused, NONE, score_of(standard, points, weights))
    scored = np.where(refused, NONE, scored_tier(standard, digits.kind, score))
    outcome, tier = _gated(standard, digits, scored)
    reasons = absent | (digits.flags & ((1 << len(standard.gate)) - 1)) << len(grid.axes)
    return Verdicts(keys, digits.kind, outcome, tier, score, scored, reasons)


def ladders(standard: Standard, grid: Grid, keys: Ints) -> Ints:
    """(tiers, n): the state of each key for every tier that its score could give, lowest first.

    Gates alone decide it. A key whose score is not known has the same state on every step.
    """
    refused = points_of(standard, grid, grid.digits(keys))[3]
    steps = full_ladders(standard, grid, keys)
    return np.where(refused, steps[-1], steps[:-1])


def full_ladders(standard: Standard, grid: Grid, keys: Ints) -> Ints:
    """(tiers + 1, n): as :func:`ladders`, whatever is missing; the last row is for a score that is not known."""
    return ladders_of(standard, grid.digits(keys))


def ladders_of(standard: Standard, digits: Digits) -> Ints:
    """The same of keys that are taken apart already."""
    steps = []
    for scored in [*range(len(standard.tier)), NONE]:
        outcome, tier = _gated(standard, digits, np.full(len(digits.kind), scored))
        steps.append(_state(outcome, tier, len(standard.tier)))
    return np.stack(steps)


def score_base(standard: Standard, kind: Kind) -> int:
    """What a score's numerator is a fraction of: the sum of weights, or 1 where points are not summed."""
    return standard.weight_sum(kind) if standard.aggregation.method == "weighted_sum" else 1


def refusals(standard: Standard, grid: Grid, digits: Digits) -> dict[str, Bools]:
    """By dimension, the keys whose score is refused because its value is missing and counts for their kind."""
    found = {}
    for place, axis in enumerate(grid.axes):
        refused = np.zeros(len(digits.kind), np.bool_)
        for at, kind in enumerate(Kind):
            scale = standard.dimension[axis.name].scale(kind)
            if scale and scale.missing_points is None and counted(standard, axis.name, scale) > 0:
                refused |= (digits.kind == at) & (digits.bands[place] == len(scale.bands))
        found[axis.name] = refused
    return found


def counted(standard: Standard, name: str, scale: Scale) -> int:
    """What a dimension's points are counted with; where only one dimension counts, whether it is that one."""
    if standard.aggregation.method == "single":
        return int(name == standard.aggregation.metric)
    return scale.weight


def points_of(standard: Standard, grid: Grid, digits: Digits) -> tuple[Ints, Ints, Ints, Bools]:
    """Points and weights (axes, n), the bits of missing dimensions (n,), and whose score is not known (n,).

    That is where a value that counts is missing, and for a kind that the standard does not score at all.
    """
    shape = digits.bands.shape
    points, weights = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    absent = np.zeros(shape[1], np.int64)
    for place, axis in enumerate(grid.axes):
        dimension = standard.dimension[axis.name]
        scales = [dimension.scale(kind) for kind in Kind]
        width = 1 + max(len(scale.bands) if scale else 0 for scale in scales)
        table, weight = np.zeros((len(Kind), width), np.int64), np.zeros(len(Kind), np.int64)
        missing_bit = np.zeros((len(Kind), width), np.int64)
        for at, scale in enumerate(scales):
            if scale is None:
                continue
            table[at, : len(scale.bands)] = scale.points
            table[at, len(scale.bands)] = scale.missing_points or 0
            weight[at] = counted(standard, axis.name, scale)
            missing_bit[at, len(scale.bands)] = 1 << place
        band = digits.bands[place]
        points[place], weights[place] = table[digits.kind, band], weight[digits.kind]
        absent |= missing_bit[digits.kind, band]
    scored = np.array([bool(standard.scales(kind)) for kind in Kind])
    refused = np.any([*refusals(standard, grid, digits).values(), ~scored[digits.kind]], axis=0)
    return points, weights, absent, refused


def score_of(standard: Standard, points: Ints, weights: Ints) -> Ints:
    """The numerator of each score, from points and weights (axes, n)."""
    match standard.aggregation.method:
        case "weighted_sum" | "single":
            total: Ints = (points * weights).sum(axis=0)
        case "highest":
            total = np.where(weights > 0, points, 0).max(axis=0)
        case "all_of":
            total = np.where(weights > 0, points, 100).min(axis=0)
    return total


def scored_tier(standard: Standard, kind: Ints, score: Ints) -> Ints:
    """The rank that each score gives by itself; raises ``CLASSIFY-001`` where all weights of a kind are zero."""
    tier = np.zeros(len(score), np.int64)
    for at, each in enumerate(Kind):
        if not standard.scales(each):
            continue
        base = score_base(standard, each)
        if base == 0 or standard.weight_sum(each) == 0:
            raise TierdeskError(
                "CLASSIFY-001",
                Text(
                    f"{each.label.zh}的权重全部为零，无法评分。",
                    f"All weights of {each.label.en.lower()} are zero; nobody can be scored.",
                ),
                Text("请至少给一个维度设置大于零的权重。", "Give at least one dimension a weight above zero."),
            )
        qualified = sum((BASIS * score >= entry * base).astype(np.int64) for entry in standard.entries(each))
        tier = np.where(kind == at, qualified, tier)
    return tier


def _gated(standard: Standard, digits: Digits, scored: Ints) -> tuple[Ints, Ints]:
    """Outcome and tier after exclude > manual > cap > floor.

    A customer whose score is not known still has a tier where the gates leave only one.
    """
    top = len(standard.tier) - 1
    cap, floor = np.full(len(scored), top), np.zeros(len(scored), np.int64)
    excluded, manual = np.zeros(len(scored), np.bool_), np.zeros(len(scored), np.bool_)
    for place, gate in enumerate(gates_of(standard)):
        met = digits.flag(place)
        match gate.effect:
            case "cap":
                cap = np.where(met, np.minimum(cap, standard.rank(gate.tier or "")), cap)
            case "floor":
                floor = np.where(met, np.maximum(floor, standard.rank(gate.tier or "")), floor)
            case "exclude":
                excluded |= met
            case "manual":
                manual |= met
    lowest = np.minimum(cap, np.maximum(floor, np.where(scored == NONE, 0, scored)))
    highest = np.minimum(cap, np.maximum(floor, np.where(scored == NONE, top, scored)))
    open_question = lowest != highest
    choices = [excluded, manual, open_question]
    outcome = np.select(choices, [Outcome.EXCLUDED, Outcome.MANUAL, Outcome.NOT_ASSESSABLE], Outcome.CLASSIFIED)
    tier = np.where(outcome == Outcome.CLASSIFIED, lowest, NONE)
    return outcome.astype(np.int64), tier.astype(np.int64)
