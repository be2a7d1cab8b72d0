"""What a proposal would do to people, as one canonical text that signatures can be bound to."""

import hashlib
from collections.abc import Sequence
from typing import Any

from analytics.cube.cells import MEASURES
from analytics.cube.recount import Migration, Staffing
from analytics.standard.canon import canonical_text
from analytics.vocabulary import Kind

DOMAIN = "tierdesk impact 1\n"


def impact_text(migration: Migration, before: Sequence[Staffing], after: Sequence[Staffing]) -> str:
    """Matrices by kind and measure, and the staff they take; integers only."""
    matrices: dict[str, Any] = {
        kind.value: {measure: migration.matrix(measure, kind=kind).tolist() for measure in MEASURES} for kind in Kind
    }
    return canonical_text(
        {
            "before": [state.id for state in migration.before],
            "after": [state.id for state in migration.after],
            "matrices": matrices,
            "staff": {"before": [_staff(item) for item in before], "after": [_staff(item) for item in after]},
        }
    )


def _staff(item: Staffing) -> dict[str, Any]:
    return {"tier": item.tier.id, "customers": item.customers, "managers": item.managers, "cost": item.cost}


def impact_hash(text: str) -> str:
    """SHA-256 under the name of its kind."""
    return hashlib.sha256((DOMAIN + text).encode()).hexdigest()
