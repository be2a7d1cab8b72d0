"""Keep a checked import: customers, facts, profiles, records, rejects and events, inside of one act."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from analytics import clock
from analytics.intake.contract import Contract
from analytics.intake.mapping import Mapping
from analytics.store import customers, events, intake_tables, snapshots
from analytics.store.customers import Order
from analytics.store.reading import files, refusals, staging


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one period of a file. ``n_lines`` is always ``n_accepted`` + ``n_rejected``.

    ``snapshot_id`` is ``None`` where no row was accepted, ``period`` where rows did not say theirs. ``already``
    tells that the same content was there and nothing was stored.
    """

    intake_id: str
    file_name: str
    snapshot_id: str | None
    as_of: datetime.date | None
    period: str | None
    revision: int
    supersedes: str | None
    n_lines: int
    n_accepted: int
    n_rejected: int
    n_new_customers: int
    already: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A checked batch on its stage: what it fills, its periods, and the digest of each period's accepted rows."""

    batch: files.Batch
    mark: files.Fingerprint
    columns: tuple[str, ...]
    parts: tuple[staging.Part, ...]
    digests: dict[str, str]


def mapping_hash(mapping: Mapping, batch: files.Batch) -> str:
    """The mapping with the date and period that it gives the file: the same bytes may be copied for another period."""
    return hashlib.sha256(f"{mapping.sha256} {batch.window.as_of} {batch.window.period}".encode()).hexdigest()


def earlier(
    cursor: duckdb.DuckDBPyConnection,
    contract: Contract,
    batch: files.Batch,
    mapping: Mapping,
    mark: files.Fingerprint,
) -> tuple[Imported, ...]:
    """The results of an import of the same bytes by the same mapping and contract, if they still are the last word."""
    for intake in intake_tables.find(cursor, mark.sha256, mapping_hash(mapping, batch)):
        made = snapshots.of_intake(cursor, intake.intake_id)
        last = [snapshots.of_period(cursor, each.period)[0] for each in made]
        if made == last and all(each.contract_version == contract.version for each in made):
            done = tuple(_known(each, intake.intake_id, intake.file_name) for each in made)
            rest = intake.n_lines - sum(each.n_lines for each in made)
            unplaced = _result(intake, staging.Part(None, None, rest, 0), None, 0, already=True)
            return (*done, unplaced) if rest or not done else done
    return ()


def keep(
    cursor: duckdb.DuckDBPyConnection,
    stage: staging.Stage,
    contract: Contract,
    mapping: Mapping,
    read: Reading,
    found: Sequence[intake_tables.Finding],
    *,
    actor: str,
) -> tuple[Imported, ...]:
    """Write what is new; a period whose last revision says the same stays as it is. One result for each period."""
    intake = _intake(mapping, read, actor)
    filled = [part for part in read.parts if part.n_accepted]
    order = Order.REGISTRY
    if len(filled) == 1 and customers.count(cursor) == 0:
        order = Order.FILE if filled[0].n_accepted == stage.n_rows else Order.COUNTED
    results = []
    for part in read.parts:
        known = snapshots.of_period(cursor, part.period) if part.period else []
        if known and known[0].as_of != part.as_of:
            raise refusals.two_dates(str(part.period))
        if known and known[0].currency != mapping.snapshot.currency:
            raise refusals.other_currency(str(part.period), known[0].currency, mapping.snapshot.currency)
        if part.is_known and known and _says_the_same(known[0], contract, read):
            results.append(_known(known[0], known[0].intake_id or "", intake.file_name))
        elif not part.n_accepted:
            results.append(_result(intake, part, None, 0, already=False))
        else:
            results.append(_keep_part(cursor, stage, contract, mapping, read, part, known, intake, order))
    if all(each.already for each in results):
        return tuple(results)
    intake_tables.add(cursor, intake, found)
    intake_tables.add_rejects(
        cursor, intake.intake_id, stage.table("refused"), [path.name for path in read.batch.paths]
    )
    for each in results:
        if not each.already:
            events.append(cursor, actor=actor, kind=_kind(each), body=_body(each, intake))
    return tuple(results)


def _says_the_same(last: snapshots.Snapshot, contract: Contract, read: Reading) -> bool:
    """Whether a revision holds what was read; its currency has been looked at."""
    new = (read.digests[last.period], contract.version, read.columns)
    return (last.digest, last.contract_version, last.columns) == new


def _intake(mapping: Mapping, read: Reading, actor: str) -> intake_tables.Intake:
    n_lines, n_accepted = (
        sum(part.n_lines for part in read.parts),
        sum(part.n_accepted for part in read.parts),
    )
    return intake_tables.Intake(
        intake_id=clock.new_id(),
        file_name=read.batch.name,
        file_sha256=read.mark.sha256,
        mapping_sha256=mapping_hash(mapping, read.batch),
        mapping=mapping.model_dump_json(by_alias=True, exclude_none=True),
        n_lines=n_lines,
        n_accepted=n_accepted,
        n_rejected=n_lines - n_accepted,
        loaded_at=clock.now().replace(tzinfo=None),
        loaded_by=actor,
    )


