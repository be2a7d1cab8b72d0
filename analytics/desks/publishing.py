"""A draft becomes law: proposed by one person, confirmed by another, in force from a date."""

import datetime
from dataclasses import dataclass
from itertools import count

from analytics import clock
from analytics.desks.house import House
from analytics.desks.people import acting
from analytics.desks.rules_file import WRITING, write_atomically
from analytics.desks.runs.classification import classify
from analytics.desks.whatif.bench import Trial, trial
from analytics.errors import TierdeskError
from analytics.governance.impact import impact_hash, impact_text, read_impact
from analytics.standard.canon import canonical, standard_hash
from analytics.standard.change import Override, Plain, write
from analytics.standard.check import sound
from analytics.standard.diff import Change, diff
from analytics.standard.model import Standard
from analytics.standard.parse import parse_toml
from analytics.store import events, proposals, standards
from analytics.store.connect import Cursor
from analytics.store.proposals import Proposal
from analytics.store.standards import Publication, StoredStandard
from analytics.vocabulary import Text


@dataclass(frozen=True)
class InForce:
    """The standard that is law on a day, and since when."""

    publication: Publication
    standard: Standard


@dataclass(frozen=True, slots=True)
class Wish:
    """What a proposer says beside the draft itself."""

    title: str
    reason: str
    version: str
    effective: datetime.date


def in_force(house: House, on: datetime.date | None = None) -> InForce:
    """The law of a day, today unless stated; raises ``PUBLISH-001`` where there is none."""
    with house.store.read() as cursor:
        publication = standards.in_force(cursor, on or clock.today())
    if publication is None:
        raise TierdeskError(
            "PUBLISH-001",
            Text("库中还没有生效的标准。", "The store has no standard in force yet."),
            Text(
                "请运行 `make run` 或 `python -m analytics setup`。", "Run `make run` or `python -m analytics setup`."
            ),
        )
    return InForce(publication, house.standard(publication.standard_hash))


def last_published(house: House) -> InForce:
    """The latest publication, in force already or scheduled: what the next proposal replaces."""
    in_force(house)
    with house.store.read() as cursor:
        publication = max(standards.publications(cursor), key=lambda each: each.serial)
    return InForce(publication, house.standard(publication.standard_hash))


def history(house: House) -> list[Publication]:
    """Every publication, latest effective date first."""
    with house.store.read() as cursor:
        return standards.publications(cursor)


def every_proposal(house: House) -> list[Proposal]:
    """All proposals, latest first."""
    with house.store.read() as cursor:
        return proposals.every(cursor)


def found(house: House, source: str, actor: str) -> InForce:
    """Publish the first standard of a store, which has none to be compared with."""
    standard = sound(parse_toml(source, house.contract), house.contract)
    with house.store.act() as cursor:
        if standards.publications(cursor):
            raise _refused("PUBLISH-002", Text("库中已有发布的标准", "The store has a published standard already"))
        _keep(cursor, standard, source, actor)
        effective = min(standard.standard.effective, clock.today())
        standards.publish(
            cursor, standard_hash=standard_hash(standard), proposal_id="", effective=effective, actor=actor
        )
        body = {"standard": standard_hash(standard), "effective": effective}
        events.append(cursor, actor=actor, kind="standard.founded", body=body)
    return in_force(house)


def dressed(source: str, baseline_hash: str, wish: Wish) -> str:
    """The text of a draft with the version, date and baseline that a proposal gives it."""
    head: dict[str, Plain] = {"version": wish.version, "effective": wish.effective, "baseline": baseline_hash}
    return write(source, [Override(f"standard.{name}", value) for name, value in head.items()])


def changes(house: House, before_hash: str, after_hash: str) -> tuple[Change, ...]:
    """What one standard says that another does not, in sentences."""
    return diff(house.standard(before_hash), house.standard(after_hash), house.contract)


def bound_impact(house: House, proposal: Proposal) -> Trial:
    """The impact that a proposal was signed with, as it was then: kinds, but no regions."""
    before, after = house.standard(proposal.baseline_hash), house.standard(proposal.standard_hash)
    return Trial(*read_impact(proposal.impact, before, after))


def next_version(house: House) -> str:
    """A version that nobody has used: this year, and the next number."""
    taken = {house.standard(each.standard_hash).standard.version for each in history(house)}
    year = clock.today().year
    return next(name for n in count(1) if (name := f"{year}.{n}") not in taken)


