"""Whose tier survives every weight moving by some percent and every edge by one step of its ruler: all, not a sample.

A score reaches an entry score ``T`` where ``sum(w p) >= T sum(w)``, that is ``sum(w (p - T)) >= 0``. That is linear in
each weight, so over the box ``w (1 - s) <= w' <= w (1 + s)`` its least value stands at a corner: the lower weight where
``p > T``, the higher one elsewhere; and each dimension's part grows with ``p``, so the fewest points that an edge's
move allows are the worst. The parts of the dimensions do not touch each other: the sum of the worst parts is the worst
of the whole box, weights and edges together. The same with signs turned gives the best. Everything is an integer.

Edges keep their order, two that meet may fall together. Gates hold: the lowest and the highest tier that a score can
give go through the gates' ladder, which never falls, so the tier survives where its two ends are the same. Where points
are not summed (``highest``, ``all_of``, ``single``), weights say only whether a dimension counts, and no weight that
moves by a share of itself becomes zero: then edges alone matter.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analytics.classify.grid import Digits, Grid, Ints, Slots, grid_of
from analytics.classify.verdict import Bools, Verdicts, judge, ladders, points_of, score_of, scored_tier
from analytics.cube.layers.ruler import Ruler, ruler_of
from analytics.cube.sensitivity.crowd import Crowd
from analytics.cube.sensitivity.cuts import slots_of, with_cuts
from analytics.intake.contract import Contract
from analytics.standard.model import Standard
from analytics.vocabulary import BASIS, Kind

WHOLE = 100
"""Weights move by so many hundredths of themselves."""


def one_step(edge: int, ruler: Ruler) -> tuple[int, int]:
    """The places one step down and one step up; the edge itself where the ruler ends."""
    before, after = ruler.before(edge), ruler.after(edge)
    return edge if before is None else before, edge if after is None else after


def box_grid(standard: Standard, contract: Contract) -> Grid:
    """The grid of a standard, cut one step below and above every edge too."""
    grid = grid_of(standard, contract)
    cuts: dict[tuple[str, int], set[int]] = {}
    for axis in grid.axes:
        for at, kind in enumerate(Kind):
            edges = standard.dimension[axis.name].edges(kind)
            if edges:
                ruler = ruler_of(axis, contract)
                cuts[axis.name, at] = {mark for edge in edges for mark in one_step(edge, ruler)}
    return with_cuts(grid, cuts)


def _bands(slots: Slots, edges: tuple[int, ...], ruler: Ruler) -> tuple[Ints, Ints]:
    """The lowest and the highest band that each slot can fall into; the missing one stays."""
    if slots.codes or not edges:
        return np.array(slots.band), np.array(slots.band)
    steps = [one_step(edge, ruler) for edge in edges]
    lows = [None, *slots.cuts]
    sure = [sum(low is not None and up <= low for _, up in steps) for low in lows]
    able = [sum(low is not None and down <= low for down, _ in steps) for low in lows]
    missing = slots.band[-1]
    return np.array([*sure, missing]), np.array([*able, missing])


@dataclass(frozen=True, slots=True)
class Reached:
    """The lowest and the highest tier that the score of each key can give, (n,) each."""

    lowest: Ints
    highest: Ints


@dataclass(frozen=True)
class Box:
    """A crowd on the grid of :func:`box_grid`, and by how many percent weights may move.

    Raises ``CLASSIFY-001`` where all weights of a kind are zero.
    """

    crowd: Crowd
    standard: Standard
    grid: Grid
    contract: Contract
    percent: int

    @cached_property
    def verdicts(self) -> Verdicts:
        return judge(self.standard, self.grid, self.crowd.keys)

    @cached_property
    def states(self) -> Ints:
        """Where each key stands."""
        return self.verdicts.state(len(self.standard.tier))

    @cached_property
    def _steps(self) -> Ints:
        return ladders(self.standard, self.grid, self.crowd.keys)

    @cached_property
    def _digits(self) -> Digits:
        return self.grid.digits(self.crowd.keys)

    @cached_property
    def _weights(self) -> Ints:
        return points_of(self.standard, self.grid, self._digits)[1]

    @cached_property
    def points(self) -> Ints:
        """(axes, n): points as they are."""
        return points_of(self.standard, self.grid, self._digits)[0]

    @cached_property
    def spans(self) -> tuple[Ints, Ints, Ints, Ints]:
        """Fewest and most points, (axes, n) each, where edges rise by a step, then where they fall by one."""
        low_bands, high_bands = self._digits.bands.copy(), self._digits.bands.copy()
        for place, axis in enumerate(self.grid.axes):
            for at, kind in enumerate(Kind):
                slots = axis.slots[at]
                if slots is not None:
                    mine = self._digits.kind == at
                    slot = slots_of(self.grid, place, at, self.crowd.keys[mine])
                    edges = self.standard.dimension[axis.name].edges(kind)
                    low, high = _bands(slots, edges, ruler_of(axis, self.contract))
                    low_bands[place, mine], high_bands[place, mine] = low[slot], high[slot]
        return (*self._extremes(low_bands, self._digits.bands), *self._extremes(self._digits.bands, high_bands))

    def _extremes(self, first: Ints, last: Ints) -> tuple[Ints, Ints]:
        """Fewest and most points over the bands from ``first`` to ``last``; points need not rise with the value."""
        fewest, most = self.points.copy(), self.points.copy()
        for shift in range(int((last - first).max(initial=0)) + 1):
            bands = np.minimum(first + shift, last)
            here = points_of(self.standard, self.grid, Digits(self._digits.kind, bands, self._digits.flags))[0]
            fewest, most = np.minimum(fewest, here), np.maximum(most, here)
        return fewest, most

    @cached_property
    def _both_ways(self) -> tuple[Ints, Ints]:
        fewest_up, most_up, fewest_down, most_down = self.spans
        return np.minimum(fewest_up, fewest_down), np.maximum(most_up, most_down)

    def reached(self, *, weights: bool, edges: bool) -> Reached:
        """The tiers that scores can give where all weights, all edges, or both may move."""
        fewest, most = self._both_ways if edges else (self.points, self.points)
        return self._reached(fewest, most, self._ends(np.full(len(self.points), weights)))

    def weight_alone(self, place: int, by: int) -> Reached:
        """Where one weight stands at an end of its range: -1 the lower, 1 the higher."""
        numerators = np.full(len(self.points), WHOLE)
        numerators[place] += by * self.percent
        return self._reached(self.points, self.points, (numerators, numerators))

    def edges_alone(self, place: int, by: int) -> Reached:
        """Where the edges of one dimension may move one way by a step: -1 down, 1 up."""
        fewest, most = self.points.copy(), self.points.copy()
        fewest[place], most[place] = (span[place] for span in (self.spans[:2] if by > 0 else self.spans[2:]))
        return self._reached(fewest, most, self._ends(np.zeros(len(self.points), np.bool_)))

    def survives(self, reached: Reached) -> Bools:
        """Whether the tier of each key is the same all over what is reached."""
        found: Bools = (self.at(reached.lowest) == self.states) & (self.at(reached.highest) == self.states)
        return found

    def at(self, tiers: Ints) -> Ints:
        """The state that gates make of a scored tier."""
        states: Ints = self._steps[tiers, np.arange(len(tiers))]
        return states

    def _ends(self, moving: Bools) -> tuple[Ints, Ints]:
        """Least and greatest weights, in hundredths of what they are, by dimension."""
        return WHOLE - self.percent * moving, WHOLE + self.percent * moving

    def _reached(self, fewest: Ints, most: Ints, ends: tuple[Ints, Ints]) -> Reached:
        if self.standard.aggregation.method != "weighted_sum":
            scores = [score_of(self.standard, points, self._weights) for points in (fewest, most)]
            return Reached(*(scored_tier(self.standard, self._digits.kind, score) for score in scores))
        lowest, highest = (np.zeros(len(self.crowd.keys), np.int64) for _ in range(2))
        for at, kind in enumerate(Kind):
            mine = np.flatnonzero(self._digits.kind == at)
            for entry in self.standard.entries(kind) if len(mine) else ():
                lowest[mine] += self._sum(fewest[:, mine], mine, entry, ends) >= 0
                highest[mine] += self._sum(most[:, mine], mine, entry, ends[::-1]) >= 0
        return Reached(lowest, highest)

    def _sum(self, points: Ints, mine: Ints, entry: int, ends: tuple[Ints, Ints]) -> Ints:
        """``sum(w (p - T))`` with the first end of a weight where its part is positive, the second elsewhere."""
        beyond = BASIS * points - entry
        scale = np.where(beyond > 0, ends[0][:, None], ends[1][:, None])
        total: Ints = (self._weights[:, mine] * scale * beyond).sum(axis=0)
        return total
