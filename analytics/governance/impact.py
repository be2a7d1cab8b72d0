"""What a proposal would do to people, as one canonical text that signatures can be bound to."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from analytics.cube.cells import MEASURES
from analytics.cube.recount import CLOSED_LABEL, NEW_LABEL, Migration, Staffing, State, states_of
from analytics.standard.canon import canonical_text
from analytics.standard.model import Standard
from analytics.vocabulary import Kind

DOMAIN = "tierdesk impact 1\n"
ABSENT = (State("NEW", NEW_LABEL, None), State("CLOSED", CLOSED_LABEL, None))


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


def read_impact(
    text: str, before: Standard, after: Standard
) -> tuple[Migration, tuple[Staffing, ...], tuple[Staffing, ...]]:
    """Take an impact apart again; the standards lend their names to the states."""
    data = json.loads(text)
    sides = [_states(data[name], standard) for name, standard in (("before", before), ("after", after))]
    sums = [[[data["matrices"][kind.value][measure]] for kind in Kind] for measure in MEASURES]
    migration = Migration(sides[0], sides[1], ("",), np.asarray(sums, dtype=np.int64))
    staff = []
    for states, name in zip(sides, ("before", "after"), strict=True):
        tiers = {state.id: state for state in states}
        items = data["staff"][name]
        staff.append(tuple(Staffing(tiers[it["tier"]], it["customers"], it["managers"], it["cost"]) for it in items))
    return migration, staff[0], staff[1]


def _states(ids: Sequence[str], standard: Standard) -> tuple[State, ...]:
    known = {state.id: state for state in (*states_of(standard), *ABSENT)}
    return tuple(known[name] for name in ids)


def _staff(item: Staffing) -> dict[str, Any]:
    return {"tier": item.tier.id, "customers": item.customers, "managers": item.managers, "cost": item.cost}


def impact_hash(text: str) -> str:
    """SHA-256 under the name of its kind."""
    return hashlib.sha256((DOMAIN + text).encode()).hexdigest()
