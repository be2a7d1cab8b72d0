"""The fine grid (L0): a code for every amount of every customer, from which any edges are counted exactly."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from analytics.classify.grid import Grid, Ints
from analytics.cube.cells import MEASURES, Cells
from analytics.cube.groupings import joined
from analytics.cube.layers.bins import Array, Bins
from analytics.cube.layers.joint import Joint, joint_of

BLOCK = 1 << 16
"""Customers in a block: what is worked on stays in the processor's cache."""
RELEASED = 64
"""Blocks after which what was read is let go: 4 million customers take 130 MB."""
MOST_CELLS = 1 << 24
"""Joint keys times groups that are counted at once: 400 MB of sums."""


@dataclass(frozen=True)
class Fine:
    """Everyone's codes: ``arrays`` as :meth:`Bins.encoded` names them, all of one length.

    ``groups`` has, by name, the words that the numbers in ``group_<name>`` stand for. ``release`` lets go of the memory
    that reading has taken, where the arrays lie on disk.
    """

    bins: Bins
    arrays: Mapping[str, Array]
    groups: Mapping[str, tuple[str, ...]]
    release: Callable[[], None] = lambda: None

    @property
    def n(self) -> int:
        """How many customers there are."""
        return len(self.arrays["bits0"])

    def blocks(self) -> Iterator[tuple[slice, dict[str, Array]]]:
        """All customers, block by block."""
        for turn, start in enumerate(range(0, self.n, BLOCK), 1):
            here = slice(start, min(start + BLOCK, self.n))
            yield here, {name: array[here] for name, array in self.arrays.items()}
            if turn % RELEASED == 0:
                self.release()

    def cells(self, before: Grid, after: Grid, by: Sequence[str] = ()) -> Cells | None:
        """Everyone in cells under two grids, by the combination of some groups: what a scan of all gives.

        ``None`` where there is no such group, the bins do not cover a grid, or there would be more cells than are
        counted at once.
        """
        if not (self.bins.covers(before) and self.bins.covers(after) and self.groups.keys() >= set(by)):
            return None
        joint = joint_of(self.bins, before, after)
        return None if joint is None else self._counted(joint, by)

    def _counted(self, joint: Joint, by: Sequence[str]) -> Cells | None:
        keys, occurs = np.empty(self.n, np.int32), np.zeros(joint.size, np.bool_)
        for here, codes in self.blocks():
            keys[here] = joint.keys_of(codes)
            occurs[keys[here]] = True
        distinct = np.flatnonzero(occurs)
        words = [joined(each) for each in product(*(self.groups[name] for name in by))]
        if len(distinct) * len(words) > MOST_CELLS:
            return None
        places = np.cumsum(occurs, dtype=np.int32) - 1
        sums = self._summed(keys, places, len(distinct) * len(words), by)
        there = np.flatnonzero(sums[0])
        cell, of_group = np.divmod(there, len(words))
        before, after = joint.both(distinct)
        order = sorted(range(len(words)), key=words.__getitem__)
        place = np.empty(len(words), np.int64)
        place[order] = np.arange(len(words))
        ordered = tuple(words[at] for at in order)
        return Cells(before[cell], after[cell], place[of_group], ordered, sums[:, there])

    def _summed(self, keys: Array, places: Array, n: int, by: Sequence[str]) -> Ints:
        """(measures, n): customers and money, added up block by block."""
        sums = np.zeros((len(MEASURES), n), np.int64)
        for here, codes in self.blocks():
            place = places.take(keys[here])
            for name in by:
                place = place * np.int32(len(self.groups[name])) + codes[f"group_{name}"]
            np.add.at(sums[0], place, 1)
            for measure, name in enumerate(MEASURES[1:], 1):
                np.add.at(sums[measure], place, codes[name])
        return sums
