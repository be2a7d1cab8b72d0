"""Cliffs at the edges of bands: who stands within a step, or some percent, of each, by counting on a finer grid.

To cross an edge is to stand in the slot at its other side with everything else as it is: the dimension's band
changes, and with it whatever a gate asks of this very column alone. Gates that ask for more stay as they are.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

import numpy as np

from analytics.classify.grid import Grid, Ints, Slots
from analytics.classify.verdict import judge
from analytics.cube.layers.ruler import Ruler
from analytics.cube.sensitivity.bunching import Bunching
from analytics.cube.sensitivity.crowd import Crowd
from analytics.cube.sensitivity.cuts import moved_to, slots_of, with_cuts
from analytics.cube.sensitivity.lines import Beside, Cliff, Histogram, Line, mass_of
from analytics.standard.model import Standard
from analytics.vocabulary import Kind

BINS = 10
"""Bins of a histogram on either side of a line."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far from an edge: some steps of the ruler, or a share of the edge in percent (one step at an edge of 0)."""

    by: Literal["steps", "percent"]
    size: int


@dataclass(frozen=True, slots=True)
class Windows:
    """The two sides of an edge, both ``width`` stored units wide: unequal ones could not be compared."""

    edge: int
    width: int

    @property
    def low(self) -> int:
        return self.edge - self.width

    @property
    def high(self) -> int:
        return self.edge + self.width

    @property
    def bunching_bounds(self) -> tuple[int, ...]:
        return tuple(self.edge + at * self.width for at in (-2, -1, 0, 1, 2))

    @property
    def histogram_bounds(self) -> tuple[int, ...]:
        return tuple(self.edge + at * self.width for at in range(-BINS, BINS + 1))


def windows(edge: int, ruler: Ruler, reach: Reach) -> Windows:
    """The windows around an edge.

    A step down from a round amount such as 1,000,000 is a tenth of a step up: the narrower one is taken on both sides.
    """
    if reach.by == "percent" and (distance := abs(edge) * reach.size // 100):
        return Windows(edge, distance)
    low, high = edge, edge
    for _ in range(reach.size if reach.by == "steps" else 1):
        low, high = _or(ruler.before(low), low), _or(ruler.after(high), high)
    return Windows(edge, min(edge - low, high - edge) or max(edge - low, high - edge))


def _or(mark: int | None, otherwise: int) -> int:
    return otherwise if mark is None else mark


def edge_lines(standard: Standard, name: str) -> tuple[Line, ...]:
    """Every edge of a dimension; none where it has codes or a single band."""
    return tuple(
        Line("edge", kind, name, place, amount)
        for kind in Kind
        for place, amount in enumerate(standard.dimension[name].edges(kind), 1)
    )


def cliff_grid(grid: Grid, lines: tuple[Line, ...], ruler: Ruler, reach: Reach) -> Grid:
    """The grid on which all cliffs of one dimension can be read."""
    cuts: dict[tuple[str, int], set[int]] = {}
    for line in lines:
        found = windows(line.amount, ruler, reach)
        cuts.setdefault((line.name, list(Kind).index(line.kind)), set()).update(found.bunching_bounds)
    return with_cuts(grid, cuts)


def histogram_grid(grid: Grid, line: Line, ruler: Ruler, reach: Reach) -> Grid:
    """The grid on which the surroundings of one edge can be read."""
    bounds = windows(line.amount, ruler, reach).histogram_bounds
    return with_cuts(grid, {(line.name, list(Kind).index(line.kind)): bounds})


@dataclass(frozen=True)
class Edges:
    """A crowd on a grid that is cut around the edges of one dimension."""

    crowd: Crowd
    standard: Standard
    grid: Grid
    name: str

    def cliff(self, line: Line, found: Windows) -> Cliff:
        """Those beside one edge; the grid has every bound of the windows."""
        sides = (found.low, found.edge), (found.edge, found.high)
        below, above = (mass_of(self.crowd[self.between(line, *side)], self.beside(line, *side)) for side in sides)
        bounds = found.bunching_bounds
        counts = (int(self.crowd.sums[0, self.between(line, *pair)].sum()) for pair in pairwise(bounds))
        return Cliff(line, found.low, found.high, below, above, Bunching(*counts))

    def between(self, line: Line, low: int, high: int) -> Ints:
        """Places of the keys whose value is at least ``low`` and below ``high``; both must be cuts of the grid."""
        mine, slot = self._known[line.kind]
        slots = self._slots(line)
        return mine[(slot >= slots.slot_of(low)) & (slot < slots.slot_of(high))]

    def beside(self, line: Line, low: int, high: int) -> Beside:
        """Those on one side of an edge, and where its other side would put them."""
        chosen = self.crowd.keys[self.between(line, low, high)]
        kind = list(Kind).index(line.kind)
        edge = self._slots(line).slot_of(line.amount)
        moved = moved_to(self.grid, self._place, kind, chosen, edge if low < line.amount else edge - 1)
        now, across = (judge(self.standard, self.grid, keys) for keys in (chosen, moved))
        n_tiers = len(self.standard.tier)
        return Beside(chosen, now.state(n_tiers), across.state(n_tiers), now.score)

    def histogram(self, line: Line, found: Windows) -> Histogram:
        """Customers in bins of one width around an edge; the grid has every bound of the histogram."""
        bounds = np.array(found.histogram_bounds)
        columns = [
            self.crowd.sums[:, self.between(line, int(low), int(high))].sum(axis=1) for low, high in pairwise(bounds)
        ]
        return Histogram(bounds, np.stack(columns, axis=1), 1)

    @cached_property
    def _place(self) -> int:
        return [axis.name for axis in self.grid.axes].index(self.name)

    def _slots(self, line: Line) -> Slots:
        slots = self.grid.axes[self._place].slots[list(Kind).index(line.kind)]
        assert slots is not None, "an edge of a dimension that the kind has"
        return slots

    @cached_property
    def _known(self) -> dict[Kind, tuple[Ints, Ints]]:
        """By kind, the places of the keys that have a value of the dimension, and their slots."""
        found = {}
        for at, kind in enumerate(Kind):
            slots = self.grid.axes[self._place].slots[at]
            if slots is not None:
                first = self.grid.offset(at)
                low, high = np.searchsorted(self.crowd.keys, [first, first + self.grid.size(at)])
                slot = slots_of(self.grid, self._place, at, self.crowd.keys[low:high])
                known = slot < slots.radix - 1
                found[kind] = (np.arange(low, high)[known], slot[known])
        return found
