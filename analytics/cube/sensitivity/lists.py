"""From a line, or a fragile signature, back to its customers: the SQL that lists who they are."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from analytics.classify.grid import Grid
from analytics.classify.keys import pair_steps
from analytics.cube.groupings import Grouping
from analytics.cube.movers import listed_step
from analytics.cube.sensitivity.lines import Beside
from analytics.steps import Step

WANTED = "wanted"
"""Small table that the steps read: key, before, after, score_before, score_after, and perhaps more."""


def beside_table(sides: Sequence[Beside]) -> pa.Table:
    """Those beside a line, by key: where they stand, and where its other side would put them."""
    keys, states, across, scores = (
        np.concatenate([getattr(side, name) for side in sides]) for name in ("keys", "states", "across", "scores")
    )
    columns = {"key": keys, "before": states, "after": across, "score_before": scores, "score_after": scores}
    return pa.table({name: values.astype(np.int64) for name, values in columns.items()})


def wanted_steps(
    grid: Grid, facts: str, profile: str, *, part: tuple[Grouping, str] | None = None, tips: bool = False
) -> tuple[Step, ...]:
    """Customers whose key is in :data:`WANTED`; ends in ``listed``, with their tips where the table has any."""
    more = ", w.tips AS tips" if tips else ""
    placed = Step(
        "placed",
        "SELECT k.position AS position, w.before AS before, w.after AS after, w.score_before AS score_before, "
        f"w.score_after AS score_after{more}\nFROM keys AS k JOIN {WANTED} AS w ON k.key_after = w.key",
    )
    condition = part[0].where(part[1]) if part else "TRUE"
    listed = listed_step(facts, profile, [condition], more=("tips",) if tips else ())
    return (*pair_steps(grid, grid, facts), placed, listed)
