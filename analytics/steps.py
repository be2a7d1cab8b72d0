"""Named SQL steps: what the core hands to an engine instead of running anything itself."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One named SELECT. A later step may read an earlier one by its name."""

    name: str
    sql: str


def statement(steps: Sequence[Step]) -> str:
    """The steps as one SELECT: all but the last become common table expressions."""
    *before, last = steps
    if not before:
        return last.sql
    tables = ",\n".join(f"{step.name} AS (\n{step.sql}\n)" for step in before)
    return f"WITH {tables}\n{last.sql}"


def quote(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
