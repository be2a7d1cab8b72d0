"""Bring customers' files in: check, tell, and keep as immutable snapshots, each import in one transaction."""

import csv
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from analytics import clock
from analytics.desks.progress import Progress, unwatched
from analytics.desks.rules_file import whole
from analytics.intake import checks
from analytics.intake.contract import Contract
from analytics.intake.export import safe
from analytics.intake.mapping import Mapping
from analytics.intake.masking import as_row
from analytics.intake.suggestion import suggest
from analytics.store import events, intake_tables, keeping, snapshots
from analytics.store.connect import Cursor, Store
from analytics.store.intake_tables import Finding
from analytics.store.reading import files, looking, refusals, sources, staging
from analytics.store.reading.findings import findings as found_on
from analytics.store.reading.findings import in_future, unit_changed
from analytics.vocabulary import Text

READING = Text("读取并逐行校验", "Reading and checking every row")
HASHING = Text("计算文件指纹", "Taking the file's fingerprint")
DECODING = Text("转换编码", "Decoding")
KEEPING = Text("写入快照", "Writing the snapshot")
DONE = Text("完成", "Done")


_ONE_IMPORT = threading.Lock()
"""Imports of a process wait for each other: each may fill the memory that the store is given."""


Imported = keeping.Imported
"""What became of one period of a file."""


@dataclass(frozen=True, slots=True)
class Preview:
    """How a file seems to be written, its first rows as text, and a mapping to begin with."""

    format: str
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    mapping: Mapping


def import_file(
    store: Store,
    contract: Contract,
    path: Path,
    mapping: Mapping,
    actor: str,
    progress: Progress = unwatched,
) -> tuple[Imported, ...]:
    """Import a file, or a folder whose files' names tell the period; one result for each period.

    Each import is one act: it is kept whole or not at all. Raises ``INTAKE-001`` to ``-018`` for files that are refused
    as a whole, and the store's errors. What ``progress`` raises stops the import; nothing is kept then.
    """
    batches = files.batches(path, mapping)
    results: list[Imported] = []
    for place, batch in enumerate(batches):
        inner = _scaled(progress, place / len(batches), 1 / len(batches))
        with _ONE_IMPORT:
            results += _import_batch(store, contract, batch, mapping, actor, inner)
    return tuple(results)


def _scaled(progress: Progress, begin: float, length: float) -> Progress:
    return lambda share, words: progress(begin + share * length, words)


def _import_batch(
    store: Store, contract: Contract, batch: files.Batch, mapping: Mapping, actor: str, progress: Progress
) -> tuple[Imported, ...]:
    before = _states(batch)
    mark = files.fingerprint(batch.paths, lambda share: progress(0.1 * share, HASHING))
    with store.read() as cursor:
        earlier = keeping.earlier(cursor, contract, batch, mapping, mark)
    if earlier:
        return earlier
    with ExitStack() as stack:
        workspace = store.path.with_suffix(sources.WORKSPACE)
        sources.sweep(workspace)
        stack.callback(sources.sweep, workspace)
        stage = stack.enter_context(staging.stage(store))
        read = _check(stage, contract, batch, mapping, mark, workspace, progress)
        if _states(batch) != before:
            raise refusals.changed(batch.name)
        progress(0.7, KEEPING)
        found = [
            *found_on(stage, contract, mapping, read.columns),
            *in_future(read.parts, clock.today()),
            *_against_earlier(store, stage, read, mapping.snapshot.currency),
        ]
        with store.act() as cursor:
            results = keeping.keep(cursor, stage, contract, mapping, read, found, actor=actor)
    progress(1.0, DONE)
    return results


def _against_earlier(store: Store, stage: staging.Stage, read: keeping.Reading, currency: str) -> list[Finding]:
    """Whether the unit of the assets has changed since the snapshot before in the same currency."""
    if "assets" not in read.columns:
        return []
    found: list[Finding] = []
    with store.read() as cursor:
        for part in read.parts:
            earlier = snapshots.before(cursor, part.as_of, currency) if part.as_of and part.n_accepted else None
            if earlier is not None and part.period is not None:
                facts = snapshots.facts_table(earlier.snapshot_id)
                found += unit_changed(stage, part.period, part.n_accepted, facts)
    return found


def _states(batch: files.Batch) -> list[tuple[int, int]]:
    return [(state.st_size, state.st_mtime_ns) for state in (path.stat() for path in batch.paths)]


