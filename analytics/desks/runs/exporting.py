"""What leaves the house: results, a standard, its plain SQL."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.classify.grid import Grid, Ints, categories_of, grid_of
from analytics.classify.twin import twin_steps
from analytics.classify.verdict import NONE, reason_bits, score_base
from analytics.desks.house import House
from analytics.desks.rules_file import write_atomically
from analytics.desks.runs.classification import classify
from analytics.standard.model import Standard
from analytics.steps import statement
from analytics.store import events, runs
from analytics.store import results as results_store
from analytics.vocabulary import Kind, Outcome


def rules(house: House, standard_hash: str, path: Path) -> None:
    """A kept standard as the rules.toml that it was published with."""
    write_atomically(path, house.stored(standard_hash).source)


def sql(house: House, standard_hash: str, path: Path) -> None:
    """A kept standard as one SELECT over a table ``facts``; it gives every customer the engine's own result."""
    stored, standard = house.stored(standard_hash), house.standard(standard_hash)
    text = statement(twin_steps(standard, grid_of(standard, house.contract), house.contract, "facts"))
    head = f"-- Tierdesk standard {stored.version}, {stored.standard_hash}\n"
    reads = "-- Reads the table facts: money in minor units, codes as integers.\n"
    write_atomically(path, head + reads + text + ";\n")


def results(house: House, snapshot_id: str, standard_hash: str, path: Path, *, actor: str) -> int:
    """Every customer's result as Parquet or CSV, by the ending of ``path``; returns how many.

    Classifies first where the pair has no run yet. Gates that are restricted leave under the name ``internal``.
    """
    standard = house.standard(standard_hash)
    run = classify(house, snapshot_id, standard, actor=actor)
    grid = grid_of(standard, house.contract)
    with house.store.act() as cursor:
        told = _told(standard, grid, runs.signatures(cursor, run.run_id))
        keys = runs.keys_table(snapshot_id, grid.hash)
        n = results_store.write(cursor, run, keys, told=told, categories=_categories(grid), path=path)
        body = {"run": run.run_id, "customers": n, "file": path.name}
        events.append(cursor, actor=actor, kind="results.exported", body=body)
    return n


def _told(standard: Standard, grid: Grid, signatures: dict[str, Ints]) -> pa.Table:
    """Each cell in words: outcome, tier, score in points, reasons."""
    tiers = {NONE: None} | {rank: tier.id for rank, tier in enumerate(standard.tiers_up)}
    bases = [score_base(standard, kind) or 1 for kind in Kind]
    kinds = grid.digits(signatures["key"]).kind
    scores = [
        None if score == NONE else f"{Decimal(int(score)) / bases[kind]:.2f}"
        for score, kind in zip(signatures["score"], kinds, strict=True)
    ]
    hidden = {f"gate:{gate.id}" for gate in standard.gate if gate.restricted}
    names = {bit: "gate:internal" if name in hidden else name for name, bit in reason_bits(standard).items()}
    reasons = ["|".join(name for bit, name in names.items() if int(mask) & bit) for mask in signatures["reasons"]]
    return pa.table(
        {
            "cell": signatures["cell"],
            "outcome": [Outcome(int(outcome)).name for outcome in signatures["outcome"]],
            "tier": [tiers[int(tier)] for tier in signatures["tier"]],
            "score": scores,
            "reasons": reasons,
        }
    )


def _categories(grid: Grid) -> pa.Table:
    """Each category key in words: its labels, and the primary one."""
    names = [label.name for label in grid.labels]
    keys = np.arange(3 ** len(names) * (len(names) + 1))
    apart = [categories_of(int(key), names) for key in keys]
    return pa.table(
        {
            "category": keys,
            "labels": ["|".join(reached) for reached, _, _ in apart],
            "primary_category": [primary for _, _, primary in apart],
        }
    )
