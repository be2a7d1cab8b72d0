"""Which reasons decide: what made somebody's outcome or moved their tier, and is not only true of them as well."""

from collections.abc import Iterator

import numpy as np

from analytics.classify.grid import Digits, Grid, Ints
from analytics.classify.verdict import NONE, Bools, Verdicts, gates_of, judge, refusals
from analytics.standard.model import Gate, Standard
from analytics.vocabulary import Outcome

EFFECTS = {"exclude": Outcome.EXCLUDED, "manual": Outcome.MANUAL}


def deciding(standard: Standard, grid: Grid, keys: Ints) -> Iterator[tuple[str, Outcome, Bools]]:
    """Name of each reason (see :func:`reason_bits`), the outcome that it brings, and whose it decides, by key.

    A missing value decides where it refuses a score and nothing else settles the tier. A cap or a floor decides where
    the tier is not the scored one and the gate is what holds or lifts it.
    """
    digits, found = grid.digits(keys), judge(standard, grid, keys)
    unknown = found.outcome == Outcome.NOT_ASSESSABLE
    for name, refused in refusals(standard, grid, digits).items():
        yield f"missing:{name}", Outcome.NOT_ASSESSABLE, unknown & refused
    moved = (found.outcome == Outcome.CLASSIFIED) & (found.tier != found.scored_tier)
    lifted = _lifted(standard, digits)
    for place, gate in enumerate(gates_of(standard)):
        outcome = EFFECTS.get(gate.effect, Outcome.CLASSIFIED)
        binds = moved & _binds(standard, gate, found, lifted) if gate.tier else found.outcome == outcome
        yield f"gate:{gate.id}", outcome, digits.flag(place) & binds


def _binds(standard: Standard, gate: Gate, found: Verdicts, lifted: Ints) -> Bools:
    """Whether the tier would be another without a cap or floor, were it alone of its effect."""
    rank, is_known = standard.rank(gate.tier or ""), found.scored_tier != NONE
    if gate.effect == "cap":
        wished = np.where(is_known, found.scored_tier, len(standard.tier) - 1)
        binds: Bools = (found.tier == rank) & (np.maximum(wished, lifted) > rank)
    else:
        binds = (found.tier <= rank) & (found.tier > np.where(is_known, found.scored_tier, 0))
    return binds


def _lifted(standard: Standard, digits: Digits) -> Ints:
    """The highest floor that each key meets, the lowest tier where it meets none."""
    floor = np.zeros(len(digits.kind), np.int64)
    for place, gate in enumerate(gates_of(standard)):
        if gate.effect == "floor":
            floor = np.where(digits.flag(place), np.maximum(floor, standard.rank(gate.tier or "")), floor)
    return floor
