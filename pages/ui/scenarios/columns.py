"""Drafts side by side, in words: what each says and what each would do, a column a draft."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from analytics.classify.grid import Ints
from analytics.cube.recount import Migration, State
from analytics.desks.whatif.drafts import Draft
from analytics.desks.whatif.scenarios import Attempt
from analytics.standard.diff import diff
from analytics.standard.model import Standard
from analytics.vocabulary import Kind
from pages.ui import cached
from pages.ui.impact.figures import Scope, standing
from pages.ui.words import NOTHING, count, money, number, say, share, to

OWN_ROWS = re.compile(r"standard\.|tier\[\d+\]\.entry|dimension\.[^.]+\.(person|enterprise)\.weight$")
"""Places whose changes have rows of their own, or are the head of the file."""
Row = list[str]


@dataclass(frozen=True)
class Column:
    """One draft of the comparison, counted against the one that all are held against."""

    name: str
    label: str
    draft: Draft
    attempt: Attempt


def settings_rows(reference: Standard, columns: Sequence[Column], *, all_weights: bool) -> list[Row]:
    """Entry scores, weights (those that differ, unless all are wanted) and how many other places say something else."""
    said = [column.draft.standard for column in columns]
    rows = [*_entries(reference, said), *_weights(reference, said, everything=all_weights)]
    others = [NOTHING if each is None else count(_others(reference, each)) for each in said]
    return [*rows, [say("scenarios.other_changes"), *others]]


def effect_rows(columns: Sequence[Column], scope: Scope) -> list[Row]:
    """Customers by state, who moves with how much, and the staff that everyone takes; each against the reference."""
    rows = [[to(state.label), *cells] for state, cells in customers_by_state(columns, scope)]
    for label, pick in _moves(scope).items():
        rows.append([label, *(NOTHING if (found := _migration(each)) is None else pick(found) for each in columns)])
    rows.append([say("impact.managers"), *map(_managers, columns)])
    return [*rows, [say("impact.cost"), *(_cost(each, scope.currency) for each in columns)]]


def states_of(columns: Sequence[Column], scope: Scope) -> list[State]:
    """Every state that a column shows, highest tier first."""
    found: dict[str, State] = {}
    for migration in filter(None, map(_migration, columns)):
        for side, states in ((1, migration.before), (0, migration.after)):
            totals = part_of(migration, scope, "customers").sum(axis=side)
            found |= {states[at].id: states[at] for at in standing(states, totals) if states[at].id not in found}
    tiers = [state for state in found.values() if state.rank is not None]
    return [*tiers, *(state for state in found.values() if state.rank is None)]


def customers_by_state(columns: Sequence[Column], scope: Scope) -> list[tuple[State, list[str]]]:
    """For each state a text a column: how many, which share, and how many more or less than in the reference."""
    lines = []
    for state in states_of(columns, scope):
        cells = []
        for column in columns:
            migration = _migration(column)
            if migration is None:
                cells.append(NOTHING)
                continue
            was, now, whole = standing_in(migration, scope, state.id)
            cells.append(f"{count(now)} · {share(now, whole)}{_gap(now - was, count)}")
        lines.append((state, cells))
    return lines


def standing_in(migration: Migration, scope: Scope, state: str) -> tuple[int, int, int]:
    """Customers in a state under the reference and under the draft, and all that are looked at."""
    table = part_of(migration, scope, "customers")
    was = [at for at, each in enumerate(migration.before) if each.id == state]
    now = [at for at, each in enumerate(migration.after) if each.id == state]
    return int(table[was].sum()), int(table[:, now].sum()), int(table.sum())


def part_of(migration: Migration, scope: Scope, measure: str) -> Ints:
    """From state to state in the part that is looked at; nobody where a draft knows no such group."""
    if scope.group is not None and scope.group not in migration.groups:
        return np.zeros_like(migration.direction)
    return migration.matrix(measure, kind=scope.kind, group=scope.group)


def _entries(reference: Standard, said: Sequence[Standard | None]) -> Iterable[Row]:
    tiers = {tier.id: tier for each in (reference, *said) if each for tier in each.tier if tier.entry is not None}
    for name, tier in tiers.items():
        for kind in Kind:
            stood = _entry(reference, name, kind)
            found = [None if each is None else _entry(each, name, kind) for each in said]
            if any(each is not None for each in (stood, *found)):
                label = say("scenarios.entry", tier=to(tier.name.text), kind=to(kind.label))
                yield [label, *(_beside(each, stood) for each in found)]


def _entry(standard: Standard, tier_id: str, kind: Kind) -> Decimal | None:
    tier = next((tier for tier in standard.tier if tier.id == tier_id), None)
    return tier.entry.of(kind) if tier and tier.entry else None


def _weights(reference: Standard, said: Sequence[Standard | None], *, everything: bool) -> Iterable[Row]:
    labels = {name: one.label.text for each in (*said, reference) if each for name, one in each.dimensions}
    for name, words in sorted(labels.items()):
        for kind in Kind:
            stood = _weight(reference, name, kind)
            found = [None if each is None else _weight(each, name, kind) for each in said]
            differs = any(weight != stood for weight, each in zip(found, said, strict=True) if each is not None)
            if differs or (everything and any(each is not None for each in (stood, *found))):
                label = say("scenarios.weight", dimension=to(words), kind=to(kind.label))
                yield [label, *(_beside(each, stood) for each in found)]


def _weight(standard: Standard, dimension: str, kind: Kind) -> Decimal | None:
    one = standard.dimension.get(dimension)
    scale = one.scale(kind) if one else None
    return Decimal(scale.weight) if scale else None


def _others(reference: Standard, standard: Standard) -> int:
    found = diff(reference, standard, cached.house().contract)
    return sum(OWN_ROWS.match(change.path) is None for change in found)


def _moves(scope: Scope) -> dict[str, Callable[[Migration], str]]:
    """Rows of movers: up, down and elsewhere, by customers and by assets."""

    def told(measure: str, way: int) -> Callable[[Migration], str]:
        def pick(migration: Migration) -> str:
            table = part_of(migration, scope, measure)
            value = int(table[migration.direction == way].sum())
            written = count(value) if measure == "customers" else money(value, scope.currency)
            return f"{written} · {share(value, int(table.sum()), 2)}" if value else written

        return pick

    ways = {1: f"▲ {say('impact.up')}", -1: f"▼ {say('impact.down')}", 2: say("impact.elsewhere")}
    return {
        say("scenarios.moved", way=label, measure=say(f"impact.{measure}")): told(measure, way)
        for measure in ("customers", "assets")
        for way, label in ways.items()
    }


def _managers(column: Column) -> str:
    trial = column.attempt.trial
    if trial is None:
        return NOTHING
    was, now = (
        None if any(each.managers is None for each in side) else sum(each.managers or 0 for each in side)
        for side in (trial.staff_before, trial.staff_after)
    )
    return NOTHING if now is None else count(now) + ("" if was is None else _gap(now - was, count))


def _cost(column: Column, currency: str) -> str:
    trial = column.attempt.trial
    if trial is None:
        return NOTHING
    was, now = (sum(each.cost for each in side) for side in (trial.staff_before, trial.staff_after))
    return money(now, currency) + _gap(now - was, lambda value: money(value, currency))


def _migration(column: Column) -> Migration | None:
    return column.attempt.trial.migration if column.attempt.trial else None


def _beside(value: Decimal | None, stood: Decimal | None) -> str:
    """A number, and in brackets how much more or less it is than the reference's."""
    if value is None:
        return NOTHING
    return number(value) + ("" if stood is None or value == stood else _gap(value - stood, number))


def _gap(value: int | Decimal, write: Callable[..., str]) -> str:
    return f" ({'+' if value > 0 else '−'}{write(abs(value))})" if value else ""
