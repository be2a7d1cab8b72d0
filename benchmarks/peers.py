"""The same standard as an analyst would write it with pandas and with Polars.

Both give the sums over all customers of score, tier, primary category and reasons, as the other variants do.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from analytics.classify.grid import Grid, Test, grid_of
from analytics.classify.verdict import gates_of
from analytics.intake.contract import Contract
from analytics.standard.model import Standard
from analytics.vocabulary import BASIS, Kind

Sums = tuple[int, int, int, int]


class Pandas:
    """``np.select`` over boolean columns."""

    def __init__(self, frame: Any, standard: Standard, contract: Contract) -> None:  # noqa: ANN401 - a pandas frame
        self.frame, self.standard, self.grid = frame, standard, grid_of(standard, contract)
        self.kinds = [(frame["kind"] == kind.code).to_numpy() for kind in Kind]

    def sums(self) -> Sums:
        score, refused, reasons = self._scored()
        rank = np.zeros(len(self.frame), np.int64)
        for kind, ours in zip(Kind, self.kinds, strict=True):
            base = self.standard.weight_sum(kind)
            for entry in self.standard.entries(kind):
                rank = rank + (ours & (score * BASIS >= entry * base))
        tier, met = self._gated(rank, refused)
        category = self._category()
        return int(np.where(refused, -1, score).sum()), int(tier.sum()), int(category.sum()), int((reasons + met).sum())

    def _scored(self) -> tuple[Any, Any, Any]:
        n = len(self.frame)
        score, refused, reasons = np.zeros(n, np.int64), np.zeros(n, bool), np.zeros(n, np.int64)
        for place, axis in enumerate(self.grid.axes):
            column, dimension = self.frame[axis.source[0][0]], self.standard.dimension[axis.name]
            missing = column.isna().to_numpy()
            for kind, ours in zip(Kind, self.kinds, strict=True):
                scale = dimension.scale(kind)
                if scale is None:
                    continue
                points = self._points(column, missing, scale, dimension.edges(kind), axis.slots[list(Kind).index(kind)])
                score = score + np.where(ours, points * scale.weight, 0)
                reasons = reasons + np.where(ours & missing, 1 << place, 0)
                if scale.missing_points is None:
                    refused = refused | (ours & missing)
        return score, refused, reasons

    @staticmethod
    def _points(column: Any, missing: Any, scale: Any, edges: Sequence[int], slots: Any) -> Any:  # noqa: ANN401
        if slots.codes:
            tests = [column.isin(codes).to_numpy() for codes in slots.codes]
            return np.select([missing, *tests], [scale.missing_points or 0, *scale.points], 0)
        tests = [(column >= edge).to_numpy() for edge in reversed(edges)]
        return np.select([missing, *tests], [scale.missing_points or 0, *reversed(scale.points[1:])], scale.points[0])

    def _gated(self, rank: Any, refused: Any) -> tuple[Any, Any]:  # noqa: ANN401
        n, top = len(self.frame), len(self.standard.tier) - 1
        cap, floor, bits = np.full(n, top), np.zeros(n, np.int64), np.zeros(n, np.int64)
        manual = np.zeros(n, bool)
        for place, (gate, flag) in enumerate(zip(gates_of(self.standard), self.grid.flags, strict=False)):
            met = np.zeros(n, bool)
            for ours, tests in zip(self.kinds, flag.tests, strict=True):
                if tests:
                    met = met | np.logical_and.reduce([ours, *(self._met(test) for test in tests)])
            bits = bits + np.where(met, 1 << (place + len(self.grid.axes)), 0)
            if gate.effect == "cap":
                cap = np.where(met, np.minimum(cap, self.standard.rank(gate.tier or "")), cap)
            elif gate.effect == "floor":
                floor = np.where(met, np.maximum(floor, self.standard.rank(gate.tier or "")), floor)
            else:
                manual = manual | met
        low = np.minimum(cap, np.maximum(floor, np.where(refused, 0, rank)))
        high = np.minimum(cap, np.maximum(floor, np.where(refused, top, rank)))
        return np.where(manual | (low != high), -1, low), bits

    def _met(self, test: Test) -> Any:  # noqa: ANN401
        column = self.frame[test.column]
        if test.flag is not None:
            return (column == test.flag).fillna(False).to_numpy(bool)
        if test.codes is not None:
            return column.isin(test.codes).to_numpy(bool)
        tests = [column >= test.at_least] if test.at_least is not None else []
        tests += [column < test.below] if test.below is not None else []
        return np.logical_and.reduce([each.fillna(False).to_numpy(bool) for each in tests])

    def _category(self) -> Any:  # noqa: ANN401
        reached = []
        for label in self.grid.labels:
            column = self.frame[label.column]
            person, enterprise = (least or 0 for least in label.at_least)
            least = np.where(self.kinds[0], person, enterprise)
            reached.append(np.where((column >= least).fillna(False).to_numpy(bool), column.fillna(0), -1))
        stacked = np.vstack(reached)
        return np.where(stacked.max(axis=0) < 0, 0, stacked.argmax(axis=0) + 1)


class Polars:
    """Lazy ``when / then`` expressions."""

    def __init__(self, frame: Any, standard: Standard, contract: Contract) -> None:  # noqa: ANN401 - a Polars frame
        import polars as pl

        self.pl, self.frame, self.standard = pl, frame, standard
        self.grid: Grid = grid_of(standard, contract)
        self.person = pl.col("kind") == Kind.PERSON.code

    def sums(self) -> Sums:
        pl = self.pl
        told = self._told().select(pl.all().cast(pl.Int64).sum()).collect().row(0)
        score, tier, category, reasons = (int(value) for value in told)
        return score, tier, category, reasons

    def results(self) -> Any:  # noqa: ANN401 - a Polars frame
        """Score, tier, category and reasons of every customer."""
        return self._told().collect()

    def _told(self) -> Any:  # noqa: ANN401 - a lazy Polars frame
        pl = self.pl
        score, refused, reasons = self._scored()
        cap, floor, manual, bits = self._gates()
        first = [score.alias("s"), refused.alias("r"), cap.alias("cap"), floor.alias("floor"), manual.alias("m")]
        unsettled = pl.col("m") | (self._bounded(0) != self._bounded(len(self.standard.tier) - 1))
        lazy = self.frame.lazy().with_columns(*first, (reasons + bits).alias("reasons"), self._category())
        return lazy.select(
            pl.when(pl.col("r")).then(-1).otherwise(pl.col("s")).alias("score"),
            pl.when(unsettled).then(-1).otherwise(self._bounded(0)).alias("tier"),
            pl.col("category"),
            pl.col("reasons"),
        )

    def _by_kind(self, person: Any, enterprise: Any) -> Any:  # noqa: ANN401
        return self.pl.when(self.person).then(person).otherwise(enterprise)

    def _scored(self) -> tuple[Any, Any, Any]:
        pl = self.pl
        score, refused, reasons = pl.lit(0, pl.Int64), pl.lit(value=False), pl.lit(0, pl.Int64)
        for place, axis in enumerate(self.grid.axes):
            sides = [self._side(axis, kind) for kind in range(len(Kind))]
            score = score + self._by_kind(sides[0][0], sides[1][0])
            refused = refused | self._by_kind(sides[0][1], sides[1][1])
            reasons = reasons + pl.when(self._by_kind(sides[0][2], sides[1][2])).then(1 << place).otherwise(0)
        return score, refused, reasons

    def _side(self, axis: Any, kind: int) -> tuple[Any, Any, Any]:  # noqa: ANN401
        pl, column, no = self.pl, self.pl.col(axis.source[0][0]), self.pl.lit(value=False)
        dimension, slots = self.standard.dimension[axis.name], axis.slots[kind]
        scale = dimension.scale(list(Kind)[kind])
        if scale is None:
            return pl.lit(0, pl.Int64), no, no
        chain: Any = pl.when(column.is_null()).then(scale.missing_points or 0)
        for codes, points in zip(slots.codes, scale.points, strict=False):
            chain = chain.when(column.is_in(list(codes))).then(points)
        edges = dimension.edges(list(Kind)[kind])
        for edge, points in zip(reversed(edges), reversed(scale.points[1:]), strict=False):
            chain = chain.when(column >= edge).then(points)
        refused = column.is_null() if scale.missing_points is None else no
        return chain.otherwise(scale.points[0]).cast(pl.Int64) * scale.weight, refused, column.is_null()

    def _bounded(self, unknown: int) -> Any:  # noqa: ANN401
        pl, ranks = self.pl, []
        for kind in Kind:
            base = self.standard.weight_sum(kind)
            tests = [(pl.col("s") * BASIS >= entry * base).cast(pl.Int64) for entry in self.standard.entries(kind)]
            ranks.append(sum(tests, pl.lit(0, pl.Int64)))
        rank = pl.when(pl.col("r")).then(unknown).otherwise(self._by_kind(*ranks))
        return pl.min_horizontal("cap", pl.max_horizontal("floor", rank))

    def _gates(self) -> tuple[Any, Any, Any, Any]:
        pl, top = self.pl, len(self.standard.tier) - 1
        cap, floor, manual, bits = pl.lit(top, pl.Int64), pl.lit(0, pl.Int64), pl.lit(value=False), pl.lit(0, pl.Int64)
        for place, (gate, flag) in enumerate(zip(gates_of(self.standard), self.grid.flags, strict=False)):
            met = pl.lit(value=False)
            for kind, tests in zip(Kind, flag.tests, strict=True):
                if tests:
                    met = met | pl.all_horizontal(pl.col("kind") == kind.code, *(self._met(test) for test in tests))
            met = met.fill_null(value=False)
            rank = pl.lit(self.standard.rank(gate.tier) if gate.tier else 0, pl.Int64)
            bits = bits + pl.when(met).then(1 << (place + len(self.grid.axes))).otherwise(0)
            if gate.effect == "cap":
                cap = pl.when(met).then(pl.min_horizontal(cap, rank)).otherwise(cap)
            elif gate.effect == "floor":
                floor = pl.when(met).then(pl.max_horizontal(floor, rank)).otherwise(floor)
            else:
                manual = manual | met
        return cap, floor, manual, bits

    def _met(self, test: Test) -> Any:  # noqa: ANN401
        column = self.pl.col(test.column)
        if test.flag is not None:
            return column == test.flag
        if test.codes is not None:
            return column.is_in(list(test.codes))
        tests = [column >= test.at_least] if test.at_least is not None else []
        tests += [column < test.below] if test.below is not None else []
        return self.pl.all_horizontal(*tests)

    def _category(self) -> Any:  # noqa: ANN401
        pl, reached = self.pl, []
        for label in self.grid.labels:
            least = self._by_kind(pl.lit(label.at_least[0]), pl.lit(label.at_least[1]))
            reached.append(pl.when(pl.col(label.column) >= least).then(pl.col(label.column)).otherwise(-1))
        largest = pl.max_horizontal(*reached)
        chain: Any = pl.when(largest < 0).then(0)
        for place, balance in enumerate(reached, 1):
            chain = chain.when(balance == largest).then(place)
        return chain.otherwise(0).alias("category")
