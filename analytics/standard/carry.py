"""Carry a draft's changes from the standard that it was drawn over to another: nothing of that one is undone unseen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.standard.canon import canonical_text, plain_data
from analytics.standard.change import Override, overrides_between
from analytics.standard.model import Standard
from analytics.standard.paths import Step, join, steps

OWN = {"standard.version", "standard.effective", "standard.baseline"}
"""What every standard says of itself; a draft keeps that of the standard it is drawn over."""


@dataclass(frozen=True, slots=True)
class Carried:
    """``overrides`` are said over the other standard; ``both`` are those of them that it had changed too.

    ``gone`` found no such place there, ``differing`` found a list or a table that says something else by now; both are
    said over the old baseline, and are left as the other standard has them.
    """

    overrides: tuple[Override, ...]
    both: tuple[Override, ...]
    gone: tuple[Override, ...]
    differing: tuple[Override, ...]


def carry(baseline: Standard, draft: Standard, other: Standard) -> Carried:
    """What ``draft`` says anew over ``baseline``, said over ``other``.

    Tiers, gates and categories are found by their id, bands by their edge or codes, wherever they stand by now. A
    number or a word that both changed is the draft's; a list or table that both changed stays that of ``other``.
    """
    old, new = plain_data(baseline), plain_data(other)
    taken, both, gone, differing = [], [], [], []
    for override in _by_kind(old, overrides_between(baseline, draft)):
        parts = steps(override.path)
        place = _place(old, new, parts)
        if override.path in OWN:
            continue
        if place is None:
            gone.append(override)
            continue
        stood, stands = _value(old, parts), _value(new, place)
        moved = Override(join(place), override.value)
        if _same(stands, override.value):
            continue
        if _same(stood, stands):
            taken.append(moved)
        elif any(isinstance(each, Mapping | Sequence) and not isinstance(each, str) for each in (stands, moved.value)):
            differing.append(override)
        else:
            taken.append(moved)
            both.append(moved)
    return Carried(tuple(taken), tuple(both), tuple(gone), tuple(differing))


def _by_kind(old: Any, overrides: Sequence[Override]) -> Iterator[Override]:  # noqa: ANN401 - plain data
    """Entry scores and least amounts one customer kind at a time, so that two people may each change another's."""
    for override in overrides:
        parts, stood = steps(override.path), _value(old, steps(override.path))
        if parts[-1] in ("entry", "at_least") and isinstance(stood, Mapping) and isinstance(override.value, Mapping):
            for kind in (*stood, *(kind for kind in override.value if kind not in stood)):
                if not _same(stood.get(kind), override.value.get(kind)):
                    yield Override(join((*parts, kind)), override.value.get(kind))
        else:
            yield override


def _place(old: Any, new: Any, parts: Sequence[Step]) -> tuple[Step, ...] | None:  # noqa: ANN401 - plain data
    """Where the place stands in the new data; ``None`` where what it is in is not there any more."""
    found: list[Step] = []
    for at, part in enumerate(parts):
        if isinstance(part, int):
            moved = _item(old, new, part)
            if moved is None:
                return None
            found.append(moved)
            old, new = old[part], new[moved]
            continue
        found.append(part)
        old, new = old.get(part), new.get(part)
        if new is None and at < len(parts) - 1:
            return None
    return tuple(found)


def _item(old: Sequence[Any], new: Sequence[Any], at: int) -> int | None:
    """Where the same item stands; its own place where several look the same, or where that band has moved."""
    marks, known = [_mark(item) for item in new], [_mark(item) for item in old]
    places = [place for place, mark in enumerate(marks) if mark == known[at]]
    moved = "points" in old[at] and len(new) == len(old) and not places and marks[at] not in known
    return at if at in places or moved else places[0] if len(places) == 1 else None


def _mark(item: Mapping[str, Any]) -> str:
    """What an item is known by: its id, a band by its edge or codes, a condition by its column, else all of it."""
    if "id" in item:
        return str(item["id"])
    known = [item.get(name) for name in (("from", "codes") if "points" in item else ("column",))]
    return canonical_text(known if "points" in item or "column" in item else item)


def _value(data: Any, parts: Sequence[Step]) -> Any:  # noqa: ANN401 - plain data
    for part in parts:
        data = data[part] if isinstance(part, int) else (data or {}).get(part)
    return data


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401 - plain data
    return canonical_text(one) == canonical_text(other)
