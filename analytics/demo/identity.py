"""Who the customers are: facts that do not change while they are with the bank."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from analytics.demo.plan import Bools, Days, Floats, Ints, Streams
from analytics.demo.world import World

ENTERPRISE_SHARE = 0.07
DEPARTURE_RATE = 0.01
"""Share of the customers that leaves in a quarter."""
CHANNELS = ("branch", "online", "mobile", "phone", "partner")
DAYS_A_YEAR = 365.2425


@dataclass(frozen=True, slots=True)
class Identity:
    """One entry a customer.

    ``fortune`` and ``prudence`` are standard normal and correlated; finances and conduct lean on them.
    ``stays`` counts the quarters that the customer is seen.
    """

    is_enterprise: Bools
    region: Ints
    branch: Ints
    birth: Days
    is_male: Bools
    start: Days
    channel: Ints
    industry: Ints
    employees: Ints
    fortune: Floats
    prudence: Floats
    age: Floats
    stays: Ints

    @property
    def size(self) -> int:
        return len(self.region)


def draw_identity(streams: Streams, size: int, world: World, as_of: date, *, founders: bool) -> Identity:
    """Founders have years of relationship behind them, newcomers came in the quarter that ends ``as_of``."""
    is_enterprise = streams.of("kind").random(size) < ENTERPRISE_SHARE
    region = pick(streams.of("region").random(size), world.region_weights)
    age = _ages(streams, size)
    fortune = streams.of("fortune").standard_normal(size)
    prudence = 0.35 * fortune + np.sqrt(1 - 0.35**2) * streams.of("prudence").standard_normal(size)
    return Identity(
        is_enterprise=is_enterprise,
        region=region,
        branch=_branches(streams, region, world),
        birth=_days_before(as_of, age * DAYS_A_YEAR),
        is_male=streams.of("sex").random(size) < 0.5,
        start=_starts(streams, is_enterprise, age, as_of, founders=founders),
        channel=_channels(streams, is_enterprise, age),
        industry=pick(streams.of("industry").random(size), world.industry_weights),
        employees=_employees(streams, size),
        fortune=fortune,
        prudence=prudence,
        age=age,
        stays=streams.of("stay").geometric(DEPARTURE_RATE, size),
    )


def pick(chance: Floats, weights: Floats) -> Ints:
    """Places drawn by weight: ``chance`` is uniform in [0, 1), the weights sum to 1."""
    return np.searchsorted(np.cumsum(weights)[:-1], chance, "right")


def _ages(streams: Streams, size: int) -> Floats:
    """Years: 18 to 90 with the middle near 47, and a few minors."""
    adult = 18.0 + 72.0 * streams.of("age").beta(1.9, 2.7, size)
    minor = 6.0 + 11.9 * streams.of("minor age").random(size)
    return np.where(streams.of("minor").random(size) < 0.008, minor, adult)


def _employees(streams: Streams, size: int) -> Ints:
    """Nine in the middle, thousands at the far end."""
    staff = np.exp(2.2 + 1.3 * streams.of("employees").standard_normal(size))
    return np.maximum(staff, 1.0).astype(np.int64)


def _branches(streams: Streams, region: Ints, world: World) -> Ints:
    counts = np.bincount(world.region_of_branch, minlength=len(world.regions))
    first = np.cumsum(counts) - counts
    within = (streams.of("branch").random(len(region)) * counts[region]).astype(np.int64)
    return np.asarray(first[region] + within)


def _starts(streams: Streams, is_enterprise: Bools, age: Floats, as_of: date, *, founders: bool) -> Days:
    size = len(age)
    if not founders:
        return _days_before(as_of, 89 * streams.of("start").random(size))
    years = streams.of("start").exponential(7.0, size)
    longest = np.where(is_enterprise, 25.0, np.clip(age - 16.0, 0.5, 30.0))
    most = longest * streams.of("longest").random(size) ** 0.1
    return _days_before(as_of, np.minimum(years, most) * DAYS_A_YEAR)


def _channels(streams: Streams, is_enterprise: Bools, age: Floats) -> Ints:
    """The young come by their phones, the old and the enterprises by the branch."""
    at_branch = np.where(is_enterprise, 0.7, np.clip(0.2 + 0.009 * (age - 40), 0.08, 0.75))
    others = pick(streams.of("other channel").random(len(age)), np.array([0.27, 0.48, 0.05, 0.2]))
    return np.where(streams.of("channel").random(len(age)) < at_branch, 0, others + 1)


def _days_before(as_of: date, days: Floats) -> Days:
    return np.datetime64(as_of, "D") - days.astype(np.int64).astype("timedelta64[D]")
