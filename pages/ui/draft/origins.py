"""Which scenario the draft in a visitor's hand came from, and at which revision: what a save must know."""

from dataclasses import dataclass

from analytics.desks.data import snapshots
from analytics.desks.whatif import scenarios
from analytics.errors import TierdeskError
from analytics.store.scenarios import Contents, Scenario
from pages.ui import cached, links, session
from pages.ui.draft import sketch
from pages.ui.links import Link
from pages.ui.pickers import Context

FOLLOWED = "scenarios.followed"
"""The scenario that was opened last: an address that still names it is not followed twice."""

PICKED = "scenarios.one"
"""The scenario that the shelf's acts are about: the one saved or opened last, until another is chosen."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The scenario that a sketch came from, as it was then."""

    scenario_id: str
    revision: int


def of(baseline: str) -> Origin | None:
    """Where the sketch over a standard came from; ``None`` for one that is nobody's."""
    found: Origin | None = session.recall(f"scenarios.origin.{baseline}", None)
    return found


def head_of(baseline: str) -> Scenario | None:
    """The scenario that the sketch came from as it stands now, deleted or not."""
    origin = of(baseline)
    if origin is None:
        return None
    try:
        return scenarios.get(cached.house(), origin.scenario_id)
    except TierdeskError:
        leave(baseline)
        return None


def name_of(baseline: str, text: str | None) -> str | None:
    """The name of the scenario that a text was opened from; ``None`` for a text of the visitor's own."""
    head = head_of(baseline)
    if head is None or text is None:
        return None
    saved = (head, *scenarios.revisions(cached.house(), head.scenario_id))
    return head.contents.name if any(each.contents.source == text for each in saved) else None


def settle(baseline: str, scenario: Scenario) -> None:
    """The sketch over ``baseline`` is this scenario from here on."""
    session.remember(f"scenarios.origin.{baseline}", Origin(scenario.scenario_id, scenario.revision))
    session.remember(FOLLOWED, scenario.scenario_id)
    session.remember(PICKED, scenario.scenario_id)


def leave(baseline: str) -> None:
    """The sketch stays as it is and is nobody's."""
    session.forget(f"scenarios.origin.{baseline}")


def open_scenario(scenario: Scenario, *, snapshot_id: str | None = None, contents: Contents | None = None) -> None:
    """Work on a scenario from here on, on its own snapshot unless said; the address says so too.

    ``contents`` are those of an earlier revision. The sketch that was there is one undo away.
    """
    said = contents or scenario.contents
    baseline = said.baseline_hash
    if sketch.draft_of(sketch.current(baseline)).source != said.source:
        sketch.open_text(baseline, said.source)
    settle(baseline, scenario)
    links.pin(link_to(scenario, baseline=baseline, snapshot_id=snapshot_id))


def link_to(scenario: Scenario, *, baseline: str | None = None, snapshot_id: str | None = None) -> Link:
    """The address of a scenario, with its baseline and its snapshot, where the store still has that."""
    known = {each.snapshot_id for each in snapshots.every(cached.house())}
    wished = snapshot_id or scenario.contents.snapshot_id
    return Link(
        "bench",
        wished if wished in known else None,
        baseline or scenario.contents.baseline_hash,
        scenario=scenario.scenario_id,
    )


def contents_of(here: Context, name: str, note: str, source: str) -> Contents:
    """What the visitor's draft would be kept as."""
    return Contents(name, note, here.standard_hash, here.snapshot.snapshot_id, source)
