"""An address that names a scenario: opened with its snapshot and baseline, and told calmly where it cannot be."""

from contextlib import suppress
from dataclasses import replace

import streamlit as st

from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.publishing import InForce
from analytics.desks.runs.fitness import fitting
from analytics.desks.whatif import scenarios
from analytics.errors import TierdeskError
from analytics.store.scenarios import Scenario
from analytics.store.snapshots import Snapshot
from pages.ui import cached, links, pickers, session
from pages.ui.draft import origins, sketch
from pages.ui.frame import plain, tell
from pages.ui.pickers import Context
from pages.ui.scenarios import carrying
from pages.ui.words import day, moment, say, to, who


def enter() -> None:
    """Let an address that names nothing but a scenario bring its snapshot and baseline too; draws nothing.

    To be called before the frame, whose pickers then read them. Errors are the frame's to tell.
    """
    with suppress(TierdeskError):
        link = links.current("bench")
        if link.scenario is None or (link.snapshot and link.standard):
            return
        scenario = scenarios.get(cached.house(), link.scenario)
        if scenario.deleted_at is None:
            links.pin(origins.link_to(scenario, snapshot_id=link.snapshot))


def follow(here: Context) -> None:
    """Open the scenario of the address, once, and keep the address in step with the draft in hand."""
    link, origin = links.current("bench"), origins.of(here.standard_hash)
    named = None if origin is None else origin.scenario_id
    if link.scenario not in (None, named, session.recall(origins.FOLLOWED, "")):
        _open(here, str(link.scenario))
    elif link.scenario != named:
        links.pin(replace(link, scenario=named))
    scenario = origins.head_of(here.standard_hash)
    if scenario is not None:
        _about(here, scenario)


def _open(here: Context, scenario_id: str) -> None:
    try:
        scenario = scenarios.get(cached.house(), scenario_id)
    except TierdeskError as error:
        with st.container(border=True, key="scenario_missing"):
            st.markdown(f":material/link_off: **{plain(to(error.message))}**  \n{say('scenarios.missing')}")
            _go_on()
        return
    if scenario.deleted_at is not None:
        with st.container(border=True, key="scenario_deleted"):
            _tombstone(scenario)
            with st.container(horizontal=True):
                _restore(scenario)
                _go_on()
        return
    origins.open_scenario(scenario, snapshot_id=here.snapshot.snapshot_id)
    st.rerun()


def _go_on() -> None:
    if st.button(say("scenarios.go_on"), icon=":material/arrow_forward:", key="scenarios.go_on"):
        links.pin(replace(links.current("bench"), scenario=None))
        st.rerun()


def _tombstone(scenario: Scenario) -> None:
    assert scenario.deleted_at is not None
    facts = {
        "name": plain(scenario.contents.name),
        "who": who(scenario.deleted_by or ""),
        "when": moment(scenario.deleted_at),
    }
    st.markdown(f":material/delete: **{say('scenarios.deleted_by', **facts)}**  \n{say('scenarios.deleted_help')}")


def _restore(scenario: Scenario) -> None:
    if not st.button(say("scenarios.restore"), icon=":material/restore_from_trash:", key="scenarios.restore_linked"):
        return
    try:
        restored = scenarios.restore(cached.house(), scenario.scenario_id, actor=session.actor())
    except TierdeskError as error:
        tell(error)
        return
    origins.open_scenario(restored)
    st.rerun()


def _about(here: Context, scenario: Scenario) -> None:
    """Whose draft is in hand, and what has happened to it, its baseline and its customers since."""
    with st.container(border=True, key="scenario_about"):
        facts = {"who": who(scenario.saved_by), "when": moment(scenario.saved_at), "revision": scenario.revision}
        title = f":material/bookmark: **{plain(scenario.contents.name)}** · {say('scenarios.saved_by', **facts)}"
        note = f"  \n:small[{plain(scenario.contents.note)}]" if scenario.contents.note else ""
        st.markdown(title + note)
        if scenario.deleted_at is not None:
            _tombstone(scenario)
            _restore(scenario)
            return
        _newer(here, scenario)
        _baseline(here, scenario)
        _snapshot(here)
        carrying.report(here)


def _newer(here: Context, scenario: Scenario) -> None:
    """Somebody has saved it since it was opened here."""
    origin = origins.of(here.standard_hash)
    if origin is None or origin.revision == scenario.revision:
        return
    words = f":orange[:material/group:] {say('scenarios.newer', opened=origin.revision)}"
    if _way_on(words, "open_newer", say("scenarios.open_theirs"), ":material/sync:"):
        origins.open_scenario(scenario)
        st.rerun()


def _baseline(here: Context, scenario: Scenario) -> None:
    """The law has changed since the draft was drawn; its changes can be carried over."""
    last = publishing.last_published(cached.house())
    if last.publication.standard_hash == here.standard_hash:
        return
    facts = {"version": here.standard.standard.version, **_law(last)}
    words = f":orange[:material/history:] {say('scenarios.older_standard', **facts)}"
    if sketch.draft_of(sketch.current(here.standard_hash)).standard is None:
        st.markdown(f"{words}  \n:small[{say('scenarios.cannot_carry')}]")
    elif _way_on(words, "carry", say("scenarios.carry", **_law(last)), ":material/move_up:"):
        carrying.carry_over(here, scenario, last)
        st.rerun()


def _way_on(words: str, key: str, label: str, icon: str) -> bool:
    """What has happened, and beside it the button that goes on from there."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words, width="stretch")
        return st.button(label, icon=icon, key=f"scenarios.{key}")


def _law(last: InForce) -> dict[str, str]:
    return {"law": last.standard.standard.version, "effective": day(last.publication.effective)}


def _snapshot(here: Context) -> None:
    """The customers that are counted are not the latest."""
    latest = next(iter(fitting(snapshots.latest(cached.house()), here.standard)), None)
    if latest is None or not _is_later(latest, here.snapshot):
        return
    facts = {"period": pickers.label_of_snapshot(here.snapshot), "latest": pickers.label_of_snapshot(latest)}
    words = f":orange[:material/database:] {say('scenarios.older_snapshot', **facts)}"
    if _way_on(words, "recount", say("scenarios.recount", **facts), ":material/calculate:"):
        links.pin(replace(links.current("bench"), snapshot=latest.snapshot_id))
        st.rerun()


def _is_later(one: Snapshot, other: Snapshot) -> bool:
    return (one.as_of, one.revision) > (other.as_of, other.revision) and one.snapshot_id != other.snapshot_id
