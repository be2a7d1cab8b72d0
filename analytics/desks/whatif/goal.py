"""Goal-seek on the bench: what a draft's entry scores could be, and what the ones that are found would do.

Nothing is kept in the store. The population by score is worked out once for a draft, whatever its entry scores.
"""

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from analytics.cube.goal.ask import Ask
from analytics.cube.goal.ground import Ground, ground_of
from analytics.cube.goal.seek import Clash, Found, seek
from analytics.cube.layers.score_layer import ScoreLayer, score_layer
from analytics.cube.recount import Migration, Staffing, staffing
from analytics.desks.house import House
from analytics.desks.whatif.bench import Side, Trial, counted
from analytics.standard.canon import standard_hash
from analytics.standard.change import Override
from analytics.standard.model import Standard
from analytics.vocabulary import BASIS, Kind

Entries = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class _Key:
    """Names an answer by what it is made from, so that nothing stale can be asked."""

    house: House = field(compare=False)
    sides: tuple[Side, Side] = field(compare=False)
    name: tuple[object, ...]


def ground(house: House, before: Side, after: Side, step: int) -> Ground:
    """The draft ``after`` over a grid of ``step`` hundredths of a point; raises as ``bench.counted`` does.

    Raises ``CLASSIFY-001`` where all weights of a kind are zero.
    """
    return _ground(_key(house, before, after, step), step)


def sought(house: House, before: Side, after: Side, ask: Ask) -> Found | Clash:
    """The answer to an ask; raises as :func:`ground` does, and ``GOAL-001`` to ``-006``."""
    return _sought(_key(house, before, after, ask), ask)


def outcome(over: Ground, law: Standard, entries: Entries) -> Trial:
    """What entry scores would do: who moves, and the staff before and after."""
    migration = over.layer.migration(entries)
    return Trial(migration, _staff(law, migration, "before"), _staff(over.standard, migration, "after"))


def overrides(draft: Standard, entries: Entries) -> tuple[Override, ...]:
    """What found entry scores say anew of a draft, place by place; nothing where it says the same."""
    top, said = len(draft.tier) - 2, []
    for kind, found in zip(Kind, entries, strict=True):
        for rank, (basis, stood) in enumerate(zip(found, draft.entries(kind), strict=True)):
            if basis != stood:
                said.append(Override(f"tier[{top - rank}].entry.{kind}", points(basis)))
    return tuple(said)


def stood(base: Standard | None, said: tuple[Override, ...]) -> dict[str, int | Decimal]:
    """What a standard says at the places of entry scores; nothing of it where its text cannot be read."""
    found: dict[str, int | Decimal] = {}
    for at, tier in enumerate(base.tier if base else ()):
        for kind in Kind:
            entry, path = tier.entry.of(kind) if tier.entry else None, f"tier[{at}].entry.{kind}"
            if entry is not None and any(each.path == path for each in said):
                found[path] = entry
    return found


def points(basis: int) -> int | Decimal:
    """Hundredths of a point as points."""
    return basis // BASIS if basis % BASIS == 0 else Decimal(basis) / BASIS


def _key(house: House, before: Side, after: Side, asked: object) -> _Key:
    hashes = standard_hash(before.standard), standard_hash(after.standard)
    return _Key(house, (before, after), (str(house.store.path), before.snapshot_id, *hashes, asked))


@lru_cache(maxsize=64)
def _sought(key: _Key, ask: Ask) -> Found | Clash:
    return seek(ground(key.house, *key.sides, ask.step), ask)


@lru_cache(maxsize=4)
def _ground(key: _Key, step: int) -> Ground:
    draft = key.sides[1].standard
    return ground_of(_layer(replace(key, name=(*key.name[:3], _hash_without_entries(draft)))), draft, step)


@lru_cache(maxsize=4)
def _layer(key: _Key) -> ScoreLayer:
    """The population by score; the draft's entry scores are no part of its name, as they do not matter to it."""
    found = counted(key.house, *key.sides)
    return score_layer(found.cells, found.before, found.after)


def _staff(standard: Standard, migration: Migration, side: str) -> tuple[Staffing, ...]:
    return staffing(standard, migration.distribution(side).tolist())


def _hash_without_entries(standard: Standard) -> str:
    tiers = tuple(tier.model_copy(update={"entry": None}) for tier in standard.tier)
    return standard_hash(standard.model_copy(update={"tier": tiers}))