def _check(
    stage: staging.Stage,
    contract: Contract,
    batch: files.Batch,
    mapping: Mapping,
    mark: files.Fingerprint,
    workspace: Path,
    progress: Progress,
) -> keeping.Reading:
    """Read and check the files onto the stage, and count that no line is lost."""
    opened = sources.open_source(
        stage.cursor, batch, mapping, workspace, lambda share: progress(0.1 + 0.1 * share, DECODING)
    )
    check = checks.check(contract, mapping, opened.source, batch.window, read=opened.read)
    stage.fill(opened, check, batch.window, lambda share: progress(0.2 + 0.5 * share, READING))
    _count_lines(stage, opened, mapping, mark)
    stage.refuse(batch.window, header=mapping.file.header and mapping.file.format == "csv")
    parts = _with_ragged(stage.parts(), stage.n_ragged, batch.window)
    digests = {
        str(part.period): stage.digest(snapshots.digest_sql(contract, check.columns), part, alone=len(parts) == 1)
        for part in parts
        if part.is_known
    }
    return keeping.Reading(batch, mark, check.columns, tuple(parts), digests)


def _count_lines(stage: staging.Stage, opened: sources.Opened, mapping: Mapping, mark: files.Fingerprint) -> None:
    """Hold the rows against an independent count of lines; raises ``INTAKE-008`` where any is unaccounted for.

    Line ends are counted where every record is a line; else (line ends inside of quotes, empty lines) Python's
    own CSV reader is the second opinion.
    """
    n_found = stage.n_rows + stage.n_ragged
    if not n_found:
        raise refusals.no_rows(opened.paths[0].name)
    if not opened.faults:
        return
    n_headers = len(opened.paths) if mapping.file.header else 0
    if n_found != mark.n_lines - n_headers and n_found != files.count_records(opened.paths, mapping):
        raise refusals.lost_lines(opened.paths[0].name, None)


def _with_ragged(parts: list[staging.Part], n_ragged: int, window: checks.Window) -> list[staging.Part]:
    """Count broken lines to the file's period where it has one, else to the rows of no period."""
    if not n_ragged:
        return parts
    home = next((part for part in parts if not part.is_known), None)
    if window.as_of is not None and window.period is not None:
        home = parts[0] if parts else staging.Part(window.as_of, window.period, 0, 0)
    home = home or staging.Part(None, None, 0, 0)
    return [
        *(part for part in parts if part is not home and part != home),
        replace(home, n_lines=home.n_lines + n_ragged),
    ]


def intakes(store: Store) -> list[intake_tables.Intake]:
    """Every import, latest first."""
    with store.read() as cursor:
        return intake_tables.every(cursor)


def findings(store: Store, intake_id: str) -> list[Finding]:
    """What an import found, refusals first."""
    with store.read() as cursor:
        return intake_tables.findings(cursor, intake_id)


def rejects(store: Store, intake_id: str, n: int = 100) -> list[intake_tables.Reject]:
    """The first refused rows of an import. Personal data."""
    with store.read() as cursor:
        return list(intake_tables.rejects(cursor, intake_id, n))


def rejects_csv(store: Store, intake_ids: tuple[str, ...], path: Path, *, actor: str) -> int:
    """Write the refused rows of imports as CSV (UTF-8 with BOM, as spreadsheets want it); returns their number.

    First the file, the line, the period and the codes, then the files' own columns as they were. Cells that a
    spreadsheet would calculate get ``'`` before them. The event is kept before the file appears, whole, in its place.
    """
    n_rows = 0
    with whole(path, encoding="utf-8-sig", newline="") as out:
        with store.read() as cursor:
            names: dict[str, None] = {}
            for reject in _all_rejects(cursor, intake_ids):
                names |= dict.fromkeys(as_row(reject.content))
            writer = csv.writer(out)
            own_names = [safe(name) if name else "raw line" for name in names]
            writer.writerow(["file", "line", "period", "codes", *own_names])
            for reject in _all_rejects(cursor, intake_ids):
                row = as_row(reject.content)
                own = [safe(row.get(name) or "") for name in names]
                writer.writerow([safe(reject.file_name), reject.line, safe(reject.period or ""), reject.codes, *own])
                n_rows += 1
        with store.act() as cursor:
            body = {"intakes": intake_ids, "rows": n_rows, "file": path.name}
            events.append(cursor, actor=actor, kind="rejects.exported", body=body)
    return n_rows


def _all_rejects(cursor: Cursor, intake_ids: tuple[str, ...]) -> Iterator[intake_tables.Reject]:
    for intake_id in intake_ids:
        yield from intake_tables.rejects(cursor, intake_id)


def preview(path: Path, contract: Contract, n: int = 20) -> Preview:
    """The first rows of a file as text, how it seems to be written, and a mapping to begin with."""
    look = looking.look(path, n)
    guess = suggest(look.header, look.rows, contract)
    form = {"format": look.format, "encoding": look.encoding, "delimiter": look.delimiter}
    written = Mapping.model_validate({**guess.model_dump(by_alias=True), "file": form})
    return Preview(look.format, look.encoding, look.delimiter, look.header, look.rows, written)


def trial(path: Path, contract: Contract, mapping: Mapping, n: int = 200) -> list[dict[str, object]]:
    """The first rows of a file as the mapping reads them, with ``reasons`` and ``notes``; nothing is kept."""
    return looking.trial(path, contract, mapping, n)
