"""What the browser says when the hand comes to rest.

Nothing of it is believed: a number that the draft does not have, or that may not stand there, is left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from analytics.standard.change import Override
from analytics.standard.model import POINTS, Standard
from analytics.vocabulary import BASIS, Kind

HEAVIEST = 1000
"""The largest weight that a standard may have."""
ACTS = ("move", "undo", "redo", "reset")
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
    return Settled(name, str(act), tuple(said))


def movable(standard: Standard) -> dict[str, Number]:
    """Every number that the live bench can move, by its path."""
    return {path: place.read(place.stood) for path, place in _places(standard)}


@dataclass(frozen=True)
class _Place:
    """A number as the browser has it, and the largest that may stand there; entry scores are in hundredths."""

    stood: int
    most: int
    hundredths: bool = False

    def read(self, value: int) -> Number:
        if not self.hundredths:
            return value
        return value // BASIS if value % BASIS == 0 else Decimal(value) / BASIS


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


def _whole(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
