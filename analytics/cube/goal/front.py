"""The Pareto front: what the aim can reach for every number of customers going down, undominated and exact."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.classify.grid import Ints
from analytics.cube.goal.gates import Gate
from analytics.cube.goal.search import NONE, Pick, Ranked, allowed


@dataclass(frozen=True)
class _Points:
    """Combinations: ``cost`` is the aim's value made small, ``down`` the customers going down."""

    cost: Ints
    down: Ints
    far: Ints
    row: Ints
    column: Ints

    def taken(self, kept: Ints) -> "_Points":
        return _Points(*(each[kept] for each in self._all))

    def with_more(self, other: "_Points") -> "_Points":
        return _Points(*(np.concatenate(pair) for pair in zip(self._all, other._all, strict=True)))

    @property
    def _all(self) -> tuple[Ints, ...]:
        return self.cost, self.down, self.far, self.row, self.column


def front(space: Ranked, gates: Sequence[Gate], best: Ints) -> tuple[Pick, ...]:
    """Every undominated combination that the gates let through, fewest customers going down first.

    ``best`` is the first column that they let through in each row.

    One is dominated by another that is as good in both and better in one; of equals the preferred one stands for all.
    """
    rows = np.flatnonzero(best != NONE)
    columns = np.lexsort([keys[1] for keys in (space.keys[2], space.keys[0], space.keys[1])])
    found = _none()
    for block in _promising_first(rows, space.block):
        hopeful = block[_not_dominated(_ideal(space, block, best[block]), found)]
        if len(hopeful):
            points = _of_rows(space, gates, hopeful, columns)
            found = _undominated(found.with_more(points.taken(_not_dominated(points, found))))
    return tuple(space.pick(int(row), int(column)) for row, column in zip(found.row, found.column, strict=True))


def _none() -> _Points:
    return _Points(*(np.zeros(0, np.int64) for _ in range(5)))


def _promising_first(rows: Ints, size: int) -> Iterator[Ints]:
    """All rows in blocks, a sparse sample of them first: what it finds spares most of the others."""
    sample = rows[:: max(1, len(rows) // (4 * size))]
    for part in (sample, np.setdiff1d(rows, sample)):
        yield from (part[at : at + size] for at in range(0, len(part), size))


def _ideal(space: Ranked, rows: Ints, best: Ints) -> _Points:
    """What no combination of a row can beat: the best value that it has and the fewest customers that it could have."""
    (cost_by_row, cost), (down_by_row, down), (far_by_row, _) = space.keys
    return _Points(cost_by_row[rows] + cost[best], down_by_row[rows] + down.min(), far_by_row[rows], rows, best)


def _of_rows(space: Ranked, gates: Sequence[Gate], rows: Ints, columns: Ints) -> _Points:
    """The undominated combinations of each row by itself."""
    cost = space.keys[0][1][columns]
    distinct, rank = np.unique(cost, return_inverse=True)
    width = np.int16 if len(distinct) < np.iinfo(np.int16).max else np.int32
    through = np.ascontiguousarray(allowed(space, gates, rows).T)[columns]
    reached = np.where(through, rank.astype(width)[:, None], width(len(distinct)))
    lowest = np.minimum.accumulate(reached, axis=0)
    better = np.empty(lowest.shape, np.bool_)
    better[0] = through[0]
    np.less(lowest[1:], lowest[:-1], out=better[1:])
    at, of = np.nonzero(better)
    row, column = rows[of], columns[at]
    cost, down, far = (by_row[row] + by_column[column] for by_row, by_column in space.keys)
    return _Points(cost, down, far, row, column)


def _not_dominated(points: _Points, found: _Points) -> Ints:
    """Places of the points that no point found so far is better than."""
    if not len(found.down):
        return np.arange(len(points.down))
    at = np.searchsorted(found.down, points.down, side="right") - 1
    nearest = found.cost[at]
    same = (points.cost == nearest) & (points.down == found.down[at])
    return np.flatnonzero((at < 0) | (points.cost < nearest) | same)


def _undominated(points: _Points) -> _Points:
    """The front of all points, by customers going down."""
    points = points.taken(np.lexsort([points.row, points.far, points.cost, points.down]))
    lowest = np.minimum.accumulate(points.cost)
    kept = np.ones(len(points.cost), np.bool_)
    kept[1:] = lowest[1:] < lowest[:-1]
    return points.taken(np.flatnonzero(kept))
