"""Overview: where we stand, what moved, what waits."""

from typing import Literal

import streamlit as st

from analytics import clock
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.runs import results
from analytics.desks.runs.fitness import fitting, misfit
from analytics.desks.runs.results import Standing
from analytics.desks.whatif import bench
from pages.ui import cached, frame
from pages.ui.links import Link, go
from pages.ui.overview import standings
from pages.ui.pickers import Context
from pages.ui.words import NOTHING, count, day, moment, money, say, share, to


def card(key: str, value: str, note: str, link: Link, label: str) -> None:
    """One fact with where it leads."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.markdown(f":gray[{say(f'overview.{key}')}]")
        st.markdown(f"### {value}")
        st.markdown(note)
        st.space("stretch")
        go(link, say(f"overview.{label}"), icon=":material/arrow_forward:")


def house_cards(here: Context, now: Standing | None) -> None:
    """The law, what takes effect next, what waits, how fresh the data are."""
    house = cached.house()
    law, history = publishing.in_force(house), publishing.history(house)
    since = say("overview.law_since", date=day(law.publication.effective))
    coming = [each for each in reversed(history) if each.effective > clock.today()]
    waiting = [each for each in publishing.every_proposal(house) if each.state == "open"]
    follows, on = NOTHING, say("overview.next_none")
    if coming:
        follows = house.standard(coming[0].standard_hash).standard.version
        on = say("overview.next_on", date=day(coming[0].effective))
    asked = (
        say("overview.waiting_first", title=frame.plain(waiting[0].title)) if waiting else say("overview.waiting_none")
    )
    proposal = waiting[0].proposal_id if waiting else None
    run = say("overview.fresh_run", moment=moment(now.run.finished_at)) if now else say("overview.fresh_none")
    with st.grid(4, min_column_width=220):
        card("law", law.standard.standard.version, since, Link("publish"), "to_standard")
        card("next", follows, on, Link("bench", here.snapshot.snapshot_id, here.standard_hash), "to_bench")
        card("waiting", count(len(waiting)), asked, Link("publish", proposal=proposal), "to_publish")
        card("fresh", day(here.snapshot.as_of), run, Link("runs"), "to_runs")


def tier_cards(kept: list[Standing], now: Standing, before: Standing | None) -> None:
    """One card a tier, highest first, and one for everyone without a tier."""
    with st.grid(len(now.tiers) + 1, min_column_width=200):
        for place in now.tiers:
            history = [each.customers(place.state.id) for each in kept]
            net = place.customers - before.customers(place.state.id) if before else None
            with st.container(border=True, height="stretch", gap="xsmall"):
                st.metric(
                    to(place.state.label),
                    count(place.customers),
                    None if net is None else f"{net:+,}" if net else "±0",
                    delta_color="off",
                    delta_arrow="auto" if net else "off",
                    delta_description=say("overview.versus", period=before.snapshot.period) if before else None,
                    chart_data=history if len(history) > 1 else None,
                )
                part = share(place.customers, now.total(tiers_only=True), 2)
                st.markdown(f":gray[{say('overview.tier_share', share=part)}]")
                if before:
                    link = between(before, now, to_state=place.state.id)
                    go(link, say("overview.to_tier", tier=to(place.state.label)), icon=":material/arrow_forward:")
        with st.container(border=True, height="stretch", gap="xsmall"):
            out = sum(place.customers for place in now.others)
            st.metric(say("overview.others"), count(out))
            st.markdown(f":gray[{say('overview.others_share', share=share(out, now.total()))}]")
            for place in now.others:
                if place.customers:
                    st.markdown(f"{to(place.state.label)} {count(place.customers)}")


def between(before: Standing, now: Standing, *, to_state: str | None = None) -> Link:
    """The migration from one period to another under one standard."""
    standard = now.run.standard_hash
    return Link(
        "migration",
        now.run.snapshot_id,
        standard,
        from_snapshot=before.run.snapshot_id,
        from_standard=standard,
        now=to_state,
    )


def _way(way: Literal["up", "down"], customers: int, everyone: int, held: str) -> None:
    st.metric(
        say(f"overview.{way}"),
        count(customers),
        say("overview.moved_assets", money=held),
        delta_color="blue" if way == "up" else "orange",
        delta_arrow=way,
        help=say("overview.moved_share", share=share(customers, everyone, 2)),
    )


def moved(here: Context, before: Standing, now: Standing) -> None:
    """Who has moved since the period before, under one standard."""
    sides = [bench.Side(each.snapshot_id, here.standard) for each in (before.snapshot, here.snapshot)]
    migration = bench.compare(cached.house(), *sides).migration
    numbers, assets = migration.moved(), migration.moved("assets")
    came = migration.matrix()[[state.id == "NEW" for state in migration.before]].sum()
    left = migration.matrix()[:, [state.id == "CLOSED" for state in migration.after]].sum()
    with st.container(border=True):
        title = say("overview.moved_title", period=before.snapshot.period)
        st.markdown(f"**{title}**  \n:small[{say('overview.moved_note')}]")
        with st.grid(4, min_column_width=160):
            _way("up", numbers.up, numbers.total, money(assets.up, here.snapshot.currency))
            _way("down", numbers.down, numbers.total, money(assets.down, here.snapshot.currency))
            st.metric(say("overview.came"), count(int(came)))
            st.metric(say("overview.left"), count(int(left)))
        go(between(before, now), say("overview.to_migration"), icon=":material/arrow_forward:")


with frame.page("overview") as here:
    house, standard = cached.house(), here.standard_hash
    kept = results.over_time(house, standard, upto=here.snapshot)
    now = next((each for each in kept if each.snapshot == here.snapshot), None)
    earlier = snapshots.before(house, here.snapshot)
    before = next((each for each in kept if each.snapshot == earlier), None)
    house_cards(here, now)
    newest = next(iter(fitting(snapshots.latest(house), here.standard)), here.snapshot)
    if newest.as_of > here.snapshot.as_of and results.standing(house, newest, standard) is None:
        st.info(say("overview.newer", period=newest.period), icon=":material/update:")
        go(Link("runs", newest.snapshot_id, standard), say("overview.to_classify"), icon=":material/arrow_forward:")
    if now is None:
        if error := misfit(here.snapshot, here.standard):
            raise error
        facts = {"period": here.snapshot.period, "version": here.standard.standard.version}
        to_runs = Link("runs", here.snapshot.snapshot_id, standard)
        frame.empty(say("overview.not_run", **facts), to_runs, say("overview.to_classify"))
        st.stop()
    tier_cards(kept, now, before)
    standings.who_and_what(now, here.snapshot.currency)
    if before:
        moved(here, before, now)
    elif earlier is None:
        frame.empty(say("overview.no_before"))
    else:
        facts = {"period": earlier.period, "version": here.standard.standard.version}
        to_runs = Link("runs", earlier.snapshot_id, standard)
        frame.empty(say("overview.before_not_run", **facts), to_runs, say("overview.to_classify"))
    periods = fitting(snapshots.latest(house), here.standard)
    n_periods = sum(each.as_of <= here.snapshot.as_of for each in periods)
    standings.over_time(kept, version=here.standard.standard.version, n_absent=max(0, n_periods - len(kept)))
    standings.causes(now, results.causes(house, now.run))
