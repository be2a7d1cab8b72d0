"""The grid of a standard: everything that decides a customer's key, and nothing else.

To a standard, all customers of the same kind, bands and conditions are the same: they share a *signature*, written
as one mixed-radix integer, the *key*. Enterprises begin where persons end; within a kind::

    key = ((slot1 * r2 + slot2) * r3 + slot3 ...) * 2^free + free condition bits

A *slot* is a band, cut further where a condition asks for an amount of the same column, so that such a condition
needs no bit of its own. One past the last slot means that the value is missing. Weights, points, entry scores and
the method of aggregation are no part of the grid, so standards that differ in those share their keys.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from analytics.intake.contract import Column, Contract
from analytics.standard.model import Condition, Dimension, Standard
from analytics.vocabulary import Kind

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison on one column, in stored units. ``codes`` holds integers, or words for a label."""

    column: str
    at_least: int | None = None
    below: int | None = None
    codes: tuple[int | str, ...] | None = None
    flag: bool | None = None
    missing: bool = False

    def holds(self, value: int | None) -> bool:
        """Whether an amount meets it; a missing one meets only the test for that."""
        if self.missing or value is None:
            return self.missing and value is None
        return (self.at_least is None or value >= self.at_least) and (self.below is None or value < self.below)

    @property
    def has_amount(self) -> bool:
        """Whether it asks for an amount."""
        return self.at_least is not None or self.below is not None


@dataclass(frozen=True, slots=True)
class Flag:
    """One condition bit: for each kind the tests that must all be met, or ``None`` where the bit stays 0."""

    name: str
    tests: tuple[tuple[Test, ...] | None, ...]


@dataclass(frozen=True, slots=True)
class Slots:
    """The slots of one dimension for one kind.

    Either ``cuts``, lower bounds in stored units from the second slot up, or ``codes``, groups of stored codes.
    ``band`` and ``bits`` give the band and the condition bits of each slot; their last entry is the missing one,
    whose band is one past the last.
    """

    band: tuple[int, ...]
    bits: tuple[int, ...]
    cuts: tuple[int, ...] = ()
    codes: tuple[tuple[int, ...], ...] = ()
    riders: int = 0
    """Bits of all conditions that ride on the dimension."""

    @property
    def radix(self) -> int:
        return len(self.band)

    def slot_of(self, value: int | None) -> int:
        """The slot of one stored value or code; ``None`` and a code that no band names are missing."""
        if value is None:
            return self.radix - 1
        if self.codes:
            return next((at for at, codes in enumerate(self.codes) if value in codes), self.radix - 1)
        return bisect_right(self.cuts, value)


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension of the grid. ``source`` gives columns with coefficients; ``slots`` is by kind, in order."""

    name: str
    source: tuple[tuple[str, int], ...]
    slots: tuple[Slots | None, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """One category: its balance column and, by kind, the least balance in stored units."""

    name: str
    column: str
    at_least: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """What an engine needs to give every customer a key."""

    axes: tuple[Axis, ...]
    flags: tuple[Flag, ...]
    labels: tuple[Label, ...]

    @property
    def hash(self) -> str:
        """Twelve hexadecimal digits that stand for the grid; equal grids give equal keys."""
        return hashlib.sha256(f"tierdesk grid 2\n{self!r}".encode()).hexdigest()[:12]

    def free(self, kind: int) -> tuple[int, ...]:
        """Places of the conditions that need a bit of their own for a kind."""
        riding = 0
        for axis in self.axes:
            slots = axis.slots[kind]
            riding |= slots.riders if slots else 0
        return tuple(p for p, flag in enumerate(self.flags) if flag.tests[kind] and not riding >> p & 1)

    def size(self, kind: int) -> int:
        """How many keys a kind could have."""
        size = 1 << len(self.free(kind))
        for axis in self.axes:
            slots = axis.slots[kind]
            size *= slots.radix if slots else 1
        return size

    def units(self, kind: int) -> tuple[tuple[int, ...], dict[int, int]]:
        """What one slot of each axis adds to a key, and what each free condition adds, by its place."""
        free, axes = self.free(kind), []
        unit = 1 << len(free)
        for axis in reversed(self.axes):
            slots = axis.slots[kind]
            axes.append(unit if slots else 0)
            unit *= slots.radix if slots else 1
        return tuple(reversed(axes)), {place: 1 << at for at, place in enumerate(reversed(free))}

    def offset(self, kind: int) -> int:
        """The first key of a kind."""
        return sum(self.size(before) for before in range(kind))

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the facts that the grid reads, by name."""
        read = {column for axis in self.axes for column, _ in axis.source}
        read |= {test.column for flag in self.flags for tests in flag.tests for test in tests or ()}
        read |= {label.column for label in self.labels}
        return tuple(sorted(read | {"kind"}))

    def digits(self, keys: Ints) -> "Digits":
        """Take keys apart again."""
        kind = np.zeros(len(keys), np.int64)
        bands, flags = np.zeros((len(self.axes), len(keys)), np.int64), np.zeros(len(keys), np.int64)
        for at in range(len(Kind)):
            mine = (keys >= self.offset(at)) & (keys < self.offset(at) + self.size(at))
            kind[mine], (bands[:, mine], flags[mine]) = at, self._of_kind(at, keys[mine] - self.offset(at))
        return Digits(kind=kind, bands=bands, flags=flags)

    def _of_kind(self, kind: int, rest: Ints) -> tuple[Ints, Ints]:
        bands, flags = np.zeros((len(self.axes), len(rest)), np.int64), np.zeros(len(rest), np.int64)
        for place in reversed(self.free(kind)):
            rest, bit = np.divmod(rest, 2)
            flags |= bit << place
        for place in range(len(self.axes) - 1, -1, -1):
            slots = self.axes[place].slots[kind]
            if slots:
                rest, slot = np.divmod(rest, slots.radix)
                bands[place] = np.array(slots.band, np.int64)[slot]
                flags |= np.array(slots.bits, np.int64)[slot]
        return bands, flags


