"""Rest classes: what all dimensions but the one in the hand make of a customer, under one standard."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics.classify.grid import Digits, Grid, Ints, Test
from analytics.classify.verdict import judge_digits, points_of, refusals, score_of
from analytics.cube.layers.bins import Source, asks_only_for
from analytics.standard.model import Standard
from analytics.vocabulary import Kind


@dataclass(frozen=True)
class Hand:
    """A standard, with one dimension of one kind taken in the hand.

    ``rest`` are the digits of classes, or of single customers, with nothing said of the dimension.
    """

    standard: Standard
    grid: Grid
    kind: Kind
    name: str
    rest: Digits

    @property
    def place(self) -> int:
        """The place of the dimension among the axes."""
        return [axis.name for axis in self.grid.axes].index(self.name)

    @property
    def source(self) -> Source:
        return self.grid.axes[self.place].source

    @property
    def edges(self) -> tuple[int, ...]:
        """Lower bounds of the second band and up, in stored units."""
        return self.standard.dimension[self.name].edges(self.kind)

    def bands(self, bounds: Ints, edges: Sequence[int]) -> Ints:
        """The band of every column, the last one of missing values; each edge must be among the bounds."""
        lowest = np.concatenate([[np.iinfo(np.int64).min], bounds])
        found = np.searchsorted(np.array(edges, np.int64), lowest, side="right")
        return np.append(found, len(edges) + 1)

    def states(self, bounds: Ints, edges: Sequence[int], standard: Standard | None = None) -> Ints:
        """(classes, columns): the state of everyone under some edges, and perhaps another draft's points."""
        return self.states_in(self.bands(bounds, edges), self.flags(bounds), standard)

    def states_in(self, bands: Ints, flags: Ints, standard: Standard | None = None) -> Ints:
        """The same where each column is in a given band and meets given conditions."""
        judged = standard or self.standard
        distinct, column = np.unique(np.stack([bands, flags]), axis=1, return_inverse=True)
        n, wide = len(self.rest.kind), distinct.shape[1]
        mine = np.repeat(self.rest.bands, wide, axis=1)
        mine[self.place] = np.tile(distinct[0], n)
        met = np.repeat(self.rest.flags, wide) | np.tile(distinct[1], n)
        digits = Digits(np.repeat(self.rest.kind, wide), mine, met)
        found = judge_digits(judged, self.grid, np.zeros(n * wide, np.int64), digits)
        states: Ints = found.state(len(judged.tier)).reshape(n, wide)[:, column.reshape(-1)]
        return states

    def flags(self, bounds: Ints) -> Ints:
        """The conditions that the value of each column meets."""
        values = [int(bounds[0]) - 1 if len(bounds) else 0, *(int(bound) for bound in bounds), None]
        found = np.zeros(len(values), np.int64)
        for place, tests in self.conditions().items():
            found |= np.array([all(test.holds(value) for test in tests) for value in values], np.int64) << place
        return found

    def conditions(self) -> dict[int, tuple[Test, ...]]:
        """Tests of the conditions that the value of the dimension decides, by place."""
        kind = list(Kind).index(self.kind)
        slots = self.grid.axes[self.place].slots[kind]
        riders = slots.riders if slots else 0
        tests = {place: flag.tests[kind] or () for place, flag in enumerate(self.grid.flags)}
        return {
            place: each
            for place, each in tests.items()
            if each and (riders >> place & 1 or asks_only_for(each, self.source))
        }

    def without_value(self, keys: Ints) -> "Hand":
        """The hand over keys, nothing said of the dimension."""
        found = self.grid.digits(keys)
        found.bands[self.place] = 0
        mask = sum(1 << place for place in self.conditions())
        return replace(self, rest=Digits(found.kind, found.bands, found.flags & ~mask))

    def rest_of_score(self) -> tuple[Ints, Ints, Ints]:
        """(n,) each: what the others make of the score, whether they refuse one, and the gates that are met."""
        points, weights, _, _ = points_of(self.standard, self.grid, self.rest)
        points[self.place] = weights[self.place] = 0
        others = [each for name, each in refusals(self.standard, self.grid, self.rest).items() if name != self.name]
        refused = np.any(others, axis=0) if others else np.zeros(len(self.rest.kind), np.bool_)
        gates = self.rest.flags & ((1 << len(self.standard.gate)) - 1)
        return score_of(self.standard, points, weights), refused.astype(np.int64), gates

    def of(self, places: Ints) -> "Hand":
        """The hand over some of its classes."""
        rest = self.rest
        return replace(self, rest=Digits(rest.kind[places], rest.bands[:, places], rest.flags[places]))
