"""The planted events: what later pages must be able to find. Words and figures: data/demo/EVENTS.md.

An event changes what is *recorded* in some columns of some rows from a quarter on; nothing else follows.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analytics.demo.identity import CHANNELS
from analytics.demo.plan import Bools, Ints, Quarter, full_years
from analytics.demo.rows import Rows
from analytics.demo.world import World
from analytics.vocabulary import Text

HOLDINGS = ("savings_balance", "investment_balance", "insurance_value")
DRIFT_REGION = "440000"
DRIFT_PER_CENT = {Quarter(2025, 2): 90, Quarter(2025, 3): 80, Quarter(2025, 4): 70}
BOOM_REGION = "330000"
BOOM_PER_CENT = 160
RECODED_REGIONS = ("410000", "420000")
RESCALED_REGION = "370000"
UNFAIR_REGION = "510000"
UNFAIR_AGE = 60
UNFAIR_PER_CENT = 40


@dataclass(frozen=True, slots=True)
class Event:
    """One planted event.

    ``members`` finds the rows it touches, ``change`` rewrites them in place, ``measure`` is the column whose
    recorded sum tells its size (of a code: how many carry ``counted``).
    """

    id: str
    title: Text
    first: Quarter
    where: tuple[str, ...]
    columns: tuple[str, ...]
    measure: str
    members: Callable[[Rows, Quarter], Bools]
    change: Callable[[Rows, Bools, Quarter], None]
    counted: str | None = None

    def total(self, rows: Rows, members: Bools) -> int:
        """Money in fen, scores in points, codes in customers; empty entries do not count."""
        values = rows.values[self.measure][members & rows.recorded(self.measure)]
        if self.counted is not None:
            return int((values == CHANNELS.index(self.counted)).sum())
        return int(values.sum())


def planted_events(world: World) -> tuple[Event, ...]:
    """All events, in the order of EVENTS.md; no customer is touched by two."""
    drifting = world.branches_of(DRIFT_REGION)[:1]
    rescaled = world.branches_of(RESCALED_REGION)[:1]
    recoded = world.branches_of(*RECODED_REGIONS)
    return (
        Event(
            id="branch_drift",
            title=Text("一家机构的资产逐季流失三成", "A branch loses 30 % of its assets, a tenth a quarter"),
            first=Quarter(2025, 2),
            where=_names(world, drifting),
            columns=("assets", "assets_point", *HOLDINGS),
            measure="assets",
            members=_at_branches(drifting),
            change=_drift,
        ),
        Event(
            id="product_boom",
            title=Text("一省投资余额增长六成", "Investments grow by 60 % in one province"),
            first=Quarter(2025, 1),
            where=(BOOM_REGION,),
            columns=("investment_balance", "assets", "assets_point"),
            measure="investment_balance",
            members=_in_region(world, BOOM_REGION),
            change=_boom,
        ),
        Event(
            id="channel_recoded",
            title=Text("两省机构把网上银行记为手机银行", "Branches of two provinces record online as mobile"),
            first=Quarter(2025, 3),
            where=_names(world, recoded),
            columns=("channel",),
            measure="channel",
            members=_at_branches(recoded),
            change=_recode,
            counted="online",
        ),
        Event(
            id="credit_rescaled",
            title=Text("一家机构改用 350 至 950 分记信用评分", "A branch scores credit from 350 to 950"),
            first=Quarter(2025, 3),
            where=_names(world, rescaled),
            columns=("credit_score",),
            measure="credit_score",
            members=_at_branches(rescaled),
            change=_rescale,
        ),
        Event(
            id="unfair_contribution",
            title=Text("一省老年客户的贡献度少记四成", "Contribution of the old understated by 40 %"),
            first=Quarter(0, 1),
            where=(UNFAIR_REGION,),
            columns=("contribution",),
            measure="contribution",
            members=_elders_in_region(world, UNFAIR_REGION),
            change=_understate,
        ),
    )


def _names(world: World, branches: Ints) -> tuple[str, ...]:
    return tuple(world.branches[branch] for branch in branches)


def _at_branches(branches: Ints) -> Callable[[Rows, Quarter], Bools]:
    return lambda rows, _: np.isin(rows.values["branch"], branches)


def _in_region(world: World, region: str) -> Callable[[Rows, Quarter], Bools]:
    place = world.regions.index(region)
    return lambda rows, _: np.asarray(rows.values["region"] == place)


def _elders_in_region(world: World, region: str) -> Callable[[Rows, Quarter], Bools]:
    here = _in_region(world, region)

    def members(rows: Rows, quarter: Quarter) -> Bools:
        old = full_years(rows.values["birth_date"], quarter.end) >= UNFAIR_AGE
        return here(rows, quarter) & old & ~rows.missing["birth_date"]

    return members


def _drift(rows: Rows, members: Bools, quarter: Quarter) -> None:
    last = max(DRIFT_PER_CENT)
    share = DRIFT_PER_CENT[min(quarter, last)]
    for name in (*HOLDINGS, "assets_point"):
        rows.values[name][members] = _per_cent(rows.values[name][members], share)
    rows.values["assets"][members] = _sum_of_holdings(rows)[members]


def _boom(rows: Rows, members: Bools, _: Quarter) -> None:
    before = rows.values["investment_balance"][members]
    gain = _per_cent(before, BOOM_PER_CENT) - before
    for name in ("investment_balance", "assets", "assets_point"):
        rows.values[name][members] += gain


def _recode(rows: Rows, members: Bools, _: Quarter) -> None:
    channel = rows.values["channel"]
    channel[members & (channel == CHANNELS.index("online"))] = CHANNELS.index("mobile")


def _rescale(rows: Rows, members: Bools, _: Quarter) -> None:
    """0 to 1000 onto 350 to 950, a half rounds up."""
    score = rows.values["credit_score"]
    score[members] = 350 + (score[members] * 6 + 5) // 10


def _understate(rows: Rows, members: Bools, _: Quarter) -> None:
    """40 % of the size is taken off, so a loss reads as a larger loss."""
    contribution = rows.values["contribution"]
    contribution[members] -= _per_cent(np.abs(contribution[members]), UNFAIR_PER_CENT)


def _sum_of_holdings(rows: Rows) -> Ints:
    savings, investment, insurance = (rows.values[name] for name in HOLDINGS)
    total: Ints = savings + investment + insurance
    return total


def _per_cent(amount: Ints, share: int) -> Ints:
    """Whole fen, rounded down."""
    return amount * share // 100
