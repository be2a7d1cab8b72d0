"""Limits over rows and columns, as comparisons of ranks: exact, whatever the size of the sums, and 16 bits wide.

Where a combination's sum is ``r + c``, it is within ``most`` if ``c <= most - r``. So each column gets the rank of its
``c`` among the distinct ones, each row the number of distinct ones that are small enough, and 25 million combinations
are 25 million comparisons of small integers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from analytics.classify.grid import Ints
from analytics.classify.verdict import Bools
from analytics.cube.goal.ask import Limit, Quantity, Subject, Way
from analytics.cube.goal.halves import Halves

Ranks = npt.NDArray[np.int16] | npt.NDArray[np.int32]


class Gate(Protocol):
    """Which combinations are let through: (rows of the block, columns)."""

    def allows(self, rows: slice | Ints) -> Bools: ...


@dataclass(frozen=True)
class Below:
    """Combinations whose sum of row and column is at most a bound."""

    rank: Ranks
    reach: Ranks

    def allows(self, rows: slice | Ints) -> Bools:
        allowed: Bools = self.rank[None, :] < self.reach[rows, None]
        return allowed


@dataclass(frozen=True)
class Staffed:
    """Combinations whose managers, each tier rounded up to whole people, are at most a bound.

    With row ``a = q u + r`` and column ``b = s u - d`` of one tier (``u`` customers a manager, ``r`` and ``d`` below
    ``u``) the managers are ``q + s``, and one more where ``r > d``. So ``more`` compares remainders tier by tier, and
    ``room`` holds, for 0, 1, 2, ... of them, which combinations have room for so many.
    """

    more: tuple[Below, ...]
    room: tuple[Below, ...]

    def allows(self, rows: slice | Ints) -> Bools:
        more = sum(each.allows(rows).view(np.uint8) for each in self.more)
        room = sum(each.allows(rows).view(np.uint8) for each in self.room)
        return np.asarray(more < room)


@dataclass(frozen=True)
class Apart:
    """Combinations of one kind whose row ends below its column."""

    last: Ints
    first: Ints

    def allows(self, rows: slice | Ints) -> Bools:
        allowed: Bools = self.last[rows, None] < self.first[None, :]
        return allowed


@dataclass(frozen=True)
class Open:
    """All combinations."""

    n_rows: int
    n_columns: int

    def allows(self, rows: slice | Ints) -> Bools:
        return np.ones((len(np.arange(self.n_rows)[rows]), self.n_columns), np.bool_)


def below(rows: Ints, columns: Ints, most: int) -> Below:
    """The gate of ``rows + columns <= most``; a bound beyond every sum is brought to the nearest of them."""
    least, greatest = int(rows.min()) + int(columns.min()), int(rows.max()) + int(columns.max())
    distinct, rank = np.unique(columns, return_inverse=True)
    reach = np.searchsorted(distinct, min(max(most, least - 1), greatest) - rows, side="right")
    if len(distinct) < np.iinfo(np.int16).max:
        return Below(rank.astype(np.int16), reach.astype(np.int16))
    return Below(rank.astype(np.int32), reach.astype(np.int32))


def gate_of(limit: Limit, halves: Halves) -> Gate:
    """The gate of a limit over rows and columns."""
    bound, of = halves.ground.bound(limit), limit.of
    if of.subject is not Subject.MANAGERS:
        rows, columns = halves.sums(of)
        return below(rows, columns, bound) if limit.way is Way.MOST else below(-rows, -columns, -bound)
    assert limit.way is Way.MOST, "managers are limited from above"
    loads = halves.ground.caseloads()
    ranks = range(len(loads)) if of.rank is None else [of.rank]
    tiers = [halves.sums(Quantity(Subject.TIER, rank=rank)) for rank in ranks]
    return staffed(tiers, [int(loads[rank]) for rank in ranks], bound)


def staffed(tiers: Sequence[tuple[Ints, Ints]], loads: Sequence[int], most: int) -> Staffed:
    """The gate of managers; ``tiers`` holds customers by row and by column, ``loads`` customers for each manager."""
    whole = [(rows // load, -(-columns // load)) for (rows, columns), load in zip(tiers, loads, strict=True)]
    rows, columns = sum(each[0] for each in whole), sum(each[1] for each in whole)
    more = []
    for (a, b), load in zip(tiers, loads, strict=True):
        short = -(-b // load) * load - b
        more.append(below(-(a % load), short, -1))
    room = [below(np.asarray(rows), np.asarray(columns), most - extra) for extra in range(len(loads) + 1)]
    return Staffed(tuple(more), tuple(room))


def in_order(halves: Halves) -> Gate:
    """The order of entry scores where rows and columns are of one kind; else everything goes."""
    if halves.is_split:
        return Apart(halves.rows.at[:, -1], halves.columns.at[:, 0])
    return Open(len(halves.rows.at), len(halves.columns.at))
