"""Prove again what the store says: the chain, the publications, and any past result to the byte."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.classify.grid import grid_of
from analytics.classify.keys import key_steps
from analytics.classify.twin import twin_steps
from analytics.cube.cells import cell_steps, ints, period_cell_steps
from analytics.cube.groupings import Grouping
from analytics.desks.data.snapshots import kept_groupings
from analytics.desks.house import House
from analytics.desks.runs.classification import signature_columns
from analytics.desks.whatif import scenarios
from analytics.engine.base import Engine
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from analytics.governance.events import broken_links
from analytics.governance.impact import impact_hash
from analytics.standard.canon import canonical, standard_hash
from analytics.store import events, proposals, runs, snapshots, standards
from analytics.store.connect import Cursor
from analytics.store.digests import digest_again
from analytics.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that was proved, or was not."""

    subject: Text
    holds: bool
    detail: Text


def verify(house: House, *, deep: bool = False) -> Iterator[Proof]:
    """Every proof in turn.

    The chain holds; each publication, proposal, run, snapshot and scenario is what its event says, and each such event
    has its row, so that a row that was changed, added or taken away shows, and so does a cut tail of events. Standards
    and impacts equal their hashes; runs are judged again. ``deep`` also gives every customer a key and a verdict
    afresh, counts the cells again, and takes the digest of every snapshot again.
    """
    yield _chain(house)
    yield from _records(house)
    yield from _publications(house)
    with house.store.read() as cursor:
        every, imported = runs.all_runs(cursor), snapshots.every(cursor)
    for snapshot in imported if deep else ():
        yield _snapshot(house, snapshot)
    for run in every:
        try:
            yield _run(house, run)
            if deep:
                yield _facts(house, run)
        except TierdeskError as error:
            yield Proof(Text(f"运行 {run.run_id}", f"Run {run.run_id}"), holds=False, detail=error.message)


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


def _records(house: House) -> Iterator[Proof]:
    """The rows of each family against the events that tell of them."""
    with house.store.read() as cursor:
        told = [(event.kind, event.actor, json.loads(event.body)) for event in events.read(cursor)]
        published, proposed = standards.publications(cursor), proposals.every(cursor)
        run, imported = runs.all_runs(cursor), snapshots.every(cursor)
        saved = scenarios.records(cursor, told)

    def acts(*kinds: str) -> list[tuple[str, dict[str, Any]]]:
        return [(actor, body) for kind, actor, body in told if kind in kinds]

    closed = {body["proposal"]: DECIDED[kind] for kind, _, body in told if kind in DECIDED}
    families: list[tuple[Text, set[tuple[object, ...]], set[tuple[object, ...]]]] = [
        (
            Text("发布记录", "Publications"),
            {(each.standard_hash, str(each.effective), each.published_by) for each in published},
            {(b["standard"], b["effective"], a) for a, b in acts("standard.founded", "proposal.confirmed")},
        ),
        (
            Text("提案记录", "Proposals"),
            {
                (
                    each.proposal_id,
                    each.standard_hash,
                    each.impact_hash,
                    str(each.effective),
                    each.proposed_by,
                    each.state,
                )
                for each in proposed
            },
            {
                (b["proposal"], b["standard"], b["impact"], b["effective"], a, closed.get(b["proposal"], "open"))
                for a, b in acts("proposal.opened")
            },
        ),
        (
            Text("运行记录", "Runs"),
            {(each.run_id, each.snapshot_id, each.standard_hash, each.digest, each.run_by) for each in run},
            {(b["run"], b["snapshot"], b["standard"], b["digest"], a) for a, b in acts("run.finished")},
        ),
        (
            Text("快照记录", "Snapshots"),
            {(each.snapshot_id, each.period, each.n_accepted, each.created_by) for each in imported},
            {(b["snapshot"], b["period"], b["n_accepted"], a) for a, b in acts("snapshot.imported")},
        ),
        (Text("方案记录", "Scenarios"), *saved),
    ]
    for subject, rows, said in families:
        differing = len(rows ^ said)
        yield _proof(
            subject,
            holds=not differing,
            good=Text("与事件逐条一致", "each is what its event says"),
            bad=Text(f"与事件不符，{differing} 处", f"{differing} differ from the events"),
        )


