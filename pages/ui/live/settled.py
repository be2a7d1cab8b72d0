"""What the browser says when the hand comes to rest.

Nothing of it is believed: a number that the draft does not have, or that may not stand there, is left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from analytics.standard.change import Override
from analytics.standard.model import POINTS, Dimension, Standard
from analytics.vocabulary import BASIS, Kind

HEAVIEST = 1000
"""The largest weight that a standard may have."""
LARGEST = 10**15
"""Amounts of a standard stay below, in natural units."""
ACTS = ("move", "undo", "redo", "reset")
AMOUNT = re.compile(r"0|-?[1-9][0-9]{0,18}", re.ASCII)
"""A stored amount as text: a browser's numbers end at 2^53."""
Number = int | Decimal


@dataclass(frozen=True)
class Settled:
    """A settled state: what was done, and for a move every number that the hand has changed, by its path."""

    id: str
    act: str
    moved: tuple[Override, ...] = ()


def settled_of(raw: object, draft: Standard | None) -> Settled | None:
    """What the browser sent, or ``None`` where it makes no sense (an older page, or a forged message)."""
    if not isinstance(raw, Mapping):
        return None
    name, act, moved = raw.get("id"), raw.get("act"), raw.get("moved")
    if not isinstance(name, str) or act not in ACTS or not isinstance(moved, Mapping):
        return None
    known = dict(_places(draft)) if draft else {}
    said = (
        Override(path, known[path].read(value))
        for path, value in moved.items()
        if path in known and _whole(value, known[path].most)
    )
    edges = _moved_edges(draft, moved) if draft else ()
    return Settled(name, str(act), (*said, *edges))


def wish_of(raw: object, draft: Standard) -> tuple[Kind, str] | None:
    """The kind and dimension whose edges are wished for, or ``None`` where the draft has no such edges."""
    if not isinstance(raw, Mapping):
        return None
    kind, name = raw.get("kind"), raw.get("dimension")
    if not isinstance(name, str) or kind not in list(Kind) or name not in draft.dimension:
        return None
    return (Kind(kind), name) if draft.dimension[name].edges(Kind(kind)) else None


def movable(standard: Standard) -> dict[str, Number]:
    """Every number that the live bench can move, by its path."""
    found = {path: place.read(place.stood) for path, place in _places(standard)}
    for name, dimension in standard.dimensions:
        per = stored_in(dimension)
        for kind in Kind:
            found |= {path: _natural(edge, per) for path, edge in _edges(dimension, kind, name).items()}
    return found


def stored_in(dimension: Dimension) -> int:
    """How many stored make one of what people write; a composite is stored in hundredths of that."""
    return dimension.unit_of.scale * (100 if dimension.is_composite else 1)


@dataclass(frozen=True)
class _Place:
    """A number as the browser has it, and the largest that may stand there; entry scores are in hundredths."""

    stood: int
    most: int
    hundredths: bool = False

    def read(self, value: int) -> Number:
        return _natural(value, BASIS) if self.hundredths else value


def _places(standard: Standard) -> Iterator[tuple[str, _Place]]:
    for kind in Kind:
        for rank, basis in enumerate(standard.entries(kind)):
            at = len(standard.tier) - 2 - rank
            entry = standard.tier[at].entry
            if entry is not None and entry.of(kind) is not None:
                yield f"tier[{at}].entry.{kind}", _Place(basis, POINTS * BASIS, hundredths=True)
        for name, scale in standard.scales(kind):
            path = f"dimension.{name}.{kind}"
            yield f"{path}.weight", _Place(scale.weight, HEAVIEST)
            for band, points in enumerate(scale.points):
                yield f"{path}.bands[{band}].points", _Place(points, POINTS)
            if scale.missing_points is not None:
                yield f"{path}.missing.points", _Place(scale.missing_points, POINTS)


def _edges(dimension: Dimension, kind: Kind, name: str) -> dict[str, int]:
    """Stored edges by their paths, ascending; none where a band has no edge."""
    scale, edges = dimension.scale(kind), dimension.edges(kind)
    if scale is None or len(edges) != len(scale.bands) - 1:
        return {}
    return {f"dimension.{name}.{kind}.bands[{band}].from": edge for band, edge in enumerate(edges, 1)}


def _moved_edges(draft: Standard, moved: Mapping[object, object]) -> Iterator[Override]:
    """Edges of a dimension that still ascend with those that stay; where they would not, none of them is taken."""
    for name, dimension in draft.dimensions:
        per = stored_in(dimension)
        for kind in Kind:
            stood = _edges(dimension, kind, name)
            said = {path: _amount(moved[path], per) for path in stood if path in moved}
            new = [said.get(path, edge) for path, edge in stood.items()]
            whole = [edge for edge in new if edge is not None]
            if said and len(whole) == len(new) and all(low < high for low, high in pairwise(whole)):
                yield from (Override(path, _natural(edge, per)) for path, edge in said.items() if edge is not None)


def _amount(value: object, per: int) -> int | None:
    if not isinstance(value, str) or not AMOUNT.fullmatch(value):
        return None
    return int(value) if abs(int(value)) < LARGEST * per else None


def _natural(stored: int, per: int) -> Number:
    return stored // per if stored % per == 0 else Decimal(stored) / per


def _whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
