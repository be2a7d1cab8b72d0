"""Cliffs at entry scores: who stands within some points of each, by exact comparison of integers.

A score is a numerator ``n`` over ``base``; it lies ``100 n - T base`` beyond an entry score of ``T`` hundredths of a
point, in hundredths of a point over ``base``.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analytics.classify.grid import Grid, Ints
from analytics.classify.verdict import NONE, Verdicts, judge, ladders, score_base
from analytics.cube.sensitivity.bunching import Bunching
from analytics.cube.sensitivity.crowd import Crowd
from analytics.cube.sensitivity.lines import Beside, Cliff, Histogram, Line, Mass, mass_of
from analytics.standard.model import Standard
from analytics.vocabulary import BASIS, Kind

PLACEBO_STEP = BASIS
"""Placebo lines stand at every whole point of the scale."""


@dataclass(frozen=True)
class Scores:
    """A crowd judged under one standard; those whose score is not known are left out of everything here."""

    crowd: Crowd
    standard: Standard
    grid: Grid

    @cached_property
    def verdicts(self) -> Verdicts:
        return judge(self.standard, self.grid, self.crowd.keys)

    @cached_property
    def steps(self) -> Ints:
        """(tiers, n): the state of each key for every tier that its score could give."""
        return ladders(self.standard, self.grid, self.crowd.keys)

    def lines(self) -> tuple[Line, ...]:
        """Every entry score of every kind that anybody is scored by, the lowest tier's first."""
        return tuple(
            Line("entry", kind, tier.id, rank, tier.entry_basis(kind))
            for kind in Kind
            if self.standard.scales(kind)
            for rank, tier in enumerate(self.standard.tiers_up)
            if tier.entry is not None and tier.entry.of(kind) is not None
        )

    def between(self, kind: Kind, low: int, high: int) -> Ints:
        """Places of the keys whose score is at least ``low`` and below ``high`` hundredths of a point."""
        base = score_base(self.standard, kind)
        score = BASIS * self.verdicts.score
        mine = (self.verdicts.kind == list(Kind).index(kind)) & (self.verdicts.score != NONE)
        return np.flatnonzero(mine & (score >= low * base) & (score < high * base))

    def cliff(self, line: Line, distance: int) -> Cliff:
        """Those within ``distance`` hundredths of a point of an entry score."""
        sides = (line.amount - distance, line.amount), (line.amount, line.amount + distance)
        below, above = (
            mass_of(self.crowd[self.between(line.kind, low, high)], self.beside(line, low, high)) for low, high in sides
        )
        return Cliff(line, sides[0][0], sides[1][1], below, above, self._bunching(line, distance))

    def beside(self, line: Line, low: int, high: int) -> Beside:
        """Those from ``low`` up to ``high`` on one side of a line, and where its other side would put them."""
        chosen = self.between(line.kind, low, high)
        entries = self.standard.entries(line.kind)
        is_below = low < line.amount
        across = sum(entry <= line.amount if is_below else entry < line.amount for entry in entries)
        states = self.verdicts.state(len(self.standard.tier))[chosen]
        return Beside(self.crowd.keys[chosen], states, self.steps[across][chosen], self.verdicts.score[chosen])

    def just_below(self, kind: Kind, distance: int) -> Mass:
        """Whoever would reach an entry score with ``distance`` more; ``changing`` are those whose tier would rise."""
        base, entries = score_base(self.standard, kind), self.standard.entries(kind)
        mine = np.flatnonzero((self.verdicts.kind == list(Kind).index(kind)) & (self.verdicts.score != NONE))
        scores = BASIS * self.verdicts.score[mine]
        now, then = (
            sum((scores + more * base >= entry * base).astype(np.int64) for entry in entries) for more in (0, distance)
        )
        chosen = mine[then > now]
        states = self.verdicts.state(len(self.standard.tier))[chosen]
        moved = self.steps[np.asarray(then)[then > now], chosen]
        keys = self.crowd.keys[chosen]
        return mass_of(self.crowd[chosen], Beside(keys, states, moved, self.verdicts.score[chosen]))

    def histogram(self, kind: Kind, low: int, high: int) -> Histogram:
        """Customers by distinct score from ``low`` up to ``high``: a bin holds one score alone."""
        chosen = self.between(kind, low, high)
        scores, place = np.unique(BASIS * self.verdicts.score[chosen], return_inverse=True)
        sums = np.zeros((len(self.crowd.sums), len(scores)), np.int64)
        for measure, values in enumerate(self.crowd.sums):
            np.add.at(sums[measure], place, values[chosen])
        return Histogram(
            np.append(scores, high * score_base(self.standard, kind)), sums, score_base(self.standard, kind)
        )

    def _bunching(self, line: Line, distance: int) -> Bunching:
        bounds = [line.amount + at * distance for at in (-2, -1, 0, 1, 2)]
        counts = self._counts(line.kind, np.array(bounds))
        far_below, below, above, far_above = (int(n) for n in np.diff(counts))
        return Bunching(far_below, below, above, far_above, self._placebo(line, distance))

    def _placebo(self, line: Line, distance: int) -> float:
        """The share of places along the scale where as large a part of both sides stands above, the line's included.

        Places within two distances of an entry score are left out: they would see the line itself.
        """
        entries = np.array(self.standard.entries(line.kind))
        places = np.arange(distance, BASIS * 100 - distance + 1, PLACEBO_STEP)
        places = places[(np.abs(places[:, None] - entries) >= 2 * distance).all(axis=1)]
        places = np.append(places, line.amount)
        cumulated = [self._counts(line.kind, places + shift) for shift in (-distance, 0, distance)]
        below, above = cumulated[1] - cumulated[0], cumulated[2] - cumulated[1]
        anybody = below + above > 0
        if not anybody[-1]:
            return 1.0
        shares = above[anybody] * int(below[-1] + above[-1]) >= int(above[-1]) * (below + above)[anybody]
        return float(shares.mean())

    def _counts(self, kind: Kind, bounds: Ints) -> Ints:
        """How many customers score below each bound, in hundredths of a point."""
        base, (scores, totals) = score_base(self.standard, kind), self._cumulated[kind]
        found: Ints = totals[np.searchsorted(scores, bounds * base)]
        return found

    @cached_property
    def _cumulated(self) -> dict[Kind, tuple[Ints, Ints]]:
        found = {}
        for at, kind in enumerate(Kind):
            mine = np.flatnonzero((self.verdicts.kind == at) & (self.verdicts.score != NONE))
            order = mine[np.argsort(self.verdicts.score[mine], kind="stable")]
            scores = BASIS * self.verdicts.score[order]
            found[kind] = (scores, np.concatenate([[0], np.cumsum(self.crowd.sums[0, order])]))
        return found
