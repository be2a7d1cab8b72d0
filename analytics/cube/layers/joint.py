"""Two grids at once over fine codes: every customer's joint key, and the two keys that it stands for.

A joint key has one digit for each thing that either grid cuts: an amount by all edges of both, a code, the conditions.
So it lies in exactly one slot of each grid, and both keys are sums over its digits. An edge
that stands on a mark of the ruler is a comparison of codes; beside the marks only the one bin that it cuts is read.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.classify.grid import Grid, Ints, Slots, Test
from analytics.cube.layers.bins import Array, Bins, Source, asks_only_for, is_coded
from analytics.cube.layers.ruler import Ruler
from analytics.vocabulary import Kind

LARGEST = 1 << 25
"""Joint keys that are numbered at once: 160 MB of places."""


@dataclass(frozen=True)
class Cut:
    """An edge beside the ruler's marks: whose ``code`` is that of the bin adds ``unit`` where ``raw`` reaches it."""

    array: str
    raw: str
    code: int
    at_least: int
    unit: int


@dataclass(frozen=True)
class Part:
    """One digit of one kind. ``digits`` is by code; ``keys`` (2, radix) is what each digit adds to the two keys."""

    array: str
    digits: Ints
    keys: Ints
    cuts: tuple[tuple[int, int, int], ...] = ()
    """(place of the amount, code of the bin, amount) of each edge beside the marks."""

    @property
    def radix(self) -> int:
        return int(self.keys.shape[1])


@dataclass(frozen=True)
class Joint:
    """``tables`` add up to a joint key, one look-up for each array of codes; ``parts`` and ``offsets`` are by kind."""

    tables: Mapping[str, Ints]
    cuts: tuple[Cut, ...]
    parts: tuple[tuple[Part, ...], ...]
    offsets: tuple[int, ...]
    first: tuple[tuple[int, int], ...]
    """By kind, the first key under each grid."""

    @property
    def size(self) -> int:
        return self.offsets[-1]

    def keys_of(self, codes: Mapping[str, Array]) -> Ints:
        """The joint key of every customer of a block of codes."""
        found = np.zeros(len(codes["bits0"]), np.int64)
        for name, table in self.tables.items():
            found += table.take(codes[name])
        for cut in self.cuts:
            here = np.flatnonzero(codes[cut.array] == cut.code)
            found[here[codes[cut.raw][here] >= cut.at_least]] += cut.unit
        return found

    def both(self, joint: Ints) -> tuple[Ints, Ints]:
        """The keys under the two grids of each joint key."""
        keys = np.zeros((2, len(joint)), np.int64)
        for kind in range(len(Kind)):
            mine = np.flatnonzero((joint >= self.offsets[kind]) & (joint < self.offsets[kind + 1]))
            rest = joint[mine] - self.offsets[kind]
            found = np.repeat(np.array([self.first[kind]], np.int64).T, len(mine), axis=1)
            for part in reversed(self.parts[kind]):
                rest, digit = np.divmod(rest, part.radix)
                found += part.keys[:, digit]
            keys[:, mine] = found
        return keys[0], keys[1]


def joint_of(bins: Bins, before: Grid, after: Grid) -> Joint | None:
    """The joint of two grids that the bins cover; ``None`` where it would have more than :data:`LARGEST` keys."""
    return _joint(bins, before, after, tuple(tuple(parts_of(bins, (before, after), kind)) for kind in range(len(Kind))))


def joint_of_parts(bins: Bins, grids: tuple[Grid, Grid], kind: int, parts: tuple[Part, ...]) -> Joint | None:
    """The joint of some digits of one kind, for customers of that kind alone."""
    still = tuple(Part(part.array, np.zeros_like(part.digits), np.zeros((2, 1), np.int64)) for part in parts)
    return _joint(bins, *grids, tuple(parts if at == kind else still for at in range(len(Kind))))


def _joint(bins: Bins, before: Grid, after: Grid, parts: tuple[tuple[Part, ...], ...]) -> Joint | None:
    offsets = [0]
    for mine in parts:
        offsets.append(offsets[-1] + int(np.prod([part.radix for part in mine], dtype=object)))
    if offsets[-1] > LARGEST:
        return None
    tables, cuts = _tables(bins, parts, offsets)
    first = tuple((before.offset(kind), after.offset(kind)) for kind in range(len(Kind)))
    return Joint(tables, cuts, parts, tuple(offsets), first)


def _tables(
    bins: Bins, parts: tuple[tuple[Part, ...], ...], offsets: Sequence[int]
) -> tuple[dict[str, Ints], tuple[Cut, ...]]:
    found: dict[str, list[Ints]] = {}
    cuts = []
    for kind, mine in enumerate(parts):
        unit = 1
        for part in reversed(mine):
            found.setdefault(part.array, []).append(part.digits * unit)
            cuts += [
                Cut(part.array, bins.raw(place), code + kind * bins.width(place), at_least, unit)
                for place, code, at_least in part.cuts
            ]
            unit *= part.radix
    tables = {name: np.concatenate(each) for name, each in found.items()}
    half = len(tables["bits0"]) // len(Kind)
    tables["bits0"] = tables["bits0"] + np.repeat(np.array(offsets[:-1], np.int64), half)
    return {name: table for name, table in tables.items() if table.any()}, tuple(cuts)