def _keep_part(
    cursor: duckdb.DuckDBPyConnection,
    stage: staging.Stage,
    contract: Contract,
    mapping: Mapping,
    read: Reading,
    part: staging.Part,
    known: Sequence[snapshots.Snapshot],
    intake: intake_tables.Intake,
    order: Order,
) -> Imported:
    assert part.as_of is not None
    assert part.period is not None
    last = known[0] if known else None
    alone = sum(1 for each in read.parts if each.n_accepted) == 1
    rows = snapshots.accepted(stage.table("staged"), None if alone else part.period)
    snapshot = snapshots.Snapshot(
        snapshot_id=_snapshot_id(cursor, contract, mapping, part, read.digests[part.period], last),
        as_of=part.as_of,
        period=part.period,
        revision=last.revision + 1 if last else 1,
        supersedes=last.snapshot_id if last else None,
        currency=mapping.snapshot.currency,
        contract_version=contract.version,
        digest=read.digests[part.period],
        n_lines=part.n_lines,
        n_accepted=part.n_accepted,
        n_rejected=part.n_lines - part.n_accepted,
        columns=read.columns,
        created_at=intake.loaded_at,
        created_by=intake.loaded_by,
        intake_id=intake.intake_id,
    )
    n_new = customers.register(cursor, stage.table("staged"), None if alone else part.period, order)
    written = snapshots.write_tables(cursor, snapshot.snapshot_id, contract, read.columns, rows=rows, order=order)
    if written != part.n_accepted:
        raise AssertionError(f"{written} customers written, {part.n_accepted} accepted")
    snapshots.add(cursor, snapshot)
    return _result(intake, part, snapshot, n_new, already=False)


def _snapshot_id(
    cursor: duckdb.DuckDBPyConnection,
    contract: Contract,
    mapping: Mapping,
    part: staging.Part,
    digest: str,
    last: snapshots.Snapshot | None,
) -> str:
    """The first 16 hex digits of a hash of what the snapshot says; a return to earlier content also names its last."""
    words = [str(part.as_of), str(part.period), str(contract.version), mapping.snapshot.currency, digest]
    name = hashlib.sha256("|".join(words).encode()).hexdigest()[:16]
    if last is not None and snapshots.get(cursor, name) is not None:
        name = hashlib.sha256("|".join([*words, last.snapshot_id]).encode()).hexdigest()[:16]
    return name


def _known(snapshot: snapshots.Snapshot, intake_id: str, file_name: str) -> Imported:
    part = staging.Part(snapshot.as_of, snapshot.period, snapshot.n_lines, snapshot.n_accepted)
    return replace(_placed(_plain(intake_id, file_name, part), snapshot), already=True)


def _result(
    intake: intake_tables.Intake,
    part: staging.Part,
    snapshot: snapshots.Snapshot | None,
    n_new: int,
    *,
    already: bool,
) -> Imported:
    plain = _plain(intake.intake_id, intake.file_name, part)
    placed = _placed(plain, snapshot) if snapshot else plain
    return replace(placed, n_new_customers=n_new, already=already)


def _plain(intake_id: str, file_name: str, part: staging.Part) -> Imported:
    return Imported(
        intake_id=intake_id,
        file_name=file_name,
        snapshot_id=None,
        as_of=part.as_of,
        period=part.period,
        revision=0,
        supersedes=None,
        n_lines=part.n_lines,
        n_accepted=part.n_accepted,
        n_rejected=part.n_lines - part.n_accepted,
        n_new_customers=0,
        already=False,
    )


def _placed(result: Imported, snapshot: snapshots.Snapshot) -> Imported:
    return replace(result, snapshot_id=snapshot.snapshot_id, revision=snapshot.revision, supersedes=snapshot.supersedes)


def _kind(result: Imported) -> str:
    return "snapshot.imported" if result.snapshot_id else "intake.refused"


def _body(result: Imported, intake: intake_tables.Intake) -> dict[str, object]:
    return {
        "intake": intake.intake_id,
        "snapshot": result.snapshot_id,
        "as_of": result.as_of,
        "period": result.period,
        "revision": result.revision,
        "supersedes": result.supersedes,
        "file": intake.file_name,
        "file_sha256": intake.file_sha256,
        "mapping_sha256": intake.mapping_sha256,
        "n_lines": result.n_lines,
        "n_accepted": result.n_accepted,
        "n_rejected": result.n_rejected,
    }
