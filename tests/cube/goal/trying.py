"""Every combination of entry scores by a full recount, in Python's own integers: what goal-seek is held against."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from analytics.classify.grid import grid_of
from analytics.cube.cells import MEASURES, cells_from, pair_cell_steps
from analytics.cube.goal.ask import Aim, Limit, Quantity, Subject, Way
from analytics.cube.goal.ground import ground_of
from analytics.cube.layers.score_layer import score_layer
from analytics.cube.recount import Migration, migrate
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.standard.model import Standard
from analytics.vocabulary import Kind
from tests.cube.test_score_layer import with_entries
from tests.population import loaded

STEP = 2500
POSITIONS = range(0, 10_001, STEP)


@dataclass
class Tried:
    """One combination as a full recount tells it, in Python's own integers."""

    entries: tuple[tuple[int, ...], ...]
    migration: Migration
    standard: Standard

    def of(self, quantity: Quantity) -> int:
        sums = self.migration.sums.tolist()
        total, by_tier = 0, [0] * len(self.standard.tier)
        for k, kind in enumerate(Kind):
            for g, group in enumerate(self.migration.groups):
                if quantity.kind not in (None, kind) or quantity.group not in (None, group):
                    continue
                for b, before in enumerate(self.migration.before):
                    for a, after in enumerate(self.migration.after):
                        n = sums[MEASURES.index(quantity.measure)][k][g][b][a]
                        if self.counts(quantity, before, after):
                            total += n
                        if after.rank is not None:
                            by_tier[after.rank] += n
        service = [self.standard.service[tier.id] for tier in self.standard.tiers_up]
        if quantity.subject is Subject.MANAGERS:
            needed = [-(-n // int(each.caseload.value)) for n, each in zip(by_tier, service, strict=True)]
            return sum(needed) if quantity.rank is None else needed[quantity.rank]
        if quantity.subject is Subject.COST:
            return sum(n * int(each.cost.value * 100) for n, each in zip(by_tier, service, strict=True))
        return total

    @staticmethod
    def counts(quantity: Quantity, before, after) -> bool:
        had, have = before.rank is not None, after.rank is not None
        match quantity.subject:
            case Subject.TIER:
                return have and after.rank == quantity.rank
            case Subject.COVER:
                return have and after.rank >= quantity.rank
            case Subject.KEPT:
                return had and have and after.rank >= before.rank
            case Subject.UP:
                return had and have and after.rank > before.rank
            case Subject.DOWN:
                return had and have and after.rank < before.rank
            case Subject.MOVERS:
                return before.rank != after.rank or (not have and before.id != after.id)
        return False

    def whole(self, quantity: Quantity) -> int:
        """Of what a share of the quantity is."""
        was = quantity.subject in (Subject.KEPT, Subject.UP, Subject.DOWN, Subject.MOVERS)
        total = 0
        for k, kind in enumerate(Kind):
            for g, group in enumerate(self.migration.groups):
                if quantity.kind in (None, kind) and quantity.group in (None, group):
                    table = self.migration.sums[MEASURES.index(quantity.measure)][k][g].tolist()
                    for b, before in enumerate(self.migration.before):
                        for a, after in enumerate(self.migration.after):
                            total += table[b][a] if (before if was else after).rank is not None else 0
        return total

    def meets(self, limit: Limit) -> bool:
        value, bound = self.of(limit.of), limit.bound
        if limit.is_share:
            value, bound = value * 10_000, bound * self.whole(limit.of)
        return value <= bound if limit.way is Way.MOST else value >= bound

    def rank(self, aim: Aim, stood) -> tuple:
        value = self.of(aim.of)
        far = sum(
            abs(one - two)
            for mine, theirs in zip(self.entries, stood, strict=True)
            for one, two in zip(mine, theirs, strict=True)
        )
        return (-value if aim.way is Way.MOST else value, self.of(Quantity(Subject.DOWN)), far, self.entries)


def tried_all(contract, law, draft, kinds, rows):
    """The ground of a draft, and every combination of the grid by a full recount."""
    grids = grid_of(law, contract), grid_of(draft, contract)
    cells = cells_from(DuckDBEngine(loaded(contract, rows)).fetch(pair_cell_steps(*grids, "facts")))
    ground = ground_of(score_layer(cells, (law, grids[0]), (draft, grids[1])), draft, STEP)
    choices = [
        list(combinations(POSITIONS, len(draft.tier) - 1)) if kind in kinds else [draft.entries(kind)] for kind in Kind
    ]
    found = []
    for entries in ((one, two) for one in choices[0] for two in choices[1]):
        said = {kind: [Decimal(each) / 100 for each in mine] for kind, mine in zip(Kind, entries, strict=True)}
        moved = with_entries(draft, said)
        found.append(Tried(entries, migrate(cells, (law, grids[0]), (moved, grids[1])), moved))
    return ground, found
