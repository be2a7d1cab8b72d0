"""The population between two standards on one snapshot, packed for the bench in the browser."""

from dataclasses import dataclass
from functools import lru_cache

from analytics.classify.verdict import gates_of
from analytics.cube.pack import Parcel, packed, parcel
from analytics.desks.house import House
from analytics.desks.whatif import bench
from analytics.desks.whatif.bench import Counted, Side
from analytics.standard.model import Standard

KEPT = 16
"""Parcels that are kept at hand: the last few grids of a few visitors."""


def parcel_between(house: House, before: Side, after: Side) -> Parcel:
    """The parcel of a snapshot for the standard of one side and whatever keeps to the grid and gates of the other.

    Weights, points, entry scores and the way of aggregation of ``after`` do not matter. Raises ``BENCH-001`` where it
    is too large, ``RUN-001`` to ``-004`` as :func:`bench.compare` does, ``CLASSIFY-001`` where nobody can be scored
    under ``before``.
    """
    found = bench.counted(house, before, after)
    name = (str(house.store.path), before.snapshot_id, found.after[1].hash, *_gates(after.standard))
    return _parcel(_Asked(found, name))


def _gates(standard: Standard) -> tuple[str, ...]:
    """What the gates make of each tier, as text."""
    tiers = (tier.id for tier in standard.tiers_up)
    return (*tiers, *(f"{gate.id} {gate.effect} {gate.tier}" for gate in gates_of(standard)))


@dataclass(frozen=True)
class _Asked:
    """A population under the name of all that decides its parcel, beside the standard that it is counted against."""

    counted: Counted
    name: tuple[str, ...]

    def __hash__(self) -> int:
        return hash(self.name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Asked) or self.name != other.name:
            return False
        mine, theirs = self.counted.before[0], other.counted.before[0]
        return mine is theirs or mine == theirs


@lru_cache(maxsize=KEPT)
def _parcel(asked: _Asked) -> Parcel:
    found = asked.counted
    return parcel(packed(found.cells, found.before, found.after))
