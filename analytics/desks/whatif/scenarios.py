"""Scenarios: drafts kept with name, author and note. Who saves over another's save is told, and nothing is lost."""

import datetime
import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from analytics import clock
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.people import acting, person
from analytics.desks.whatif import drafts
from analytics.desks.whatif.bench import USUAL, Trial, trial
from analytics.desks.whatif.drafts import Draft
from analytics.errors import TierdeskError
from analytics.standard.carry import Carried, carry
from analytics.standard.change import write
from analytics.standard.diff import Change, diff
from analytics.standard.faults import StandardFaults
from analytics.standard.model import Standard
from analytics.store import events, scenarios
from analytics.store.connect import Cursor
from analytics.store.scenarios import Contents, Scenario
from analytics.vocabulary import Text

Record = tuple[object, ...]
BODY = ("scenario", "revision", "name", "note", "standard", "snapshot", "text")
"""What the event of a save binds, in the order of :func:`event_body`."""
LONGEST_NAME, LONGEST_NOTE, LONGEST_TEXT = 80, 2_000, 1_000_000
KEPT, KEPT_TEXT = 64, 100_000
"""Readings that are kept at hand, and the most characters of a text among them: a house's own has some ten thousand."""


@dataclass(frozen=True)
class Reading:
    """What a text says: the draft, and its changes from the baseline (none where it cannot be read)."""

    draft: Draft
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Attempt:
    """A draft counted against a standard, or why it cannot be."""

    trial: Trial | None
    trouble: TierdeskError | None


def every(house: House) -> list[Scenario]:
    """All that are not deleted, the latest save first."""
    with house.store.read() as cursor:
        return [each for each in scenarios.every(cursor) if each.deleted_at is None]


def deleted(house: House) -> list[Scenario]:
    """All that are deleted, the latest deletion first."""
    with house.store.read() as cursor:
        found = [(each.deleted_at, each) for each in scenarios.every(cursor)]
    gone = [(when, each) for when, each in found if when is not None]
    return [each for _, each in sorted(gone, key=lambda pair: pair[0], reverse=True)]


def get(house: House, scenario_id: str) -> Scenario:
    """A scenario in its last revision, deleted or not; raises ``SCENARIO-001`` for an unknown one."""
    with house.store.read() as cursor:
        found = scenarios.get(cursor, scenario_id)
    if found is None:
        raise TierdeskError(
            "SCENARIO-001",
            Text(f"没有方案 {scenario_id}。", f"There is no scenario {scenario_id}."),
            Text(
                "请核对链接，或从方案列表中选择。", "Look at the link again, or choose one from the list of scenarios."
            ),
        )
    return found


def revisions(house: House, scenario_id: str) -> list[Scenario]:
    """Every revision of a scenario, the last first."""
    with house.store.read() as cursor:
        return scenarios.revisions_of(cursor, scenario_id)


def create(house: House, contents: Contents, *, actor: str) -> Scenario:
    """Keep a new scenario.

    Raises ``SCENARIO-002`` for a name that is missing or too long, ``-003`` for a note or text that is too long,
    ``-004`` for a name that another one over the same standard has, ``PUBLISH-015`` for an unknown person,
    ``STANDARD-090`` or ``SNAPSHOT-001`` for what the store does not have.
    """
    actor, contents, name = acting(actor), _sound(house, contents), clock.new_id()
    with house.store.act() as cursor:
        _nobodys(cursor, contents)
        scenarios.add(cursor, scenario_id=name, contents=contents, actor=actor)
        events.append(cursor, actor=actor, kind="scenario.saved", body=event_body(name, 1, contents))
    return get(house, name)


def save(house: House, scenario_id: str, contents: Contents, *, revision: int, actor: str) -> Scenario:
    """Save over a scenario that is still at ``revision``; one that says all this already stays as it is.

    Raises what :func:`create` does, ``SCENARIO-010`` where somebody has saved it meanwhile, ``-011`` where it is
    deleted.
    """
    actor, contents, stands = acting(actor), _sound(house, contents), get(house, scenario_id)
    if (stands.revision, stands.contents) == (revision, contents) and stands.deleted_at is None:
        return stands
    with house.store.act() as cursor:
        body = event_body(scenario_id, revision + 1, contents)
        done = scenarios.revise(cursor, scenario_id=scenario_id, revision=revision, contents=contents, actor=actor)
        if not done:
            raise _overtaken(scenarios.get(cursor, scenario_id) or stands)
        if _called(contents) != _called(stands.contents):
            _nobodys(cursor, contents, but=scenario_id)
        events.append(cursor, actor=actor, kind="scenario.saved", body=body)
    return get(house, scenario_id)


