"""The cells of a population by whatever pages group by: kept ones are read, others are counted when first asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import pyarrow as pa

from analytics.classify.grid import Grid
from analytics.classify.verdict import judge
from analytics.cube.cells import (
    By,
    CellKeys,
    Cells,
    cell_steps,
    cells_from,
    count_step,
    pair_cell_steps,
    period_cell_steps,
    period_cells,
    stored_cells,
    with_groups_that_occur,
)
from analytics.cube.groupings import PRIOR_LABEL, PRIOR_TIER, Grouping, by_prior_tier, grouping_of
from analytics.cube.recount import states_of
from analytics.desks.house import House
from analytics.desks.runs.classification import ensure_layer, ensure_period, layer_is_whole
from analytics.desks.runs.fine_grid import fine_grid
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from analytics.standard.canon import standard_hash
from analytics.standard.model import Standard
from analytics.steps import Step
from analytics.store import runs, snapshots
from analytics.store.connect import Cursor
from analytics.store.snapshots import Snapshot, facts_table
from analytics.vocabulary import Text

LARGEST = 2_000_000
"""Cells at most: a recount of so many takes 0.16 to 0.4 s, as much as a hand at a slider bears, and each of the
answers that are kept holds 96 MB of them."""
MOST_GROUPS = 16
"""Bound on the groups of a grouping that has no kept cells: prior tiers, and groups of a column that nobody fills."""
STATES = "prior_states"
"""Small table that a grouping by prior tier reads: cell, state."""


@dataclass(frozen=True)
class Asked:
    """What cells are grouped by, the small tables that it reads, and what it was made from beside the facts."""

    by: tuple[Grouping, ...]
    tables: dict[str, pa.Table] = field(default_factory=dict)
    mark: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(grouping.name for grouping in self.by)


def keys(house: House, snapshot_id: str, grid: Grid) -> CellKeys:
    """Keys by cell; whatever the layer of a snapshot and grid still lacks is made."""
    with house.store.read() as cursor:
        if layer_is_whole(cursor, snapshot_id, grid, house.contract):
            return runs.cell_keys(cursor, snapshot_id, grid.hash)
    with house.store.act() as cursor:
        ensure_layer(cursor, DuckDBEngine(cursor), snapshot_id, grid, house.contract)
        return runs.cell_keys(cursor, snapshot_id, grid.hash)


def asked(house: House, snapshot_id: str, names: Sequence[str], standard: Standard, grid: Grid) -> Asked:
    """Groupings by their names; raises ``RUN-005`` for an unknown one, ``-006`` where there is no prior tier.

    The prior tier is judged under ``standard``, whose grid is ``grid``.
    """
    if PRIOR_TIER not in names:
        return Asked(tuple(grouping_of(house.contract, name) for name in names))
    earlier = period_before(house, snapshot_id, grid)
    if earlier is None:
        raise no_prior_tier()
    with house.store.read() as cursor:
        found = runs.cell_keys(cursor, earlier.snapshot_id, grid.hash)
    ids = [state.id for state in states_of(standard)]
    states = [ids[place] for place in judge(standard, grid, found.keys).state(len(standard.tier))]
    prior = by_prior_tier(runs.keys_table(earlier.snapshot_id, grid.hash), STATES)
    by = tuple(prior if name == PRIOR_TIER else grouping_of(house.contract, name) for name in names)
    tables = {STATES: pa.table({"cell": found.cells, "state": states})}
    return Asked(by, tables, f"{earlier.snapshot_id} {standard_hash(standard)}")


def period_before(house: House, snapshot_id: str, grid: Grid) -> Snapshot | None:
    """The latest earlier snapshot, in the same currency, that has keys under a grid."""
    with house.store.read() as cursor:
        here = snapshots.get(cursor, snapshot_id)
        earlier = (
            each
            for each in snapshots.every(cursor)
            if here and each.as_of < here.as_of and each.currency == here.currency
        )
        return next((each for each in earlier if runs.has_layer(cursor, each.snapshot_id, grid.hash)), None)


def under_one_grid(house: House, snapshot_id: str, grid: Grid, wish: Asked) -> Cells:
    """Cells of one snapshot under one grid: kept ones, or a combination counted now."""
    found = keys(house, snapshot_id, grid)
    with house.store.read() as cursor:
        every = {grouping: runs.cells_table(snapshot_id, grid.hash, grouping) for grouping in wish.by}
        kept = {grouping: table for grouping, table in every.items() if runs.has_table(cursor, table)}
        if len(wish.by) == 1 and kept:
            return stored_cells(runs.kept(cursor, every[wish.by[0]]), found, wish.names)

        def at_most(by: By) -> int:
            known = [kept[grouping] for grouping in by if grouping in kept] or [
                runs.cells_table(snapshot_id, grid.hash)
            ]
            return runs.cells_at_most(cursor, known, MOST_GROUPS ** (len(by) - len(known)))

        def steps(by: By) -> Sequence[Step]:
            return cell_steps(runs.keys_table(snapshot_id, grid.hash), facts_table(snapshot_id), by)

        return stored_cells(_fetched(cursor, wish, steps, at_most), found, wish.names)


def under_two_grids(house: House, snapshot_id: str, grids: tuple[Grid, Grid], wish: Asked) -> Cells:
    """Cells of one snapshot under two grids: from its fine grid, or counted from its facts where that cannot say."""
    found = fine_grid(house, snapshot_id, grids[0]).cells(*grids, wish.names)
    if found is not None and len(found.before) <= LARGEST:
        return with_groups_that_occur(found)
    with house.store.read() as cursor:
        everyone = _customers(cursor, snapshot_id)

        def steps(by: By) -> Sequence[Step]:
            return pair_cell_steps(*grids, facts_table(snapshot_id), by)

        return cells_from(_fetched(cursor, wish, steps, lambda _: everyone), wish.names)


def between(house: House, before: tuple[str, Grid], after: tuple[str, Grid], wish: Asked) -> Cells:
    """Cells between two snapshots, each under its grid: kept for one grouping, counted now for several."""
    found = keys(house, *before), keys(house, *after)
    sides = (before[0], before[1].hash), (after[0], after[1].hash)
    if len(wish.by) == 1:
        with house.store.read() as cursor:
            table = runs.period_table(*sides, wish.by[0])
            if runs.has_table(cursor, table):
                return period_cells(runs.kept(cursor, table), *found, wish.names)
        with house.store.act() as cursor:
            table = ensure_period(cursor, DuckDBEngine(cursor), *sides, wish.by[0])
            return period_cells(runs.kept(cursor, table), *found, wish.names)
    with house.store.read() as cursor:
        everyone = sum(_customers(cursor, snapshot_id) for snapshot_id, _ in sides)
        tables = [(runs.keys_table(*side), facts_table(side[0])) for side in sides]

        def steps(by: By) -> Sequence[Step]:
            return period_cell_steps(*tables[0], *tables[1], by)

        return period_cells(_fetched(cursor, wish, steps, lambda _: everyone), *found, wish.names)


def _customers(cursor: Cursor, snapshot_id: str) -> int:
    snapshot = snapshots.get(cursor, snapshot_id)
    return snapshot.n_accepted if snapshot else 0


def _fetched(
    cursor: Cursor, wish: Asked, steps: Callable[[By], Sequence[Step]], at_most: Callable[[By], int]
) -> pa.Table:
    """The cells of a wish; raises ``RUN-007`` where they are too many, with those that would not be.

    ``at_most`` is a cheap bound; only where it is too high are the cells counted, in one scan that keeps none of them.
    """
    engine = DuckDBEngine(cursor)

    def size(by: By) -> int:
        bound = at_most(by)
        if bound <= LARGEST:
            return bound
        return int(engine.fetch([*steps(by), count_step(steps(by))], wish.tables)["n"][0].as_py())

    n = size(wish.by)
    if n > LARGEST:
        raise _too_many(wish.by, n, _coarser(wish.by, size))
    return engine.fetch(steps(wish.by), wish.tables)


def _coarser(by: By, size: Callable[[By], int]) -> list[By]:
    """The largest parts of a combination that would not be too many cells."""
    for n in range(len(by) - 1, 0, -1):
        if fitting := [part for part in combinations(by, n) if size(part) <= LARGEST]:
            return list(fitting)
    return []


def _too_many(by: By, n: int, coarser: Sequence[By]) -> TierdeskError:
    zh = "；".join("×".join(each.label.zh for each in part) for part in coarser)
    en = "; ".join(" by ".join(each.label.en.lower() for each in part) for part in coarser)
    asked_zh, asked_en = "×".join(each.label.zh for each in by), " by ".join(each.label.en.lower() for each in by)
    return TierdeskError(
        "RUN-007",
        Text(
            f"按{asked_zh}分组需要 {n:,} 个单元，上限为 {LARGEST:,}。",
            f"Grouped by {asked_en} there would be {n:,} cells; the most is {LARGEST:,}.",
        ),
        Text(
            f"可改用较粗的分组：{zh}。" if zh else "请减少标准的分档或条件。",
            f"Choose coarser groups: {en}." if en else "Use fewer bands or conditions in the standard.",
        ),
    )


def no_prior_tier() -> TierdeskError:
    """Nothing says the prior tiers that were asked for."""
    return TierdeskError(
        "RUN-006",
        Text(f"此处无法按「{PRIOR_LABEL.zh}」分组。", "Nobody can be grouped by the prior tier here."),
        Text(
            "需要更早一期已按本页标准评定，且两侧为同一期。",
            "It takes an earlier period classified by the standard of this page, and one period on both sides.",
        ),
    )