DECIDED = {"proposal.confirmed": "published", "proposal.returned": "returned", "proposal.withdrawn": "withdrawn"}
"""Events that close a proposal, and the state that they leave it in."""


def _snapshot(house: House, snapshot: snapshots.Snapshot) -> Proof:
    """The digest of a snapshot again, from its facts and profiles."""
    with house.store.read() as cursor:
        again = digest_again(cursor, house.contract, snapshot)
    return _proof(
        Text(f"快照 {snapshot.snapshot_id}", f"Snapshot {snapshot.snapshot_id}"),
        holds=again == snapshot.digest,
        good=Text("内容与其摘要一致", "its content equals its digest"),
        bad=Text("内容与其摘要不符", "its content does not equal its digest"),
    )


def _publications(house: House) -> Iterator[Proof]:
    with house.store.read() as cursor:
        published, proposed = standards.publications(cursor), proposals.every(cursor)
    for each in published:
        stored = house.stored(each.standard_hash)
        try:
            standard = house.standard(each.standard_hash)
            same = (standard_hash(standard), canonical(standard)) == (each.standard_hash, stored.canonical)
        except TierdeskError:
            same = False
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
    facts = snapshots.facts_table(run.snapshot_id)
    with house.store.read() as cursor:
        engine = DuckDBEngine(cursor)
        keys = runs.cell_keys(cursor, run.snapshot_id, run.grid_hash)
        stored = cursor.sql(
            f"SELECT position, cell FROM {runs.keys_table(run.snapshot_id, run.grid_hash)} ORDER BY position"
        ).to_arrow_table()
        fresh = engine.fetch(key_steps(grid, facts)).sort_by("position")
        twin = engine.fetch(twin_steps(standard, grid, house.contract, facts)).sort_by("position")
        kept = runs.signatures(cursor, run.run_id)
        cells_hold = all(
            _same_cells(cursor, engine, run, grouping)
            for grouping in kept_groupings(cursor, run.snapshot_id, house.contract)
        ) and _same_period(cursor, engine, run)
    cells = keys.place_of(ints(stored, "cell"))
    same = np.array_equal(keys.keys[cells], ints(fresh, "key"))
    same = same and all(np.array_equal(kept[name][cells], ints(twin, name)) for name in ("outcome", "tier", "reasons"))
    same = same and np.array_equal(kept["score"][cells], ints(twin, "score"))
    return _proof(
        Text(f"运行 {run.run_id} 的全体客户", f"Every customer of run {run.run_id}"),
        holds=same and cells_hold,
        good=Text("由原始事实重算，键与 SQL 孪生均一致", "from the facts again, keys and SQL twin agree"),
        bad=Text("由原始事实重算，结果不一致", "from the facts again, the result differs"),
    )


def _same_cells(cursor: Cursor, engine: Engine, run: runs.Run, grouping: Grouping) -> bool:
    """The cells by a grouping again; a store of an earlier Tierdesk may not have them yet."""
    table = runs.cells_table(run.snapshot_id, run.grid_hash, grouping)
    if not runs.has_table(cursor, table):
        return True
    keys, facts = runs.keys_table(run.snapshot_id, run.grid_hash), snapshots.facts_table(run.snapshot_id)
    counted = engine.fetch(cell_steps(keys, facts, [grouping]))
    order = [("cell", "ascending"), (grouping.name, "ascending")]
    return bool(counted.sort_by(order).equals(runs.kept(cursor, table).sort_by(order).cast(counted.schema)))


def _same_period(cursor: Cursor, engine: Engine, run: runs.Run) -> bool:
    """The cells since the period before again, where they are kept."""
    snapshot = snapshots.get(cursor, run.snapshot_id)
    earlier = snapshots.before(cursor, snapshot.as_of, snapshot.currency) if snapshot else None
    if earlier is None:
        return True
    before, after = (earlier.snapshot_id, run.grid_hash), (run.snapshot_id, run.grid_hash)
    table = runs.period_table(before, after)
    if not runs.has_table(cursor, table):
        return True
    sides = [(runs.keys_table(*side), snapshots.facts_table(side[0])) for side in (before, after)]
    counted = engine.fetch(period_cell_steps(*sides[0], *sides[1]))
    order = [(name, "ascending") for name in ("before", "after", "region")]
    return bool(counted.sort_by(order).equals(runs.kept(cursor, table).sort_by(order).cast(counted.schema)))
