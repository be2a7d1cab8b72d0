"""What the browser says when the hand comes to rest, and whether Python finds the same.

Nothing of it is believed: numbers are checked against the draft before they are used, and the browser's answer only
serves to be compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from analytics.classify.grid import Ints
from analytics.cube.cells import MEASURES
from analytics.cube.recount import Migration
from analytics.standard.change import Override
from analytics.standard.model import POINTS, Scale, Standard
from analytics.vocabulary import BASIS, Kind, Text

HEAVIEST = 1000
"""The largest weight that a standard may have."""
LISTED = 8
"""Cells that differ are listed up to here; the rest is counted."""

Table = Sequence[Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Settled:
    """A settled state: entry scores in hundredths, weights and points by kind and dimension; ``answer`` as text.

    Points of a missing value stand last. ``answer`` holds (kinds, before, after) by measure, ``None`` where the
    browser could not count.
    """

    id: str
    entries: Mapping[str, Sequence[int]]
    weights: Mapping[str, Mapping[str, int]]
    points: Mapping[str, Mapping[str, Sequence[int | None]]]
    answer: Mapping[str, Table] | None


def settled_of(raw: object, draft: Standard) -> Settled | None:
    """What the browser sent, or ``None`` where it does not fit the draft (an older page, or a forged message)."""
    if not isinstance(raw, Mapping) or not isinstance(raw.get("id"), str):
        return None
    entries, weights, points = (raw.get(name) for name in ("entries", "weights", "points"))
    if not (isinstance(entries, Mapping) and isinstance(weights, Mapping) and isinstance(points, Mapping)):
        return None
    found = Settled(raw["id"], entries, weights, points, raw.get("answer"))
    return found if all(_fits(found, draft, kind) for kind in Kind) else None


def _fits(settled: Settled, draft: Standard, kind: Kind) -> bool:
    entries, weights, points = (part.get(kind.value) for part in (settled.entries, settled.weights, settled.points))
    if not isinstance(entries, list) or not isinstance(weights, Mapping) or not isinstance(points, Mapping):
        return False
    scales = dict(draft.scales(kind))
    return (
        len(entries) == len(draft.tier) - 1
        and all(_whole(entry, POINTS * BASIS) for entry in entries)
        and set(weights) == set(points) == set(scales)
        and all(_whole(weight, HEAVIEST) for weight in weights.values())
        and all(_fit_points(points[name], scale) for name, scale in scales.items())
    )


def _fit_points(points: object, scale: Scale) -> bool:
    if not isinstance(points, list) or len(points) != len(scale.bands) + 1:
        return False
    *bands, missing = points
    refuses = scale.missing_points is None
    return all(_whole(each, POINTS) for each in bands) and (missing is None if refuses else _whole(missing, POINTS))


def _whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def overrides(settled: Settled, draft: Standard) -> tuple[Override, ...]:
    """What a settled state says anew of a draft, place by place; nothing where it says what stands there."""
    return tuple(each for kind in Kind for each in _of_kind(settled, draft, kind))


def _of_kind(settled: Settled, draft: Standard, kind: Kind) -> Iterator[Override]:
    top = len(draft.tier) - 2
    for rank, (basis, stood) in enumerate(zip(settled.entries[kind.value], draft.entries(kind), strict=True)):
        if basis != stood:
            yield Override(f"tier[{top - rank}].entry.{kind}", _number(basis))
    for name, scale in draft.scales(kind):
        path, weight = f"dimension.{name}.{kind}", settled.weights[kind.value][name]
        if weight != scale.weight:
            yield Override(f"{path}.weight", weight)
        *bands, missing = settled.points[kind.value][name]
        for place, (points, stood) in enumerate(zip(bands, scale.points, strict=True)):
            if points != stood:
                yield Override(f"{path}.bands[{place}].points", points)
        if missing != scale.missing_points:
            yield Override(f"{path}.missing.points", missing)


def _number(basis: int) -> int | Decimal:
    return basis // BASIS if basis % BASIS == 0 else Decimal(basis) / BASIS


def verdict_of(settled: Settled, migration: Migration, language: str) -> dict[str, object]:
    """Whether the browser's answer is Python's, to the customer and the cent; both figures where it is not."""
    wrong = list(_differences(settled.answer, migration, language))
    return {"id": settled.id, "same": not wrong, "cells": wrong[:LISTED], "more": max(0, len(wrong) - LISTED)}


def trouble_of(settled: Settled, words: str) -> dict[str, object]:
    """The verdict where Python cannot count: its own words, unless the browser counted all the same."""
    if settled.answer is None:
        return {"id": settled.id, "same": True, "trouble": words, "cells": [], "more": 0}
    cells = [{"cell": words, "browser": "…", "server": "–"}]
    return {"id": settled.id, "same": False, "cells": cells, "more": 0}


def _differences(answer: object, migration: Migration, language: str) -> Iterator[dict[str, str]]:
    for place, measure in enumerate(MEASURES):
        ours: Ints = migration.sums[place].sum(axis=1)
        theirs = answer.get(measure) if isinstance(answer, Mapping) else None
        for kind, name in enumerate(Kind):
            for row, before in enumerate(migration.before):
                for column, after in enumerate(migration.after):
                    said, found = _said(theirs, kind, row, column), str(int(ours[kind, row, column]))
                    if said != found:
                        where = (MEASURE_NAMES[measure], name.label, before.label, after.label)
                        cell = "{} · {} · {} → {}".format(*(words.to(language) for words in where))
                        yield {"cell": cell, "browser": said, "server": found}


def _said(table: object, *places: int) -> str:
    for place in places:
        if not isinstance(table, list) or place >= len(table):
            return "–"
        table = table[place]
    return table if isinstance(table, str) else "–"


MEASURE_NAMES = {
    "customers": Text("客户数", "Customers"),
    "assets": Text("资产", "Assets"),
    "contribution": Text("贡献", "Contribution"),
}
