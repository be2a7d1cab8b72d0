"""The numbers that people live by: which sections and names a standard must state, and their ranges."""

from decimal import Decimal
from typing import NamedTuple


class Range(NamedTuple):
    """Both ends are allowed."""

    least: Decimal
    greatest: Decimal


def _whole(least: int, greatest: int) -> Range:
    return Range(Decimal(least), Decimal(greatest))


FIGURES: dict[str, dict[str, Range]] = {
    "transition": {
        "upgrade_lag": _whole(0, 12),
        "misses_to_downgrade": _whole(1, 24),
        "misses_to_downgrade_top": _whole(1, 24),
        "retain_band": _whole(0, 100),
        "tiers_per_downgrade": _whole(0, 10),
    },
    "review": {
        "two_departments": _whole(0, 1),
        "sample_size": _whole(1, 100_000),
        "standard_review_months": _whole(1, 12),
    },
    "override": {
        "rate_watch": _whole(0, 100),
        "rate_act": _whole(0, 100),
        "expiry_months": _whole(1, 36),
    },
    "drift": {"psi_watch": _whole(0, 10), "psi_act": _whole(0, 10)},
    "appeal": {
        "days_simple": _whole(1, 365),
        "days_complex": _whole(1, 365),
        "days_max": _whole(1, 365),
        "credit_objection_days": _whole(1, 365),
    },
    "notice": {
        "sms_single": _whole(1, 1000),
        "sms_part": _whole(1, 1000),
        "sms_max": _whole(1, 5000),
        "max_reasons": _whole(1, 10),
        "quiet_from": _whole(0, 23),
        "quiet_to": _whole(0, 23),
    },
    "fairness": {"smallest_group": _whole(1, 10_000), "ratio_floor": _whole(0, 1)},
    "governance": {"major_change_share": _whole(0, 100), "quorum": _whole(2, 50)},
    "retention": {"after_end_years": _whole(0, 100), "impact_assessment_years": _whole(3, 100)},
}
"""Section, name and allowed range; defaults and their sources stand in ``rules.toml``."""
