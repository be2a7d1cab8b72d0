"""The rest layer (A(d)): any edges and points of one dimension, while all the others stand still.

Given the value of the dimension in the hand, a tier depends on the others only through their part of the score and the
gates that they meet. So customers of one kind are counted by *rest class* (that part and those gates) and *column*: the
fine bin of their value, cut further where an edge of either standard stands beside the ruler. A dragged edge is then a
difference of two running sums over the columns between its neighbours, whatever the number of customers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.classify.grid import Ints
from analytics.classify.verdict import n_states
from analytics.cube.cells import MEASURES
from analytics.cube.layers.rest_class import Hand
from analytics.standard.model import Standard

Table = Ints
"""(measures, states before, states after) of one kind."""


@dataclass(frozen=True)
class EdgeCurve:
    """The answer for every place of one edge: ``base + running[i]`` where it stands at ``places[i]``."""

    places: Ints
    base: Table
    running: Ints

    def at(self, place: int) -> Table:
        """The answer where the edge stands at the ``place``-th of its places."""
        found: Table = self.base + self.running[place]
        return found


@dataclass(frozen=True)
class RestLayer:
    """One kind's population by rest class and column, the last one of missing values.

    ``bounds`` are the lower bounds of the columns from the second on, ascending. ``sums`` is (measures, classes,
    columns), ``before`` (classes, columns) the state under the law.
    """

    law: Hand
    draft: Hand
    bounds: Ints
    sums: Ints
    before: Ints

    @property
    def edges(self) -> tuple[int, ...]:
        """The draft's edges of the dimension, in stored units."""
        return self.draft.edges

    def answer(self, edges: Sequence[int], standard: Standard | None = None) -> Table:
        """The answer for edges that are among the bounds.

        ``standard`` is a draft with other points or another weight of this dimension, or other entry scores.
        """
        return self._table(self.draft.states(self.bounds, edges, standard), slice(None))

    def curve(self, edge: int) -> EdgeCurve:
        """The answer for every place that one edge may have between its neighbours."""
        columns = self.between(edge)
        usual = self.draft.states(self.bounds, self.edges)
        below, above = (self._by_column(self._all_in(band, columns), columns) for band in (edge, edge + 1))
        standing = self._table(usual, slice(None)) - self._table(usual, columns)
        places = self.bounds[columns.start : columns.stop - 1]
        running = np.cumsum(below - above, axis=0)[: len(places)]
        return EdgeCurve(places, standing + above.sum(axis=0), running)

    def between(self, edge: int) -> slice:
        """The columns between the neighbours of an edge."""
        edges, last = self.edges, len(self.bounds)
        first = int(np.searchsorted(self.bounds, edges[edge - 1])) + 1 if edge else 0
        stop = int(np.searchsorted(self.bounds, edges[edge + 1])) if edge + 1 < len(edges) else last
        return slice(first, stop + 1)

    def correction(self, edge: int, classes: Ints, sums: Ints, column: int) -> Table:
        """What changes where some customers of one column, above the edge so far, are below it.

        ``classes`` (n,) and ``sums`` (measures, n) are theirs.
        """
        wide = n_states(self.draft.standard)
        table = np.zeros((len(MEASURES), self.n_before * wide), np.int64)
        flags = self.draft.flags(self.bounds)[[column]]
        for band, sign in ((edge, 1), (edge + 1, -1)):
            states = self.draft.states_in(np.array([band]), flags)[classes, 0]
            place = self.before[classes, column] * wide + states
            for measure, values in enumerate(sums):
                np.add.at(table[measure], place, sign * values)
        return table.reshape(len(MEASURES), self.n_before, wide)

    @property
    def n_before(self) -> int:
        return n_states(self.law.standard)

    def _all_in(self, band: int, columns: slice) -> Ints:
        """(classes, columns): states where all of some columns are in one band."""
        bands = self.draft.bands(self.bounds, self.edges)
        bands[columns] = band
        return self.draft.states_in(bands, self.draft.flags(self.bounds))

    def _table(self, states: Ints, columns: slice) -> Table:
        """The answer of some columns, from the state of everyone."""
        wide = n_states(self.draft.standard)
        place = (self.before * wide + states)[:, columns].reshape(-1)
        table = np.zeros((len(MEASURES), self.n_before * wide), np.int64)
        for measure, sums in enumerate(self.sums):
            np.add.at(table[measure], place, sums[:, columns].reshape(-1))
        return table.reshape(len(MEASURES), self.n_before, wide)

    def _by_column(self, states: Ints, columns: slice) -> Ints:
        """(columns, measures, before, after)."""
        wide = n_states(self.draft.standard)
        place = (self.before * wide + states)[:, columns]
        n, size = place.shape[1], self.n_before * wide
        place = (place + np.arange(n) * size).reshape(-1)
        table = np.zeros((len(MEASURES), n * size), np.int64)
        for measure, sums in enumerate(self.sums):
            np.add.at(table[measure], place, sums[:, columns].reshape(-1))
        return np.moveaxis(table.reshape(len(MEASURES), n, self.n_before, wide), 0, 1)
