"""From the fine grid to the rest layer of one dimension: everyone of a kind by rest class and column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analytics.classify.grid import Digits, Grid, Ints
from analytics.cube.cells import MEASURES
from analytics.cube.layers.bins import Array, Bins, is_coded
from analytics.cube.layers.fine import Fine
from analytics.cube.layers.joint import Joint, columns_of, cuts_of, joint_of_parts, parts_of
from analytics.cube.layers.rest_class import Hand
from analytics.cube.layers.rest_layer import EdgeCurve, RestLayer, Table
from analytics.standard.model import Standard
from analytics.vocabulary import Kind

MOST = 1 << 23
"""Rest classes times columns at most: 200 MB of sums."""
NOTHING = Digits(np.zeros(0, np.int64), np.zeros((0, 0), np.int64), np.zeros(0, np.int64))


@dataclass(frozen=True)
class Resting:
    """Where each customer of a kind stands: ``joint`` tells the rest, ``classes`` its class, the amount its column."""

    fine: Fine
    kind: int
    amount: int
    joint: Joint
    classes: npt.NDArray[np.int32]
    bounds: Ints

    def blocks(self) -> Iterator[dict[str, Array]]:
        """Everyone of the kind, block by block."""
        width = self.fine.bins.width(self.amount)
        for _, codes in self.fine.blocks():
            mine = codes[f"amount{self.amount}"] // width == self.kind
            yield codes if mine.all() else {name: array[mine] for name, array in codes.items()}

    def columns(self, codes: Mapping[str, Array]) -> Ints:
        """The column of every customer of a block."""
        digits, beside = self._columns
        offset = self.kind * self.fine.bins.width(self.amount)
        code = codes[f"amount{self.amount}"].astype(np.int64) - offset
        found = digits.take(code)
        for bin_code, cut in beside:
            here = np.flatnonzero(code == bin_code)
            found[here[codes[self.fine.bins.raw(self.amount)][here] >= cut]] += 1
        return found

    @cached_property
    def _columns(self) -> tuple[Ints, list[tuple[int, int]]]:
        return columns_of(self.fine.bins.amounts[self.amount][1], [int(bound) for bound in self.bounds])

    def class_of(self, codes: Mapping[str, Array]) -> Ints:
        found: Ints = self.classes.take(self.joint.keys_of(codes)).astype(np.int64)
        return found


def rest_layer(
    fine: Fine,
    law: tuple[Standard, Grid],
    draft: tuple[Standard, Grid],
    kind: Kind,
    name: str,
    beyond: Sequence[int] = (),
) -> tuple[RestLayer, Resting] | None:
    """The layer of one dimension and kind, and how its customers are told apart; ``beyond`` are bounds wished for.

    ``None`` where the fine grid cannot say, or there would be more classes and columns than are kept.
    """
    hands = tuple(Hand(*each, kind, name, NOTHING) for each in (law, draft))
    at = list(Kind).index(kind)
    amount = _amount(fine.bins, hands, at)
    if amount is None:
        return None
    grids = law[1], draft[1]
    parts = tuple(part for part in parts_of(fine.bins, grids, at) if part.array != f"amount{amount}")
    joint = joint_of_parts(fine.bins, grids, at, parts)
    if joint is None:
        return None
    bounds = np.union1d(_bounds(fine, grids, at, amount), np.array(beyond, np.int64))
    occurs = np.zeros(joint.size, np.bool_)
    resting = Resting(fine, at, amount, joint, np.zeros(0, np.int32), bounds)
    for codes in resting.blocks():
        occurs[joint.keys_of(codes)] = True
    return _counted(resting, hands, np.flatnonzero(occurs))


def _amount(bins: Bins, hands: tuple[Hand, ...], kind: int) -> int | None:
    """The place of what both standards measure, alone among their dimensions; ``None`` where they do not."""
    sources = []
    for hand in hands:
        axes = [axis for axis in hand.grid.axes if axis.slots[kind]]
        mine = [axis.source for axis in axes if axis.name == hand.name and not is_coded(axis)]
        if not mine or sum(axis.source == mine[0] for axis in axes) > 1 or not bins.covers(hand.grid):
            return None
        sources += mine
    known = [source for source, _ in bins.amounts]
    return known.index(sources[0]) if sources[0] == sources[1] else None


def _bounds(fine: Fine, grids: tuple[Grid, Grid], kind: int, amount: int) -> Ints:
    """Every amount that either grid cuts at, and the marks of the ruler from the least of these or anybody up."""
    source, ruler = fine.bins.amounts[amount]
    width = fine.bins.width(amount)
    occurs = np.zeros(2 * width, np.bool_)
    for _, codes in fine.blocks():
        occurs[codes[f"amount{amount}"]] = True
    cuts = np.array([cut for grid in grids for cut in cuts_of(grid, kind, source)], np.int64)
    there = np.flatnonzero(occurs[kind * width : kind * width + ruler.missing])
    reached = np.concatenate([there, np.searchsorted(ruler.marks, cuts, side="right")])
    marks = ruler.marks[max(0, reached.min() - 1) : reached.max() + 1] if len(reached) else ruler.marks[:0]
    return np.unique(np.concatenate([marks, cuts]))


def _counted(resting: Resting, hands: tuple[Hand, ...], keys: Ints) -> tuple[RestLayer, Resting] | None:
    """Class every rest that occurs, then count everyone."""
    full = tuple(hand.without_value(each) for hand, each in zip(hands, resting.joint.both(keys), strict=True))
    told = np.stack([part for hand in full for part in hand.rest_of_score()])
    _, first, classes = np.unique(told, axis=1, return_index=True, return_inverse=True)
    shape = len(first), len(resting.bounds) + 2
    if shape[0] * shape[1] > MOST:
        return None
    of_key = np.zeros(resting.joint.size, np.int32)
    of_key[keys] = classes.reshape(-1)
    resting = Resting(resting.fine, resting.kind, resting.amount, resting.joint, of_key, resting.bounds)
    sums = np.zeros((len(MEASURES), shape[0] * shape[1]), np.int64)
    for codes in resting.blocks():
        place = resting.class_of(codes) * shape[1] + resting.columns(codes)
        np.add.at(sums[0], place, 1)
        for measure, name in enumerate(MEASURES[1:], 1):
            np.add.at(sums[measure], place, codes[name])
    law, draft = (hand.of(first) for hand in full)
    before = law.states(resting.bounds, law.edges)
    return RestLayer(law, draft, resting.bounds, sums.reshape(len(MEASURES), *shape), before), resting


def beside(layer: RestLayer, resting: Resting, curve: EdgeCurve, edge: int, amount: int) -> tuple[Table, Table, Table]:
    """The answer where an edge stands beside the bounds, between the answers at the bounds on either side.

    Only the customers of the one column that it cuts are read again. ``amount`` lies above the first place, beside the
    marks.
    """
    assert amount > curve.places[0], "an edge below its first place cuts no column"
    place = int(np.searchsorted(curve.places, amount)) - 1
    column = layer.between(edge).start + place + 1
    width = resting.fine.bins.width(resting.amount)
    code = resting.fine.bins.amounts[resting.amount][1].least(amount) - 1 + resting.kind * width
    arrays = resting.fine.arrays
    raw = arrays[resting.fine.bins.raw(resting.amount)]
    here = np.flatnonzero(arrays[f"amount{resting.amount}"] == code)
    values = raw[here]
    here = here[(values >= curve.places[place]) & (values < amount)]
    codes = {name: array[here] for name, array in arrays.items()}
    sums = np.stack([np.ones(len(here), np.int64), *(codes[name] for name in MEASURES[1:])])
    low, high = curve.at(place), curve.at(place + 1) if place + 1 < len(curve.places) else curve.at(place)
    return low, low + layer.correction(edge, resting.class_of(codes), sums, column), high
