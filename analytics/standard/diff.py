"""How two standards differ, one plain sentence for each difference, in both languages."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from analytics.intake.contract import Contract
from analytics.standard.canon import canonical_text, plain_data
from analytics.standard.model import Standard
from analytics.standard.paths import Step, join
from analytics.standard.wording.phrases import Phrases
from analytics.standard.wording.sentences import sentence
from analytics.vocabulary import Text

Place = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``path`` is where it stands in the new standard, or in the old one where it is gone;
    ``before`` and ``after`` are plain data, ``None`` where nothing stands."""

    path: str
    before: object
    after: object
    sentence: Text


class Found(NamedTuple):
    """A difference before it is put into words."""

    before_place: Place
    after_place: Place
    before: Any
    after: Any


def diff(before: Standard, after: Standard, contract: Contract) -> tuple[Change, ...]:
    """Every difference, in the order of the file; empty exactly where the hashes are equal."""
    old, new = Phrases(before, contract), Phrases(after, contract)
    changes = []
    for found in _walk((), (), plain_data(before), plain_data(after)):
        gone = found.after is None
        place = found.before_place if gone else found.after_place
        words = sentence(old, new, place, found.before, found.after)
        changes.append(Change(join(place), found.before, found.after, words))
    return tuple(changes)


def _walk(old: Place, new: Place, before: Any, after: Any) -> Iterator[Found]:  # noqa: ANN401 - plain data
    if canonical_text(before) == canonical_text(after):
        return
    match new:
        case ("dimension", _, "source") | ("dimension", _, _, "missing") | ("gate", _, "when"):
            yield Found(old, new, before, after)
        case ("tier" | "gate" | "category",) | ("tier", _, "subtier"):
            yield from _by_id(old, new, before or [], after or [])
        case ("dimension", _, _, "bands"):
            yield from _by_edge(old, new, before, after)
        case _ if isinstance(before, Mapping) and isinstance(after, Mapping):
            for key in (*before, *(key for key in after if key not in before)):
                yield from _walk((*old, key), (*new, key), before.get(key), after.get(key))
        case _:
            yield Found(old, new, before, after)


def _by_id(old: Place, new: Place, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Found]:
    was = {item["id"]: at for at, item in enumerate(before)}
    now = {item["id"]: at for at, item in enumerate(after)}
    for name, at in was.items():
        if name not in now:
            yield Found((*old, at), (*new, at), before[at], None)
    for name, at in now.items():
        if name not in was:
            yield Found((*old, at), (*new, at), None, after[at])
        else:
            yield from _walk((*old, was[name]), (*new, at), before[was[name]], after[at])
    stayed = [name for name in was if name in now]
    order = [name for name in now if name in was]
    if stayed != order:
        yield Found(old, new, stayed, order)


def _by_edge(old: Place, new: Place, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Found]:
    """Bands that start at the same edge are the same band; among others, one in the same place has moved."""
    marks = [_mark(band) for band in before], [_mark(band) for band in after]
    for _, low, high, start, end in SequenceMatcher(None, *marks, autojunk=False).get_opcodes():
        for at in range(max(high - low, end - start)):
            was, now = low + at, start + at
            if was >= high:
                yield Found((*old, now), (*new, now), None, after[now])
            elif now >= end:
                yield Found((*old, was), (*new, was), before[was], None)
            else:
                yield from _walk((*old, was), (*new, now), before[was], after[now])


def _mark(band: Mapping[str, Any]) -> Hashable:
    return canonical_text([band.get("from"), band.get("codes")])