def rename(house: House, scenario_id: str, *, name: str, note: str, revision: int, actor: str) -> Scenario:
    """Give a scenario another name or note, under the rules of :func:`save`."""
    contents = replace(get(house, scenario_id).contents, name=name, note=note)
    return save(house, scenario_id, contents, revision=revision, actor=actor)


def delete(house: House, scenario_id: str, *, revision: int, actor: str) -> None:
    """Take a scenario off the list; raises ``SCENARIO-010`` and ``-011`` as :func:`save` does."""
    actor, stands = acting(actor), get(house, scenario_id)
    with house.store.act() as cursor:
        if not scenarios.delete(cursor, scenario_id=scenario_id, revision=revision, actor=actor):
            raise _overtaken(scenarios.get(cursor, scenario_id) or stands)
        body = {"scenario": scenario_id, "revision": revision}
        events.append(cursor, actor=actor, kind="scenario.deleted", body=body)


def restore(house: House, scenario_id: str, *, actor: str) -> Scenario:
    """Put a deleted scenario back; one that is there stays as it is."""
    actor, stands = acting(actor), get(house, scenario_id)
    with house.store.act() as cursor:
        if scenarios.restore(cursor, scenario_id):
            body = {"scenario": scenario_id, "revision": stands.revision}
            events.append(cursor, actor=actor, kind="scenario.restored", body=body)
    return get(house, scenario_id)


def event_body(scenario_id: str, revision: int, contents: Contents) -> dict[str, object]:
    """What the event of a save binds: everything that was saved, the text by its SHA-256."""
    text = hashlib.sha256(contents.source.encode()).hexdigest()
    said = (scenario_id, revision, contents.name, contents.note, contents.baseline_hash, contents.snapshot_id, text)
    return dict(zip(BODY, said, strict=True))


def records(cursor: Cursor, told: Iterable[tuple[str, str, dict[str, Any]]]) -> tuple[set[Record], set[Record]]:
    """What the rows say and what the events (kind, actor, body) say, for :mod:`analytics.desks.verification`."""
    rows: set[Record] = {
        (each.saved_by, *event_body(each.scenario_id, each.revision, each.contents).values())
        for each in scenarios.revisions(cursor)
    }
    rows |= {(each.scenario_id, each.revision, each.deleted_by) for each in scenarios.every(cursor)}
    said: set[Record] = set()
    stands: dict[str, Record] = {}
    for kind, actor, body in told:
        if kind == "scenario.saved":
            said.add((actor, *(body[name] for name in BODY)))
        if kind in ("scenario.saved", "scenario.deleted", "scenario.restored"):
            gone = actor if kind == "scenario.deleted" else None
            stands[body["scenario"]] = (body["scenario"], body["revision"], gone)
    return rows, said | set(stands.values())


def reading(house: House, contents: Contents) -> Reading:
    """The draft that was saved, and what it changes in its baseline."""
    read = _kept if len(contents.source) <= KEPT_TEXT else _read
    return read(house, contents.baseline_hash, contents.source)


def attempt(
    house: House, snapshot_id: str, reference: Standard, draft: Draft, grouping: Sequence[str] = USUAL
) -> Attempt:
    """Count a draft against a standard by the groups of a grouping; what cannot be counted says why instead."""
    if draft.standard is None:
        return Attempt(None, StandardFaults(draft.faults))
    if draft.trouble is not None:
        return Attempt(None, draft.trouble)
    try:
        return Attempt(trial(house, snapshot_id, reference, draft.standard, grouping), None)
    except TierdeskError as error:
        return Attempt(None, error)


