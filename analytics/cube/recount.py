"""Who stands where under one standard, and where under another: the whole population, exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analytics.classify.grid import Grid, Ints
from analytics.classify.verdict import judge, n_states
from analytics.cube.cells import MEASURES, NOT_THERE, Cells
from analytics.standard.model import Standard
from analytics.vocabulary import Kind, Outcome, Text

NEW_LABEL, CLOSED_LABEL = Text("新增客户", "New"), Text("已离开", "Closed")


@dataclass(frozen=True, slots=True)
class State:
    """A place where a customer can stand. ``rank`` is the tier's rank, or ``None`` for anything but a tier."""

    id: str
    label: Text
    rank: int | None


def states_of(standard: Standard) -> tuple[State, ...]:
    """Tiers from the lowest up, then not assessable, excluded, manual."""
    tiers = tuple(State(tier.id, tier.name.text, rank) for rank, tier in enumerate(standard.tiers_up))
    others = [outcome for outcome in Outcome if outcome is not Outcome.CLASSIFIED]
    return tiers + tuple(State(outcome.name, outcome.label, None) for outcome in others)


@dataclass(frozen=True)
class Migration:
    """Population from state to state.

    ``sums`` is (measures, kinds, groups, states before, states after), measures in the order of ``MEASURES``,
    money in minor units. Rows sum to the distribution before, columns to the one after. Between two snapshots ``sums``
    holds the money of the later one, and ``earlier`` that of the earlier one, which the distribution before is of.
    """

    before: tuple[State, ...]
    after: tuple[State, ...]
    groups: tuple[str, ...]
    sums: Ints
    earlier: Ints | None = None

    def matrix(self, measure: str = "customers", *, kind: Kind | None = None, group: str | None = None) -> Ints:
        """(states before, states after) of one measure, of everyone or of one kind or group."""
        return self._part(self.sums, measure, kind, group)

    def _part(self, sums: Ints, measure: str, kind: Kind | None, group: str | None) -> Ints:
        table = sums[MEASURES.index(measure)]
        table = table if kind is None else table[[list(Kind).index(kind)]]
        if group is not None:
            table = table[:, [self.groups.index(group)]]
        return np.asarray(table.sum(axis=(0, 1)), dtype=np.int64)

    def distribution(self, side: str, measure: str = "customers", *, kind: Kind | None = None) -> Ints:
        """Population by state, ``before`` or ``after``, with the money of that side."""
        sums = self.earlier if side == "before" and self.earlier is not None else self.sums
        table = self._part(sums, measure, kind, None)
        return np.asarray(table.sum(axis=1 if side == "before" else 0), dtype=np.int64)

    @cached_property
    def direction(self) -> Ints:
        """(states before, states after): 1 up, -1 down, 0 the same place, 2 any other move, of which
        at least one end is no tier: new, closed, not assessable, excluded, manual."""
        table = np.full((len(self.before), len(self.after)), 2, dtype=np.int64)
        for row, old in enumerate(self.before):
            for column, new in enumerate(self.after):
                if old.rank is not None and new.rank is not None:
                    table[row, column] = np.sign(new.rank - old.rank)
                elif old.id == new.id:
                    table[row, column] = 0
        return table

    def moved(self, measure: str = "customers", *, kind: Kind | None = None, group: str | None = None) -> "Moves":
        """How much goes up, down and elsewhere."""
        matrix = self.matrix(measure, kind=kind, group=group)
        up, down, other = (int(matrix[self.direction == way].sum()) for way in (1, -1, 2))
        return Moves(up=up, down=down, other=other, total=int(matrix.sum()))


@dataclass(frozen=True, slots=True)
class Moves:
    """Totals of a migration: everyone, and who moves; ``other`` is every move that is no step between two tiers."""

    up: int
    down: int
    other: int
    total: int

    @property
    def moved(self) -> int:
        return self.up + self.down + self.other


def migrate(cells: Cells, before: tuple[Standard, Grid], after: tuple[Standard, Grid]) -> Migration:
    """Every cell from its state under ``before`` to its state under ``after``.

    A key of -1 (a customer who is not in that snapshot) gets a state of its own, *new* before and *closed* after,
    so that rows and columns still sum.
    """
    kind_before, old = _states(cells.before, *before)
    kind_after, new = _states(cells.after, *after)
    kinds = np.where(kind_after == NOT_THERE, kind_before, kind_after)
    names_before, names_after = states_of(before[0]), states_of(after[0])
    if (cells.before == NOT_THERE).any() or (cells.after == NOT_THERE).any():
        names_before = (*names_before, State("NEW", NEW_LABEL, None))
        names_after = (*names_after, State("CLOSED", CLOSED_LABEL, None))
    place = (kinds, cells.group, old, new)
    shape = (len(Kind), len(cells.groups), len(names_before), len(names_after))
    earlier = None if cells.earlier is None else _added(cells.earlier, place, shape)
    return Migration(names_before, names_after, cells.groups, _added(cells.sums, place, shape), earlier)


def _added(values: Ints, place: tuple[Ints, ...], shape: tuple[int, ...]) -> Ints:
    """Each measure of the cells added up where it belongs; 64-bit integers throughout."""
    sums = np.zeros((len(values), *shape), dtype=np.int64)
    for measure, amounts in enumerate(values):
        np.add.at(sums[measure], place, amounts)
    return sums


def _states(keys: Ints, standard: Standard, grid: Grid) -> tuple[Ints, Ints]:
    """Kind and state by key; each distinct signature is judged once."""
    distinct, index = np.unique(keys, return_inverse=True)
    there = distinct != NOT_THERE
    kind = np.full(len(distinct), NOT_THERE, dtype=np.int64)
    state = np.full(len(distinct), n_states(standard), dtype=np.int64)
    verdicts = judge(standard, grid, distinct[there])
    kind[there], state[there] = verdicts.kind, verdicts.state(len(standard.tier))
    return kind[index], state[index]


@dataclass(frozen=True, slots=True)
class Staffing:
    """What serving one tier takes: managers rounded up to whole people, cost a year in minor units.

    ``managers`` is ``None`` where an unsound draft states a caseload below one customer.
    """

    tier: State
    customers: int
    managers: int | None
    cost: int


def staffing(standard: Standard, distribution: Sequence[int]) -> tuple[Staffing, ...]:
    """Managers and yearly cost by tier, lowest first; ``distribution`` counts customers by state."""
    scale = standard.currency_unit.scale
    found = []
    for state, customers in zip(states_of(standard), distribution, strict=False):
        if state.rank is None:
            continue
        service = standard.service[state.id]
        n, caseload = int(customers), int(service.caseload.value)
        managers = -(-n // caseload) if caseload >= 1 else None
        found.append(Staffing(state, n, managers, int(service.cost.value * scale) * n))
    return tuple(found)