def propose(
    house: House, *, source: str, snapshot_id: str, wish: Wish, actor: str, drawn_from: str | None = None
) -> Proposal:
    """Keep a draft with its reason and its exact impact, for somebody else to confirm.

    The baseline is the latest publication, so that a scheduled one is never undone unseen. ``drawn_from`` is the hash
    of the standard that the draft was drawn over; a whole file was drawn over none.
    Raises :class:`StandardFaults` for an unsound draft, ``PUBLISH-003`` for one that changes nothing, ``-004`` for
    a date in the past, ``-005`` for a version that exists, ``-006`` for a missing title or reason, ``-007`` for a date
    before that of the baseline, ``-008`` for one drawn from another version than the baseline, ``RUN-001`` to ``-003``
    where the snapshot does not fit.
    """
    actor, baseline = acting(actor), last_published(house)
    _drawn_over(baseline, drawn_from)
    source = dressed(source, baseline.publication.standard_hash, wish)
    draft = sound(parse_toml(source, house.contract), house.contract)
    _acceptable(house, baseline, draft, wish)
    impact = _impact(house, snapshot_id, baseline.standard, draft)
    proposal = Proposal(
        proposal_id=clock.new_id(),
        standard_hash=standard_hash(draft),
        baseline_hash=baseline.publication.standard_hash,
        snapshot_id=snapshot_id,
        title=wish.title.strip(),
        reason=wish.reason.strip(),
        impact=impact,
        impact_hash=impact_hash(impact),
        effective=wish.effective,
        state="open",
        proposed_at=clock.now().replace(tzinfo=None),
        proposed_by=actor,
    )
    with house.store.act() as cursor:
        _keep(cursor, draft, source, actor)
        proposals.add(cursor, proposal)
        events.append(cursor, actor=actor, kind="proposal.opened", body=_bound(proposal))
    return proposal


def confirm(house: House, proposal_id: str, *, actor: str, note: str = "") -> Publication:
    """A second person makes a proposal law from its date.

    The exact classification is run again and must equal the impact that was shown. Raises ``PUBLISH-010`` where
    the proposal is not open, ``-011`` for the proposer's own hand, ``-012`` where the baseline is law no longer,
    ``-013`` where the impact differs, ``-004`` where the date has passed.
    """
    actor, proposal = acting(actor), _open(house, proposal_id)
    if actor == proposal.proposed_by:
        raise _refused("PUBLISH-011", Text("提案人不能确认自己的提案", "Nobody confirms their own proposal"))
    if proposal.effective < clock.today():
        raise _late(proposal.effective)
    standard, baseline = house.standard(proposal.standard_hash), house.standard(proposal.baseline_hash)
    classify(house, proposal.snapshot_id, standard, actor=actor)
    if impact_hash(_impact(house, proposal.snapshot_id, baseline, standard)) != proposal.impact_hash:
        raise _refused(
            "PUBLISH-013", Text("重新计算的影响与提案所示不一致", "The impact is no longer the one that was shown")
        )
    with house.store.act() as cursor:
        latest = max(standards.publications(cursor), key=lambda each: each.serial)
        if latest.standard_hash != proposal.baseline_hash:
            raise _refused("PUBLISH-012", Text("基准标准已被替换", "The baseline has been replaced meanwhile"))
        if not proposals.decide(cursor, proposal_id=proposal_id, state="published", actor=actor, note=note):
            raise _not_open()
        standards.publish(
            cursor,
            standard_hash=proposal.standard_hash,
            proposal_id=proposal_id,
            effective=proposal.effective,
            actor=actor,
        )
        events.append(cursor, actor=actor, kind="proposal.confirmed", body=_bound(proposal) | {"note": note})
    settle(house)
    return next(each for each in history(house) if each.standard_hash == proposal.standard_hash)


def close(house: House, proposal_id: str, *, state: str, actor: str, note: str) -> None:
    """Return a proposal (anyone else, with a reason) or withdraw it (its proposer)."""
    actor, proposal = acting(actor), _open(house, proposal_id)
    if not note.strip():
        raise _refused("PUBLISH-014", Text("请写明理由", "A reason is needed"))
    if (state == "withdrawn") != (actor == proposal.proposed_by):
        raise _refused("PUBLISH-011", Text("撤回由提案人、退回由他人作出", "Proposers withdraw, others return"))
    with house.store.act() as cursor:
        if not proposals.decide(cursor, proposal_id=proposal_id, state=state, actor=actor, note=note):
            raise _not_open()
        body = {"proposal": proposal_id, "note": note}
        events.append(cursor, actor=actor, kind=f"proposal.{state}", body=body)


