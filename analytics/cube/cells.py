"""Cells: how many customers, with how much, stand on each signature in each group."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from analytics.classify.grid import Grid, Ints
from analytics.classify.keys import pair_steps
from analytics.cube.groupings import BY_REGION, Grouping, joined
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


By = Sequence[Grouping]
"""What customers are grouped by: nothing, one grouping, or several at once; each is a column of its own name."""
USUAL = (BY_REGION,)


def cell_steps(keys: str, facts: str, by: By = USUAL) -> tuple[Step, ...]:
    """Cells of stored keys by group: cell, a column for each grouping, customers, assets, contribution."""
    return (_grouped(["k.cell AS cell", *_groups(by)], keys, facts, by),)


def mix_steps(keys: str, facts: str) -> tuple[Step, ...]:
    """Categories of stored keys: cell, category, customers, assets, contribution."""
    return (_grouped(["k.cell AS cell", "k.category AS category"], keys, facts),)


def _groups(by: By) -> list[str]:
    return [f"{grouping.value} AS {grouping.name}" for grouping in by]


def _grouped(columns: list[str], keys: str, facts: str, by: By = ()) -> Step:
    places = ", ".join(str(place) for place in range(1, len(columns) + 1))
    return Step(
        "grouped",
        f"SELECT {', '.join(columns)}, {SUMS}\n{_joined(keys, facts, by)}\nGROUP BY {places} ORDER BY {places}",
    )


def _joined(keys: str, facts: str, by: By) -> str:
    beside = "".join(grouping.beside for grouping in by)
    return f"FROM {keys} AS k JOIN {facts} AS f ON k.position = f.position{beside}"


def count_step(steps: Sequence[Step]) -> Step:
    """How many rows the last of some steps has: one row, ``n``."""
    return Step("counted", f"SELECT CAST(COUNT(*) AS BIGINT) AS n FROM {steps[-1].name}")


def pair_cell_steps(before: Grid, after: Grid, facts: str, by: By = USUAL) -> tuple[Step, ...]:
    """Cells under two grids at once: key_before, key_after, a column for each grouping, sums."""
    columns = ["k.key_before AS key_before", "k.key_after AS key_after", *_groups(by)]
    return (*pair_steps(before, after, facts), _grouped(columns, "keys", facts, by))


def period_cell_steps(
    keys_before: str, facts_before: str, keys_after: str, facts_after: str, by: By = USUAL
) -> tuple[Step, ...]:
    """Cells between two snapshots: a cell of -1 stands for a customer who is not there in that period.

    The group is that of the later snapshot, of the earlier one for customers who have left. Money is summed as it was
    in each of the two; customers who have left bring their last amount to the later sums, new ones their first to the
    earlier, so that every cell of a migration has a size.
    """

    def side(keys: str, facts: str) -> str:
        columns = ["k.position AS position", "k.cell AS cell", *_groups(by), "f.assets AS assets"]
        return f"SELECT {', '.join(columns)}, f.contribution AS contribution {_joined(keys, facts, by)}"

    def told(first: str, second: str, name: str, alias: str) -> str:
        return f"CASE WHEN {first}.position IS NULL THEN {second}.{name} ELSE {first}.{name} END AS {alias}"

    money, names = ("assets", "contribution"), [grouping.name for grouping in by]
    columns = [told("b", "a", name, name) for name in (*names, *money)]
    columns += [told("a", "b", name, f"{name}_earlier") for name in money]
    earlier = ", ".join(f"CAST(SUM(COALESCE(f.{name}_earlier, 0)) AS BIGINT) AS {name}_earlier" for name in money)
    cell = ", ".join(f"f.{name}" for name in ("before", "after", *names))
    return (
        Step("earlier", side(keys_before, facts_before)),
        Step("later", side(keys_after, facts_after)),
        Step(
            "joined",
            f"SELECT COALESCE(a.cell, -1) AS before, COALESCE(b.cell, -1) AS after, {', '.join(columns)}\n"
            "FROM earlier AS a FULL OUTER JOIN later AS b ON a.position = b.position",
        ),
        Step("cells", f"SELECT {cell}, {SUMS}, {earlier}\nFROM joined AS f GROUP BY {cell}"),
    )


def cells_from(table: pa.Table, names: Sequence[str] = (BY_REGION.name,)) -> Cells:
    """Cells from an engine's answer with key_before, key_after, a column for each grouping named, and sums."""
    groups, index = _group_index(table, names)
    sums = np.vstack([ints(table, measure) for measure in MEASURES])
    before, after = ints(table, "key_before"), ints(table, "key_after")
    measures = ["customers", *(f"{measure}_earlier" for measure in MEASURES[1:])]
    earlier = np.vstack([ints(table, name) for name in measures]) if measures[1] in table.column_names else None
    return Cells(before, after, index, groups, sums, earlier)


def _group_index(table: pa.Table, names: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """Every group that occurs, in order, and the place of each row's among them; without a grouping all are one."""
    index, words = np.zeros(table.num_rows, np.int64), [""]
    for at, name in enumerate(names):
        values = table[name].combine_chunks().dictionary_encode()
        found = values.dictionary.to_pylist()
        places, index = np.unique(index * len(found) + values.indices.to_numpy(), return_inverse=True)
        pairs = [divmod(int(place), len(found)) for place in places]
        words = [joined([words[old], found[new]]) if at else found[new] for old, new in pairs]
    order = np.argsort(np.asarray(words, dtype=object), kind="stable")
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    return tuple(words[place] for place in order), ranks[index]


def with_groups_that_occur(cells: Cells) -> Cells:
    """The same cells without the groups that nobody is in."""
    places, index = np.unique(cells.group, return_inverse=True)
    return replace(cells, group=index, groups=tuple(cells.groups[place] for place in places))


def stored_cells(table: pa.Table, keys: CellKeys, names: Sequence[str] = (BY_REGION.name,)) -> Cells:
    """Cells of one snapshot under one grid."""
    key = pa.array(keys.key_of(ints(table, "cell")))
    return cells_from(table.append_column("key_before", key).append_column("key_after", key), names)


def period_cells(table: pa.Table, before: CellKeys, after: CellKeys, names: Sequence[str] = (BY_REGION.name,)) -> Cells:
    """Cells between two snapshots, keys in place of cell numbers."""
    table = table.append_column("key_before", pa.array(before.key_of(ints(table, "before"))))
    return cells_from(table.append_column("key_after", pa.array(after.key_of(ints(table, "after")))), names)


def ints(table: pa.Table, name: str) -> Ints:
    """A column as 64-bit integers."""
    values: npt.NDArray[np.int64] = table[name].to_numpy().astype(np.int64)
    return values
