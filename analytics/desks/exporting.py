"""What leaves the house: results, a standard, its plain SQL."""

from pathlib import Path

from analytics.classify.grid import grid_of
from analytics.classify.twin import twin_steps
from analytics.desks.classification import classify
from analytics.desks.house import House
from analytics.desks.rules_file import write_atomically
from analytics.steps import statement
from analytics.store import events
from analytics.store import results as results_store
from analytics.store.runs import keys_table


def rules(house: House, standard_hash: str, path: Path) -> None:
    """A kept standard as the rules.toml that it was published with."""
    write_atomically(path, house.stored(standard_hash).source)


def sql(house: House, standard_hash: str, path: Path) -> None:
    """A kept standard as one SELECT over a table ``facts``; it gives every customer the engine's own result."""
    stored, standard = house.stored(standard_hash), house.standard(standard_hash)
    text = statement(twin_steps(standard, grid_of(standard, house.contract), house.contract, "facts"))
    head = f"-- Tierdesk standard {stored.version}, {stored.standard_hash}\n-- Reads the table facts: money in minor units, codes as integers.\n"
    write_atomically(path, head + text + ";\n")


def results(house: House, snapshot_id: str, standard_hash: str, path: Path, *, actor: str) -> int:
    """Every customer's result as Parquet or CSV, by the ending of ``path``; returns how many.

    Classifies first where the pair has no run yet.
    """
    standard = house.standard(standard_hash)
    run = classify(house, snapshot_id, standard, actor=actor)
    keys = keys_table(snapshot_id, grid_of(standard, house.contract).hash)
    with house.store.act() as cursor:
        n = results_store.write(cursor, run, keys, [tier.id for tier in standard.tiers_up], path)
        body = {"run": run.run_id, "customers": n, "file": path.name}
        events.append(cursor, actor=actor, kind="results.exported", body=body)
    return n
