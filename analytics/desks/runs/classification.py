"""Classify a snapshot by a standard: keys once a grid, a verdict once a signature, kept and told."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from analytics import clock
from analytics.classify.grid import Grid, Ints, grid_of
from analytics.classify.keys import key_steps
from analytics.classify.verdict import judge
from analytics.cube.cells import cell_steps, ints, mix_steps, period_cell_steps
from analytics.cube.groupings import BY_REGION, Grouping
from analytics.desks.data.snapshots import kept_groupings
from analytics.desks.house import House
from analytics.desks.progress import Progress, unwatched
from analytics.desks.runs.fine_grid import fine_grid
from analytics.desks.runs.fitness import require_fit
from analytics.engine.base import Engine
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from analytics.intake.contract import Contract
from analytics.standard.canon import canonical, standard_hash
from analytics.standard.change import to_toml
from analytics.standard.model import Standard
from analytics.store import events, runs, snapshots, standards
from analytics.store.connect import Cursor
from analytics.store.failures import cancelled
from analytics.store.snapshots import facts_table
from analytics.store.standards import StoredStandard
from analytics.vocabulary import Kind, Text

LOG = logging.getLogger("tierdesk")


@dataclass
class Cancel:
    """A way to stop a run from another thread; nothing of it is then kept."""

    _stopped: threading.Event = field(default_factory=threading.Event)
    _cursors: list[Cursor] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def stop(self) -> None:
        """Interrupt what is going on; asking twice, or too late, does no harm."""
        self._stopped.set()
        with self._lock:
            for cursor in self._cursors:
                cursor.interrupt()

    @contextmanager
    def watch(self, cursor: Cursor) -> Iterator[None]:
        """A stop interrupts ``cursor`` as long as this lasts, and never a closed one; raises ``STORE-005`` after one.

        Open it inside the act: it forgets the cursor before the act ends.
        """
        with self._lock:
            self._cursors.append(cursor)
        try:
            self.check()
            yield
        finally:
            with self._lock:
                self._cursors.remove(cursor)

    def check(self) -> None:
        """Raise ``STORE-005`` where somebody has asked to stop."""
        if self._stopped.is_set():
            raise cancelled()


def classify(
    house: House,
    snapshot_id: str,
    standard: Standard,
    *,
    actor: str,
    progress: Progress = unwatched,
    cancel: Cancel | None = None,
) -> runs.Run:
    """The run of a snapshot under a standard; an earlier run of the same pair is the answer.

    Raises ``RUN-001`` for a standard in another currency than the snapshot's, ``RUN-002`` for one that reads a
    column that the snapshot's files did not fill.
    """
    cancel = cancel or Cancel()
    grid, name = grid_of(standard, house.contract), standard_hash(standard)
    started = clock.now()
    with house.store.act() as cursor, cancel.watch(cursor):
        known = runs.find_run(cursor, snapshot_id, name)
        if known:
            return known
        require_fit(cursor, snapshot_id, standard)
        kept = StoredStandard(name, standard.standard.version, canonical(standard), to_toml(standard))
        standards.add(cursor, kept, actor)
        engine = DuckDBEngine(cursor)
        progress(0.1, Text("计算每位客户的键", "Giving every customer a key"))
        ensure_layer(cursor, engine, snapshot_id, grid, house.contract)
        _since_the_period_before(cursor, engine, snapshot_id, grid)
        cancel.check()
        progress(0.8, Text("逐个签名评定", "Judging each signature"))
        columns = signature_columns(cursor, snapshot_id, standard, grid)
        run = runs.Run(
            run_id=clock.new_id(),
            snapshot_id=snapshot_id,
            standard_hash=name,
            grid_hash=grid.hash,
            engine=engine.name,
            n_customers=int(columns["n_customers"].sum()),
            digest=runs.digest_of(columns),
            started_at=started.replace(tzinfo=None),
            finished_at=clock.now().replace(tzinfo=None),
            run_by=actor,
        )
        runs.add_run(cursor, run, columns)
        body = {"run": run.run_id, "snapshot": snapshot_id, "standard": name, "digest": run.digest}
        events.append(cursor, actor=actor, kind="run.finished", body=body)
        cancel.check()
    progress(0.9, Text("准备阈值试算", "Making the bench ready"))
    _ready_for_the_bench(house, snapshot_id, grid)
    progress(1.0, Text("完成", "Done"))
    return run


def _ready_for_the_bench(house: House, snapshot_id: str, grid: Grid) -> None:
    """Make the fine grid. The run is kept already: what fails here fails again, and is told, when the bench asks."""
    try:
        fine_grid(house, snapshot_id, grid)
    except TierdeskError as error:
        LOG.warning("the fine grid of %s was not made: %s", snapshot_id, error)


def ensure_layer(cursor: Cursor, engine: Engine, snapshot_id: str, grid: Grid, contract: Contract) -> None:
    """Make the keys and category mix of a snapshot under a grid, and its cells by each grouping; keep what is there.

    The cells of each grouping are one small table: at a million customers, five of them cost 0.60 s of CPU, one scan
    with GROUPING SETS 0.58 s, and cells of all groupings at once 0.96 s; and one that is missing is made alone.
    """
    facts, keys = facts_table(snapshot_id), runs.keys_table(snapshot_id, grid.hash)
    if not runs.has_layer(cursor, snapshot_id, grid.hash):
        size = sum(grid.size(kind) for kind in range(len(Kind)))
        runs.keep_cell_keys(cursor, snapshot_id, grid.hash, engine.create_keys(keys, key_steps(grid, facts), size))
        engine.create(runs.mix_table(snapshot_id, grid.hash), mix_steps(keys, facts))
        runs.add_layer(cursor, snapshot_id=snapshot_id, grid_hash=grid.hash, engine=engine.name)
    for grouping in kept_groupings(cursor, snapshot_id, contract):
        table = runs.cells_table(snapshot_id, grid.hash, grouping)
        if not runs.has_table(cursor, table):
            engine.create(table, cell_steps(keys, facts, [grouping]))


def layer_is_whole(cursor: Cursor, snapshot_id: str, grid: Grid, contract: Contract) -> bool:
    """Whether :func:`ensure_layer` would find nothing to make."""
    return runs.has_layer(cursor, snapshot_id, grid.hash) and all(
        runs.has_table(cursor, runs.cells_table(snapshot_id, grid.hash, grouping))
        for grouping in kept_groupings(cursor, snapshot_id, contract)
    )


def ensure_period(cursor: Cursor, engine: Engine, before: tuple[str, str], after: tuple[str, str], by: Grouping) -> str:
    """Make the cells between two snapshots, each with the hash of its grid, unless they are kept; returns the table."""
    table = runs.period_table(before, after, by)
    if not runs.has_table(cursor, table):
        keys = runs.keys_table(*before), runs.keys_table(*after)
        engine.create(table, period_cell_steps(keys[0], facts_table(before[0]), keys[1], facts_table(after[0]), [by]))
    return table


def _since_the_period_before(cursor: Cursor, engine: Engine, snapshot_id: str, grid: Grid) -> None:
    """The cells since the period before, which the overview reads, where that one has keys under the same grid."""
    snapshot = snapshots.get(cursor, snapshot_id)
    earlier = snapshots.before(cursor, snapshot.as_of, snapshot.currency) if snapshot else None
    if earlier and runs.has_layer(cursor, earlier.snapshot_id, grid.hash):
        ensure_period(cursor, engine, (earlier.snapshot_id, grid.hash), (snapshot_id, grid.hash), BY_REGION)


def signature_columns(cursor: Cursor, snapshot_id: str, standard: Standard, grid: Grid) -> dict[str, Ints]:
    """Every signature of a snapshot with its counts, money and verdict, by cell."""
    table = runs.cell_sums(cursor, snapshot_id, grid.hash)
    keys = runs.cell_keys(cursor, snapshot_id, grid.hash).keys
    verdicts = judge(standard, grid, keys)
    columns = {name: ints(table, name) for name in ("cell", "n_customers", "assets", "contribution")}
    columns |= {"key": keys, "outcome": verdicts.outcome, "tier": verdicts.tier, "score": verdicts.score}
    return columns | {"reasons": verdicts.reasons}
