"""The grid of a standard: everything that decides a customer's key, and nothing else.

To a standard, all customers of the same kind, bands and conditions are the same: they share a *signature*, written
as one mixed-radix integer, the *key*::

    key = ((kind * r1 + band1) * r2 + band2 ...) * 2^conditions + condition bits

``band`` counts from 0 at the lowest; one past the last band means that the value is missing. Weights, points,
entry scores and the method of aggregation are no part of it, so standards that differ in those share their keys.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from analytics.intake.contract import Column, Contract
from analytics.standard.canon import canonical_text
from analytics.standard.model import Condition, Dimension, Standard
from analytics.vocabulary import Kind

Ints = npt.NDArray[np.int64]
LARGEST_KEY = 2**62


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands of one dimension for one kind: lower bounds in stored units, or groups of stored codes."""

    n: int
    edges: tuple[int, ...] = ()
    codes: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension of the grid. ``source`` gives columns with coefficients; ``bands`` is by kind, in order."""

    name: str
    source: tuple[tuple[str, int], ...]
    bands: tuple[Bands | None, ...]

    @property
    def radix(self) -> int:
        """Places of this digit: the bands of the kind that has most, and one for a missing value."""
        return max((bands.n for bands in self.bands if bands), default=0) + 1


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison on one column, in stored units. ``codes`` holds integers, or words for a label."""

    column: str
    at_least: int | None = None
    below: int | None = None
    codes: tuple[int | str, ...] | None = None
    flag: bool | None = None
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Flag:
    """One condition bit: for each kind the tests that must all be met, or ``None`` where the bit stays 0."""

    name: str
    tests: tuple[tuple[Test, ...] | None, ...]


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
        return hashlib.sha256(f"tierdesk grid 1\n{self!r}".encode()).hexdigest()[:12]

    @property
    def size(self) -> int:
        """How many keys there could be."""
        size = len(Kind) << len(self.flags)
        for axis in self.axes:
            size *= axis.radix
        return size

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the facts that the grid reads, by name."""
        read = {column for axis in self.axes for column, _ in axis.source}
        read |= {test.column for flag in self.flags for tests in flag.tests for test in tests or ()}
        read |= {label.column for label in self.labels}
        return tuple(sorted(read | {"kind"}))

    def digits(self, keys: Ints) -> "Digits":
        """Take keys apart again."""
        rest, flags = np.divmod(keys, 1 << len(self.flags))
        bands = np.empty((len(self.axes), len(keys)), dtype=np.int64)
        for place in range(len(self.axes) - 1, -1, -1):
            rest, bands[place] = np.divmod(rest, self.axes[place].radix)
        return Digits(kind=rest, bands=bands, flags=flags)

    def missing_band(self) -> Ints:
        """The band that means *missing*, by axis and kind; -1 where the kind has no such dimension."""
        return np.array([[bands.n if bands else -1 for bands in axis.bands] for axis in self.axes], dtype=np.int64)


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
    axes = tuple(_axis(name, dimension, contract) for name, dimension in standard.dimensions)
    return Grid(axes, (*_gate_flags(standard, contract), *_subtier_flags(standard, contract)), _labels(standard, contract))


def _axis(name: str, dimension: Dimension, contract: Contract) -> Axis:
    source = tuple(sorted(dimension.source.items()))
    return Axis(name, source, tuple(_bands(dimension, kind, contract) for kind in Kind))


def _bands(dimension: Dimension, kind: Kind, contract: Contract) -> Bands | None:
    scale = dimension.scale(kind)
    if scale is None:
        return None
    if not scale.is_qualitative:
        return Bands(len(scale.bands), edges=dimension.edges(kind))
    column = contract[next(iter(dimension.source))]
    groups = tuple(tuple(sorted(column.code_of(code) for code in band.codes)) for band in scale.bands)
    return Bands(len(scale.bands), codes=groups)


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


def category_radix(labels: Sequence[Label]) -> int:
    """How many category keys there could be: no / yes / not known for each label, times the primary one."""
    size: int = 3 ** len(labels) * (len(labels) + 1)
    return size
