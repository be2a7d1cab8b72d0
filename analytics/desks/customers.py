"""One customer: where they stand, why, what the next tier would take, and how it was before."""

import datetime
from dataclasses import dataclass

from analytics.classify.explain import Explanation, explain
from analytics.classify.grid import categories_of, grid_of
from analytics.classify.keys import key_steps
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.runs.fitness import fitting, require_fit
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from analytics.standard.model import Standard
from analytics.store import population
from analytics.vocabulary import Text


@dataclass(frozen=True)
class Card:
    """What a customer's page shows. ``facts`` holds stored values, ``name`` is masked, ``categories`` are ids."""

    customer_id: str
    name: str
    facts: dict[str, object]
    explanation: Explanation
    categories: tuple[str, ...]
    primary: str | None


@dataclass(frozen=True, slots=True)
class Past:
    """Where the customer stood in one snapshot; ``explanation`` is ``None`` where they were not there."""

    period: str
    as_of: datetime.date
    snapshot_id: str
    explanation: Explanation | None


def card(house: House, snapshot_id: str, standard: Standard, customer_id: str) -> Card:
    """A customer of a snapshot under a standard; raises ``CUSTOMER-001`` where there is none of that number.

    Raises ``RUN-001`` to ``-003`` where the snapshot does not fit the standard.
    """
    with house.store.read() as cursor:
        require_fit(cursor, snapshot_id, standard)
        found = population.one_customer(cursor, snapshot_id, customer_id)
        if found is None:
            raise TierdeskError(
                "CUSTOMER-001",
                Text(f"该快照中没有客户 {customer_id}。", f"This snapshot has no customer {customer_id}."),
                Text("请核对客户号，或选择另一个快照。", "Check the number, or choose another snapshot."),
            )
        grid = grid_of(standard, house.contract)
        table = population.single_fact(cursor, snapshot_id, found.position)
        row = DuckDBEngine(cursor).fetch(key_steps(grid, "single_fact"), {"single_fact": table}).to_pylist()[0]
    labels, _, primary = categories_of(int(row["category"]), [label.name for label in grid.labels])
    return Card(
        customer_id=customer_id,
        name=found.name,
        facts=found.facts,
        explanation=explain(standard, grid, int(row["key"]), found.facts),
        categories=labels,
        primary=primary,
    )


def past(house: House, standard: Standard, customer_id: str) -> tuple[Past, ...]:
    """The customer in every snapshot that fits the standard, oldest first; of a period the last revision counts."""
    found = []
    for snapshot in reversed(fitting(snapshots.latest(house), standard)):
        try:
            explanation = card(house, snapshot.snapshot_id, standard, customer_id).explanation
        except TierdeskError as error:
            if error.code != "CUSTOMER-001":
                raise
            explanation = None
        found.append(Past(snapshot.period, snapshot.as_of, snapshot.snapshot_id, explanation))
    return tuple(found)
