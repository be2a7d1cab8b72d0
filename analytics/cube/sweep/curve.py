"""One number over its whole range: who stands where and who moves at every position, each of them exact.

A band's edge changes the band of the values between its old and its new place and nothing else, so a curve over it is
two tables by slot and their running sums. Entry scores come from the score layer, weights and points from the groups of
one dimension.
"""

from dataclasses import dataclass, replace

import numpy as np

from analytics.classify.grid import Grid, Ints
from analytics.cube.cells import Cells
from analytics.cube.layers.score_layer import score_layer
from analytics.cube.recount import Migration, State, migrate, states_of
from analytics.cube.sensitivity.crowd import Population, of_group
from analytics.cube.sensitivity.cuts import with_cuts
from analytics.cube.sweep.dials import Dial
from analytics.cube.sweep.parts import Judged, Parts, parts_of
from analytics.vocabulary import Kind


@dataclass(frozen=True)
class Curve:
    """What a dial does at every position of it.

    ``sums`` is (positions, measures, kinds, states before, states after), money in minor units.
    """

    dial: Dial
    before: tuple[State, ...]
    after: tuple[State, ...]
    sums: Ints

    def at(self, place: int) -> Migration:
        """The migration at one position, everybody in one group."""
        return Migration(self.before, self.after, ("",), self.sums[place][:, :, None])

    @property
    def now(self) -> int:
        """The place of the present position."""
        return self.dial.positions.index(self.dial.at)


def dial_grid(dial: Dial, grid: Grid) -> Grid:
    """The grid on which a sweep of anything but a gate's amount is counted."""
    if dial.sort != "edge" or dial.kind is None:
        return grid
    return with_cuts(grid, {(dial.name, list(Kind).index(dial.kind)): dial.positions})


def sweep(dial: Dial, population: Population, law: Judged, draft: Judged, group: str | None = None) -> Curve:
    """The curve of any dial of the draft but a gate's amount, of everybody or of one group."""
    assert dial.kind is not None, "only gates are of both kinds"
    counted = draft[0], dial_grid(dial, draft[1])
    cells = of_group(population(counted[1]), group)
    states = states_of(law[0]), states_of(draft[0])
    if dial.sort == "entry":
        return Curve(dial, *states, _over_entries(dial, dial.kind, cells, law, counted))
    parts = parts_of(dial.kind, dial.name, cells, law, counted)
    swept = _over_edges(dial, parts) if dial.sort == "edge" else _over_settings(dial, parts)
    sums = np.zeros((len(swept), swept.shape[1], len(Kind), *swept.shape[2:]), np.int64)
    sums += everyone(migrate(_others(cells, counted[1], dial.kind), law, counted))
    sums[:, :, list(Kind).index(dial.kind)] += swept
    return Curve(dial, *states, sums)


def everyone(migration: Migration) -> Ints:
    """(measures, kinds, states before, states after) of a migration."""
    total: Ints = migration.sums.sum(axis=2)
    return total


def _others(cells: Cells, grid: Grid, kind: Kind) -> Cells:
    """The cells of every other kind."""
    at = list(Kind).index(kind)
    other = (cells.after < grid.offset(at)) | (cells.after >= grid.offset(at) + grid.size(at))
    return Cells(cells.before[other], cells.after[other], cells.group[other], cells.groups, cells.sums[:, other])


def _over_entries(dial: Dial, kind: Kind, cells: Cells, law: Judged, draft: Judged) -> Ints:
    layer = score_layer(cells, law, draft)
    entries = {each: list(draft[0].entries(each)) for each in Kind}
    found = []
    for position in dial.positions:
        entries[kind][dial.place - 1] = position
        found.append(everyone(layer.migration(tuple(tuple(each) for each in entries.values()))))
    return np.stack(found)


def _over_settings(dial: Dial, parts: Parts) -> Ints:
    """(positions, measures, states before, states after) of a weight or of points."""
    found = []
    for position in dial.positions:
        if dial.sort == "weight":
            setting = replace(parts.now, weight=position)
        else:
            points = parts.now.points.copy()
            points[dial.place] = position
            setting = replace(parts.now, points=points)
        found.append(parts.placed(setting))
    return np.stack(found)


def _over_edges(dial: Dial, parts: Parts) -> Ints:
    """The same of an edge: values below it are in its lower band, those above in its upper one."""
    now = parts.now
    beside = (now.bands == dial.place) | (now.bands == dial.place - 1)
    lower, upper = (
        parts.placed_by_slot(replace(now, bands=np.where(beside, band, now.bands)))
        for band in (dial.place - 1, dial.place)
    )
    return switched(lower, upper, parts.cuts, dial.positions)


def switched(lower: Ints, upper: Ints, cuts: Ints, positions: tuple[int, ...]) -> Ints:
    """For every position, the sums of ``lower`` over the slots below it and of ``upper`` over the others.

    Both are (slots, ...); ``cuts`` has the lower bounds of all slots but the first, positions are among them.
    """
    first = 1 + np.searchsorted(cuts, positions)
    nothing = np.zeros((1, *lower.shape[1:]), np.int64)
    below, above = (np.concatenate([nothing, np.cumsum(table, axis=0)]) for table in (lower, upper))
    found: Ints = below[first] + above[-1] - above[first]
    return found
