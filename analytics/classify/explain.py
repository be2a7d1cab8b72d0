"""Why a customer stands where they stand: a trace from key and facts, before any words."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from analytics.classify.grid import Grid
from analytics.classify.verdict import NONE, full_ladders, gates_of, judge, score_base
from analytics.standard.model import Dimension, Gate, Scale, Standard
from analytics.vocabulary import BASIS, Kind, Outcome

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Line:
    """One dimension: the stored value (``None`` where missing), its band from 0, and what it adds.

    ``contribution`` is weight x points, in the numerator of the score. ``next_edge`` is the stored bound of the
    next band that brings more points, ``None`` where there is none.
    """

    dimension: str
    value: int | None
    band: int | None
    points: int | None
    weight: int
    contribution: int
    next_edge: int | None
    next_points: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole trace. ``score`` is in points, ``short_of_next`` how many points the next tier is away.

    ``next_tier`` is the tier above where a score could give it. Where none could, ``held_by`` are the caps that keep
    the tier, whatever the score.
    """

    kind: Kind
    outcome: Outcome
    tier: int | None
    scored_tier: int | None
    score: Decimal | None
    lines: tuple[Line, ...]
    gates: tuple[Gate, ...]
    subtier: str | None
    next_tier: int | None
    short_of_next: Decimal | None
    held_by: tuple[Gate, ...] = ()


def explain(standard: Standard, grid: Grid, key: int, facts: Facts) -> Explanation:
    """Take one verdict apart. ``facts`` holds the stored integers of the columns that the standard reads."""
    keys = np.array([key], dtype=np.int64)
    digits, verdict = grid.digits(keys), judge(standard, grid, keys)
    kind = list(Kind)[int(digits.kind[0])]
    bands = {axis.name: int(digits.bands[place, 0]) for place, axis in enumerate(grid.axes)}
    lines = tuple(_line(standard, name, scale, bands[name], facts) for name, scale in standard.scales(kind))
    outcome = Outcome(int(verdict.outcome[0]))
    tier = int(verdict.tier[0]) if outcome is Outcome.CLASSIFIED else None
    known = int(verdict.score[0]) != NONE
    base = score_base(standard, kind)
    score = Decimal(int(verdict.score[0])) / base if known else None
    met = tuple(gate for place, gate in enumerate(gates_of(standard)) if bool(digits.flag(place)[0]))
    following, held = _above(standard, full_ladders(standard, grid, keys)[:, 0].tolist(), tier, met)
    short = None
    if following is not None and score is not None:
        short = max(Decimal(standard.entries(kind)[following - 1]) / BASIS - score, Decimal(0))
    return Explanation(
        kind=kind,
        outcome=outcome,
        tier=tier,
        scored_tier=int(verdict.scored_tier[0]) if known else None,
        score=score,
        lines=lines,
        gates=met,
        subtier=_subtier(standard, grid, digits.flags[0], tier),
        next_tier=following,
        short_of_next=short,
        held_by=held,
    )


def _above(
    standard: Standard, ladder: list[int], tier: int | None, met: tuple[Gate, ...]
) -> tuple[int | None, tuple[Gate, ...]]:
    """The tier above where its score would give it, or the caps that are in the way; ``ladder`` is states by score."""
    if tier is None or tier + 1 == len(standard.tier):
        return None, ()
    if ladder[tier + 1] == tier + 1:
        return tier + 1, ()
    return None, tuple(gate for gate in met if gate.effect == "cap" and standard.rank(gate.tier or "") == tier)


def _line(standard: Standard, name: str, scale: Scale, band: int, facts: Facts) -> Line:
    dimension = standard.dimension[name]
    is_missing = band == len(scale.bands)
    points = scale.missing_points if is_missing else scale.points[band]
    edge, more = _next(dimension, scale, band)
    return Line(
        dimension=name,
        value=None if is_missing else _value(dimension, facts),
        band=None if is_missing else band,
        points=points,
        weight=scale.weight,
        contribution=scale.weight * (points or 0),
        next_edge=edge,
        next_points=more,
    )


def _value(dimension: Dimension, facts: Facts) -> int:
    total = 0
    for column, coefficient in dimension.source.items():
        value = facts[column]
        assert isinstance(value, int)
        total += value * coefficient
    return total // 100


def _next(dimension: Dimension, scale: Scale, band: int) -> tuple[int | None, int | None]:
    """Bound and points of the nearest higher band that brings more points."""
    factor = dimension.unit_of.scale
    if band >= len(scale.bands) or scale.is_qualitative:
        return None, None
    for later in scale.bands[band + 1 :]:
        if later.points > scale.bands[band].points and later.from_ is not None:
            return int(later.from_ * factor), later.points
    return None, None


def _subtier(standard: Standard, grid: Grid, flags: int, tier: int | None) -> str | None:
    """The last subtier of the tier whose amount is reached."""
    if tier is None:
        return None
    names = [flag.name for flag in grid.flags]
    found = None
    for subtier in standard.tiers_up[tier].subtier:
        place = names.index(f"{standard.tiers_up[tier].id}.{subtier.id}")
        if int(flags) >> place & 1:
            found = subtier.id
    return found
