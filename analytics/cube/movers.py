"""From a number back to its customers: the SQL that lists who stands where."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.classify.grid import Grid
from analytics.classify.keys import pair_steps
from analytics.cube.groupings import Grouping
from analytics.steps import Step
from analytics.vocabulary import Kind

NAME = "CASE WHEN p.name IS NULL THEN NULL ELSE SUBSTRING(p.name, 1, 1) || '**' END"
"""A name as lists show it: the first character only."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which customers of a migration: pairs of states, and one kind or group where that is asked for.

    ``pairs`` holds (state before, state after) as numbers; empty means nobody. ``part`` is a grouping and one of its
    groups.
    """

    pairs: tuple[tuple[int, int], ...]
    kind: Kind | None = None
    part: tuple[Grouping, str] | None = None


def mover_steps(before: Grid, after: Grid, facts: str, profile: str, selection: Selection) -> tuple[Step, ...]:
    """Customers of one snapshot under two standards.

    Reads two small tables of the caller: ``verdict_before`` and ``verdict_after``, each with key, state, score.
    """
    placed = Step(
        "placed",
        "SELECT k.position AS position, b.state AS before, a.state AS after, b.score AS score_before, "
        "a.score AS score_after\nFROM keys AS k JOIN verdict_before AS b ON k.key_before = b.key "
        "JOIN verdict_after AS a ON k.key_after = a.key",
    )
    return (*pair_steps(before, after, facts), placed, _listed(facts, profile, selection))


def period_mover_steps(
    keys: tuple[str, str], facts: tuple[str, str], profile: tuple[str, str], selection: Selection
) -> tuple[Step, ...]:
    """Customers between two snapshots, those who came and left among them; values of the later one.

    Reads ``verdict_before`` and ``verdict_after``, each with cell, state, score; a cell of -1 is *not there*.
    """
    placed = Step(
        "placed",
        "SELECT CASE WHEN y.position IS NULL THEN x.position ELSE y.position END AS position, b.state AS before, "
        "a.state AS after, b.score AS score_before, a.score AS score_after\n"
        f"FROM {keys[0]} AS x FULL OUTER JOIN {keys[1]} AS y ON x.position = y.position "
        "JOIN verdict_before AS b ON COALESCE(x.cell, -1) = b.cell "
        "JOIN verdict_after AS a ON COALESCE(y.cell, -1) = a.cell",
    )

    def everyone(tables: tuple[str, str]) -> str:
        earlier, later = tables
        gone = (
            f"SELECT * FROM {earlier} AS o WHERE NOT EXISTS (SELECT 1 FROM {later} AS n WHERE n.position = o.position)"
        )
        return f"SELECT * FROM {later} UNION ALL {gone}"

    return (
        Step("every_fact", everyone(facts)),
        Step("every_profile", everyone(profile)),
        placed,
        _listed("every_fact", "every_profile", selection),
    )


def _listed(facts: str, profile: str, selection: Selection) -> Step:
    wanted = [f"(m.before = {old} AND m.after = {new})" for old, new in selection.pairs] or ["FALSE"]
    conditions = ["(" + " OR ".join(wanted) + ")"]
    if selection.kind is not None:
        conditions.append(f"f.kind = {selection.kind.code}")
    if selection.part is not None:
        grouping, group = selection.part
        conditions.append(grouping.where(group))
    return listed_step(facts, profile, conditions)


def listed_step(facts: str, profile: str, conditions: Sequence[str], *, more: Sequence[str] = ()) -> Step:
    """Customers of the step ``placed`` as lists show them; ``more`` names columns of that step besides the usual."""
    others = "".join(f", m.{name} AS {name}" for name in more)
    return Step(
        "listed",
        f"SELECT c.customer_id AS customer_id, {NAME} AS name, f.kind AS kind, f.region AS region, "
        "f.branch AS branch, f.assets AS assets, f.contribution AS contribution, m.before AS before, "
        f"m.after AS after, m.score_before AS score_before, m.score_after AS score_after{others}\n"
        f"FROM placed AS m JOIN {facts} AS f ON m.position = f.position "
        f"JOIN {profile} AS p ON m.position = p.position JOIN customer AS c ON m.position = c.position\n"
        f"WHERE {' AND '.join(conditions)}",
    )
