"""The two halves of a search: every combination is one row and one column.

With two kinds the rows are the entry scores of the first and the columns those of the second; with one kind the
boundaries themselves are divided. A quantity of a combination is then one number of its row plus one of its column.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

from analytics.classify.grid import Ints
from analytics.cube.goal.ask import Ask, Quantity
from analytics.cube.goal.ground import Ground
from analytics.errors import TierdeskError
from analytics.standard.model import POINTS
from analytics.vocabulary import BASIS, Kind, Text

MOST = 500_000_000
"""Combinations of rows and columns that are looked at; about two seconds."""
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Steps of a grid in hundredths of a point."""


@dataclass(frozen=True)
class Half:
    """Ascending entry scores of some boundaries: ``at`` (n, boundaries) are places on the grid, in ascending order."""

    boundaries: tuple[tuple[int, int], ...]
    at: Ints

    def taken(self, order: Ints) -> "Half":
        return Half(self.boundaries, self.at[order])

    def added(self, terms: Sequence[Ints]) -> Ints:
        """(n,): the sum of one term for each boundary, given over the grid."""
        total = np.zeros(len(self.at), np.int64)
        for place, term in enumerate(terms):
            total += term[self.at[:, place]]
        return total


@dataclass(frozen=True)
class Halves:
    """Rows and columns over a ground; ``is_split`` where both are of one kind and a row must end below its column."""

    ground: Ground
    moving: tuple[int, ...]
    rows: Half
    columns: Half
    is_split: bool

    def sums(self, of: Quantity) -> tuple[Ints, Ints]:
        """A quantity by row and by column; the rows bring what no boundary changes."""
        rows, columns = (half.added(self._terms(of, half)) for half in (self.rows, self.columns))
        return rows + self.ground.rest(of, self.moving), columns

    def distances(self) -> tuple[Ints, Ints]:
        """How far the entry scores are from the draft's, all together, by row and by column."""
        far = {at: np.abs(self.ground.positions - self._stood(at)) for half in self._both for at in half.boundaries}
        rows, columns = (half.added([far[at] for at in half.boundaries]) for half in self._both)
        return rows, columns

    def entries(self, row: int, column: int) -> tuple[tuple[int, ...], ...]:
        """Entry scores of a combination by kind, lowest tier first; kinds that do not move have the draft's."""
        found = [list(each) for each in self.ground.stood]
        for half, place in ((self.rows, row), (self.columns, column)):
            for (kind, boundary), at in zip(half.boundaries, half.at[place], strict=True):
                found[kind][boundary] = int(self.ground.positions[at])
        return tuple(map(tuple, found))

    def alike(self, row: int, column: int) -> tuple[Ints, Ints]:
        """Rows and columns that put everybody where these do."""
        return self._alike(self.rows, row), self._alike(self.columns, column)

    def _alike(self, half: Half, place: int) -> Ints:
        same = np.ones(len(half.at), np.bool_)
        for at, (kind, boundary) in enumerate(half.boundaries):
            lines = self.ground.lines[kind]
            change = lines.change[boundary]
            alike = (change == change[lines.at[half.at[place, at]]]).all(axis=(1, 2, 3))
            same &= alike[lines.at[half.at[:, at]]]
        return np.flatnonzero(same)

    def _terms(self, of: Quantity, half: Half) -> list[Ints]:
        return [self.ground.term(of, kind, boundary) for kind, boundary in half.boundaries]

    def _stood(self, at: tuple[int, int]) -> int:
        kind, boundary = at
        return self.ground.stood[kind][boundary]

    @property
    def _both(self) -> tuple[Half, Half]:
        return self.rows, self.columns


def halves_of(ground: Ground, ask: Ask) -> Halves:
    """The halves of a search; raises ``GOAL-004`` where there are too many combinations, and names a grid that does."""
    moving = tuple(at for at, kind in enumerate(Kind) if kind in ask.kinds)
    _require_few(len(ground.positions), ground.n_tiers - 1, len(moving))
    boundaries = range(ground.n_tiers - 1)
    if len(moving) > 1:
        first, second = (tuple((kind, boundary) for boundary in boundaries) for kind in moving)
    else:
        both = [(moving[0], boundary) for boundary in boundaries]
        first, second = tuple(both[: len(both) // 2]), tuple(both[len(both) // 2 :])
    rows, columns = (Half(part, ascending(len(ground.positions), len(part))) for part in (first, second))
    return Halves(ground, moving, rows, columns, len(moving) == 1 and bool(first))


def combinations(positions: int, boundaries: int, kinds: int) -> int:
    """How many strictly ascending choices of entry scores there are."""
    return int(comb(positions, boundaries) ** kinds)


def finest_step(boundaries: int, kinds: int) -> int:
    """The finest step of a grid, in hundredths of a point, that is not too much to look at."""
    return next(step for step in STEPS if _pairs(POINTS * BASIS // step + 1, boundaries, kinds) <= MOST)


def ascending(positions: int, boundaries: int) -> Ints:
    """(n, boundaries): every strictly ascending choice of places, in lexicographic order."""
    found = np.zeros((1, 0), np.int64)
    for taken in range(boundaries):
        last = found[:, -1] if taken else np.full(1, -1)
        more = np.maximum(positions - 1 - last, 0)
        starts = np.repeat(np.cumsum(more) - more, more)
        following = np.arange(int(more.sum())) - starts + np.repeat(last, more) + 1
        found = np.column_stack([np.repeat(found, more, axis=0), following])
    return found


def _pairs(positions: int, boundaries: int, kinds: int) -> int:
    """Rows times columns."""
    if kinds > 1:
        return combinations(positions, boundaries, kinds)
    return comb(positions, boundaries // 2) * comb(positions, boundaries - boundaries // 2)


def _require_few(positions: int, boundaries: int, kinds: int) -> None:
    if _pairs(positions, boundaries, kinds) <= MOST:
        return
    points = finest_step(boundaries, kinds) / BASIS
    raise TierdeskError(
        "GOAL-004",
        Text(
            f"该网格有 {combinations(positions, boundaries, kinds):,} 种组合，过多。",
            f"This grid has {combinations(positions, boundaries, kinds):,} combinations, which are too many.",
        ),
        Text(
            f"请选用步长 {points:g} 分或更粗的网格，或只调整一种客户性质。",
            f"Choose a grid of {points:g} points or coarser, or let one kind move alone.",
        ),
    )
