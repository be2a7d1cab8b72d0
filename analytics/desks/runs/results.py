"""What the kept runs say: who stands where by customers and money, and what keeps others out of the tiers."""

from collections.abc import Iterator
from dataclasses import dataclass

from analytics.classify.deciding import deciding
from analytics.classify.grid import Ints, grid_of
from analytics.cube.recount import State, states_of
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.standard.model import Gate, Standard
from analytics.store import run_totals, runs
from analytics.store.run_totals import Total
from analytics.store.runs import Run
from analytics.store.snapshots import Snapshot
from analytics.vocabulary import Outcome, Text

MISSING, GATE = "missing:", "gate:"
ORDER = (Outcome.NOT_ASSESSABLE, Outcome.MANUAL, Outcome.EXCLUDED, Outcome.CLASSIFIED)
"""Causes of these outcomes come in this order."""


@dataclass(frozen=True, slots=True)
class Place:
    """One state of a standard and who stands there; money in minor units."""

    state: State
    customers: int
    assets: int
    contribution: int


@dataclass(frozen=True, slots=True)
class Cause:
    """What keeps customers out of the tiers, or caps or lifts their tier.

    ``gate`` is the gate that they meet, ``None`` for a missing value. One customer may have several causes.
    """

    outcome: Outcome
    words: Text
    gate: Gate | None
    customers: int


@dataclass(frozen=True)
class Standing:
    """A run read out: places from the lowest tier up, then the other outcomes."""

    run: Run
    snapshot: Snapshot
    places: tuple[Place, ...]

    @property
    def tiers(self) -> tuple[Place, ...]:
        """The places that are tiers, highest first."""
        return tuple(place for place in reversed(self.places) if place.state.rank is not None)

    @property
    def others(self) -> tuple[Place, ...]:
        """Not assessable, excluded, manual."""
        return tuple(place for place in self.places if place.state.rank is None)

    def customers(self, state_id: str) -> int:
        """Customers in one state."""
        return next(place.customers for place in self.places if place.state.id == state_id)

    def total(self, measure: str = "customers", *, tiers_only: bool = False) -> int:
        """Sum of ``customers``, ``assets`` or ``contribution``."""
        places = self.tiers if tiers_only else self.places
        return sum(int(getattr(place, measure)) for place in places)


def standing(house: House, snapshot: Snapshot, standard_hash: str) -> Standing | None:
    """The kept result of a snapshot under a standard, or nothing where no run has made it."""
    with house.store.read() as cursor:
        run = runs.find_run(cursor, snapshot.snapshot_id, standard_hash)
        if run is None:
            return None
        found = run_totals.totals(cursor, run.run_id)
    standard = house.standard(standard_hash)
    return Standing(run, snapshot, _places(standard, found))


def causes(house: House, run: Run) -> tuple[Cause, ...]:
    """What decides the outcomes and moves the tiers of a run: out of the tiers first, most customers first."""
    with house.store.read() as cursor:
        signatures = runs.signatures(cursor, run.run_id)
    found = _causes(house, house.standard(run.standard_hash), signatures)
    return tuple(sorted(found, key=lambda each: (ORDER.index(each.outcome), -each.customers)))


def _causes(house: House, standard: Standard, signatures: dict[str, Ints]) -> Iterator[Cause]:
    for name, outcome, decides in deciding(standard, grid_of(standard, house.contract), signatures["key"]):
        customers = int(signatures["n_customers"][decides].sum())
        if customers:
            yield _cause(standard, outcome, name, customers)


def over_time(house: House, standard_hash: str, *, upto: Snapshot) -> list[Standing]:
    """Kept results under one standard, oldest first: the latest revision of every period up to ``upto``."""
    found = []
    for snapshot in reversed(snapshots.latest(house)):
        if snapshot.as_of < upto.as_of:
            found.append(standing(house, snapshot, standard_hash))
    found.append(standing(house, upto, standard_hash))
    return [each for each in found if each is not None]


def every_run(house: House) -> list[tuple[Run, dict[Outcome, int]]]:
    """Every run with its customers by outcome, latest first."""
    with house.store.read() as cursor:
        counted = run_totals.outcomes(cursor)
        kept = runs.all_runs(cursor)
    return [(run, {outcome: counted.get(run.run_id, {}).get(int(outcome), 0) for outcome in Outcome}) for run in kept]


def _places(standard: Standard, found: list[Total]) -> tuple[Place, ...]:
    states = states_of(standard)
    sums = [[0, 0, 0] for _ in states]
    for total in found:
        at = total.tier if total.outcome == Outcome.CLASSIFIED else len(standard.tier) - 1 + total.outcome
        for place, value in enumerate((total.customers, total.assets, total.contribution)):
            sums[at][place] += value
    return tuple(Place(state, *values) for state, values in zip(states, sums, strict=True))


def _gate(standard: Standard, name: str) -> Gate:
    return next(each for each in standard.gate if each.id == name.removeprefix(GATE))


def _cause(standard: Standard, outcome: Outcome, name: str, customers: int) -> Cause:
    if name.startswith(MISSING):
        label = standard.dimension[name.removeprefix(MISSING)].label
        words = Text(f"缺少{label.zh}", f"{label.en}: value missing")
        return Cause(outcome, words, None, customers)
    gate = _gate(standard, name)
    return Cause(outcome, gate.reason.text, gate, customers)
