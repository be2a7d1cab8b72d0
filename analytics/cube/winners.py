"""Who gains and who loses by a migration: each group's customers and money, up and down, those who lose most first."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from analytics.classify.grid import Ints
from analytics.cube.cells import MEASURES
from analytics.cube.groupings import split
from analytics.cube.recount import Migration, Moves
from analytics.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Balance:
    """What becomes of one group; money in minor units. ``name`` is a group, a kind's value or the id of a state."""

    name: str
    customers: Moves
    assets: Moves
    contribution: Moves

    @property
    def net(self) -> int:
        """Customers who rise, less those who fall."""
        return self.customers.up - self.customers.down

    @property
    def share_up(self) -> Fraction:
        """Customers who rise, of the group's customers."""
        return Fraction(self.customers.up, self.customers.total)

    @property
    def share_down(self) -> Fraction:
        """Customers who fall, of the group's customers."""
        return Fraction(self.customers.down, self.customers.total)

    def of(self, measure: str) -> Moves:
        """The moves by one of ``MEASURES``."""
        moves = {"customers": self.customers, "assets": self.assets, "contribution": self.contribution}
        return moves[measure]


def by_group(migration: Migration, *, kind: Kind | None = None, within: str | None = None) -> tuple[Balance, ...]:
    """By the groups of a migration; ``within`` keeps those of a combination whose first group it is."""
    if within is None:
        pairs = [(group, group) for group in migration.groups]
    else:
        pairs = [(split(group)[1], group) for group in migration.groups if split(group)[0] == within]
    return _sorted((name, _moves(migration, kind, group)) for name, group in pairs)


def by_kind(migration: Migration, *, group: str | None = None) -> tuple[Balance, ...]:
    """By kind of customer."""
    return _sorted((kind.value, _moves(migration, kind, group)) for kind in Kind)


def by_tier(migration: Migration, *, kind: Kind | None = None, group: str | None = None) -> tuple[Balance, ...]:
    """By the tier that customers come from."""
    found = []
    for row, state in enumerate(migration.before):
        if state.rank is not None:
            tables = [migration.matrix(measure, kind=kind, group=group)[row] for measure in MEASURES]
            ways = migration.direction[row]
            moves = [_of_row(table, ways) for table in tables]
            found.append((state.id, moves))
    return _sorted(found)


def together(name: str, balances: Iterable[Balance]) -> Balance:
    """Several groups as one."""
    each = list(balances)

    def added(measure: str) -> Moves:
        moves = [balance.of(measure) for balance in each]
        sums = {way: sum(getattr(one, way) for one in moves) for way in ("up", "down", "other", "total")}
        return Moves(**sums)

    return Balance(name, *(added(measure) for measure in MEASURES))


def _of_row(table: Ints, ways: Ints) -> Moves:
    up, down, other = (int(table[ways == way].sum()) for way in (1, -1, 2))
    return Moves(up, down, other, int(table.sum()))


def _moves(migration: Migration, kind: Kind | None, group: str | None) -> list[Moves]:
    return [migration.moved(measure, kind=kind, group=group) for measure in MEASURES]


def _sorted(found: Iterable[tuple[str, list[Moves]]]) -> tuple[Balance, ...]:
    """Groups with anybody in them: the greatest share of losers first, then the most losers, then winners likewise."""
    balances = [Balance(name, *moves) for name, moves in found if moves[0].total]
    return tuple(sorted(balances, key=_losers_first))


def _losers_first(each: Balance) -> tuple[Fraction, int, Fraction, str]:
    return -each.share_down, -each.customers.down, -each.share_up, each.name
