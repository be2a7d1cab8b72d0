"""Bands: from one lower bound up to the next, every value in exactly one, points in the stated direction."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from analytics.intake.contract import Code, Column, Contract
from analytics.standard.checks.amounts import finer_than_stored, limit
from analytics.standard.checks.people import MANY, ONE, listed, lower_first, then, with_value
from analytics.standard.faults import Fault
from analytics.standard.model import Band, Dimension, Scale, Standard
from analytics.standard.numbers import plain, quantity_text
from analytics.vocabulary import Kind, Text


class Place(NamedTuple):
    """One scale, and where its bands stand."""

    path: str
    kind: Kind
    dimension: Dimension
    scale: Scale

    def band(self, at: int, name: str) -> str:
        return f"{self.path}[{at}].{name}"

    def customer(self, number: Decimal) -> Text:
        return with_value(self.kind, self.dimension, number)


def band_faults(standard: Standard, contract: Contract) -> Iterator[Fault]:
    """Gaps, overlaps, bands that nobody can reach, points against the direction."""
    for name, dimension in standard.dimension.items():
        for kind in Kind:
            scale = dimension.scale(kind)
            if scale:
                place = Place(f"dimension.{name}.{kind}.bands", kind, dimension, scale)
                columns = [contract[column] for column in dimension.source]
                yield from _scale_faults(place, columns)


def _scale_faults(place: Place, columns: Sequence[Column]) -> Iterator[Fault]:
    if place.scale.is_qualitative:
        yield from _coded_direction(place, columns[0])
        return
    yield from _first_and_missing(place)
    yield from _order(place)
    yield from _upper_bounds(place)
    for at, band in enumerate(place.scale.bands):
        for name, edge in (("from", band.from_), ("below", band.below)):
            if edge is not None:
                yield from finer_than_stored(place.band(at, name), edge, place.dimension.unit_of)
    yield from _out_of_range(place, columns)
    yield from _direction(place)


def _first_and_missing(place: Place) -> Iterator[Fault]:
    first, *others = place.scale.bands
    if first.from_ is not None:
        step = Decimal(1) / place.dimension.unit_of.scale
        yield Fault(
            "STANDARD-040",
            place.band(0, "from"),
            Text("第一档不写下限，否则其下出现空档", "leaves a gap below: the first band starts nowhere"),
            value=plain(first.from_),
            allowed=Text("不写 from", "no from"),
            example=then(place.customer(first.from_ - step), "不属于任何一档", "stands in no band"),
        )
    reached = first.from_ or Decimal(0)
    for at, band in enumerate(others, 1):
        if band.from_ is None:
            yield Fault(
                "STANDARD-041",
                place.band(at, "from"),
                Text("第二档起须写下限", "is missing: every band but the first starts somewhere"),
                allowed=Text(f"大于 {plain(reached)} 的数", f"a number above {plain(reached)}"),
                example=then(
                    place.customer(reached),
                    f"同时属于第 {at} 档和第 {at + 1} 档",
                    f"stands in bands {at} and {at + 1}",
                ),
            )
        reached = band.from_ if band.from_ is not None else reached


def _order(place: Place) -> Iterator[Fault]:
    edges = [(at, band.from_) for at, band in enumerate(place.scale.bands) if band.from_ is not None]
    for (before, lower), (at, edge) in pairwise(edges):
        if edge > lower:
            continue
        empty = edge == lower
        yield Fault(
            "STANDARD-042",
            place.band(at, "from"),
            Text(
                f"与第 {before + 1} 档下限相同，第 {before + 1} 档为空",
                f"equals the start of band {before + 1}: nobody is in it",
            )
            if empty
            else Text(
                f"低于第 {before + 1} 档的下限，两档重叠",
                f"is below the start of band {before + 1}: the two overlap",
            ),
            value=plain(edge),
            allowed=Text(f"大于 {plain(lower)}", f"above {plain(lower)}"),
            example=then(
                place.customer(lower),
                f"同时满足第 {before + 1} 档和第 {at + 1} 档",
                f"meets bands {before + 1} and {at + 1}",
            ),
        )


def _upper_bounds(place: Place) -> Iterator[Fault]:
    bands = place.scale.bands
    for at, (band, following) in enumerate(pairwise(bands)):
        if band.below is not None and following.from_ is not None and band.below != following.from_:
            yield _disagreement(place, at, band.below, following.from_)
        elif band.below is not None and band.from_ is not None and band.below <= band.from_:
            yield _disagreement(place, at, band.below, band.from_)
    last = bands[-1]
    if last.below is not None:
        yield Fault(
            "STANDARD-043",
            place.band(len(bands) - 1, "below"),
            Text("最后一档不写上限，否则其上出现空档", "leaves a gap above: the last band ends nowhere"),
            value=plain(last.below),
            allowed=Text("不写 below", "no below"),
            example=then(place.customer(last.below), "不属于任何一档", "stands in no band"),
        )


def _disagreement(place: Place, at: int, below: Decimal, start: Decimal) -> Fault:
    gap = below < start
    return Fault(
        "STANDARD-043",
        place.band(at, "below"),
        Text("低于下一档的下限，留有空档", "ends before the next band starts: a gap")
        if gap
        else Text("高于下一档的下限，两档重叠", "ends after the next band starts: an overlap"),
        value=plain(below),
        allowed=Text(f"{plain(start)}，或不写", f"{plain(start)}, or nothing"),
        example=then(place.customer(below), "不属于任何一档", "stands in no band")
        if gap
        else then(
            place.customer(start),
            f"同时属于第 {at + 1} 档和第 {at + 2} 档",
            f"stands in bands {at + 1} and {at + 2}",
        ),
    )


def _span(columns: Sequence[Column], dimension: Dimension) -> tuple[Decimal | None, Decimal | None]:
    """Least and greatest value that the contract lets a dimension have; ``None`` for no limit."""
    ends: list[Decimal | None] = []
    for greatest in (False, True):
        limits = [limit(column, dimension.unit_of, greatest=greatest) for column in columns]
        parts = [
            (Decimal(one) * dimension.source[c.name] / 100)
            for c, one in zip(columns, limits, strict=True)
            if one is not None
        ]
        ends.append(sum(parts, Decimal(0)) if len(parts) == len(columns) else None)
    return ends[0], ends[1]


def _out_of_range(place: Place, columns: Sequence[Column]) -> Iterator[Fault]:
    least, greatest = _span(columns, place.dimension)
    for at, band in enumerate(place.scale.bands[1:], 1):
        edge = band.from_
        if edge is not None and greatest is not None and edge > greatest:
            yield _unreachable(place, at, edge, greatest, at + 1)
        elif edge is not None and least is not None and edge <= least:
            yield _unreachable(place, at, edge, least, at)


def _unreachable(place: Place, at: int, edge: Decimal, end: Decimal, empty: int) -> Fault:
    too_high = edge > end
    extreme = quantity_text(end, place.dimension.unit_of)
    label = place.dimension.label.text
    many = MANY[place.kind]
    return Fault(
        "STANDARD-045",
        place.band(at, "from"),
        Text(f"第 {empty} 档无人能够达到", f"leaves band {empty} that nobody can reach"),
        value=plain(edge),
        allowed=Text(
            f"{'不大于' if too_high else '大于'} {plain(end)}",
            f"{'at most' if too_high else 'above'} {plain(end)}",
        ),
        example=Text(
            f"{many.zh}的{label.zh}{'最高' if too_high else '最低'}为 {extreme.zh}，不会落入第 {empty} 档",
            f"{many.en} with the {'greatest' if too_high else 'least'} {lower_first(label.en)}, "
            f"{extreme.en}, are not in band {empty}",
        ),
    )


def _against(direction: str, before: int, after: int) -> bool:
    return (direction == "more" and after < before) or (direction == "less" and after > before)


def _direction(place: Place) -> Iterator[Fault]:
    for at, (lower, upper) in enumerate(pairwise(place.scale.bands), 1):
        if _against(place.dimension.direction, lower.points, upper.points) and upper.from_ is not None:
            low = lower.from_ if lower.from_ is not None else upper.from_ - Decimal(1) / place.dimension.unit_of.scale
            yield _not_monotone(place, at, place.customer(low), place.customer(upper.from_))


def _coded_direction(place: Place, column: Column) -> Iterator[Fault]:
    """Codes run in the order of the contract."""
    owner = {code: (at, band) for at, band in enumerate(place.scale.bands) for code in band.codes}
    known = [(code, *owner[code.id]) for code in column.codes if code.id in owner]
    told: set[int] = set()
    for (low, _, lower), (high, at, upper) in pairwise(known):
        if _against(place.dimension.direction, lower.points, upper.points) and at not in told:
            told.add(at)
            before, after = (_coded(place, code) for code in (low, high))
            yield _not_monotone(place, at, before, after, lower)


def _coded(place: Place, code: Code) -> Text:
    one, label = ONE[place.kind], place.dimension.label.text
    return Text(f"{one.zh}{label.zh}为「{code.zh}」", f"{one.en} with {lower_first(label.en)} {code.en}")


def _not_monotone(place: Place, at: int, before: Text, after: Text, lower: Band | None = None) -> Fault:
    low, high = (lower or place.scale.bands[at - 1]).points, place.scale.bands[at].points
    more = place.dimension.direction == "more"
    return Fault(
        "STANDARD-046",
        place.band(at, "points"),
        Text(
            f"方向为 {place.dimension.direction}，分值却{'下降' if more else '上升'}",
            f"{'fall' if more else 'rise'} though the direction is {place.dimension.direction}",
        ),
        value=listed([high]),
        allowed=Text(f"{'不小于' if more else '不大于'} {low}", f"{'at least' if more else 'at most'} {low}"),
        example=Text(
            f"{before.zh}得 {low} 分，{after.zh}得 {high} 分",
            f"{before.en} has {low} points, {after.en} has {high}",
        ),
    )