def parts_of(bins: Bins, grids: tuple[Grid, Grid], kind: int) -> Iterator[Part]:
    """The digits of one kind, the first the most significant."""
    for place, (source, _) in enumerate(bins.amounts):
        yield _amount_part(bins, grids, kind, place, source)
    for place, (column, n) in enumerate(bins.codes):
        terms = [[*_axis_terms(grid, kind, ((column, 100),))] for grid in grids]
        yield _listed_part(f"code{place}", [[_sum(each, code or None) for code in [*range(n), None]] for each in terms])
    for place, conditions in enumerate(bins.bits):
        flags = [[*_bit_terms(conditions, grid, kind)] for grid in grids]
        yield _listed_part(
            f"bits{place}", [[_sum(each, said) for said in range(1 << len(conditions))] for each in flags]
        )


Term = Callable[[int | None], int]
"""What a value adds to a key; ``None`` is a missing one."""


def _sum(terms: Sequence[Term], value: int | None) -> int:
    return sum(term(value) for term in terms)


def _amount_part(bins: Bins, grids: tuple[Grid, Grid], kind: int, place: int, source: Source) -> Part:
    terms = [[*_axis_terms(grid, kind, source), *_amount_terms(grid, kind, source)] for grid in grids]
    cuts = sorted({cut for grid in grids for cut in cuts_of(grid, kind, source)})
    values = [*((cuts[0] - 1, *cuts) if cuts else (0,)), None]
    digits, beside = columns_of(bins.amounts[place][1], cuts)
    keys = np.array([[_sum(each, value) for value in values] for each in terms], np.int64)
    return Part(f"amount{place}", digits, keys, tuple((place, code, cut) for code, cut in beside))


def columns_of(ruler: Ruler, cuts: Sequence[int]) -> tuple[Ints, list[tuple[int, int]]]:
    """How many cuts each code reaches, one more for a missing value; and the code of the bin of each cut beside a mark.

    A customer of that bin who reaches the cut belongs one further.
    """
    least = np.array([ruler.least(cut) for cut in cuts], np.int64)
    digits = np.searchsorted(np.sort(least), np.arange(ruler.missing + 1), side="right").astype(np.int64)
    digits[ruler.missing] = len(cuts) + 1
    return digits, [(ruler.least(cut) - 1, cut) for cut in cuts if ruler.is_cut(cut)]


def _listed_part(array: str, terms: Sequence[Sequence[int]]) -> Part:
    """A digit for every pair of what codes add to the two keys."""
    keys, digits = np.unique(np.array(terms, np.int64), axis=1, return_inverse=True)
    return Part(array, digits.reshape(-1).astype(np.int64), keys)


def _axis_terms(grid: Grid, kind: int, source: Source) -> Iterator[Term]:
    for axis, unit in zip(grid.axes, grid.units(kind)[0], strict=True):
        slots = axis.slots[kind]
        if slots and axis.source == source:
            yield _slot_term(slots, unit)


def _slot_term(slots: Slots, unit: int) -> Term:
    return lambda value: slots.slot_of(value) * unit


def _amount_terms(grid: Grid, kind: int, source: Source) -> Iterator[Term]:
    """Free conditions that ask for amounts of one column only."""
    for place, unit in grid.units(kind)[1].items():
        tests = grid.flags[place].tests[kind] or ()
        if asks_only_for(tests, source):
            yield _met_term(tests, unit)


def _met_term(tests: tuple[Test, ...], unit: int) -> Term:
    return lambda value: unit * all(test.holds(value) for test in tests)


def _bit_terms(conditions: Sequence[tuple[Test, ...]], grid: Grid, kind: int) -> Iterator[Term]:
    """Free conditions of one array of bits."""
    for place, unit in grid.units(kind)[1].items():
        tests = grid.flags[place].tests[kind] or ()
        if tests in conditions:
            yield _bit_term(conditions.index(tests), unit)


def _bit_term(place: int, unit: int) -> Term:
    return lambda value: unit * ((value or 0) >> place & 1)


def cuts_of(grid: Grid, kind: int, source: Source) -> Iterator[int]:
    """Where one kind's values of a source are cut: edges, and amounts that conditions ask for."""
    for axis in grid.axes:
        slots = axis.slots[kind]
        if slots and axis.source == source and not is_coded(axis):
            yield from slots.cuts
    for place in grid.units(kind)[1]:
        tests = grid.flags[place].tests[kind] or ()
        if asks_only_for(tests, source):
            yield from (bound for test in tests for bound in (test.at_least, test.below) if bound is not None)
