"""The same standard as an analyst would write it with pandas and with Polars: score and tier of every customer."""

from typing import Any

import numpy as np

from analytics.classify.grid import Test, grid_of
from analytics.classify.verdict import gates_of
from analytics.intake.contract import Contract
from analytics.standard.model import Standard
from analytics.vocabulary import BASIS, Kind


def with_pandas(frame: Any, standard: Standard, contract: Contract) -> tuple[int, int]:  # noqa: ANN401
    """``np.select`` over boolean columns; returns the sums of scores and of tiers."""
    grid = grid_of(standard, contract)
    score, refused = np.zeros(len(frame), np.int64), np.zeros(len(frame), bool)
    for axis in grid.axes:
        column, dimension = frame[axis.source[0][0]], standard.dimension[axis.name]
        missing = column.isna().to_numpy()
        for kind, bands in zip(Kind, axis.bands, strict=True):
            scale = dimension.scale(kind)
            if scale is None or bands is None:
                continue
            ours = (frame["kind"] == kind.code).to_numpy()
            if bands.codes:
                tests = [column.isin(codes).to_numpy() for codes in bands.codes]
                points = np.select([missing, *tests], [scale.missing_points or 0, *scale.points], 0)
            else:
                tests = [(column >= edge).to_numpy() for edge in reversed(bands.edges)]
                values = [scale.missing_points or 0, *reversed(scale.points[1:])]
                points = np.select([missing, *tests], values, scale.points[0])
            score += np.where(ours, points * scale.weight, 0)
            if scale.missing_points is None:
                refused |= ours & missing
    rank = np.zeros(len(frame), np.int64)
    for kind in Kind:
        ours = (frame["kind"] == kind.code).to_numpy()
        for entry in standard.entries(kind):
            rank += ours & (score * BASIS >= entry * standard.weight_sum(kind))
    top = len(standard.tier) - 1
    cap, floor = np.full(len(frame), top), np.zeros(len(frame), np.int64)
    manual = np.zeros(len(frame), bool)
    for gate, flag in zip(gates_of(standard), grid.flags, strict=False):
        met = np.zeros(len(frame), bool)
        for kind, tests_of_kind in zip(Kind, flag.tests, strict=True):
            if tests_of_kind:
                hit = (frame["kind"] == kind.code).to_numpy()
                for test in tests_of_kind:
                    hit = hit & _pandas_test(frame, test)
                met = met | hit
        if gate.effect == "cap":
            cap = np.where(met, np.minimum(cap, standard.rank(gate.tier or "")), cap)
        elif gate.effect == "floor":
            floor = np.where(met, np.maximum(floor, standard.rank(gate.tier or "")), floor)
        else:
            manual |= met
    low = np.minimum(cap, np.maximum(floor, np.where(refused, 0, rank)))
    high = np.minimum(cap, np.maximum(floor, np.where(refused, top, rank)))
    tier = np.where(manual | (low != high), -1, low)
    return int(np.where(refused, -1, score).sum()), int(tier.sum())


def _pandas_test(frame: Any, test: Test) -> np.ndarray:  # type: ignore[type-arg]  # noqa: ANN401
    column = frame[test.column]
    if test.flag is not None:
        return (column == test.flag).fillna(False).to_numpy(bool)
    if test.codes is not None:
        return column.isin(test.codes).to_numpy(bool)
    hit = np.ones(len(frame), bool)
    if test.at_least is not None:
        hit &= (column >= test.at_least).fillna(False).to_numpy(bool)
    if test.below is not None:
        hit &= (column < test.below).fillna(False).to_numpy(bool)
    return hit