def carried(house: House, contents: Contents, standard_hash: str) -> tuple[str, Carried] | None:
    """The text of another kept standard with a scenario's changes in it, and what became of each change.

    ``None`` where the scenario's text cannot be read.
    """
    draft = reading(house, contents).draft.standard
    if draft is None:
        return None
    other = house.stored(standard_hash)
    found = carry(house.standard(contents.baseline_hash), draft, house.standard(standard_hash))
    return write(other.source, found.overrides), found


def _read(house: House, baseline_hash: str, source: str) -> Reading:
    draft = drafts.draft_over(house, source, ())
    changes = diff(house.standard(baseline_hash), draft.standard, house.contract) if draft.standard else ()
    return Reading(draft, changes)


_kept = lru_cache(maxsize=KEPT)(_read)


def _sound(house: House, contents: Contents) -> Contents:
    """The contents with their words trimmed and their baseline's full hash."""
    name = " ".join(unicodedata.normalize("NFC", contents.name).split())
    note = unicodedata.normalize("NFC", contents.note).strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise _refused(
            "SCENARIO-002",
            Text(
                f"方案须有名称，至多 {LONGEST_NAME} 字", f"A scenario needs a name of at most {LONGEST_NAME} characters"
            ),
        )
    for what, length, most in (
        (Text("备注", "note"), len(note), LONGEST_NOTE),
        (Text("草案全文", "text of the draft"), len(contents.source), LONGEST_TEXT),
    ):
        if length > most:
            raise _refused(
                "SCENARIO-003",
                Text(f"{what.zh}有 {length} 字，至多 {most} 字", f"The {what.en} has {length} characters; {most} fit"),
            )
    snapshots.get(house, contents.snapshot_id)
    baseline = house.stored(contents.baseline_hash).standard_hash
    return replace(contents, name=name, note=note, baseline_hash=baseline)


def _called(contents: Contents) -> tuple[str, str]:
    """What must be one scenario's only: its baseline, and its name, capital letters or not."""
    return contents.baseline_hash, contents.name.casefold()


def _nobodys(cursor: Cursor, contents: Contents, *, but: str = "") -> None:
    """Refuse a name that another scenario over the same standard has; a deleted one has none."""
    for each in scenarios.every(cursor):
        if each.scenario_id == but or each.deleted_at is not None or _called(each.contents) != _called(contents):
            continue
        who, when = person(each.saved_by).name, _minute(each.saved_at)
        raise TierdeskError(
            "SCENARIO-004",
            Text(
                f"同一标准上已有方案「{each.contents.name}」（{who.zh}，{when} UTC 保存）。",
                f"There is a scenario {each.contents.name} over this standard ({who.en}, saved on {when} UTC).",
            ),
            Text(
                "请换一个名称；要改那一份，请先打开它再保存。",
                "Give yours another name; to change that one, open it and save.",
            ),
        )


def _overtaken(stands: Scenario) -> TierdeskError:
    """Why a save came too late: somebody has deleted the scenario, or saved it."""
    if stands.deleted_at is not None:
        who, when = person(stands.deleted_by or "").name, _minute(stands.deleted_at)
        return TierdeskError(
            "SCENARIO-011",
            Text(
                f"方案「{stands.contents.name}」已由{who.zh}于 {when}（UTC）删除。",
                f"{who.en} deleted the scenario {stands.contents.name} on {when} UTC.",
            ),
            Text("可另存为新方案，或先恢复它。", "Save yours as a new scenario, or restore that one first."),
        )
    who, when = person(stands.saved_by).name, _minute(stands.saved_at)
    return TierdeskError(
        "SCENARIO-010",
        Text(
            f"方案「{stands.contents.name}」已由{who.zh}于 {when}（UTC）另行保存。",
            f"{who.en} has saved the scenario {stands.contents.name} meanwhile, on {when} UTC.",
        ),
        Text("可另存为新方案，或打开对方的版本。", "Save yours as a new scenario, or open theirs."),
    )


def _minute(when: datetime.datetime) -> str:
    return when.isoformat(sep=" ", timespec="minutes")


def _refused(code: str, what: Text) -> TierdeskError:
    return TierdeskError(
        code,
        Text(f"{what.zh}。", f"{what.en}."),
        Text("没有保存；请更正后重试。", "Nothing was saved; put it right and try again."),
    )
