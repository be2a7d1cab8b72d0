"""From a line, or a fragile signature, back to its customers: the SQL that lists who they are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from analytics.classify.grid import Axis, Grid
from analytics.classify.keys import key_value, source_value
from analytics.cube.groupings import Grouping
from analytics.cube.movers import listed_step
from analytics.cube.sensitivity.lines import Beside, Line
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


@dataclass(frozen=True, slots=True)
class Within:
    """The values of an edge's dimension that a list is about: nobody else needs a key."""

    axes: tuple[Axis, ...]
    line: Line
    low: int
    high: int

    @property
    def condition(self) -> str:
        """SQL over facts."""
        value = source_value(next(axis.source for axis in self.axes if axis.name == self.line.name))
        return f"kind = {self.line.kind.code} AND {value} >= {self.low} AND {value} < {self.high}"


def wanted_steps(
    grid: Grid,
    facts: str,
    profile: str,
    *,
    part: tuple[Grouping, str] | None = None,
    within: Within | None = None,
    tips: bool = False,
) -> tuple[Step, ...]:
    """Customers whose key is in :data:`WANTED`; ends in ``listed``, with their tips where the table has any."""
    where = f"\nWHERE {within.condition}" if within else ""
    keyed = Step("keyed", f"SELECT position, {key_value(grid)} AS key\nFROM {facts}{where}")
    more = ", w.tips AS tips" if tips else ""
    placed = Step(
        "placed",
        "SELECT k.position AS position, w.before AS before, w.after AS after, w.score_before AS score_before, "
        f"w.score_after AS score_after{more}\nFROM keyed AS k JOIN {WANTED} AS w ON k.key = w.key",
    )
    condition = part[0].where(part[1]) if part else "TRUE"
    listed = listed_step(facts, profile, [condition], more=("tips",) if tips else ())
    return keyed, placed, listed