@dataclass(frozen=True, slots=True)
class RulesFile:
    """How rules.toml stands to the law.

    ``in_step``, ``written`` just now, ``edited`` by hand, or ``unwritten`` where the file can't be written.
    """

    state: str
    text: str


def settle(house: House) -> RulesFile:
    """Keep rules.toml in step with the law of today.

    The file is written where it is missing or holds an earlier publication, so a crash between the store and the
    file heals at the next call. A file that somebody edited by hand is left alone and reported.
    """
    stored = house.stored(in_force(house).publication.standard_hash)
    with WRITING:
        path = house.settings.path("rules")
        try:
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            name = standard_hash(parse_toml(text, house.contract)) if text else ""
        except UnicodeDecodeError:
            return RulesFile("edited", "")
        except TierdeskError:
            return RulesFile("edited", text)
        if name == stored.standard_hash:
            return RulesFile("in_step", text)
        if name and name not in {each.standard_hash for each in history(house)}:
            return RulesFile("edited", text)
        try:
            write_atomically(path, stored.source)
        except OSError:
            return RulesFile("unwritten", text)
        return RulesFile("written", stored.source)


def _keep(cursor: Cursor, standard: Standard, source: str, actor: str) -> None:
    stored = StoredStandard(standard_hash(standard), standard.standard.version, canonical(standard), source)
    standards.add(cursor, stored, actor)


def _impact(house: House, snapshot_id: str, baseline: Standard, draft: Standard) -> str:
    result = trial(house, snapshot_id, baseline, draft)
    return impact_text(result.migration, result.staff_before, result.staff_after)


def _bound(proposal: Proposal) -> dict[str, object]:
    """What an event about a proposal binds."""
    return {
        "proposal": proposal.proposal_id,
        "standard": proposal.standard_hash,
        "baseline": proposal.baseline_hash,
        "snapshot": proposal.snapshot_id,
        "impact": proposal.impact_hash,
        "effective": proposal.effective,
    }


def _drawn_over(baseline: InForce, drawn_from: str | None) -> None:
    if drawn_from not in (None, baseline.publication.standard_hash):
        version = baseline.standard.standard.version
        raise TierdeskError(
            "PUBLISH-008",
            Text(
                f"草案不是在最新发布的版本 {version} 上画出的。",
                f"The draft was not drawn over the latest publication, {version}.",
            ),
            Text(
                f"请在版本 {version} 上重新打开草案，以免悄悄撤销其中的改动。",
                f"Open the draft again over version {version}, so that nothing of it is undone unseen.",
            ),
        )


def _acceptable(house: House, baseline: InForce, draft: Standard, wish: Wish) -> None:
    if not wish.title.strip() or not wish.reason.strip():
        raise _refused("PUBLISH-006", Text("提案须有标题与理由", "A proposal needs a title and a reason"))
    if wish.effective < clock.today():
        raise _late(wish.effective)
    if wish.effective < baseline.publication.effective:
        day = baseline.publication.effective
        raise _refused(
            "PUBLISH-007",
            Text(
                f"已排定的版本自 {day} 生效，新版本不得早于该日",
                f"A version is scheduled for {day}; the new one may not come before it",
            ),
        )
    real = [each for each in diff(baseline.standard, draft, house.contract) if not each.path.startswith("standard.")]
    if not real:
        raise _refused("PUBLISH-003", Text("草案与现行标准没有差别", "The draft changes nothing"))
    taken = {house.standard(each.standard_hash).standard.version for each in history(house)}
    if wish.version in taken:
        raise _refused("PUBLISH-005", Text(f"版本号 {wish.version} 已被使用", f"Version {wish.version} exists already"))


def _open(house: House, proposal_id: str) -> Proposal:
    with house.store.read() as cursor:
        proposal = proposals.get(cursor, proposal_id)
    if proposal is None or proposal.state != "open":
        raise _not_open()
    return proposal


def _not_open() -> TierdeskError:
    return _refused("PUBLISH-010", Text("该提案不存在或已处理", "There is no such open proposal"))


def _late(effective: datetime.date) -> TierdeskError:
    return _refused("PUBLISH-004", Text(f"生效日 {effective} 已过", f"The effective date {effective} has passed"))


def _refused(code: str, what: Text) -> TierdeskError:
    return TierdeskError(
        code,
        Text(f"{what.zh}。", f"{what.en}."),
        Text("没有任何改动；请更正后重试。", "Nothing was changed; put it right and try again."),
    )
