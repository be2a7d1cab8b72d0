"""The signature layer (L1): new weights, points, entry scores or methods, answered from sums over signatures.

Customers that no such change can part are one *entry*: the same kind, bands, state under the law and ladder under the
draft. A change is answered against the draft that the layer was made with: only entries whose state differs are moved,
each with its rows by group. So a small change costs one look-up for every entry and dimension and little else, and the
largest one addition more for every row. Everything is an integer.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.classify.grid import Digits, Grid, Ints
from analytics.classify.verdict import counted, judge, ladders_of, score_base, scored_tier
from analytics.cube.cells import Cells
from analytics.cube.recount import Migration, State, states_of
from analytics.standard.model import Standard
from analytics.vocabulary import BASIS, Kind

Small = npt.NDArray[np.uint8]
REFUSED = -(1 << 24)
"""Below any score, so that a sum which holds it stays below zero."""


@dataclass(frozen=True)
class KindEntries:
    """The entries of one kind, and their rows: those of entry ``i`` are ``first[i]`` to ``first[i + 1]``.

    ``bands`` is (axes, n); ``ladder`` is a row of the layer's ladders; ``place`` is where a row's group and state
    before stand in a flat (groups, before, after); ``sums`` is (measures, rows).
    """

    bands: Small
    ladder: Ints
    first: Ints
    place: Ints
    sums: Ints


@dataclass(frozen=True)
class SignatureLayer:
    """A snapshot's population under a law and whatever shares the draft's grid, gates and tiers.

    ``ladders`` is (rows, tiers + 1), the last column for a score that is not known; ``states`` and ``answers`` hold, by
    kind, the state of every entry under the draft and its (measures, groups, before, after).
    """

    before: tuple[State, ...]
    after: tuple[State, ...]
    groups: tuple[str, ...]
    axes: tuple[str, ...]
    ladders: Ints
    kinds: tuple[KindEntries, ...]
    states: tuple[Ints, ...]
    answers: tuple[Ints, ...]

    def migration(self, standard: Standard) -> Migration:
        """Who moves where; raises ``CLASSIFY-001`` where all weights of a kind are zero."""
        scored_tier(standard, np.empty(0, np.int64), np.empty(0, np.int64))
        sums = [self._answer(standard, kind) for kind in range(len(Kind))]
        shape = (-1, len(self.groups), len(self.before), len(self.after))
        tables = [each.reshape(shape) for each in sums]
        return Migration(self.before, self.after, self.groups, np.stack(tables, axis=1))

    def _answer(self, standard: Standard, kind: int) -> Ints:
        mine, states = self.kinds[kind], self.states_under(standard, kind)
        moved = np.flatnonzero(states != self.states[kind])
        n_rows = mine.first[moved + 1] - mine.first[moved]
        if 2 * int(n_rows.sum()) > len(mine.place):
            return summed(mine, states, self.answers[kind].shape)
        rows = np.repeat(mine.first[moved] - np.cumsum(n_rows) + n_rows, n_rows) + np.arange(int(n_rows.sum()))
        answer, sums = self.answers[kind].copy(), mine.sums[:, rows]
        for measure, table in enumerate(answer):
            np.subtract.at(table, mine.place[rows] + np.repeat(self.states[kind][moved], n_rows), sums[measure])
            np.add.at(table, mine.place[rows] + np.repeat(states[moved], n_rows), sums[measure])
        return answer

    def states_under(self, standard: Standard, kind: int) -> Ints:
        """The state of every entry of a kind."""
        mine = self.kinds[kind]
        scores = scores_of(standard, list(Kind)[kind], self.axes, mine.bands)
        base, steps = score_base(standard, list(Kind)[kind]), np.zeros(len(scores), np.int64)
        for entry in standard.entries(list(Kind)[kind]):
            steps += BASIS * scores >= entry * base
        steps[scores < 0] = self.ladders.shape[1] - 1
        found: Ints = self.ladders[mine.ladder, steps]
        return found


def scores_of(standard: Standard, kind: Kind, axes: tuple[str, ...], bands: Small) -> Ints:
    """The numerator of each score from bands (axes, n), as the policy has it; below zero where there is none."""
    method = standard.aggregation.method
    scores = np.full(bands.shape[1], 100 if method == "all_of" else 0, np.int64)
    refused = np.full(bands.shape[1], not standard.scales(kind))
    for name, band in zip(axes, bands, strict=True):
        scale = standard.dimension[name].scale(kind)
        weight = counted(standard, name, scale) if scale else 0
        if scale is None or weight == 0:
            continue
        times = weight if method == "weighted_sum" else 1
        added = np.array([*scale.points, scale.missing_points or 0], np.int64).take(band) * times
        match method:
            case "weighted_sum" | "single":
                scores += added
            case "highest":
                np.maximum(scores, added, out=scores)
            case "all_of":
                np.minimum(scores, added, out=scores)
        if scale.missing_points is None:
            refused |= band == len(scale.bands)
    scores[refused] = REFUSED
    return scores


def summed(mine: KindEntries, states: Ints, shape: tuple[int, ...]) -> Ints:
    """Every row of a kind where its entry's state puts it: (measures, groups * before * after)."""
    table = np.zeros(shape, np.int64)
    place = mine.place + np.repeat(states, np.diff(mine.first))
    for measure, values in enumerate(mine.sums):
        np.add.at(table[measure], place, values)
    return table


def signature_layer(cells: Cells, law: tuple[Standard, Grid], draft: tuple[Standard, Grid]) -> SignatureLayer:
    """The layer over cells of one snapshot."""
    standard, grid = draft
    keys, at = np.unique(cells.after, return_inverse=True)
    digits, before = grid.digits(keys), judge(*law, cells.before).state(len(law[0].tier))
    table, ladder = np.unique(ladders_of(standard, digits), axis=1, return_inverse=True)
    names = states_of(law[0]), states_of(standard)
    kinds = [
        _of_kind(cells, digits, np.stack([at, before, ladder.reshape(-1)[at]]), kind, (len(names[0]), len(names[1])))
        for kind in range(len(Kind))
    ]
    size = len(cells.groups) * len(names[0]) * len(names[1])
    axes = tuple(axis.name for axis in grid.axes)
    bare = SignatureLayer(*names, cells.groups, axes, np.ascontiguousarray(table.T), tuple(kinds), (), ())
    states = tuple(bare.states_under(standard, kind) for kind in range(len(Kind)))
    answers = (summed(mine, each, (len(cells.sums), size)) for mine, each in zip(kinds, states, strict=True))
    return SignatureLayer(*names, cells.groups, axes, bare.ladders, bare.kinds, states, tuple(answers))


def _of_kind(cells: Cells, digits: Digits, rows: Ints, kind: int, states: tuple[int, int]) -> KindEntries:
    """Entries of one kind out of rows of (key, state before, ladder) a cell."""
    mine = np.flatnonzero(digits.kind[rows[0]] == kind)
    key, before, ladder = rows[:, mine]
    parts = np.stack([*digits.bands[:, key], before, ladder])
    order = np.lexsort((cells.group[mine], *parts))
    parts, mine = parts[:, order], mine[order]
    starts = np.flatnonzero(np.r_[True, (parts[:, 1:] != parts[:, :-1]).any(axis=0)]) if len(mine) else mine
    place = (cells.group[mine] * states[0] + parts[-2]) * states[1]
    return KindEntries(
        bands=parts[:-2, starts].astype(np.uint8),
        ladder=parts[-1, starts],
        first=np.r_[starts, len(mine)].astype(np.int64),
        place=place,
        sums=np.ascontiguousarray(cells.sums[:, mine]),
    )
