"""The part of a population that is asked about, one signature a row."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analytics.classify.grid import Grid, Ints
from analytics.cube.cells import Cells

Population = Callable[[Grid], Cells]
"""Everybody's cells: under the law's grid before, under the given one after. How they are counted is a desk's."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """``keys`` are distinct and ascend; ``sums`` is (measures, n), money in minor units."""

    keys: Ints
    sums: Ints

    def __getitem__(self, chosen: Ints) -> "Crowd":
        return Crowd(self.keys[chosen], self.sums[:, chosen])


def of_group(cells: Cells, group: str | None) -> Cells:
    """The cells of one group, of all of them for ``None``."""
    if group is None:
        return cells
    mine = cells.group == (cells.groups.index(group) if group in cells.groups else -1)
    return Cells(cells.before[mine], cells.after[mine], cells.group[mine], cells.groups, cells.sums[:, mine])


def crowd_of(cells: Cells, group: str | None = None) -> Crowd:
    """Customers by their key under the later grid."""
    mine = of_group(cells, group)
    if not len(mine.after):
        return Crowd(mine.after, mine.sums)
    order = np.argsort(mine.after, kind="stable")
    keys = mine.after[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    return Crowd(keys[starts], np.add.reduceat(mine.sums[:, order], starts, axis=1))
