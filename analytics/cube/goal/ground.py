"""The ground of a search: who is where for every entry score of a grid, boundary by boundary.

With prefix sums (see ``score_layer``) the population by state before and after is *all in the highest tier* plus one
term for each boundary, which depends on that boundary's entry score alone. So is every quantity that counts or adds
up customers by state; only managers, rounded up tier by tier, are not, and they are worked out from such sums.
"""

from dataclasses import dataclass, field

import numpy as np

from analytics.classify.grid import Ints
from analytics.cube.cells import MEASURES
from analytics.cube.goal.ask import WHOLE, Limit, Quantity, Subject, Way
from analytics.cube.layers.score_layer import ScoreLayer
from analytics.cube.recount import Migration, State, staffing
from analytics.standard.model import POINTS, Standard
from analytics.vocabulary import BASIS, Kind


@dataclass(frozen=True)
class Lines:
    """One kind: ``places`` are the distinct places among its scores where an entry score of the grid may stand.

    ``at`` (positions,) says which of them each entry score has; ``change`` (boundaries, places, measures, states
    before, states after) what a boundary there does, all groups together.
    """

    places: Ints
    at: Ints
    change: Ints


@dataclass(frozen=True)
class Ground:
    """One draft over a grid of entry scores.

    ``positions`` are the entry scores of the grid in hundredths of a point, ascending; ``stood`` the draft's own by
    kind, lowest tier first. ``lines`` holds for each kind the distinct lines that the grid draws between scores;
    ``known`` and ``totals`` keep what has been worked out.
    """

    layer: ScoreLayer
    standard: Standard
    positions: Ints
    stood: tuple[tuple[int, ...], ...]
    lines: tuple["Lines", ...]
    direction: Ints
    known: dict[object, Ints] = field(default_factory=dict, compare=False, repr=False)
    totals: dict[object, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def n_tiers(self) -> int:
        return len(self.standard.tier)

    @property
    def states(self) -> tuple[tuple[State, ...], tuple[State, ...]]:
        """Where customers can stand before and after."""
        return self.layer.before, self.layer.after

    @property
    def movable(self) -> tuple[Kind, ...]:
        """Kinds with an entry score for every tier but the lowest, and customers whom these can move."""
        return tuple(
            kind
            for kind, lines in zip(Kind, self.lines, strict=True)
            if lines.change.any()
            and all(tier.entry and tier.entry.of(kind) is not None for tier in self.standard.tier[:-1])
        )

    def term(self, of: Quantity, kind: int, boundary: int) -> Ints:
        """(positions,): what a boundary adds to a quantity at each entry score of the grid."""
        found = self.known.get((of, kind, boundary))
        if found is None:
            found = self.known[of, kind, boundary] = self._term(of, kind, boundary)
        return found

    def _term(self, of: Quantity, kind: int, boundary: int) -> Ints:
        if not _counts(of, kind):
            return np.zeros(len(self.positions), np.int64)
        lines, measure = self.lines[kind], MEASURES.index(of.measure)
        if of.group is None:
            table = lines.change[boundary, :, measure]
        else:
            whole = self.layer.kinds[kind].change
            table = whole[boundary, lines.places, measure, self.layer.groups.index(of.group)]
        by_line: Ints = (table * self.factors(of)).sum(axis=(1, 2))
        return by_line[lines.at]

    def rest(self, of: Quantity, moving: tuple[int, ...]) -> int:
        """What no boundary changes: moving kinds all in their highest tier, the other kinds as they are."""
        if (of, moving) not in self.totals:
            tables = (
                scores.top if kind in moving else scores.at(self.stood[kind])
                for kind, scores in enumerate(self.layer.kinds)
                if _counts(of, kind)
            )
            self.totals[of, moving] = sum(self._value(of, table) for table in tables)
        return self.totals[of, moving]

    def whole(self, of: Quantity) -> int:
        """What a quantity is a share of: those who had a tier, for moves and for who keeps one; else those who have."""
        if of not in self.totals:
            self.totals[of] = self._whole(of)
        return self.totals[of]

    def _whole(self, of: Quantity) -> int:
        had, have = (np.array([state.rank is not None for state in states]) for states in self.states)
        before = of.subject in (Subject.KEPT, Subject.UP, Subject.DOWN, Subject.MOVERS)
        factors = np.where(had[:, None] if before else have[None, :], 1, 0) * np.ones_like(self.direction)
        everyone = [scores.at(self.stood[kind]) for kind, scores in enumerate(self.layer.kinds) if _counts(of, kind)]
        return sum(self._value(of, table, factors) for table in everyone)

    def bound(self, limit: Limit) -> int:
        """A limit in customers or minor units: the nearest whole number that keeps a share."""
        if not limit.is_share:
            return limit.bound
        part = limit.bound * self.whole(limit.of)
        return -(-part // WHOLE) if limit.way is Way.LEAST else part // WHOLE

    def measured(self, of: Quantity, migration: Migration) -> int:
        """The quantity of a whole migration."""
        sums = migration.sums if of.kind is None else migration.sums[:, [list(Kind).index(of.kind)]]
        if of.subject is Subject.MANAGERS:
            customers = sums[0].sum(axis=(0, 1, 2)).tolist()
            staff = staffing(self.standard, customers)
            wanted = [each for rank, each in enumerate(staff) if of.rank in (None, rank)]
            return sum(each.managers or 0 for each in wanted)
        return sum(self._value(of, sums[:, kind]) for kind in range(sums.shape[1]))

    def factors(self, of: Quantity) -> Ints:
        """(states before, states after): what one customer (or one minor unit) adds to a quantity."""
        before, after = self.states
        rank = np.array([-1 if state.rank is None else state.rank for state in after])
        had = np.array([state.rank is not None for state in before])
        ways = self.direction
        match of.subject:
            case Subject.TIER | Subject.MANAGERS:
                table = np.broadcast_to(rank == of.rank, ways.shape)
            case Subject.COVER:
                table = np.broadcast_to(rank >= (of.rank or 0), ways.shape)
            case Subject.KEPT:
                table = had[:, None] & ((ways == 0) | (ways == 1))
            case Subject.UP:
                table = ways == 1
            case Subject.DOWN:
                table = ways == -1
            case Subject.MOVERS:
                table = ways != 0
            case Subject.COST:
                return np.broadcast_to(self._costs(), ways.shape)
        return table.astype(np.int64)

    def caseloads(self) -> Ints:
        """Customers for each manager by tier, lowest first."""
        return np.array([int(self.standard.service[tier.id].caseload.value) for tier in self.standard.tiers_up])

    def _costs(self) -> Ints:
        costs = np.zeros(len(self.layer.after), np.int64)
        for each in staffing(self.standard, [1] * self.n_tiers):
            costs[each.tier.rank or 0] = each.cost
        return costs

    def _value(self, of: Quantity, table: Ints, factors: Ints | None = None) -> int:
        """A quantity of (measures, groups, states before, states after)."""
        part = table[MEASURES.index(of.measure)]
        part = part.sum(axis=0) if of.group is None else part[self.layer.groups.index(of.group)]
        return int((part * (self.factors(of) if factors is None else factors)).sum())


def _counts(of: Quantity, kind: int) -> bool:
    return of.kind is None or list(Kind)[kind] is of.kind


def ground_of(layer: ScoreLayer, draft: Standard, step: int) -> Ground:
    """The ground of a draft; ``step`` is in hundredths of a point and goes evenly into 100 points."""
    positions = np.arange(0, POINTS * BASIS + 1, step, dtype=np.int64)
    lines = []
    for kind in layer.kinds:
        places, at = np.unique(np.searchsorted(BASIS * kind.scores, positions * kind.base), return_inverse=True)
        lines.append(Lines(places, at, kind.change[:, places].sum(axis=3)))
    stood = tuple(tuple(sorted(draft.entries(kind))) for kind in Kind)
    return Ground(layer, draft, positions, stood, tuple(lines), layer.migration(stood).direction)
