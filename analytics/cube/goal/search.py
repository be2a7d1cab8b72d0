"""The search itself: for every row the first column, in the order of preference, that every limit lets through."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from analytics.classify.grid import Ints
from analytics.classify.verdict import Bools
from analytics.cube.goal.ask import Aim, Quantity, Subject, Way
from analytics.cube.goal.gates import Gate, in_order
from analytics.cube.goal.halves import Halves
from analytics.cube.recount import Migration

NONE = -1
BLOCK = 1 << 18
"""Combinations that are looked at together, so that they stay in the processor's cache."""
Bits = npt.NDArray[np.uint8]
LEADING = np.array([8] + [7 - (value.bit_length() - 1) for value in range(1, 256)], np.int64)
"""The place of the first bit that is set, by byte."""
DOWN = Quantity(Subject.DOWN)


@dataclass(frozen=True, slots=True)
class Pick:
    """One combination; ``value`` is what the aim asks of, ``down`` the customers who go down."""

    row: int
    column: int
    value: int
    down: int


@dataclass(frozen=True)
class Ranked:
    """Halves whose columns stand in the order of preference.

    Preferred is the better value of the aim, then fewer customers going down, then entry scores nearer to the draft's
    (all differences added up), then lower entry scores: of the first kind before the second, of lower tiers first.
    ``keys`` holds these three by row and by column, each to be made small. An order that sums keep is the order of the
    columns for every row, so the best of a row is the first that is let through.
    """

    halves: Halves
    keys: tuple[tuple[Ints, Ints], ...]
    sign: int
    order: Gate

    @property
    def n_rows(self) -> int:
        return len(self.halves.rows.at)

    @property
    def n_columns(self) -> int:
        return len(self.halves.columns.at)

    @property
    def block(self) -> int:
        """How many rows make about :data:`BLOCK` combinations."""
        return max(1, BLOCK // self.n_columns)

    def blocks(self) -> Iterator[slice]:
        """All rows, block by block."""
        yield from (slice(at, min(at + self.block, self.n_rows)) for at in range(0, self.n_rows, self.block))

    def pick(self, row: int, column: int) -> Pick:
        value, down = (int(rows[row]) + int(columns[column]) for rows, columns in self.keys[:2])
        return Pick(row, column, self.sign * value, down)

    def migration(self, pick: Pick) -> Migration:
        """Who moves where under a combination's entry scores."""
        return self.halves.ground.layer.migration(self.halves.entries(pick.row, pick.column))

    def values(self, first: Ints) -> tuple[Ints, Ints]:
        """Rows that have a column (not ``NONE``), and the aim's value there."""
        rows = np.flatnonzero(first != NONE)
        by_row, by_column = self.keys[0]
        return rows, self.sign * (by_row[rows] + by_column[first[rows]])

    def best(self, first: Ints) -> Pick | None:
        """The most preferred of one column for each row (``NONE``: no column)."""
        rows = np.flatnonzero(first != NONE)
        if not len(rows):
            return None
        for by_row, by_column in self.keys:
            values = by_row[rows] + by_column[first[rows]]
            rows = rows[values == values.min()]
        return self.pick(int(rows[0]), int(first[rows[0]]))


def ranked(halves: Halves, aim: Aim) -> Ranked:
    """The halves with their columns in the order of preference."""
    sign = -1 if aim.way is Way.MOST else 1
    value, down, far = halves.sums(aim.of), halves.sums(DOWN), halves.distances()
    keys = ((sign * value[0], sign * value[1]), down, far)
    order = np.lexsort([columns for _, columns in reversed(keys)])
    sorted_keys = tuple((rows, columns[order]) for rows, columns in keys)
    halves = replace(halves, columns=halves.columns.taken(order))
    return Ranked(halves, sorted_keys, sign, in_order(halves))


def first_columns(space: Ranked, gates: Sequence[Gate]) -> Ints:
    """(gates + 1, rows): the first column that all gates let through, then the same without each gate in turn."""
    found = []
    for rows in space.blocks():
        packed = [np.packbits(gate.allows(rows), axis=1) for gate in (*gates, space.order)]
        found.append(np.stack([_first(bits) for bits in _through(packed)]))
    return np.concatenate(found, axis=1)


def first_of_some(space: Ranked, gates: Sequence[Gate], among: Ints, but: Ints | None = None) -> Ints:
    """(rows,): for some rows, the first column that all gates let through and that is none of ``but``."""
    found, size = np.full(space.n_rows, NONE, np.int64), space.block
    for rows in (among[at : at + size] for at in range(0, len(among), size)):
        through = allowed(space, gates, rows)
        if but is not None:
            through[:, but] = False
        found[rows] = _first(np.packbits(through, axis=1))
    return found


def held_back(space: Ranked, gates: Sequence[Gate]) -> Ints:
    """Every set of gates that hold back some combination which all the others let through, as a bit for each gate."""
    seen, width = np.zeros(1 << len(gates), np.bool_), np.uint16 if len(gates) <= 16 else np.uint32
    for rows in space.blocks():
        codes = np.zeros((rows.stop - rows.start, space.n_columns), width)
        for place, gate in enumerate(gates):
            codes |= np.left_shift(~gate.allows(rows), place, dtype=width)
        seen[codes[space.order.allows(rows)]] = True
    return np.flatnonzero(seen)


def allowed(space: Ranked, gates: Sequence[Gate], rows: slice | Ints) -> Bools:
    """Combinations that all gates let through."""
    through = space.order.allows(rows)
    for gate in gates:
        through &= gate.allows(rows)
    return through


def _through(packed: Sequence[Bits]) -> Iterator[Bits]:
    """All sets of bits together, then all but each of them in turn; the last is never left out."""
    after = [packed[-1]]
    for bits in reversed(packed[:-1]):
        after.append(bits & after[-1])
    after.reverse()
    yield after[0]
    before: Bits | None = None
    for bits, rest in zip(packed[:-1], after[1:], strict=True):
        yield rest if before is None else before & rest
        before = bits if before is None else before & bits


def _first(packed: Bits) -> Ints:
    """The place of the first bit in each row, or ``NONE``."""
    byte = (packed != 0).argmax(axis=1)
    value = packed[np.arange(len(packed)), byte]
    return np.where(value > 0, 8 * byte + LEADING[value], NONE)