def with_polars(frame: Any, standard: Standard, contract: Contract) -> tuple[int, int]:  # noqa: ANN401
    """Lazy ``when / then`` expressions; returns the sums of scores and of tiers."""
    import polars as pl

    grid = grid_of(standard, contract)
    person = pl.col("kind") == Kind.PERSON.code
    score, refused = pl.lit(0, pl.Int64), pl.lit(value=False)
    for axis in grid.axes:
        column, dimension = pl.col(axis.source[0][0]), standard.dimension[axis.name]
        sides, absent = [], []
        for kind, bands in zip(Kind, axis.bands, strict=True):
            scale = dimension.scale(kind)
            if scale is None or bands is None:
                sides.append(pl.lit(0, pl.Int64))
                absent.append(pl.lit(value=False))
                continue
            chain: Any = pl.when(column.is_null()).then(scale.missing_points or 0)
            if bands.codes:
                for codes, points in zip(bands.codes, scale.points, strict=True):
                    chain = chain.when(column.is_in(list(codes))).then(points)
                chain = chain.otherwise(0)
            else:
                for edge, points in zip(reversed(bands.edges), reversed(scale.points[1:]), strict=True):
                    chain = chain.when(column >= edge).then(points)
                chain = chain.otherwise(scale.points[0])
            sides.append(chain.cast(pl.Int64) * scale.weight)
            absent.append(column.is_null() if scale.missing_points is None else pl.lit(value=False))
        score = score + pl.when(person).then(sides[0]).otherwise(sides[1])
        refused = refused | pl.when(person).then(absent[0]).otherwise(absent[1])
    ranks = []
    for kind in Kind:
        base = standard.weight_sum(kind)
        ranks.append(sum(((pl.col("score") * BASIS >= entry * base).cast(pl.Int64) for entry in standard.entries(kind)), pl.lit(0, pl.Int64)))
    top = len(standard.tier) - 1
    cap, floor, manual = pl.lit(top, pl.Int64), pl.lit(0, pl.Int64), pl.lit(value=False)
    for gate, flag in zip(gates_of(standard), grid.flags, strict=False):
        met = pl.lit(value=False)
        for kind, tests in zip(Kind, flag.tests, strict=True):
            if tests:
                hit = pl.col("kind") == kind.code
                for test in tests:
                    hit = hit & _polars_test(pl, test)
                met = met | hit
        met = met.fill_null(value=False)
        rank = standard.rank(gate.tier) if gate.tier else 0
        if gate.effect == "cap":
            cap = pl.when(met).then(pl.min_horizontal(cap, pl.lit(rank, pl.Int64))).otherwise(cap)
        elif gate.effect == "floor":
            floor = pl.when(met).then(pl.max_horizontal(floor, pl.lit(rank, pl.Int64))).otherwise(floor)
        else:
            manual = manual | met
    rank_of = pl.when(person).then(ranks[0]).otherwise(ranks[1])
    refused_col = pl.col("refused")
    low = pl.min_horizontal("cap", pl.max_horizontal("floor", pl.when(refused_col).then(0).otherwise(rank_of)))
    high = pl.min_horizontal("cap", pl.max_horizontal("floor", pl.when(refused_col).then(top).otherwise(rank_of)))
    answer = (
        frame.lazy()
        .with_columns(score.alias("score"), refused.alias("refused"), cap.alias("cap"), floor.alias("floor"), manual.alias("manual"))
        .with_columns(low.alias("low"), high.alias("high"))
        .select(
            pl.when(refused_col).then(-1).otherwise(pl.col("score")).sum().alias("score"),
            pl.when(pl.col("manual") | (pl.col("low") != pl.col("high"))).then(-1).otherwise(pl.col("low")).sum().alias("tier"),
        )
        .collect()
    )
    return int(answer["score"][0]), int(answer["tier"][0])


def _polars_test(pl: Any, test: Test) -> Any:  # noqa: ANN401
    column = pl.col(test.column)
    if test.flag is not None:
        return column == test.flag
    if test.codes is not None:
        return column.is_in(list(test.codes))
    hit = pl.lit(value=True)
    if test.at_least is not None:
        hit = hit & (column >= test.at_least)
    if test.below is not None:
        hit = hit & (column < test.below)
    return hit
