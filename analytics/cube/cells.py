"""Cells: how many customers, with how much, stand on each signature in each region."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analytics.classify.grid import Grid, Ints
from analytics.classify.keys import pair_steps
from analytics.steps import Step

MEASURES = ("customers", "assets", "contribution")
SUMS = (
    "CAST(COUNT(*) AS BIGINT) AS customers, CAST(SUM(COALESCE(f.assets, 0)) AS BIGINT) AS assets, "
    "CAST(SUM(COALESCE(f.contribution, 0)) AS BIGINT) AS contribution"
)
"""Money is summed over the customers whose amount is known; 64 bits hold a billion customers."""


@dataclass(frozen=True, slots=True)
class CellKeys:
    """The keys that occur in a snapshot under a grid, ascending, and the cell number of each, ascending too."""

    cells: Ints
    keys: Ints

    def key_of(self, cells: Ints) -> Ints:
        """The key of each cell; :data:`NOT_THERE` stays."""
        found: Ints = self.keys[self.place_of(np.maximum(cells, self.cells[0]))] if len(self.cells) else cells
        return np.where(cells == NOT_THERE, NOT_THERE, found)

    def place_of(self, cells: Ints) -> Ints:
        """The place of each cell among those that occur."""
        places: Ints = np.searchsorted(self.cells, cells)
        return places


NOT_THERE = -1
"""Key or cell of a customer who is not in a snapshot."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Population in cells: ``before`` and ``after`` are keys under two grids (the same array under one).

    ``group`` indexes ``groups``; ``sums`` is (measures, n) in the order of :data:`MEASURES`, money in minor units.
    Between two snapshots ``sums`` holds the money of the later one and ``earlier`` that of the earlier one.
    """

    before: Ints
    after: Ints
    group: Ints
    groups: tuple[str, ...]
    sums: Ints
    earlier: Ints | None = None


def cell_steps(keys: str, facts: str) -> tuple[Step, ...]:
    """Cells of stored keys by region: cell, region, customers, assets, contribution."""
    return (_grouped("cell", "COALESCE(f.region, '')", "region", keys, facts),)


def mix_steps(keys: str, facts: str) -> tuple[Step, ...]:
    """Categories of stored keys: cell, category, customers, assets, contribution."""
    return (_grouped("cell", "k.category", "category", keys, facts),)


def _grouped(key: str, group: str, name: str, keys: str, facts: str) -> Step:
    return Step(
        "grouped",
        f"SELECT k.{key} AS {key}, {group} AS {name}, {SUMS}\n"
        f"FROM {keys} AS k JOIN {facts} AS f ON k.position = f.position\n"
        f"GROUP BY k.{key}, {group} ORDER BY k.{key}, {group}",
    )


def pair_cell_steps(before: Grid, after: Grid, facts: str) -> tuple[Step, ...]:
    """Cells under two grids at once: key_before, key_after, region, sums."""
    return (
        *pair_steps(before, after, facts),
        Step(
            "cells",
            f"SELECT k.key_before AS key_before, k.key_after AS key_after, COALESCE(f.region, '') AS region, {SUMS}\n"
            f"FROM keys AS k JOIN {facts} AS f ON k.position = f.position\n"
            "GROUP BY k.key_before, k.key_after, COALESCE(f.region, '')",
        ),
    )


def period_cell_steps(keys_before: str, facts_before: str, keys_after: str, facts_after: str) -> tuple[Step, ...]:
    """Cells between two snapshots: a cell of -1 stands for a customer who is not there in that period.

    The region is that of the later snapshot, of the earlier one for customers who have left. Money is summed as it was
    in each of the two; customers who have left bring their last amount to the later sums, new ones their first to the
    earlier, so that every cell of a migration has a size.
    """

    def side(keys: str, facts: str) -> str:
        return (
            "SELECT k.position AS position, k.cell AS cell, f.region AS region, f.assets AS assets, "
            f"f.contribution AS contribution FROM {keys} AS k JOIN {facts} AS f ON k.position = f.position"
        )

    def told(first: str, second: str, name: str, alias: str) -> str:
        return f"CASE WHEN {first}.position IS NULL THEN {second}.{name} ELSE {first}.{name} END AS {alias}"

    money = ("assets", "contribution")
    columns = [told("b", "a", "region", "region"), *(told("b", "a", name, name) for name in money)]
    columns += [told("a", "b", name, f"{name}_earlier") for name in money]
    earlier = ", ".join(f"CAST(SUM(COALESCE(f.{name}_earlier, 0)) AS BIGINT) AS {name}_earlier" for name in money)
    return (
        Step("earlier", side(keys_before, facts_before)),
        Step("later", side(keys_after, facts_after)),
        Step(
            "joined",
            f"SELECT COALESCE(a.cell, -1) AS before, COALESCE(b.cell, -1) AS after, {', '.join(columns)}\n"
            "FROM earlier AS a FULL OUTER JOIN later AS b ON a.position = b.position",
        ),
        Step(
            "cells",
            f"SELECT f.before AS before, f.after AS after, COALESCE(f.region, '') AS region, {SUMS}, {earlier}\n"
            "FROM joined AS f GROUP BY f.before, f.after, COALESCE(f.region, '')",
        ),
    )


def cells_from(table: pa.Table) -> Cells:
    """Cells from an engine's answer with key_before, key_after, region and sums."""
    groups, index = np.unique(np.asarray(table["region"].to_pylist(), dtype=object).astype(str), return_inverse=True)
    sums = np.vstack([ints(table, measure) for measure in MEASURES])
    before, after = ints(table, "key_before"), ints(table, "key_after")
    names = ["customers", *(f"{measure}_earlier" for measure in MEASURES[1:])]
    earlier = np.vstack([ints(table, name) for name in names]) if names[1] in table.column_names else None
    return Cells(before, after, index.astype(np.int64), tuple(str(group) for group in groups), sums, earlier)


def stored_cells(table: pa.Table, keys: CellKeys) -> Cells:
    """Cells of one snapshot under one grid."""
    key = pa.array(keys.key_of(ints(table, "cell")))
    return cells_from(table.append_column("key_before", key).append_column("key_after", key))


def period_cells(table: pa.Table, before: CellKeys, after: CellKeys) -> Cells:
    """Cells between two snapshots, keys in place of cell numbers."""
    table = table.append_column("key_before", pa.array(before.key_of(ints(table, "before"))))
    return cells_from(table.append_column("key_after", pa.array(after.key_of(ints(table, "after")))))


def ints(table: pa.Table, name: str) -> Ints:
    """A column as 64-bit integers."""
    values: npt.NDArray[np.int64] = table[name].to_numpy().astype(np.int64)
    return values
