"""What can be asked of entry scores: a quantity to make large or small, and limits that hold meanwhile."""

from dataclasses import dataclass
from enum import StrEnum

from analytics.errors import TierdeskError
from analytics.vocabulary import Kind, Text

WHOLE = 10_000
"""Shares are whole hundredths of a percent."""
MOST_LIMITS = 20


class Subject(StrEnum):
    """What is counted. ``kept`` are those who had a tier and have it still, or a higher one."""

    TIER = "tier"
    COVER = "cover"
    KEPT = "kept"
    UP = "up"
    DOWN = "down"
    MOVERS = "movers"
    COST = "cost"
    MANAGERS = "managers"


class Way(StrEnum):
    """Which side a bound is on, or which way an aim wants."""

    LEAST = "least"
    MOST = "most"

    @property
    def other(self) -> "Way":
        return Way.LEAST if self is Way.MOST else Way.MOST


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a migration. ``rank`` is the tier of a ``tier``, the lowest of a ``cover``, 0 for the lowest tier;
    managers of ``None`` are those of all tiers, each tier rounded up to whole people.

    ``measure`` is one of ``MEASURES``; managers and yearly cost are always of the customers.
    """

    subject: Subject
    measure: str = "customers"
    rank: int | None = None
    kind: Kind | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on a quantity, inclusive. A share is of the customers (or the money) that the quantity is a part of."""

    of: Quantity
    way: Way
    bound: int
    is_share: bool = False


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be as large (``most``) or as small (``least``) as can be."""

    of: Quantity
    way: Way


@dataclass(frozen=True, slots=True)
class Ask:
    """An aim under limits. ``kinds`` may get other entry scores, on a grid of ``step`` hundredths of a point."""

    aim: Aim
    limits: tuple[Limit, ...]
    kinds: tuple[Kind, ...]
    step: int


def require_sense(ask: Ask) -> None:
    """Raises ``GOAL-001`` to ``-003`` for limits that no entry scores could be measured against."""
    if not ask.kinds:
        raise TierdeskError(
            "GOAL-001",
            Text("没有可调整准入分的客户性质。", "No kind of customer may get other entry scores."),
            Text("请至少选择一种客户性质。", "Choose at least one kind."),
        )
    if len(ask.limits) > MOST_LIMITS:
        raise TierdeskError(
            "GOAL-002",
            Text(
                f"约束共 {len(ask.limits)} 项，最多 {MOST_LIMITS} 项。",
                f"There are {len(ask.limits)} limits; the most is {MOST_LIMITS}.",
            ),
            Text("请删去不需要的约束。", "Leave out those that are not needed."),
        )
    for limit in ask.limits:
        if limit.bound < 0 or (limit.is_share and limit.bound > WHOLE):
            raise TierdeskError(
                "GOAL-003",
                Text(f"约束值 {limit.bound} 超出范围。", f"A limit of {limit.bound} is out of range."),
                Text("数量不能为负，占比须在 0% 至 100% 之间。", "Counts are not negative; shares are 0% to 100%."),
            )
