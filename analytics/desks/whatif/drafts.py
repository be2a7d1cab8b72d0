"""A draft on the bench: the baseline's text with overrides, parsed and checked, and never the baseline itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from analytics.desks.house import House
from analytics.errors import TierdeskError
from analytics.standard.change import Override, apply, write
from analytics.standard.check import check
from analytics.standard.faults import Fault, Severity, StandardFaults
from analytics.standard.model import Standard
from analytics.standard.parse import parse_toml, read_toml, validate
from analytics.vocabulary import Kind, Text, Unit

MOST_STEPS = 2000
"""Places that a slider has at most."""


@dataclass(frozen=True)
class Draft:
    """What the overrides make of a baseline.

    ``standard`` is ``None`` where the text cannot be read at all; ``faults`` keep it from being proposed, though a
    draft that is only unsound (weights that do not sum, say) can still be recounted.
    """

    source: str
    standard: Standard | None
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]

    @property
    def trouble(self) -> TierdeskError | None:
        """Why a draft that can be read is not counted."""
        return None if self.standard is None else trouble_of(self.standard)

    @property
    def can_be_proposed(self) -> bool:
        return self.standard is not None and not self.faults


def trouble_of(standard: Standard) -> TierdeskError | None:
    """Why a standard is not counted: entries that cross have no meaning that all would agree on."""
    if all(list(each) == sorted(each) for each in (standard.entries(kind) for kind in Kind)):
        return None
    return TierdeskError(
        "CLASSIFY-002",
        Text("准入分相互交叉，无法计算。", "Entry scores cross, so nobody is counted."),
        Text("请让较高层级的准入分不低于较低层级。", "Let no tier ask for less than the one below it."),
    )


def draft_of(house: House, baseline_hash: str, overrides: Sequence[Override]) -> Draft:
    """The draft that overrides make of a kept standard."""
    return draft_from(house, write(house.stored(baseline_hash).source, overrides))


def draft_over(house: House, source: str, overrides: Sequence[Override]) -> Draft:
    """The draft that overrides make of the text of a rules.toml; what cannot be read becomes its fault."""
    try:
        return draft_from(house, write(source, overrides) if overrides else source)
    except TierdeskError as error:
        return Draft(source, None, (Fault(error.code, "rules.toml", error.message, allowed=error.hint),), ())


def standard_over(house: House, source: str, overrides: Sequence[Override]) -> Standard | None:
    """The standard that overrides make of a text, or ``None`` where it cannot be read.

    It is that of :func:`draft_over`, without the text and the checks, which take ten times as long.
    """
    try:
        return validate(apply(_data(source), overrides), house.contract)
    except TierdeskError:
        return None


@lru_cache(maxsize=16)
def _data(source: str) -> Mapping[str, Any]:
    """A text as plain data, which is only read."""
    return read_toml(source)


def edge_steps(edges: Sequence[Decimal], at: int, unit: Unit) -> tuple[Decimal, ...]:
    """Round amounts between the neighbours of an edge, where a slider may rest; its own place too."""
    here = edges[at]
    below = edges[at - 1] if at else min(Decimal(0), here)
    above = edges[at + 1] if at + 1 < len(edges) else max(here * 2, here + 10) + 1
    finest = Decimal(1) / (1 if unit.money else unit.scale)
    found = {here}
    number = below if at else below - finest
    while len(found) < MOST_STEPS and (number := _next_round(number, unit, finest)) < above:
        found.add(number)
    return tuple(sorted(found))


def _next_round(number: Decimal, unit: Unit, finest: Decimal) -> Decimal:
    """The next amount up: of two significant digits for money, of the finest unit for anything else."""
    if not unit.money:
        return number + finest
    size = max(Decimal(10) ** (len(str(int(abs(number)))) - 2), Decimal(10))
    return (number // size + 1) * size


def draft_from(house: House, source: str) -> Draft:
    """A draft from the whole text of a rules.toml."""
    try:
        standard = parse_toml(source, house.contract)
    except StandardFaults as error:
        return Draft(source, None, error.faults, ())
    found = check(standard, house.contract)
    faults = tuple(fault for fault in found if fault.severity is Severity.FAULT)
    return Draft(source, standard, faults, tuple(fault for fault in found if fault not in faults))
