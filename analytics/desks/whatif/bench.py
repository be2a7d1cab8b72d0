"""The threshold bench: a draft against the standard in force, on the whole population.

It changes no standard and keeps no result. Where a snapshot has no keys yet under the grid of a side, it makes and
keeps them as a run would (two grids on one snapshot are recounted without), and it notes every list that leaves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.classify.grid import Grid, Ints, grid_of
from analytics.classify.verdict import NONE, judge, n_states
from analytics.cube.cells import NOT_THERE, CellKeys, Cells
from analytics.cube.groupings import PRIOR_TIER, REGION
from analytics.cube.layers.signature_layer import SignatureLayer, signature_layer
from analytics.cube.mover_words import told_step
from analytics.cube.movers import Selection, mover_steps, period_mover_steps
from analytics.cube.recount import Migration, Staffing, migrate, staffing
from analytics.desks.data.leaving import leave
from analytics.desks.data.regions import region_names
from analytics.desks.house import House
from analytics.desks.runs.fitness import require_fit
from analytics.desks.whatif import layers
from analytics.desks.whatif.layers import Asked
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from analytics.standard.canon import standard_hash
from analytics.standard.model import Standard
from analytics.steps import Step
from analytics.store import runs
from analytics.store.snapshots import facts_table, profile_table
from analytics.vocabulary import Text

USUAL = (REGION,)
"""What pages group by unless they say otherwise."""
LISTED = 1000
"""Customers that a page lists at most; the download has them all."""


@dataclass(frozen=True)
class Trial:
    """What a draft would do: who moves, and what serving everyone takes before and after."""

    migration: Migration
    staff_before: tuple[Staffing, ...]
    staff_after: tuple[Staffing, ...]


@dataclass(frozen=True)
class Side:
    """One side of a migration: a snapshot under a standard."""

    snapshot_id: str
    standard: Standard


@dataclass(frozen=True)
class Counted:
    """A population in cells, and the two standards over it, each with its grid: what every what-if is worked out on."""

    cells: Cells
    before: tuple[Standard, Grid]
    after: tuple[Standard, Grid]


def counted(house: House, before: Side, after: Side, *, grouping: Sequence[str] = USUAL) -> Counted:
    """The population between two sides by one grouping or several; raises as :func:`compare` does."""
    _require_fit(house, before, after)
    grids = grid_of(before.standard, house.contract), grid_of(after.standard, house.contract)
    cells = _cells(house, before, after, grids, grouping)
    return Counted(cells, (before.standard, grids[0]), (after.standard, grids[1]))


def population(house: House, before: Side, after: Side, grouping: Sequence[str] = USUAL) -> Callable[[Grid], Cells]:
    """How the population between two sides is counted where the later one has a grid of another's making."""
    _require_fit(house, before, after)
    old = grid_of(before.standard, house.contract)
    return lambda grid: _cells(house, before, after, (old, grid), grouping)


def trial(
    house: House, snapshot_id: str, baseline: Standard, draft: Standard, grouping: Sequence[str] = USUAL
) -> Trial:
    """Recount the whole population under a draft; raises ``CLASSIFY-001`` where all weights of a kind are zero."""
    return compare(house, Side(snapshot_id, baseline), Side(snapshot_id, draft), grouping=grouping)


def compare(house: House, before: Side, after: Side, *, grouping: Sequence[str] = USUAL) -> Trial:
    """Migration between two standards, two snapshots, or both, by the groups of one grouping or several.

    Raises ``RUN-001`` to ``-003`` where a snapshot does not fit its standard, ``-004`` for two currencies, ``-005``
    for a grouping that does not exist, ``-006`` where no period before says the prior tier, ``-007`` where there would
    be too many cells.
    """
    migration = _migration(house, before, after, grouping)
    return Trial(
        migration,
        staffing(before.standard, migration.distribution("before").tolist()),
        staffing(after.standard, migration.distribution("after").tolist()),
    )


def has_prior_tier(house: House, side: Side) -> bool:
    """Whether an earlier period can say where the customers of a side stood."""
    grid = grid_of(side.standard, house.contract)
    return layers.period_before(house, side.snapshot_id, grid) is not None


def movers(
    house: House, before: Side, after: Side, selection: Selection, *, limit: int = LISTED
) -> tuple[pa.Table, int]:
    """Customers of a selection, largest assets first, and how many there are in all."""
    steps, tables = _mover_query(house, before, after, selection)
    count = Step("counted", "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM listed")
    page = Step("page", f"SELECT * FROM listed ORDER BY assets DESC NULLS LAST, customer_id LIMIT {limit}")
    with house.store.read() as cursor:
        engine = DuckDBEngine(cursor)
        return engine.fetch([*steps, page], tables), int(engine.fetch([*steps, count], tables)["n"][0].as_py())


def movers_csv(
    house: House, before: Side, after: Side, selection: Selection, path: Path, *, actor: str, language: str = "en"
) -> int:
    """Every customer of a selection into a CSV in words, for Excel (UTF-8 with its mark); returns how many.

    The event comes before the file: no list leaves that nobody knows of.
    """
    steps, tables = _mover_query(house, before, after, selection)
    told = told_step(house.contract, (before.standard, after.standard), language, regions=region_names())
    body = _exported(before, after)
    return leave(house, [*steps, told], tables, path, actor=actor, kind="movers.exported", body=body)


