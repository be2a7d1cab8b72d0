"""The round amounts that a band edge may rest on without anybody being counted again.

Money is marked at every amount of two significant digits, a score at every point, years at every tenth. A value's
*code* is how many marks it reaches, so a bound that stands on a mark is a comparison of codes.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from analytics.classify.grid import Axis, Ints
from analytics.intake.contract import Column, Contract

Codes = npt.NDArray[np.uint16]
LARGEST = 10**13
"""Amounts of money are marked up to here, in units of the currency; what is more shares the last code."""
LARGEST_NUMBER = 10**9
"""Numbers are marked up to here."""
MOST_SINGLE = 20_000
"""Numbers with at most so many values have every value marked."""
OCTAVE = 7
"""Bits of a mantissa that tell two neighbouring round amounts apart: 2^-7 is less than 1 in 99."""


@dataclass(frozen=True)
class Ruler:
    """``marks`` ascend, in stored units. Code 0 is below the first of them, ``missing`` no value at all.

    Where every whole number between the first mark and the last is one, no value lies outside of them.
    """

    marks: Ints

    @property
    def missing(self) -> int:
        return len(self.marks) + 1

    @property
    def is_coarse(self) -> bool:
        """Whether there are amounts between two marks."""
        return bool(len(self.marks) < self.marks[-1] - self.marks[0] + 1)

    @cached_property
    def _listed(self) -> list[int]:
        return [int(mark) for mark in self.marks]

    def reached(self, amount: int) -> int:
        """The code of one amount."""
        return bisect_right(self._listed, amount)

    def has(self, amount: int) -> bool:
        """Whether an amount is a mark."""
        at = bisect_left(self._listed, amount)
        return at < len(self._listed) and self._listed[at] == amount

    def least(self, amount: int) -> int:
        """The code from which on every value is at least ``amount``; the bin below it may be cut."""
        return bisect_left(self._listed, amount) + 1

    def is_cut(self, amount: int) -> bool:
        """Whether the bin below :meth:`least` has values on both sides of ``amount``."""
        return self.is_coarse and not self.has(amount)

    def after(self, amount: int) -> int | None:
        """The next mark up."""
        at = bisect_right(self._listed, amount)
        return self._listed[at] if at < len(self._listed) else None

    def before(self, amount: int) -> int | None:
        """The next mark down."""
        at = bisect_left(self._listed, amount)
        return self._listed[at - 1] if at else None

    def codes(self, values: Ints) -> Codes:
        """The code of every value, as :meth:`reached` gives it."""
        if not self.is_coarse:
            steps: Codes = np.clip(values - (self.marks[0] - 1), 0, len(self.marks)).astype(np.uint16)
            return steps
        first, codes, marks = self._by_size
        place = _size(np.abs(values)) - first
        place += np.where(values < 0, len(codes) // 2, 0)
        found: Codes = codes.take(place) + (values >= marks.take(place))
        return found

    @cached_property
    def _by_size(self) -> tuple[int, Codes, Ints]:
        """For every size of an amount, positive ones first: the code of its smallest value, and the mark within it.

        A size is an exponent and the first bits of a mantissa; a search through all marks costs six times as much.
        """
        first = int(_size(np.zeros(1, np.int64))[0])
        last = int(_size(np.array([np.iinfo(np.int64).max]))[0])
        lows = np.left_shift(np.arange(first, last + 2, dtype=np.int64), 52 - OCTAVE).view(np.float64) - 0.5
        whole = np.minimum(np.ceil(lows), 2.0**62).astype(np.int64)
        smallest = np.concatenate([whole[:-1], -(whole[1:] - 1)])
        codes = np.searchsorted(self.marks, smallest, side="right")
        following = np.append(self.marks, np.iinfo(np.int64).max)
        return first, codes.astype(np.uint16), following[codes]


def _size(magnitudes: Ints) -> Ints:
    """Exponent and first mantissa bits of ``magnitude + 1/2``, which is never zero."""
    sizes: Ints = np.right_shift((magnitudes + 0.5).view(np.int64), 52 - OCTAVE)
    return sizes


def ruler_of(axis: Axis, contract: Contract) -> Ruler:
    """The ruler of what a dimension measures; a composite is measured in hundredths of the stored unit."""
    column, _ = axis.source[0]
    composite = len(axis.source) > 1 or axis.source[0][1] != 100
    return _ruler(contract[column], 100 if composite else 1)


def column_ruler(column: Column) -> Ruler:
    """The ruler of one column."""
    return _ruler(column, 1)


def _ruler(column: Column, factor: int) -> Ruler:
    """Of a column times a factor; every currency has a hundred minor units.

    Every value is marked only where the contract bounds them and they are few; a sum of columns has no such bounds.
    """
    scale = column.unit_of.scale * factor
    if column.minimum is not None and column.maximum is not None and factor == 1 and not column.is_money:
        low, high = scale * column.minimum, scale * column.maximum
        if high - low <= MOST_SINGLE:
            return Ruler(np.arange(low, high + 1, dtype=np.int64))
    return Ruler(_rounds(scale, LARGEST if column.is_money else LARGEST_NUMBER, both_signs=True))


def _rounds(scale: int, largest: int, *, both_signs: bool) -> Ints:
    """Amounts of two significant digits up to ``largest`` units, zero and single units among them."""
    found, size = list(range(100)), 10
    while size * 10 <= largest:
        found += range(10 * size, 100 * size, size)
        size *= 10
    signed = sorted({*found, *(-each for each in found)}) if both_signs else found
    return np.array(signed, np.int64) * scale
