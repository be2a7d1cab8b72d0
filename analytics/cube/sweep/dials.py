"""Every number of a standard that can be swept: where it stands, what it is, and over what it ranges."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from analytics.classify.grid import Axis, grid_of
from analytics.cube.layers.ruler import Ruler, column_ruler, ruler_of
from analytics.intake.contract import Contract
from analytics.standard.model import Scale, Standard
from analytics.vocabulary import BASIS, Kind

Sort = Literal["entry", "weight", "points", "missing", "edge", "gate"]
HALF_POINT = BASIS // 2
HUNDRED = 100
MOST = 400
"""Positions of a sweep at most: beyond, the ruler is read in coarser steps."""
BEYOND = 3
"""A gate's amount, and the highest edge, are swept up to so many times what they are."""


@dataclass(frozen=True, slots=True)
class Dial:
    """One number. ``at`` is what it is now, as an integer: hundredths of a point, weight, points, or stored units.

    ``positions`` ascend, ``at`` among them; ``coarse`` says that marks of the ruler were left out. ``place`` is the
    tier's rank, the band's place, or the gate's; ``name`` the tier's id, the dimension's name or the gate's id.
    """

    path: str
    sort: Sort
    name: str
    kind: Kind | None
    place: int
    at: int
    positions: tuple[int, ...]
    scale: int
    coarse: bool = False
    condition: int = 0
    side: Literal["", "at_least", "below"] = ""

    def value(self, position: int) -> int | Decimal:
        """A position as people write it, and as it stands in the file."""
        if self.sort in ("weight", "points", "missing"):
            return position
        number = Decimal(position) / self.scale
        return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def dials_of(standard: Standard, contract: Contract) -> tuple[Dial, ...]:
    """Every number that decides a tier, in the order of the file."""
    found = [*_entries(standard)]
    for name, dimension in standard.dimension.items():
        for kind in Kind:
            scale = dimension.scale(kind)
            if scale is not None:
                found += _of_scale(standard, contract, name, scale, kind)
    return (*found, *_gates(standard, contract))


def _entries(standard: Standard) -> list[Dial]:
    found = []
    for place, tier in enumerate(standard.tier):
        for kind in Kind if tier.entry else ():
            if tier.entry is None or tier.entry.of(kind) is None or not standard.scales(kind):
                continue
            rank, entries = standard.rank(tier.id), standard.entries(kind)
            low = entries[rank - 2] if rank > 1 else 0
            high = entries[rank] if rank < len(entries) else HUNDRED * BASIS
            at = tier.entry_basis(kind)
            positions = {*range(low, high + 1, HALF_POINT), low, at, high}
            path = f"tier[{place}].entry.{kind.value}"
            found.append(Dial(path, "entry", tier.id, kind, rank, at, tuple(sorted(positions)), BASIS))
    return found


def _of_scale(standard: Standard, contract: Contract, name: str, scale: Scale, kind: Kind) -> list[Dial]:
    path, hundred = f"dimension.{name}.{kind.value}", range(HUNDRED + 1)
    rest = standard.weight_sum(kind) - scale.weight
    weights = {*hundred, scale.weight} - (set() if rest else {0})
    found = [Dial(f"{path}.weight", "weight", name, kind, 0, scale.weight, tuple(sorted(weights)), 1)]
    for place, band in enumerate(scale.bands):
        if band.from_ is not None:
            found.append(_edge(standard, contract, name, kind, place))
        found.append(Dial(f"{path}.bands[{place}].points", "points", name, kind, place, band.points, tuple(hundred), 1))
    if scale.missing_points is not None:
        at, place = scale.missing_points, len(scale.bands)
        found.append(Dial(f"{path}.missing.points", "missing", name, kind, place, at, tuple(hundred), 1))
    return found


def _edge(standard: Standard, contract: Contract, name: str, kind: Kind, place: int) -> Dial:
    dimension = standard.dimension[name]
    edges, axis = dimension.edges(kind), axis_of(standard, contract, name)
    ruler, at = ruler_of(axis, contract), edges[place - 1]
    high = edges[place] if place < len(edges) else max(BEYOND * at, ruler.after(at) or at) + 1
    low = edges[place - 2] if place > 1 else _lowest(at, high)
    positions, coarse = _marks(ruler, low, high, at)
    factor = dimension.unit_of.scale * (HUNDRED if dimension.is_composite else 1)
    return Dial(
        f"dimension.{name}.{kind.value}.bands[{place}].from", "edge", name, kind, place, at, positions, factor, coarse
    )


def axis_of(standard: Standard, contract: Contract, name: str) -> Axis:
    """The axis of a dimension."""
    return next(axis for axis in grid_of(standard, contract).axes if axis.name == name)


def _gates(standard: Standard, contract: Contract) -> list[Dial]:
    found = []
    for place, gate in enumerate(standard.gate):
        for n, condition in enumerate(gate.when):
            column = contract[condition.column]
            ruler = column_ruler(column) if column.type in ("money", "number") else None
            scale = standard.currency_unit.scale if column.is_money else column.unit_of.scale
            amounts = {"at_least": condition.at_least, "below": condition.below}
            for side in ("at_least", "below"):
                stood = amounts[side]
                if stood is None or ruler is None:
                    continue
                at = int(stood * scale)
                other = amounts["below" if side == "at_least" else "at_least"]
                high = max(BEYOND * at, ruler.after(at) or at) + 1
                low = _lowest(at, high)
                if other is not None:
                    low, high = (low, int(other * scale)) if side == "at_least" else (int(other * scale), high)
                positions, coarse = _marks(ruler, low, high, at)
                path = f"gate[{place}].when[{n}].{side}"
                kind = Kind(gate.kinds[0]) if len(gate.kinds) == 1 else None
                found.append(Dial(path, "gate", gate.id, kind, place, at, positions, scale, coarse, n, side))
    return found


def _lowest(at: int, high: int) -> int:
    """Where a range begins that nothing below bounds: at nothing, for debts as far below it as the range goes up."""
    return -1 if at > 0 else -max(high, 1 - BEYOND * at)


def _marks(ruler: Ruler, low: int, high: int, at: int) -> tuple[tuple[int, ...], bool]:
    """Marks between two amounts that are both left out, ``at`` among them; every so manieth where they are many."""
    marks = [int(mark) for mark in ruler.marks[(ruler.marks > low) & (ruler.marks < high)]]
    step = -(-len(marks) // MOST)
    return tuple(sorted({*marks[:: max(1, step)], at})), step > 1
