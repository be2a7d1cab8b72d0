"""The same grid with more cuts: amounts that a question asks about, told apart in everybody's key."""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import replace

from analytics.classify.grid import Grid, Ints, Slots
from analytics.errors import TierdeskError
from analytics.vocabulary import Kind, Text

Cuts = Mapping[tuple[str, int], Collection[int]]
"""Amounts in stored units, by dimension and place of the kind."""
LARGEST = 1 << 62
"""Keys stay below this, so that 64 bits hold them."""


def with_cuts(grid: Grid, more: Cuts) -> Grid:
    """The grid with more cuts; every verdict stays as it was. Dimensions of codes take none.

    Raises ``BENCH-020`` where the combinations could not be numbered any more.
    """
    axes = []
    for axis in grid.axes:
        slots = tuple(_cut(each, more.get((axis.name, kind), ())) for kind, each in enumerate(axis.slots))
        axes.append(replace(axis, slots=slots))
    found = replace(grid, axes=tuple(axes))
    if sum(found.size(kind) for kind in range(len(Kind))) >= LARGEST:
        raise TierdeskError(
            "BENCH-020",
            Text(
                "这份草案的档与条件组合过多，无法再细分。", "The draft has too many combinations to be cut any finer."
            ),
            Text("请减少档数或门槛后重试。", "Try again with fewer bands or gates."),
        )
    return found


def _cut(slots: Slots | None, amounts: Collection[int]) -> Slots | None:
    if slots is None or slots.codes or not amounts:
        return slots
    cuts = tuple(sorted({*slots.cuts, *amounts}))
    old = [0, *(bisect_right(slots.cuts, cut) for cut in cuts), slots.radix - 1]
    band, bits = (tuple(values[place] for place in old) for values in (slots.band, slots.bits))
    return replace(slots, band=band, bits=bits, cuts=cuts)


def slots_of(grid: Grid, place: int, kind: int, keys: Ints) -> Ints:
    """The slot of each key of one kind on one axis."""
    slots = grid.axes[place].slots[kind]
    assert slots is not None, "a dimension that the kind does not have"
    found: Ints = (keys - grid.offset(kind)) // grid.units(kind)[0][place] % slots.radix
    return found


def moved_to(grid: Grid, place: int, kind: int, keys: Ints, slot: int) -> Ints:
    """The keys of the same customers, were their value on one axis in another slot."""
    moved: Ints = keys + (slot - slots_of(grid, place, kind, keys)) * grid.units(kind)[0][place]
    return moved
