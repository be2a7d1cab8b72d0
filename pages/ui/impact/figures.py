"""A migration as figures and frames, in the visitor's words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.charts.distribution import Level, distribution
from analytics.charts.flows import Flow, Stop, flows
from analytics.charts.matrix import Cell, matrix
from analytics.charts.movers import Group, movers
from analytics.charts.palette import state_colours
from analytics.classify.grid import Ints
from analytics.cube.groupings import REGION
from analytics.cube.recount import Migration, Moves, State
from analytics.vocabulary import CURRENCIES, UNITS, Kind
from pages.ui.impact.groups import group_name
from pages.ui.regions import region_name
from pages.ui.words import NOTHING, count, say, share, short, to

Drawn = tuple[Any, pd.DataFrame, dict[str, str]]
MOST_REGIONS = 10
EXACT_UP_TO = 10_000_000


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose migration is shown and what is counted: names of the two sides, currency, measure, kind, group.

    ``group`` is one of those of ``grouping``, which the migration is then counted by; ``None`` stands for all of them.
    """

    before: str
    after: str
    currency: str
    measure: str = "customers"
    kind: Kind | None = None
    grouping: str = REGION
    group: str | None = None

    @property
    def who(self) -> str:
        """Whose shares these are, in words."""
        kind = to(self.kind.label) if self.kind else say("impact.everyone")
        if self.group is None:
            return kind
        group = group_name(self.grouping, self.group)
        return say("impact.kind_in", kind=kind, group=group) if self.kind else say("impact.all_in", group=group)

    def write(self, value: int, measure: str | None = None) -> str:
        """A count, or money in the main unit of the currency."""
        if (measure or self.measure) == "customers":
            return count(value) if value < EXACT_UP_TO else short(value, 2)
        return short(value / UNITS[CURRENCIES[self.currency]].scale, 1)

    def unit(self, measure: str | None = None) -> str:
        """What is counted, with its unit."""
        name = measure or self.measure
        return say(f"impact.unit_{name}", unit=to(UNITS[CURRENCIES[self.currency]].label))


def standing(states: Sequence[State], totals: Iterable[int]) -> list[int]:
    """Places of the states that are shown: every tier, the highest first, then whatever else has anybody in it."""
    sums = list(totals)
    tiers = [at for at, state in enumerate(states) if state.rank is not None]
    return tiers[::-1] + [at for at, state in enumerate(states) if state.rank is None and sums[at]]


def distribution_of(migration: Migration, scope: Scope, measure: str) -> Drawn:
    """Tiers before and after by one measure."""
    before, after = _sides(migration, scope, measure)
    before[_absent(migration.before)] = after[_absent(migration.after)] = 0
    ids = {state.id: state for state in (*migration.after, *migration.before)}
    places = {
        name: (_at(migration.before, name), _at(migration.after, name))
        for name in [migration.after[at].id for at in standing(migration.after, after)]
    }
    for at in standing(migration.before, before):
        places.setdefault(migration.before[at].id, (at, _at(migration.after, migration.before[at].id)))
    colours = dict(zip(places, state_colours([ids[name].rank for name in places]), strict=True))
    levels, rows = [], []
    for name, (old, new) in places.items():
        was, now = (int(side[at]) if at is not None else 0 for side, at in ((before, old), (after, new)))
        shares = _part(was, before.sum()), _part(now, after.sum())
        texts = tuple(
            f"{scope.write(value, measure)} · {share(value, whole)}"
            for value, whole in ((was, int(before.sum())), (now, int(after.sum())))
        )
        levels.append(Level(to(ids[name].label), colours[name], *shares, *texts))
        rows.append([to(ids[name].label), *texts])
    figure = distribution(
        levels,
        before=scope.before,
        after=scope.after,
        title=say(f"impact.distribution_{measure}"),
        note=say(
            "impact.distribution_note", before=scope.before, after=scope.after, who=scope.who, unit=scope.unit(measure)
        ),
        alt="; ".join(f"{row[0]}: {row[1]} → {row[2]}" for row in rows),
    )
    return figure, *_framed(rows, (say("impact.state"), scope.before, scope.after))


def matrix_of(migration: Migration, scope: Scope) -> Drawn:
    """From state to state, by the scope's measure."""
    table = migration.matrix(scope.measure, kind=scope.kind, group=scope.group)
    rows = standing(migration.before, table.sum(axis=1))
    columns = standing(migration.after, table.sum(axis=0))
    cells, listed = [], []
    for row in rows:
        whole = int(table[row].sum())
        texts = [f"{scope.write(int(table[row, at]))}<br>{share(int(table[row, at]), whole)}" for at in columns]
        cells.append(
            [
                Cell(_part(int(table[row, at]), whole), text, int(migration.direction[row, at]))
                for at, text in zip(columns, texts, strict=True)
            ]
        )
        shown = [
            text.replace("<br>", " · ") if table[row, at] else NOTHING for at, text in zip(columns, texts, strict=True)
        ]
        listed.append([to(migration.before[row].label), *shown])
    names = [to(migration.after[at].label) for at in columns]
    figure = matrix(
        cells,
        rows=[line[0] for line in listed],
        columns=names,
        row_axis=say("impact.matrix_rows"),
        column_axis=say("impact.matrix_columns"),
        title=say("impact.matrix"),
        note=say("impact.matrix_note", who=scope.who, unit=scope.unit(), before=scope.before, after=scope.after),
        alt="; ".join(
            f"{line[0]}: " + ", ".join(f"{a} {b}" for a, b in zip(names, line[1:], strict=True)) for line in listed
        ),
    )
    return figure, *_framed(listed, (scope.before, *names))


