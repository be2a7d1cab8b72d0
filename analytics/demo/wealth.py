"""What the customers own and bring: holdings, balances at the date, contribution. Amounts are in yuan."""

from dataclasses import dataclass

import numpy as np

from analytics.demo.identity import Identity
from analytics.demo.plan import Floats, Ints, Quarter, Streams

SEASON = {1: 1.02, 2: 0.99, 3: 0.98, 4: 1.06}
"""Savings against their trend by quarter: deposits swell towards the turn of the year."""
MOST_ASSETS = 2e9
DRESSER_SHARE = 0.02
"""Of those with more than 20,000 yuan: their balance at the date is 1.8 to 4 times the average."""
OVERDRAFT_SHARE = 0.003
EMPTY_SHARE = 0.008


@dataclass(frozen=True, slots=True)
class Holdings:
    """Average balances of a quarter; ``savings`` may be negative, the others not."""

    savings: Floats
    investment: Floats
    insurance: Floats

    @property
    def assets(self) -> Floats:
        return self.savings + self.investment + self.insurance


class Wealth:
    """Assets of one cohort on their way through the quarters.

    The logarithm of a customer's assets is a level (fortune, age or size), a trend of its own, rare jumps,
    and a swing that fades by a fifth each quarter.
    """

    def __init__(self, streams: Streams, who: Identity) -> None:
        self._streams = streams
        self._who = who
        self._level = _levels(streams, who)
        self._trend = 0.008 + 0.015 * streams.of("trend").standard_normal(who.size)
        self._swing = 0.25 * streams.of("swing").standard_normal(who.size)
        self._investment_share, self._insurance_share = _shares(streams, who, self._level)
        state = streams.of("account").random(who.size)
        self._overdrawn = state < OVERDRAFT_SHARE
        self._empty = (state >= OVERDRAFT_SHARE) & (state < OVERDRAFT_SHARE + EMPTY_SHARE)
        rich_enough = self._level > np.log(20_000)
        self._dresses = (streams.of("dresser").random(who.size) < DRESSER_SHARE) & rich_enough
        cost_noise = 0.45 * streams.of("cost").standard_normal(who.size)
        self._cost = np.exp(np.where(who.is_enterprise, 5.3, 3.2) + cost_noise)

    def advance(self, quarter: Quarter) -> None:
        """One quarter on."""
        at, size = quarter.ordinal, self._who.size
        jumps = self._streams.of("jump", at).random(size) < 0.01
        jump = 0.9 * self._streams.of("jump size", at).standard_normal(size)
        self._level = self._level + self._trend + np.where(jumps, jump, 0.0)
        self._swing = 0.8 * self._swing + 0.15 * self._streams.of("swing", at).standard_normal(size)

    def holdings(self, quarter: Quarter) -> Holdings:
        total = np.minimum(np.exp(self._level + self._swing), MOST_ASSETS)
        total = np.where(self._empty, 0.0, total)
        invested = np.where(self._overdrawn, 0.0, self._investment_share)
        insured = np.where(self._overdrawn, 0.0, self._insurance_share)
        savings = total * (1 - invested - insured) * SEASON[quarter.number]
        overdraft = -np.minimum(total * 0.2, 50_000.0) - 10.0
        return Holdings(np.where(self._overdrawn, overdraft, savings), total * invested, total * insured)

    def at_date(self, assets: Floats, quarter: Quarter) -> Floats:
        """Assets on the last day: close to the average, but for those who dress the window."""
        at, size = quarter.ordinal, self._who.size
        usual = np.exp(0.01 + 0.06 * self._streams.of("point", at).standard_normal(size))
        dressed = 1.8 + 2.2 * self._streams.of("dressed point", at).random(size)
        return assets * np.where(self._dresses & (assets > 0), dressed, usual)

    def contribution(self, holdings: Holdings, loan: Floats, days_past_due: Ints, quarter: Quarter) -> Floats:
        """Margins on balances less expected loss and the cost of service, twelve months."""
        noise = self._streams.of("contribution", quarter.ordinal).standard_normal(self._who.size)
        luck = np.exp(0.25 * noise)
        bad = days_past_due > 90
        earned = (
            0.009 * np.maximum(holdings.savings, 0.0)
            + 0.006 * holdings.investment
            + 0.012 * holdings.insurance
            + np.where(bad, -0.05, 0.014) * loan
        )
        return np.asarray(earned * luck - self._cost)


def _levels(streams: Streams, who: Identity) -> Floats:
    """Natural logarithm of yuan: persons peak at 56 years, enterprises grow with their staff."""
    person = 8.75 - 0.9 * np.minimum(((who.age - 56.0) / 28.0) ** 2, 2.5) + 2.3 * who.fortune
    noise = streams.of("level").standard_normal(who.size)
    firm = 9.6 + 0.95 * np.log(who.employees) + 1.5 * who.fortune + 0.6 * noise
    return np.where(who.is_enterprise, firm, person)


def _shares(streams: Streams, who: Identity, level: Floats) -> tuple[Floats, Floats]:
    """Shares of the assets in investments and in insurance; the rich and the bold hold more."""
    invests = _draw(streams, "invests", who) < _sigmoid(-1.4 + 0.55 * (level - 9.0))
    taste = streams.of("investment taste").standard_normal(who.size)
    investment = 0.75 * _sigmoid(0.25 * (level - 11.5) - 0.01 * (who.age - 45.0) + 0.8 * taste)
    likelihood = _sigmoid(-2.6 + 0.25 * (level - 9.0) + 0.02 * (who.age - 40.0))
    insures = _draw(streams, "insures", who) < np.where(who.is_enterprise, 0.3, 1.0) * likelihood
    insurance = 0.02 + 0.23 * _draw(streams, "insurance share", who) ** 2
    return np.where(invests, investment, 0.0), np.where(insures, insurance, 0.0)


def _draw(streams: Streams, name: str, who: Identity) -> Floats:
    return streams.of(name).random(who.size)


def _sigmoid(value: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-value)))
