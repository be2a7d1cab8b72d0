"""What is to be made: the size, the quarters, and the random streams that make it repeatable."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from analytics.errors import TierdeskError
from analytics.vocabulary import Text

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Days = npt.NDArray[np.datetime64]
Values = npt.NDArray[Any]

CHUNK = 250_000
"""Founding customers that are made at once; the memory of a run does not grow beyond one chunk."""
MOST_CUSTOMERS = 99_999_999
"""Customer numbers have eight digits for the founder's place."""
MOST_QUARTERS = 40


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A calendar quarter; its last day is the as-of date of the quarter's file."""

    year: int
    number: int

    @classmethod
    def at(cls, ordinal: int) -> "Quarter":
        return cls(ordinal // 4, ordinal % 4 + 1)

    @property
    def ordinal(self) -> int:
        """Quarters since year 0, so that differences count quarters."""
        return self.year * 4 + self.number - 1

    @property
    def end(self) -> date:
        after = Quarter.at(self.ordinal + 1)
        return date(after.year, after.number * 3 - 2, 1) - timedelta(days=1)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"


LAST_QUARTER = Quarter(2025, 4)


@dataclass(frozen=True, slots=True)
class Plan:
    """One bank to be made. ``customers`` counts the founders: all who are there in the first quarter."""

    customers: int
    quarters: int
    seed: int
    chunk: int = CHUNK
    with_events: bool = True

    def __post_init__(self) -> None:
        _demand("customers", self.customers, MOST_CUSTOMERS)
        _demand("quarters", self.quarters, MOST_QUARTERS)
        if self.seed < 0:
            raise TierdeskError(
                "DEMO-002",
                Text(f"种子 {self.seed} 为负数。", f"The seed {self.seed} is negative."),
                Text("请给出 0 或更大的整数。", "Give a whole number of 0 or more."),
            )

    @property
    def calendar(self) -> tuple[Quarter, ...]:
        """The quarters of the bank, the last one is always :data:`LAST_QUARTER`."""
        first = LAST_QUARTER.ordinal - self.quarters + 1
        return tuple(Quarter.at(first + step) for step in range(self.quarters))

    @property
    def chunks(self) -> int:
        return -(-self.customers // self.chunk)

    def founders(self, chunk: int) -> int:
        """How many founders the chunk holds; only the last chunk is not full."""
        return min(self.chunk, self.customers - chunk * self.chunk)


@dataclass(frozen=True, slots=True)
class Streams:
    """Independent random streams of one cohort, one per name and quarter.

    Each is read value by value in customer order, so a shorter cohort reads a prefix of what a longer one
    reads, and a new fact in the generator disturbs no other.
    """

    seed: int
    chunk: int
    cohort: int

    def of(self, name: str, quarter: int = 0) -> np.random.Generator:
        """The stream called ``name``; the same arguments give the same stream from its beginning."""
        entropy = [self.seed, self.chunk, self.cohort, crc32(name.encode()), quarter]
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))


def full_years(since: Days, at: date) -> Ints:
    """Completed years from each day of ``since`` to ``at``."""
    months = since.astype("datetime64[M]").astype(np.int64)
    day = (since - since.astype("datetime64[M]")).astype(np.int64) + 1
    passed = (at.year - 1970) * 12 + at.month - 1 - months - (day > at.day)
    years: Ints = passed // 12
    return years


def _demand(what: str, value: int, most: int) -> None:
    if not 1 <= value <= most:
        words = {"customers": "客户数", "quarters": "季度数"}[what]
        raise TierdeskError(
            "DEMO-001",
            Text(f"{words} {value} 超出范围。", f"{value} {what} are not what a demo bank can have."),
            Text(f"请给出 1 至 {most} 的整数。", f"Give a whole number from 1 to {most}."),
        )
