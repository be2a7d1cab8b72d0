"""A draft on the bench: the baseline's text with overrides, parsed and checked, and never the baseline itself."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.desks.house import House
from analytics.standard.change import Override, write
from analytics.standard.check import check
from analytics.standard.faults import Fault, Severity, StandardFaults
from analytics.standard.model import Standard
from analytics.standard.parse import parse_toml


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
    def can_be_proposed(self) -> bool:
        return self.standard is not None and not self.faults


def draft_of(house: House, baseline_hash: str, overrides: Sequence[Override]) -> Draft:
    """The draft that overrides make of a kept standard."""
    return draft_from(house, write(house.stored(baseline_hash).source, overrides))


def draft_from(house: House, source: str) -> Draft:
    """A draft from the whole text of a rules.toml."""
    try:
        standard = parse_toml(source, house.contract)
    except StandardFaults as error:
        return Draft(source, None, error.faults, ())
    found = check(standard, house.contract)
    faults = tuple(fault for fault in found if fault.severity is Severity.FAULT)
    return Draft(source, standard, faults, tuple(fault for fault in found if fault not in faults))