def flows_of(migration: Migration, scope: Scope, *, still: bool) -> Drawn:
    """Customers from state to state; ``still`` also draws those who stay."""
    table = migration.matrix("customers", kind=scope.kind, group=scope.group)
    rows = standing(migration.before, table.sum(axis=1))
    columns = standing(migration.after, table.sum(axis=0))
    whole = int(table.sum())
    streams, listed = [], []
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            value, way = int(table[row, column]), int(migration.direction[row, column])
            if value and (still or way):
                text = f"{scope.write(value, 'customers')} · {share(value, whole, 2)}"
                streams.append(Flow(y, x, value, text, way))
                listed.append([to(migration.before[row].label), to(migration.after[column].label), text])
    left, right = (
        [Stop(to(states[at].label), colour) for at, colour in zip(places, colours, strict=True)]
        for states, places, colours in (
            (migration.before, rows, state_colours([migration.before[at].rank for at in rows])),
            (migration.after, columns, state_colours([migration.after[at].rank for at in columns])),
        )
    )
    figure = flows(
        left,
        right,
        streams,
        title=say("impact.flows" if still else "impact.flows_moved"),
        note=say("impact.flows_note", who=scope.who, before=scope.before, after=scope.after),
        alt="; ".join(f"{line[0]} → {line[1]}: {line[2]}" for line in listed),
    )
    return figure, *_framed(listed, (scope.before, scope.after, scope.unit("customers")))


def movers_by_kind(migration: Migration, scope: Scope) -> Drawn:
    """Up and down by customer kind."""
    groups = [
        (to(kind.label), migration.moved(scope.measure, kind=kind, group=scope.group))
        for kind in Kind
        if scope.kind in (None, kind)
    ]
    return _movers([each for each in groups if each[1].total], scope, "kind")


def movers_by_region(migration: Migration, scope: Scope) -> Drawn:
    """Up and down by region: those where most move, the others together."""
    moves = [
        (region_name(name), migration.moved(scope.measure, kind=scope.kind, group=name)) for name in migration.groups
    ]
    moves = sorted(moves, key=lambda each: each[1].up + each[1].down, reverse=True)
    shown, rest = moves[:MOST_REGIONS], moves[MOST_REGIONS:]
    if rest:
        shown.append((say("impact.other_regions", n=len(rest)), _together([each for _, each in rest])))
    return _movers(shown, scope, "region")


def _movers(found: Sequence[tuple[str, Moves]], scope: Scope, by: str) -> Drawn:
    def text(value: int, moves: Moves) -> str:
        return f"{scope.write(value)} · {share(value, moves.total, 2)}"

    groups = [
        Group(
            name,
            _part(moves.up, moves.total),
            _part(moves.down, moves.total),
            text(moves.up, moves),
            text(moves.down, moves),
        )
        for name, moves in found
    ]
    rows = [[group.name, group.up_text, group.down_text] for group in groups]
    up, down = say("impact.up"), say("impact.down")
    figure = movers(
        groups,
        up=up,
        down=down,
        title=say(f"impact.movers_{by}"),
        note=say("impact.movers_note", who=scope.who, unit=scope.unit()),
        alt="; ".join(f"{row[0]}: {up} {row[1]}, {down} {row[2]}" for row in rows),
    )
    return figure, *_framed(rows, (say(f"impact.{by}"), f"▲ {up}", f"▼ {down}"))


def _together(moves: Sequence[Moves]) -> Moves:
    return Moves(
        up=sum(each.up for each in moves),
        down=sum(each.down for each in moves),
        other=sum(each.other for each in moves),
        total=sum(each.total for each in moves),
    )


def _sides(migration: Migration, scope: Scope, measure: str) -> tuple[Ints, Ints]:
    table = migration.matrix(measure, kind=scope.kind, group=scope.group)
    return table.sum(axis=1), table.sum(axis=0)


def _absent(states: Sequence[State]) -> list[int]:
    """Places of customers who are not there on that side: they are no part of its distribution."""
    return [at for at, state in enumerate(states) if state.id in ("NEW", "CLOSED")]


def _at(states: Sequence[State], name: str) -> int | None:
    return next((at for at, state in enumerate(states) if state.id == name), None)


def _part(value: int, whole: int) -> float:
    return float(value / whole) if whole > 0 else 0.0


def _framed(rows: Sequence[Sequence[str]], names: Sequence[str]) -> tuple[pd.DataFrame, dict[str, str]]:
    """A frame with plain column ids, and the words that head them."""
    ids = [f"c{at}" for at in range(len(names))]
    return pd.DataFrame(rows, columns=ids), dict(zip(ids, names, strict=True))
