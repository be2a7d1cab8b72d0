"""Names of drafts that fit above a column and beside a bar: their middle is left out, as they differ at the ends."""

import unicodedata
from collections.abc import Sequence

ROOM, TAIL = 24, 9
"""Letters that a name may take, a Chinese character as two; and how many of them stand after what is left out."""


def short_names(names: Sequence[str]) -> list[str]:
    """Every name, shortened where it is longer than the room; two that would then look alike stay whole."""
    short = [_short(name) for name in names]
    return [name if short.count(said) > 1 else said for name, said in zip(names, short, strict=True)]


def _short(name: str) -> str:
    if _room(name) <= ROOM:
        return name
    head, tail = _first(name, ROOM - TAIL - 1), _first(name[::-1], TAIL)[::-1]
    return f"{head.rstrip()}…{tail.lstrip()}"


def _first(name: str, room: int) -> str:
    """As many of the first characters as the room holds."""
    taken = 0
    for at, letter in enumerate(name):
        taken += _room(letter)
        if taken > room:
            return name[:at]
    return name


def _room(name: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in name)
