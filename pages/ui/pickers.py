"""Which snapshot and which standard a page shows: out of the link, the session or the law, in that order."""

from dataclasses import dataclass

import streamlit as st

from analytics import clock
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.people import PEOPLE
from analytics.desks.runs import results
from analytics.desks.runs.fitness import fitting
from analytics.errors import TierdeskError
from analytics.standard.model import Standard
from analytics.store.snapshots import Snapshot
from analytics.store.standards import Publication
from pages.ui import cached, links, session
from pages.ui.words import say, to

SNAPSHOT, STANDARD = "pick.snapshot", "pick.standard"
LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


@dataclass(frozen=True)
class Context:
    """What a page is about."""

    snapshot: Snapshot
    standard: Standard
    standard_hash: str
    since: Publication | None
    """The publication that made the standard law, if one did."""


def context() -> Context | None:
    """What this page is about, as :func:`choose` settled it in this run; ``None`` where the store is empty."""
    return session.recall("context", None)


def choose(page: str) -> Context | None:
    """Draw the two pickers, pin the choice in the address and keep it; ``None`` where there is no snapshot yet.

    Raises ``LINK-001``, ``SNAPSHOT-001`` or ``STANDARD-090`` for a link that names nothing, ``PUBLISH-001`` where
    there is no law.
    """
    house, link = cached.house(), links.current(page)
    session.remember("context", None)
    every = snapshots.every(house)
    law = publishing.in_force(house)
    if not every:
        return None
    standard_hash = _wished_standard(house, law, link.standard)
    snapshot = _snapshot(house, every, house.standard(standard_hash), link.snapshot)
    _standard(house, law, standard_hash)
    history = publishing.history(house)
    publication = next((each for each in history if each.standard_hash == standard_hash), None)
    chosen = Context(snapshot, house.standard(standard_hash), standard_hash, publication)
    session.remember("context", chosen)
    named = {"snapshot": snapshot.snapshot_id, "standard": standard_hash}
    links.pin(links.Link(page, **{**_rest(link), **named}))
    return chosen


def label_of_snapshot(snapshot: Snapshot) -> str:
    """Period, and the revision where it is not the first."""
    if snapshot.revision == 1:
        return snapshot.period
    return say("frame.snapshot_revised", period=snapshot.period, revision=snapshot.revision)


def label_of_standard(house: House, standard_hash: str) -> str:
    """Version and how it stands to the law of today."""
    law, version = publishing.in_force(house), house.standard(standard_hash).standard.version
    known = {each.standard_hash: each for each in publishing.history(house)}
    if standard_hash == law.publication.standard_hash:
        return say("frame.standard_in_force", version=version)
    if standard_hash not in known:
        return say("frame.standard_draft", version=version)
    scheduled = known[standard_hash].effective > clock.today()
    return say("frame.standard_scheduled" if scheduled else "frame.standard_past", version=version)


def _rest(link: links.Link) -> dict[str, str]:
    return {name: value for name, value in link.to_query().items() if name not in ("snapshot", "standard")}


def _snapshot(house: House, every: list[Snapshot], standard: Standard, linked: str | None) -> Snapshot:
    """Of the snapshots that fit the standard; only a link brings one that does not, and the page then says so."""
    known, fit = [each.snapshot_id for each in every], [each.snapshot_id for each in fitting(every, standard)]
    usual = _usual(house, every, standard)
    recalled = session.recall(SNAPSHOT, usual)
    wished = linked or (usual if recalled in known and recalled not in fit else recalled)
    if wished not in known:
        session.forget(SNAPSHOT)
        return snapshots.get(house, wished)
    _keep(SNAPSHOT, wished, usual)
    labels = {each.snapshot_id: label_of_snapshot(each) for each in every}
    session.show(f"{SNAPSHOT}.widget", wished)
    st.selectbox(
        say("frame.snapshot"),
        [name for name in known if name in fit or name == wished],
        format_func=labels.__getitem__,
        key=f"{SNAPSHOT}.widget",
        on_change=_changed,
        args=("snapshot", SNAPSHOT, usual),
    )
    return next(each for each in every if each.snapshot_id == wished)


def _usual(house: House, every: list[Snapshot], standard: Standard) -> str:
    """The latest snapshot that is classified, so that a file of today does not empty everybody's pages."""
    fit = fitting(snapshots.latest(house), standard) or every
    run = {run.snapshot_id for run, _ in results.every_run(house)}
    return next((each for each in fit if each.snapshot_id in run), fit[0]).snapshot_id


def _wished_standard(house: House, law: publishing.InForce, linked: str | None) -> str:
    wished = linked or session.recall(STANDARD, law.publication.standard_hash)
    try:
        return house.stored(wished).standard_hash
    except TierdeskError:
        session.forget(STANDARD)
        raise


def _standard(house: House, law: publishing.InForce, wished: str) -> None:
    usual = law.publication.standard_hash
    known = [each.standard_hash for each in publishing.history(house)]
    _keep(STANDARD, wished, usual)
    options = known if wished in known else [wished, *known]
    labels = {each: label_of_standard(house, each) for each in options}
    session.show(f"{STANDARD}.widget", wished)
    st.selectbox(
        say("frame.standard"),
        options,
        format_func=labels.__getitem__,
        key=f"{STANDARD}.widget",
        on_change=_changed,
        args=("standard", STANDARD, usual),
    )


def _keep(key: str, wished: str, usual: str) -> None:
    """A choice that differs from the usual one follows the visitor to other pages; the usual one is not kept."""
    if wished == usual:
        session.forget(key)
    else:
        session.remember(key, wished)


def _changed(name: str, key: str, usual: str) -> None:
    chosen = str(session.shown(f"{key}.widget"))
    _keep(key, chosen, usual)
    st.query_params[name] = chosen[: links.SHORT_HASH] if name == "standard" else chosen


def person_and_language() -> None:
    """Draw the choices that every page has: language, and whom the visitor plays."""
    session.show("pick.language", session.language())
    st.segmented_control(
        say("frame.language"),
        ["zh", "en"],
        format_func=LANGUAGE_NAMES.__getitem__,
        key="pick.language",
        required=True,
        on_change=lambda: session.choose_language(str(session.shown("pick.language"))),
        width="stretch",
    )
    session.show("pick.actor", session.actor())
    people = {each.id: f"{to(each.name)} · {to(each.department)}" for each in PEOPLE}
    st.selectbox(
        say("frame.actor"),
        list(people),
        format_func=people.__getitem__,
        key="pick.actor",
        on_change=lambda: session.choose_actor(str(session.shown("pick.actor"))),
        help=say("frame.actor_help"),
    )
