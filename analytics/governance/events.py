"""Events in a chain: each holds the hash of the one before, so a change anywhere shows."""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """One act: ``seq`` counts from 1 without a gap, ``moment`` is UTC, ``body`` is JSON with sorted keys."""

    seq: int
    moment: datetime.datetime
    actor: str
    kind: str
    body: str
    previous: str
    hash: str


def body_text(body: Mapping[str, object]) -> str:
    """What the act was about, as one canonical text."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def link(
    previous: Event | None, *, moment: datetime.datetime, actor: str, kind: str, body: Mapping[str, object]
) -> Event:
    """The event that follows ``previous``; the first one follows :data:`GENESIS`."""
    seq, before = (previous.seq + 1, previous.hash) if previous else (1, GENESIS)
    moment = moment.replace(tzinfo=None)
    text = body_text(body)
    return Event(seq, moment, actor, kind, text, before, _hash(seq, moment, actor, kind, text, before))


def _hash(seq: int, moment: datetime.datetime, actor: str, kind: str, body: str, previous: str) -> str:
    fields = [str(seq), moment.isoformat(timespec="microseconds"), actor, kind, body, previous]
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def broken_links(events: Iterable[Event]) -> list[int]:
    """Sequence numbers at which the chain does not hold; empty for a whole one."""
    broken, expected, before = [], 1, GENESIS
    for event in events:
        right = _hash(event.seq, event.moment, event.actor, event.kind, event.body, before)
        if event.seq != expected or event.previous != before or event.hash != right:
            broken.append(event.seq)
        expected, before = event.seq + 1, event.hash
    return broken
