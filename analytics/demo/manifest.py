"""The manifest: what the bank's folder holds and what was planted in it."""

import json
from dataclasses import asdict, dataclass

from analytics.demo.events import Event

FORMAT = 1


@dataclass(frozen=True, slots=True)
class QuarterFile:
    """One file. Arrivals and departures are counted against the quarter before; the first has none."""

    file: str
    quarter: str
    as_of: str
    rows: int
    persons: int
    enterprises: int
    arrivals: int
    departures: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class EventFigures:
    """An event in one quarter: rows touched, and the measure over them without and with the event.

    Money in fen, scores in points, codes in customers; rows with an empty measure add nothing.
    """

    quarter: str
    customers: int
    without: int
    recorded: int


@dataclass(frozen=True, slots=True)
class PlantedEvent:
    id: str
    zh: str
    en: str
    first_quarter: str
    where: tuple[str, ...]
    columns: tuple[str, ...]
    measure: str
    counted: str | None
    figures: tuple[EventFigures, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """``customers`` counts the founders, all of whom are in the first file."""

    format: int
    seed: int
    customers: int
    quarters: tuple[QuarterFile, ...]
    events: tuple[PlantedEvent, ...]

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def planted(event: Event, first_quarter: str, figures: tuple[EventFigures, ...]) -> PlantedEvent:
    """The event's data without its functions."""
    return PlantedEvent(
        id=event.id,
        zh=event.title.zh,
        en=event.title.en,
        first_quarter=first_quarter,
        where=event.where,
        columns=event.columns,
        measure=event.measure,
        counted=event.counted,
        figures=figures,
    )
