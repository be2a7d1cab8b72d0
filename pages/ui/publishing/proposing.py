"""From the draft on the bench to a proposal."""

import streamlit as st

from analytics import clock
from analytics.desks import publishing
from analytics.desks.publishing import InForce, Wish
from analytics.desks.whatif import bench
from analytics.desks.whatif.drafts import Draft
from analytics.errors import TierdeskError
from analytics.standard.diff import diff
from pages.ui import cached, links, session
from pages.ui.draft import sketch
from pages.ui.draft.change_list import change_list, fault_list
from pages.ui.frame import empty, tell
from pages.ui.impact import layout
from pages.ui.impact.figures import Scope
from pages.ui.links import Link
from pages.ui.pickers import Context
from pages.ui.words import count, day, say


def draft_proposal(here: Context) -> None:
    """Show the draft, what it changes and does, and the form that proposes it."""
    held = sketch.current(here.standard_hash)
    draft = sketch.draft_of(held)
    to_bench = Link("bench", here.snapshot.snapshot_id, here.standard_hash)
    if held.is_fresh:
        empty(say("publish.no_draft"), to_bench, say("publish.to_bench"))
        return
    if draft.standard is None:
        fault_list(draft, baseline=here.standard, key="publish.draft")
        empty(say("publish.cannot_read"), to_bench, say("publish.to_bench"))
        return
    baseline = publishing.last_published(cached.house())
    _scheduled(here, baseline)
    with st.grid(2, min_column_width=layout.CARD):
        _said(draft, baseline)
        wish = _form(draft)
    if wish is not None:
        _propose(here, draft, wish)
    _impact(here, draft, baseline)


def _scheduled(here: Context, baseline: InForce) -> None:
    """Say that the baseline is a version to come, and lead to it where the draft was drawn over another."""
    law = publishing.in_force(cached.house())
    name, facts = baseline.publication.standard_hash, _facts(baseline)
    if baseline.publication.serial != law.publication.serial:
        st.info(say("publish.scheduled_baseline", **facts), icon=":material/event:")
    if here.standard_hash != name:
        st.warning(say("publish.drawn_elsewhere", **facts), icon=":material/call_split:")
        links.go(Link("bench", here.snapshot.snapshot_id, name), say("publish.to_baseline", **facts))


def _facts(baseline: InForce) -> dict[str, str]:
    return {"version": baseline.standard.standard.version, "effective": day(baseline.publication.effective)}


def _said(draft: Draft, baseline: InForce) -> None:
    house = cached.house()
    assert draft.standard is not None
    found = diff(baseline.standard, draft.standard, house.contract)
    changes = [each for each in found if not each.path.startswith("standard.")]
    with st.container(border=True, key="publish_said"):
        st.markdown(f"**{say('publish.against', n=len(changes), **_facts(baseline))}**")
        between = (baseline.standard, draft.standard)
        change_list(changes, between=between, key="publish.changes", nothing=say("publish.same"))
        fault_list(draft, baseline=baseline.standard, key="publish")


def _form(draft: Draft) -> Wish | None:
    with st.container(border=True, key="publish_form"):
        st.markdown(f"**{say('publish.details')}**")
        title = st.text_input(
            say("publish.title"), key="publish.title", placeholder=say("publish.title_hint"), persist_state="session"
        )
        reason = st.text_area(
            say("publish.reason"), key="publish.reason", placeholder=say("publish.reason_hint"), persist_state="session"
        )
        version = st.text_input(say("publish.version"), publishing.next_version(cached.house()), key="publish.version")
        effective = st.date_input(
            say("publish.effective"),
            clock.today(),
            min_value=clock.today(),
            format="YYYY-MM-DD",
            key="publish.effective",
        )
        pressed = st.button(
            say("publish.propose"),
            type="primary",
            icon=":material/send:",
            disabled=not draft.can_be_proposed,
            help=None if draft.can_be_proposed else say("publish.propose_blocked"),
            key="publish.propose",
        )
    return Wish(title, reason, version, effective) if pressed else None


def _propose(here: Context, draft: Draft, wish: Wish) -> None:
    try:
        publishing.propose(
            cached.house(),
            source=draft.source,
            snapshot_id=here.snapshot.snapshot_id,
            wish=wish,
            actor=session.actor(),
            drawn_from=here.standard_hash,
        )
    except TierdeskError as error:
        tell(error)
        return
    sketch.reset(here.standard_hash)
    session.remember("publish.view", "open")
    session.remember("publish.told", say("publish.proposed_done"))
    st.rerun()


def _impact(here: Context, draft: Draft, baseline: InForce) -> None:
    """What the draft would do, against the latest publication."""
    assert draft.standard is not None
    snapshot = here.snapshot
    facts = {"period": snapshot.period, "customers": count(snapshot.n_accepted), **_facts(baseline)}
    st.markdown(f"#### {say('publish.impact_of', **facts)}")
    try:
        trial = bench.trial(cached.house(), snapshot.snapshot_id, baseline.standard, draft.standard)
    except TierdeskError as error:
        tell(error)
        return
    scope = Scope(say("publish.baseline", **_facts(baseline)), say("publish.draft"), snapshot.currency)
    layout.summary(trial, scope, key="publish.draft")
