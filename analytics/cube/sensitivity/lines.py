"""A line that parts customers, and who stands on either side of it."""

from dataclasses import dataclass
from typing import Literal

from analytics.classify.grid import Ints
from analytics.cube.sensitivity.bunching import Bunching
from analytics.cube.sensitivity.crowd import Crowd
from analytics.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Line:
    """An entry score, or the lower bound of a band.

    ``name`` is the tier's id or the dimension's name, ``place`` the tier's rank or the band's place. ``amount`` is in
    hundredths of a point or in the dimension's stored units.
    """

    sort: Literal["entry", "edge"]
    kind: Kind
    name: str
    place: int
    amount: int


@dataclass(frozen=True, slots=True)
class Mass:
    """Customers with their money in minor units; ``changing`` of them would stand elsewhere across the line."""

    customers: int
    assets: int
    contribution: int
    changing: int


@dataclass(frozen=True, slots=True)
class Cliff:
    """Who stands from ``low`` up to the line, and from the line up to ``high``, which is out."""

    line: Line
    low: int
    high: int
    below: Mass
    above: Mass
    bunching: Bunching


@dataclass(frozen=True, slots=True)
class Beside:
    """Customers on one side of a line: where they stand and where they would stand across it, by key."""

    keys: Ints
    states: Ints
    across: Ints
    scores: Ints

    @property
    def changing(self) -> "Beside":
        """Those who would stand elsewhere across the line."""
        moves = self.states != self.across
        return Beside(self.keys[moves], self.states[moves], self.across[moves], self.scores[moves])


@dataclass(frozen=True, slots=True)
class Histogram:
    """Customers around a line: bin ``i`` runs from ``bounds[i]`` up to ``bounds[i + 1]``; ``sums`` is (measures, bins).

    ``base`` is what the bounds are multiples of a unit's fraction of: a bound means ``bound / base`` of the line's own
    unit, so that scores stay integers.
    """

    bounds: Ints
    sums: Ints
    base: int


def mass_of(crowd: Crowd, beside: Beside) -> Mass:
    """The sums of those beside a line; ``crowd`` holds exactly their keys."""
    customers, assets, contribution = (int(total) for total in crowd.sums.sum(axis=1))
    changing = int(crowd.sums[0, beside.states != beside.across].sum())
    return Mass(customers, assets, contribution, changing)
