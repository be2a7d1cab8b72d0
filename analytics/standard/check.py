"""Whether a standard that reads well is also sound: every finding at once, each with a customer."""

from analytics.intake.contract import Contract
from analytics.standard.checks.bands import band_faults
from analytics.standard.checks.figures import figure_faults
from analytics.standard.checks.gates import gate_faults
from analytics.standard.checks.reach import reach_faults
from analytics.standard.checks.size import size_faults
from analytics.standard.checks.tiers import tier_faults
from analytics.standard.faults import Fault, Severity, StandardFaults
from analytics.standard.model import Standard
from analytics.standard.paths import in_file_order

CHECKS = (tier_faults, reach_faults, band_faults, gate_faults, figure_faults, size_faults)


def check(standard: Standard, contract: Contract) -> tuple[Fault, ...]:
    """Every finding, faults before notes, each list in the order of paths.

    A ``FAULT`` keeps the standard from being published or run, a ``NOTE`` informs.
    """
    found = [fault for one in CHECKS for fault in one(standard, contract)]
    return tuple(sorted(found, key=lambda fault: (fault.severity, in_file_order(fault.path), fault.code)))


def faults_of(findings: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The findings that block."""
    return tuple(fault for fault in findings if fault.severity is Severity.FAULT)


def sound(standard: Standard, contract: Contract) -> Standard:
    """The standard itself; raises :class:`StandardFaults` with every fault where there is one."""
    faults = faults_of(check(standard, contract))
    if faults:
        raise StandardFaults(faults)
    return standard
