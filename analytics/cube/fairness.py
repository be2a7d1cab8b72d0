"""Whether a change hits one group more than everyone else: downgrade rates, their intervals, and a plain verdict.

A group's rate is the share who fall of those who could, its customers above the lowest tier: taken of everyone, most
of whom stand in the lowest tier already, it would hide the harm. It is held against that of all others of the same
grouping. Two things must come together before a group is called worse off: its rate is so much higher that the others'
is less than the least ratio of it (the four-fifths rule of the Uniform Guidelines, 29 CFR 1607.4 D, taken on the harm
rather than on those who keep their tier, whose shares lie near one and would hide a rate that is five times as high),
and chance does not explain the difference.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from analytics.cube.recount import Migration
from analytics.vocabulary import Kind

Z = 1.959963984540054
"""Quantile of the normal distribution that leaves 2.5 % on each side."""


class Verdict(StrEnum):
    """What can be said of a group."""

    WITHIN = "within"
    WORSE = "worse"
    CHANCE = "chance"
    FEW = "few"


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of shares, 0 to 1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rate:
    """How many fall of some customers, those who could: whoever stands above the lowest tier before the change."""

    down: int
    customers: int

    @property
    def value(self) -> Fraction:
        """0 to 1; 0 of nobody."""
        return Fraction(self.down, self.customers) if self.customers else Fraction(0)

    @property
    def interval(self) -> Interval:
        return wilson(self.down, self.customers)


@dataclass(frozen=True, slots=True)
class Compared:
    """A group against everyone else. ``ratio`` is the others' rate over its own, ``None`` where nobody in it falls."""

    group: str
    rate: Rate
    others: Rate
    ratio: Fraction | None
    verdict: Verdict

    @property
    def times(self) -> Fraction | None:
        """Its rate over the others': above one, it falls more often. ``None`` where nobody else falls."""
        return self.rate.value / self.others.value if self.others.down else None


def rate_of(migration: Migration, *, kind: Kind | None = None, group: str | None = None) -> Rate:
    """How many fall of those who could, in one kind or group of a migration."""
    table = migration.matrix(kind=kind, group=group)
    could = [at for at, state in enumerate(migration.before) if state.rank]
    return Rate(int(table[migration.direction == -1].sum()), int(table[could].sum()))


def wilson(k: int, n: int, z: float = Z) -> Interval:
    """Score interval of a share ``k / n``, 95 % unless ``z`` says otherwise; nothing is known of nobody: 0 to 1.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209-212.
    """
    if not n:
        return Interval(0.0, 1.0)
    share, square = k / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    return Interval(0.0 if k == 0 else middle - half, 1.0 if k == n else middle + half)


def is_higher(first: Rate, second: Rate) -> bool:
    """Whether chance does not explain that the first rate is higher: the 95 % interval of the difference is above zero.

    R. G. Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17
    (1998), 873-890, method 10, which is built from the two Wilson intervals.
    """
    one, two = first.interval, second.interval
    gap = float(first.value - second.value)
    below = math.hypot(float(first.value) - one.low, two.high - float(second.value))
    return gap - below > 0


def compared(rates: Mapping[str, Rate], *, smallest: int, floor: Decimal) -> tuple[Compared, ...]:
    """Every group against everyone else, the highest rate first; groups below ``smallest`` come last, unjudged."""
    down, customers = sum(rate.down for rate in rates.values()), sum(rate.customers for rate in rates.values())
    found = []
    for group, rate in rates.items():
        others = Rate(down - rate.down, customers - rate.customers)
        ratio = others.value / rate.value if rate.down else None
        verdict = _verdict(rate, others, ratio, smallest, Fraction(floor))
        found.append(Compared(group, rate, others, ratio, verdict))
    return tuple(sorted(found, key=lambda each: (each.verdict is Verdict.FEW, -each.rate.value, each.group)))


def _verdict(rate: Rate, others: Rate, ratio: Fraction | None, smallest: int, floor: Fraction) -> Verdict:
    if min(rate.customers, others.customers) < smallest:
        return Verdict.FEW
    if ratio is None or ratio >= floor:
        return Verdict.WITHIN
    return Verdict.WORSE if is_higher(rate, others) else Verdict.CHANCE
