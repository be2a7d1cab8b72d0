"""The two sides of a migration, each a snapshot under a standard; both stand in the address."""

from dataclasses import replace

import streamlit as st

from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.runs.fitness import fitting
from analytics.desks.whatif.bench import Side
from pages.ui import cached, links, pickers, session
from pages.ui.links import SHORT_HASH
from pages.ui.pickers import Context
from pages.ui.words import say

CARD = 330


def sides(here: Context) -> tuple[Side, Side]:
    """Draw both pickers, pin what they chose, and return it: before, after.

    Without a word in the address the migration is from the period before, under the same standard.
    """
    house, link = cached.house(), links.current("migration")
    standard = house.stored(link.from_standard or here.standard_hash).standard_hash
    fit = fitting(snapshots.latest(house), house.standard(standard))
    earlier = next((each for each in fit if each.as_of < here.snapshot.as_of), here.snapshot)
    snapshot = snapshots.get(house, link.from_snapshot or earlier.snapshot_id)
    links.pin(replace(links.current("migration"), from_snapshot=snapshot.snapshot_id, from_standard=standard))
    with st.grid(2, min_column_width=CARD):
        _side(house, "before", "from_", (snapshot.snapshot_id, standard), here)
        _side(house, "after", "", (here.snapshot.snapshot_id, here.standard_hash), here)
    return (
        Side(snapshot.snapshot_id, house.standard(standard)),
        Side(here.snapshot.snapshot_id, here.standard),
    )


def side_name(side: Side) -> str:
    """Period and version of a side, as the figures call it."""
    snapshot = snapshots.get(cached.house(), side.snapshot_id)
    period = pickers.label_of_snapshot(snapshot)
    return say("migration.side", period=period, version=side.standard.standard.version)


def _side(house: House, name: str, prefix: str, chosen: tuple[str, str], here: Context) -> None:
    """One side: standards in the currency of the page, and the snapshots that fit; what a link names is kept."""
    every = {each.snapshot_id: each for each in snapshots.every(house)}
    fit = {each.snapshot_id for each in fitting(every.values(), house.standard(chosen[1]))} | {chosen[0]}
    known = [each.standard_hash for each in publishing.history(house)]
    standards = [one for one in known if house.standard(one).standard.currency == here.snapshot.currency]
    standards = standards if chosen[1] in standards else [chosen[1], *standards]
    periods = {one: pickers.label_of_snapshot(each) for one, each in every.items() if one in fit}
    versions = {one: pickers.label_of_standard(house, one) for one in standards}
    with st.container(border=True, key=f"migration_{name}"):
        st.markdown(f"**{say(f'migration.{name}')}**")
        with st.container(horizontal=True):
            session.show(f"migration.{name}.snapshot", chosen[0])
            st.selectbox(
                say("frame.snapshot"),
                list(periods),
                format_func=periods.__getitem__,
                key=f"migration.{name}.snapshot",
                on_change=_chosen,
                args=(f"{prefix}snapshot", f"migration.{name}.snapshot"),
                width=150,
            )
            session.show(f"migration.{name}.standard", chosen[1])
            st.selectbox(
                say("frame.standard"),
                standards,
                format_func=versions.__getitem__,
                key=f"migration.{name}.standard",
                on_change=_chosen,
                args=(f"{prefix}standard", f"migration.{name}.standard"),
                width=210,
            )


def _chosen(parameter: str, key: str) -> None:
    """A side was changed: the address is the one truth."""
    value = str(session.shown(key))
    st.query_params[parameter] = value[:SHORT_HASH] if parameter.endswith("standard") else value