@dataclass(frozen=True, slots=True)
class Digits:
    """Keys taken apart. ``kind`` (n,) is 0 for persons; ``bands`` is (axes, n); ``flags`` (n,) holds the bits."""

    kind: Ints
    bands: Ints
    flags: Ints

    def flag(self, place: int) -> npt.NDArray[np.bool_]:
        """Whether the condition at ``place`` is met, by key."""
        met: npt.NDArray[np.bool_] = (self.flags >> place) & 1 == 1
        return met


def grid_of(standard: Standard, contract: Contract) -> Grid:
    """The grid of a standard. The order of dimensions, gates and categories is fixed by their names."""
    flags = (*_gate_flags(standard, contract), *_subtier_flags(standard, contract))
    axes = tuple(_axis(name, dimension, contract, flags) for name, dimension in standard.dimensions)
    return Grid(axes, flags, _labels(standard, contract))


def _axis(name: str, dimension: Dimension, contract: Contract, flags: tuple[Flag, ...]) -> Axis:
    source = tuple(sorted(dimension.source.items()))
    return Axis(name, source, tuple(_slots(dimension, kind, contract, flags) for kind in Kind))


def _slots(dimension: Dimension, kind: Kind, contract: Contract, flags: tuple[Flag, ...]) -> Slots | None:
    scale = dimension.scale(kind)
    if scale is None:
        return None
    n, column = len(scale.bands), contract[next(iter(dimension.source))]
    if scale.is_qualitative:
        groups = tuple(tuple(sorted(column.code_of(code) for code in band.codes)) for band in scale.bands)
        return Slots((*range(n), n), (0,) * (n + 1), codes=groups)
    riders = [] if dimension.is_composite else _riders(column.name, list(Kind).index(kind), flags)
    edges = dimension.edges(kind)
    bounds = {bound for _, tests in riders for test in tests for bound in (test.at_least, test.below)}
    cuts = tuple(sorted({*edges, *(bound for bound in bounds if bound is not None)}))
    values = [*((cuts[0] - 1, *cuts) if cuts else (0,)), None]
    band = tuple(n if value is None else bisect_right(edges, value) for value in values)
    return Slots(band, tuple(_bits(riders, value) for value in values), cuts, (), sum(1 << p for p, _ in riders))


Riders = list[tuple[int, tuple[Test, ...]]]
"""Places and tests of the conditions that ask only for amounts of a column that is cut into bands anyway."""


def _riders(column: str, kind: int, flags: tuple[Flag, ...]) -> Riders:
    found: Riders = []
    for place, flag in enumerate(flags):
        tests = flag.tests[kind]
        if tests and all(test.column == column and test.codes is None and test.flag is None for test in tests):
            found.append((place, tests))
    return found


def _bits(riders: Riders, value: int | None) -> int:
    """The bits that a value sets; ``None`` is a missing one."""
    return sum(1 << place for place, tests in riders if all(test.holds(value) for test in tests))


def _gate_flags(standard: Standard, contract: Contract) -> list[Flag]:
    flags = []
    for gate in sorted(standard.gate, key=lambda gate: gate.id):
        tests = tuple(sorted((_test(condition, standard, contract) for condition in gate.when), key=repr))
        flags.append(Flag(gate.id, tuple(tests if kind.value in gate.kinds else None for kind in Kind)))
    return flags


def _test(condition: Condition, standard: Standard, contract: Contract) -> Test:
    column = contract[condition.column]
    if condition.missing:
        return Test(column.name, missing=True)
    if condition.is_ is not None:
        return Test(column.name, flag=condition.is_)
    if condition.in_ is not None:
        codes = [column.code_of(code) if column.codes else code for code in condition.in_]
        return Test(column.name, codes=tuple(sorted(codes, key=str)))
    scale = _scale(column, standard)
    return Test(column.name, at_least=_stored(condition.at_least, scale), below=_stored(condition.below, scale))


def _subtier_flags(standard: Standard, contract: Contract) -> list[Flag]:
    flags = []
    for tier in sorted(standard.tier, key=lambda tier: tier.id):
        for subtier in tier.subtier:
            column = contract[subtier.column]
            least = (_stored(subtier.at_least.of(kind), _scale(column, standard)) for kind in Kind)
            tests = (None if amount is None else (Test(column.name, at_least=amount),) for amount in least)
            flags.append(Flag(f"{tier.id}.{subtier.id}", tuple(tests)))
    return flags


def _labels(standard: Standard, contract: Contract) -> tuple[Label, ...]:
    labels = []
    for category in standard.category:
        scale = _scale(contract[category.column], standard)
        least = tuple(_stored(category.at_least.of(kind), scale) for kind in Kind)
        labels.append(Label(category.id, category.column, least))
    return tuple(labels)


def _scale(column: Column, standard: Standard) -> int:
    """Stored integers in one of what people write."""
    return standard.currency_unit.scale if column.is_money else column.unit_of.scale


def _stored(amount: Decimal | None, scale: int) -> int | None:
    return None if amount is None else int(amount * scale)


def categories_of(category: int, names: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...], str | None]:
    """Take a category key apart: labels that are reached, labels that are not known, and the primary one."""
    digits, primary = divmod(category, len(names) + 1)
    found: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for name in reversed(names):
        digits, digit = divmod(digits, 3)
        found[digit].insert(0, name)
    return tuple(found[1]), tuple(found[2]), names[primary - 1] if primary else None