def _exported(before: Side, after: Side) -> dict[str, object]:
    """What the event of a list says beside how many it names."""
    return {
        "snapshots": [before.snapshot_id, after.snapshot_id],
        "standards": [standard_hash(before.standard), standard_hash(after.standard)],
    }


def _require_fit(house: House, before: Side, after: Side) -> None:
    with house.store.read() as cursor:
        for side in (before, after):
            require_fit(cursor, side.snapshot_id, side.standard)
    currencies = [side.standard.standard.currency for side in (before, after)]
    if currencies[0] != currencies[1]:
        raise TierdeskError(
            "RUN-004",
            Text(f"两侧币种不同：{'、'.join(currencies)}。", f"The two sides are in {' and '.join(currencies)}."),
            Text("请选择同一币种的两侧。", "Choose two sides in one currency."),
        )


def _mover_query(
    house: House, before: Side, after: Side, selection: Selection
) -> tuple[Sequence[Step], dict[str, pa.Table]]:
    _require_fit(house, before, after)
    old, new = grid_of(before.standard, house.contract), grid_of(after.standard, house.contract)
    if before.snapshot_id == after.snapshot_id:
        cells = _cells(house, before, after, (old, new))
        facts = facts_table(before.snapshot_id)
        steps = mover_steps(old, new, facts, profile_table(before.snapshot_id), selection)
        tables = {
            "verdict_before": _verdicts_by_key(before.standard, old, np.unique(cells.before)),
            "verdict_after": _verdicts_by_key(after.standard, new, np.unique(cells.after)),
        }
        return steps, tables
    keys = [layers.keys(house, side.snapshot_id, grid) for side, grid in ((before, old), (after, new))]
    sides = (before.snapshot_id, after.snapshot_id)
    steps = period_mover_steps(
        (runs.keys_table(sides[0], old.hash), runs.keys_table(sides[1], new.hash)),
        (facts_table(sides[0]), facts_table(sides[1])),
        (profile_table(sides[0]), profile_table(sides[1])),
        selection,
    )
    tables = {
        "verdict_before": _verdicts_by_cell(before.standard, old, keys[0]),
        "verdict_after": _verdicts_by_cell(after.standard, new, keys[1]),
    }
    return steps, tables


def _verdicts_by_key(standard: Standard, grid: Grid, keys: Ints) -> pa.Table:
    verdicts = judge(standard, grid, keys)
    return pa.table({"key": keys, "state": verdicts.state(len(standard.tier)), "score": verdicts.score})


def _verdicts_by_cell(standard: Standard, grid: Grid, found: CellKeys) -> pa.Table:
    """With one row more, for customers who are not in the snapshot."""
    verdicts = judge(standard, grid, found.keys)
    state = np.append(verdicts.state(len(standard.tier)), n_states(standard))
    cells, score = np.append(found.cells, NOT_THERE), np.append(verdicts.score, NONE)
    return pa.table({"cell": cells, "state": state, "score": score})


def _migration(house: House, before: Side, after: Side, grouping: Sequence[str]) -> Migration:
    """Between two snapshots from cells; on one, from the signature layer, which the next draft finds made."""
    found = counted(house, before, after, grouping=grouping)
    if before.snapshot_id != after.snapshot_id:
        return migrate(found.cells, found.before, found.after)
    return _signatures(_Layer(found)).migration(after.standard)


@dataclass(frozen=True)
class _Layer:
    """Names a signature layer by what it holds: cells, a law, and of a draft what weights and points leave alone."""

    found: Counted

    def __hash__(self) -> int:
        return hash(self._name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Layer) and self._name == other._name

    @property
    def _name(self) -> tuple[object, ...]:
        draft, grid = self.found.after
        gates = tuple((gate.id, gate.effect, gate.tier) for gate in draft.gate)
        tiers = tuple((tier.id, tier.name) for tier in draft.tier)
        return id(self.found.cells), standard_hash(self.found.before[0]), grid.hash, gates, tiers


@lru_cache(maxsize=6)
def _signatures(layer: _Layer) -> SignatureLayer:
    found = layer.found  # the cache keeps it, so that no other cells can take the same id
    return signature_layer(found.cells, found.before, found.after)


def _cells(house: House, before: Side, after: Side, grids: tuple[Grid, Grid], grouping: Sequence[str] = USUAL) -> Cells:
    if PRIOR_TIER in grouping and before.snapshot_id != after.snapshot_id:
        raise layers.no_prior_tier()
    wish = layers.asked(house, before.snapshot_id, grouping, before.standard, grids[0])
    return _cached_cells(_Key(house, before.snapshot_id, after.snapshot_id, *grids, wish))


@dataclass(frozen=True)
class _Key:
    """Names the cells by the hashes of what they are made from, so that nothing stale can be asked."""

    house: House
    before: str
    after: str
    old: Grid
    new: Grid
    wish: Asked

    def __hash__(self) -> int:
        return hash(self._name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._name == other._name

    @property
    def _name(self) -> tuple[str, ...]:
        made_from = (str(self.house.store.path), self.before, self.after, self.old.hash, self.new.hash, self.wish.mark)
        return (*made_from, *(grouping.hash for grouping in self.wish.by))


@lru_cache(maxsize=12)
def _cached_cells(key: _Key) -> Cells:
    house, old, new = key.house, key.old, key.new
    if key.before != key.after:
        return layers.between(house, (key.before, old), (key.after, new), key.wish)
    if old.hash == new.hash:
        return layers.under_one_grid(house, key.before, old, key.wish)
    return layers.under_two_grids(house, key.before, (old, new), key.wish)
