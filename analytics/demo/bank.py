"""Making the bank: chunk by chunk through all quarters, into one file a quarter."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from analytics.demo.events import Event, planted_events
from analytics.demo.files import QuarterWriter, schema_of, sha256_of, table_of, write_text
from analytics.demo.manifest import FORMAT, EventFigures, Manifest, PlantedEvent, QuarterFile, planted
from analytics.demo.plan import Plan, Quarter, Streams
from analytics.demo.rows import Cohort, Rows, code_lists, joined, newcomer_index
from analytics.demo.world import REFERENCE, World, load_world
from analytics.intake.contract import parse_contract

ARRIVAL_RATE = 0.02
"""Newcomers of a quarter for each founder."""
MANIFEST = "manifest.json"
CONTRACT = REFERENCE.parent / "contract.toml"
Progress = Callable[[float], None]


@dataclass(slots=True)
class Tally:
    """Counts of one quarter over all chunks so far; ``events``: customers, without, recorded, by event id."""

    rows: int = 0
    enterprises: int = 0
    arrivals: int = 0
    departures: int = 0
    events: dict[str, tuple[int, int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one chunk in one quarter, and what is to be counted of them."""

    quarter: Quarter
    rows: Rows
    arrivals: int
    departures: int


def make_bank(
    folder: Path,
    *,
    customers: int = 50_000,
    quarters: int = 8,
    seed: int = 20260101,
    progress: Progress | None = None,
) -> Manifest:
    """Write one Parquet file a quarter (``customers_2025Q4.parquet`` is the last) and ``manifest.json``.

    ``customers`` are there in the first quarter; about 2 % come and 1 % leave in each one after. Columns,
    codes and units are those of the contract; ages and tenures follow from the dates. ``progress`` is told
    the share that is done, 0 to 1. The manifest is written last: where it stands, the bank is whole. Another
    demo bank in ``folder`` is replaced, other files are left alone.
    """
    return write_bank(folder, Plan(customers, quarters, seed), progress or (lambda _: None))


def write_bank(folder: Path, plan: Plan, progress: Progress) -> Manifest:
    """Write the planned bank."""
    world = load_world()
    events = planted_events(world) if plan.with_events else ()
    tallies = {quarter: Tally() for quarter in plan.calendar}
    schema = schema_of(parse_contract(CONTRACT.read_text(encoding="utf-8")))
    codes = code_lists(world)
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        writers = {
            quarter: stack.enter_context(QuarterWriter(folder / file_name(quarter), schema))
            for quarter in plan.calendar
        }
        for done, part in enumerate(_parts(plan, world), 1):
            _plant(events, part, tallies[part.quarter])
            _count(part, tallies[part.quarter])
            writers[part.quarter].write(table_of(part.rows, schema, codes))
            progress(done / (plan.chunks * plan.quarters))
        _withdraw(folder, keep={file_name(quarter) for quarter in plan.calendar})
        for writer in writers.values():
            writer.finish()
    manifest = _manifest(folder, plan, events, tallies)
    write_text(folder / MANIFEST, manifest.to_json())
    return manifest


def file_name(quarter: Quarter) -> str:
    return f"customers_{quarter}.parquet"


def _withdraw(folder: Path, keep: set[str]) -> None:
    """Take the bank that was here before out of force, and its files that no new one will replace."""
    manifest = folder / MANIFEST
    if not manifest.exists():
        return
    names = {entry["file"] for entry in json.loads(manifest.read_text(encoding="utf-8"))["quarters"]}
    manifest.unlink()
    for name in names - keep:
        (folder / Path(name).name).unlink(missing_ok=True)


def _parts(plan: Plan, world: World) -> Iterator[Part]:
    for chunk in range(plan.chunks):
        yield from _chunk_parts(plan, world, chunk)


def _chunk_parts(plan: Plan, world: World, chunk: int) -> Iterator[Part]:
    """All quarters of one chunk; each quarter but the first adds a cohort."""
    founders = chunk * plan.chunk + np.arange(plan.founders(chunk), dtype=np.int64)
    cohorts: list[Cohort] = []
    for number, quarter in enumerate(plan.calendar):
        streams = Streams(plan.seed, chunk, number)
        index = founders if number == 0 else newcomer_index(streams, founders, ARRIVAL_RATE)
        departures = sum(cohort.left(quarter) for cohort in cohorts)
        cohorts.append(Cohort(streams, world, index, quarter))
        rows = joined([cohort.rows(quarter) for cohort in cohorts])
        yield Part(quarter, rows, len(index) if number else 0, departures)


def _plant(events: tuple[Event, ...], part: Part, tally: Tally) -> None:
    """Let the events of the quarter happen, and note their size."""
    for event in events:
        if part.quarter < event.first:
            continue
        members = event.members(part.rows, part.quarter)
        without = event.total(part.rows, members)
        event.change(part.rows, members, part.quarter)
        figures = (int(members.sum()), without, event.total(part.rows, members))
        before = tally.events.get(event.id, (0, 0, 0))
        tally.events[event.id] = (before[0] + figures[0], before[1] + figures[1], before[2] + figures[2])


def _count(part: Part, tally: Tally) -> None:
    tally.rows += len(part.rows)
    tally.enterprises += int(part.rows.values["kind"].sum())
    tally.arrivals += part.arrivals
    tally.departures += part.departures


def _manifest(folder: Path, plan: Plan, events: tuple[Event, ...], tallies: dict[Quarter, Tally]) -> Manifest:
    return Manifest(
        format=FORMAT,
        seed=plan.seed,
        customers=plan.customers,
        quarters=tuple(_quarter_file(folder, quarter, tally) for quarter, tally in tallies.items()),
        events=tuple(_planted(event, plan, tallies) for event in events),
    )


def _quarter_file(folder: Path, quarter: Quarter, tally: Tally) -> QuarterFile:
    path = folder / file_name(quarter)
    return QuarterFile(
        file=path.name,
        quarter=str(quarter),
        as_of=quarter.end.isoformat(),
        rows=tally.rows,
        persons=tally.rows - tally.enterprises,
        enterprises=tally.enterprises,
        arrivals=tally.arrivals,
        departures=tally.departures,
        bytes=path.stat().st_size,
        sha256=sha256_of(path),
    )


def _planted(event: Event, plan: Plan, tallies: dict[Quarter, Tally]) -> PlantedEvent:
    """An event that was there before the first file is dated by the first file."""
    figures = tuple(
        EventFigures(str(quarter), *tally.events[event.id])
        for quarter, tally in tallies.items()
        if event.id in tally.events
    )
    return planted(event, str(max(event.first, plan.calendar[0])), figures)
