"""Prove again what the store says: the chain, the publications, and any past result to the byte."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analytics.classify.grid import grid_of
from analytics.classify.keys import key_steps
from analytics.classify.twin import twin_steps
from analytics.cube.cells import ints
from analytics.desks.classification import signature_columns
from analytics.desks.house import House
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.governance.events import broken_links
from analytics.governance.impact import impact_hash
from analytics.standard.canon import canonical, standard_hash
from analytics.store import events, proposals, runs, standards
from analytics.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was proved, or was not."""

    subject: Text
    holds: bool
    detail: Text


def verify(house: House, *, deep: bool = False) -> Iterator[Proof]:
    """Every proof in turn. ``deep`` also gives every customer a key and a verdict afresh, from the facts."""
    yield _chain(house)
    yield from _publications(house)
    with house.store.read() as cursor:
        every = runs.all_runs(cursor)
    for run in every:
        yield _run(house, run)
        if deep:
            yield _facts(house, run)


def _proof(subject: Text, *, holds: bool, good: Text, bad: Text) -> Proof:
    return Proof(subject, holds, good if holds else bad)


def _chain(house: House) -> Proof:
    with house.store.read() as cursor:
        broken = broken_links(events.read(cursor))
    where = ", ".join(map(str, broken[:10]))
    return _proof(
        Text("事件链", "Event chain"),
        holds=not broken,
        good=Text("每个环节都成立", "every link holds"),
        bad=Text(f"在序号 {where} 处断开", f"breaks at {where}"),
    )


def _publications(house: House) -> Iterator[Proof]:
    with house.store.read() as cursor:
        published, proposed = standards.publications(cursor), proposals.every(cursor)
    for each in published:
        stored = house.stored(each.standard_hash)
        same = standard_hash(house.standard(each.standard_hash)) == each.standard_hash
        same = same and canonical(house.standard(each.standard_hash)) == stored.canonical
        yield _proof(
            Text(f"标准 {stored.version}", f"Standard {stored.version}"),
            holds=same,
            good=Text("与其哈希一致", "equals its hash"),
            bad=Text("与其哈希不符", "does not equal its hash"),
        )
    for proposal in proposed:
        yield _proof(
            Text(f"提案 {proposal.proposal_id}", f"Proposal {proposal.proposal_id}"),
            holds=impact_hash(proposal.impact) == proposal.impact_hash,
            good=Text("影响与其哈希一致", "its impact equals its hash"),
            bad=Text("影响与其哈希不符", "its impact does not equal its hash"),
        )


def _run(house: House, run: runs.Run) -> Proof:
    """The verdicts again, from the stored keys."""
    standard = house.standard(run.standard_hash)
    with house.store.read() as cursor:
        again = runs.digest_of(signature_columns(cursor, run.snapshot_id, standard, grid_of(standard, house.contract)))
        kept = runs.digest_of(runs.signatures(cursor, run.run_id))
    return _proof(
        Text(f"运行 {run.run_id}", f"Run {run.run_id}"),
        holds=again == run.digest == kept,
        good=Text("重新评定，逐字节一致", "judged again, equal to the byte"),
        bad=Text("重新评定的结果不一致", "judged again, the result differs"),
    )


def _facts(house: House, run: runs.Run) -> Proof:
    """Keys and verdicts of every customer again, from the facts: the engine's keys and the plain SQL twin."""
    standard = house.standard(run.standard_hash)
    grid = grid_of(standard, house.contract)
    facts = runs.facts_table(run.snapshot_id)
    with house.store.read() as cursor:
        engine = DuckDBEngine(cursor)
        keys = runs.cell_keys(cursor, run.snapshot_id, run.grid_hash)
        stored = cursor.sql(
            f"SELECT position, cell FROM {runs.keys_table(run.snapshot_id, run.grid_hash)} ORDER BY position"
        ).to_arrow_table()
        fresh = engine.fetch(key_steps(grid, facts)).sort_by("position")
        twin = engine.fetch(twin_steps(standard, grid, house.contract, facts)).sort_by("position")
        kept = runs.signatures(cursor, run.run_id)
    cells = keys.place_of(ints(stored, "cell"))
    same = np.array_equal(keys.keys[cells], ints(fresh, "key"))
    same = same and all(np.array_equal(kept[name][cells], ints(twin, name)) for name in ("outcome", "tier", "reasons"))
    same = same and np.array_equal(kept["score"][cells], ints(twin, "score"))
    return _proof(
        Text(f"运行 {run.run_id} 的全体客户", f"Every customer of run {run.run_id}"),
        holds=same,
        good=Text("由原始事实重算，键与 SQL 孪生均一致", "from the facts again, keys and SQL twin agree"),
        bad=Text("由原始事实重算，结果不一致", "from the facts again, the result differs"),
    )
