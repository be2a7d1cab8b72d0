"""The bins of the fine grid (L0): what a customer's codes are made of, whatever edges a standard puts between them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from analytics.classify.grid import Axis, Grid, Ints, Test
from analytics.classify.keys import predicate, source_value
from analytics.cube.cells import MEASURES
from analytics.cube.layers.ruler import Ruler, column_ruler, ruler_of
from analytics.intake.contract import Contract
from analytics.steps import Step
from analytics.vocabulary import Kind

Source = tuple[tuple[str, int], ...]
"""Columns with coefficients in percent, as an :class:`Axis` has them."""
Array = npt.NDArray[np.integer]
"""Codes, numbers of groups, or money."""
MISSING = -(2**62)
"""Stands for no value on the way from the engine; no amount is so small."""
BITS = 12
"""Conditions in one array of bits: a table over all that they can say is small."""


@dataclass(frozen=True, eq=False)
class Bins:
    """Amounts with their rulers, columns of codes with how many there are, and conditions that no one amount decides.

    Every code of a customer carries the kind: ``kind * width + code``.
    """

    amounts: tuple[tuple[Source, Ruler], ...]
    codes: tuple[tuple[str, int], ...]
    conditions: tuple[tuple[Test, ...], ...]

    @cached_property
    def hash(self) -> str:
        """Twelve hexadecimal digits that stand for the bins."""
        text = hashlib.sha256(f"tierdesk bins 1\n{self.codes!r}\n{self.conditions!r}".encode())
        for source, ruler in self.amounts:
            text.update(f"\n{source!r}".encode())
            text.update(ruler.marks.astype("<i8").tobytes())
        return text.hexdigest()[:12]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bins) and self.hash == other.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    def covers(self, grid: Grid) -> bool:
        """Whether every key of a grid can be told from the codes."""
        sources, columns = {source for source, _ in self.amounts}, {column for column, _ in self.codes}
        for axis in grid.axes:
            if axis.source[0][0] not in columns if is_coded(axis) else axis.source not in sources:
                return False
        free = {grid.flags[place].tests[kind] or () for kind in range(len(Kind)) for place in grid.free(kind)}
        return all(each in self.conditions or any(asks_only_for(each, source) for source in sources) for each in free)

    @property
    def bits(self) -> tuple[tuple[tuple[Test, ...], ...], ...]:
        """The conditions of each array of bits; there is always one."""
        return tuple(self.conditions[start : start + BITS] for start in range(0, max(1, len(self.conditions)), BITS))

    def width(self, place: int) -> int:
        """Codes of the amount at ``place`` for one kind, the missing one among them."""
        return self.amounts[place][1].missing + 1

    def raw(self, place: int) -> str:
        """Array of the amounts themselves at ``place``, which tells who reaches an edge beside the marks."""
        source = self.amounts[place][0]
        return source[0][0] if source in {((measure, 100),) for measure in MEASURES} else f"raw{place}"

    def steps(self, facts: str, groups: Mapping[str, str]) -> tuple[Step, ...]:
        """SQL for what is coded: one row a customer, in any order. ``groups``: expressions over facts ``f``."""
        columns = ["CAST(kind AS SMALLINT) AS kind"]
        columns += [
            f"CAST(COALESCE({source_value(source)}, {MISSING}) AS BIGINT) AS amount{place}"
            for place, (source, _) in enumerate(self.amounts)
        ]
        columns += [
            f"CAST(COALESCE({column}, {n}) AS INTEGER) AS code{place}" for place, (column, n) in enumerate(self.codes)
        ]
        columns += [
            f"CAST({_bits(conditions)} AS INTEGER) AS bits{place}" for place, conditions in enumerate(self.bits)
        ]
        columns += [f"CAST(COALESCE({measure}, 0) AS BIGINT) AS {measure}" for measure in MEASURES[1:]]
        columns += [f"{expression} AS group_{name}" for name, expression in groups.items()]
        return (Step("fine", f"SELECT {', '.join(columns)}\nFROM {facts} AS f"),)

    def encoded(self, rows: pa.RecordBatch, groups: Mapping[str, "Dictionary"]) -> dict[str, Array]:
        """The arrays of some customers, by name, out of the rows of :meth:`steps`."""
        kind = _numbers(rows, "kind") - 1
        found: dict[str, Array] = {}
        for place, (_, ruler) in enumerate(self.amounts):
            values = _numbers(rows, f"amount{place}")
            absent = values == MISSING
            codes = np.where(absent, ruler.missing, ruler.codes(values))
            found[f"amount{place}"] = (codes + kind * self.width(place)).astype(np.uint16)
            if ruler.is_coarse and self.raw(place) not in MEASURES:
                found[self.raw(place)] = values
        for place, (_, n) in enumerate(self.codes):
            found[f"code{place}"] = (_numbers(rows, f"code{place}") + kind * (n + 1)).astype(np.uint16)
        for place, conditions in enumerate(self.bits):
            found[f"bits{place}"] = (_numbers(rows, f"bits{place}") | kind << len(conditions)).astype(np.uint16)
        found |= {measure: _numbers(rows, measure) for measure in MEASURES[1:]}
        return found | {f"group_{name}": known.encoded(rows[f"group_{name}"]) for name, known in groups.items()}


class Dictionary:
    """Words numbered in the order in which they come."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self._places)

    def encoded(self, column: pa.Array) -> npt.NDArray[np.uint16]:
        """Numbers for words; no word counts as the empty one."""
        coded = pc.fill_null(column.cast(pa.string()), "").dictionary_encode()
        places = [self._places.setdefault(word, len(self._places)) for word in coded.dictionary.to_pylist()]
        numbers: npt.NDArray[np.uint16] = np.array(places, np.uint16)[coded.indices.to_numpy()]
        return numbers


def _bits(conditions: Sequence[tuple[Test, ...]]) -> str:
    met = [f"CASE WHEN {predicate(tests)} THEN {1 << place} ELSE 0 END" for place, tests in enumerate(conditions)]
    return " + ".join(["0", *met])


def _numbers(rows: pa.RecordBatch, name: str) -> Ints:
    numbers: Ints = rows[name].to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers


def bins_of(grid: Grid, contract: Contract) -> Bins:
    """The bins over everything that a grid reads: the same for every grid that differs in edges only."""
    amounts: dict[Source, Ruler] = {}
    codes: dict[str, int] = {}
    for axis in grid.axes:
        if is_coded(axis):
            column = contract[axis.source[0][0]]
            codes[column.name] = len(column.codes) + 1
        else:
            amounts[axis.source] = ruler_of(axis, contract)
    conditions = {grid.flags[place].tests[kind] or () for kind in range(len(Kind)) for place in grid.free(kind)}
    mixed = set()
    for tests in conditions:
        source = ((tests[0].column, 100),)
        if asks_only_for(tests, source):
            amounts.setdefault(source, column_ruler(contract[tests[0].column]))
        else:
            mixed.add(tests)
    ordered = sorted(amounts.items(), key=lambda item: item[0])
    return Bins(tuple(ordered), tuple(sorted(codes.items())), tuple(sorted(mixed, key=repr)))


def asks_only_for(tests: tuple[Test, ...], source: Source) -> bool:
    """Whether a condition is decided by the amount of one column."""
    return all(test.has_amount and ((test.column, 100),) == source for test in tests)


def is_coded(axis: Axis) -> bool:
    """Whether a dimension is cut by codes, not by amounts."""
    return any(slots is not None and slots.codes for slots in axis.slots)
