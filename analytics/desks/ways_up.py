"""How a customer could rise: the next better band of each dimension, and whether it would be enough alone."""

from dataclasses import dataclass
from decimal import Decimal

from analytics.classify.explain import Explanation
from analytics.classify.verdict import score_base
from analytics.standard.model import Standard
from analytics.vocabulary import BASIS


@dataclass(frozen=True, slots=True)
class Way:
    """One dimension's next better band: its stored lower bound, the score it adds, and whether that lifts a tier."""

    dimension: str
    edge: int
    gain: Decimal
    is_enough: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """One dimension's share in a weighted score, in points: what was got and what could be got."""

    dimension: str
    got: Decimal
    possible: Decimal


def pieces(standard: Standard, explanation: Explanation) -> tuple[Piece, ...]:
    """What each dimension adds to the score, most possible first; they sum to it. Weighted sums only."""
    if standard.aggregation.method != "weighted_sum":
        return ()
    base = score_base(standard, explanation.kind)
    found = (
        Piece(line.dimension, Decimal(line.contribution) / base, Decimal(line.weight * 100) / base)
        for line in explanation.lines
    )
    return tuple(sorted(found, key=lambda piece: (-piece.possible, piece.dimension)))


def ways_up(standard: Standard, explanation: Explanation) -> dict[str, Way]:
    """Ways by dimension; none where the score cannot lift alone: another method, a gate, the highest tier."""
    tier, following = explanation.tier, explanation.next_tier
    decides = tier is not None and tier == explanation.scored_tier and following is not None
    if not decides or standard.aggregation.method != "weighted_sum":
        return {}
    base = score_base(standard, explanation.kind)
    entry = standard.entries(explanation.kind)[int(following or 1) - 1]
    scored = sum(line.contribution for line in explanation.lines)
    found = {}
    for line in explanation.lines:
        if line.next_edge is None or line.next_points is None or not line.weight:
            continue
        gain = line.weight * (line.next_points - (line.points or 0))
        is_enough = BASIS * (scored + gain) >= entry * base
        found[line.dimension] = Way(line.dimension, line.next_edge, Decimal(gain) / base, is_enough)
    return found
