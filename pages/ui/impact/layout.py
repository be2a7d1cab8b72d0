"""What a change would do, laid out the same wherever it is shown: bench, migration, proposal."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import pandas as pd
import streamlit as st

from analytics.cube.cells import MEASURES
from analytics.cube.groupings import REGION, SEPARATOR
from analytics.cube.recount import Migration, Staffing
from analytics.desks.whatif.bench import Trial
from analytics.vocabulary import Kind
from pages.ui import session
from pages.ui.figure_card import show
from pages.ui.impact.figures import (
    Scope,
    distribution_of,
    flows_of,
    matrix_of,
    movers_by_kind,
    movers_by_region,
)
from pages.ui.impact.groups import group_name, grouping_name, groups_of, in_order, offered_by
from pages.ui.pickers import Context
from pages.ui.tables import table
from pages.ui.words import NOTHING, count, money, say, share, to

ALL = "all"
EVERY = SEPARATOR
"""Stands for all groups in a choice: no group is called so."""
STAFF = ("customers", "managers", "cost")
CARD, NARROW_CARD, METRIC = 330, 296, 170
"""Cards are never narrower than this (three of them a little more); the grid reflows instead."""


def scope_controls(migration: Migration, scope: Scope, *, key: str, here: Context | None = None) -> Scope:
    """Draw the choices of kind, measure and group; returns the scope that they make.

    Groups are the regions of ``migration``; with the page's context, those of any grouping of its snapshot, and whoever
    draws a scope of another grouping counts the migration by that one.
    """
    kinds = {ALL: say("impact.everyone")} | {kind.value: to(kind.label) for kind in Kind}
    measures = {name: say(f"impact.{name}") for name in MEASURES}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = _choice(key, "shown_kind", kinds)
        measure = _choice(key, "measure", measures)
        grouping = _grouping(here, key) if here else REGION
        group = _group(groups_of(here, grouping) if here else in_order(REGION, migration.groups), grouping, key)
    return replace(
        scope,
        kind=None if kind == ALL else Kind(kind),
        measure=measure,
        grouping=REGION if group is None else grouping,
        group=group,
    )


def _grouping(here: Context, key: str) -> str:
    names = {each.name: to(each.label) for each in offered_by(here)[0]} or {REGION: grouping_name(REGION)}
    return str(
        st.selectbox(
            say("impact.part_by"), list(names), format_func=names.__getitem__, key=f"{key}.grouping", width=140
        )
    )


def _group(groups: list[str], grouping: str, key: str) -> str | None:
    """One group of a grouping, or nothing for all; no choice where there is but one."""
    names = {EVERY: say("impact.every_group")}
    names |= {group: group_name(grouping, group) for group in groups} if len(groups) > 1 else {}
    chosen = st.selectbox(
        grouping_name(grouping), list(names), format_func=names.__getitem__, key=f"{key}.{grouping}", width=200
    )
    return None if chosen == EVERY else chosen


def _choice(key: str, name: str, labels: dict[str, str]) -> str:
    options = list(labels)
    chosen = st.segmented_control(
        say(f"impact.{name}"),
        options,
        format_func=labels.__getitem__,
        default=options[0],
        required=True,
        key=f"{key}.{name}",
    )
    return str(chosen or options[0])


def headline(trial: Trial, scope: Scope) -> None:
    """Who moves, in customers and in assets, and what serving everyone takes."""
    moved = {
        measure: trial.migration.moved(measure, kind=scope.kind, group=scope.group)
        for measure in ("customers", "assets")
    }
    people, assets = moved["customers"], moved["assets"]
    ways: tuple[tuple[str, int, int, Literal["blue", "orange", "gray"], tuple[str, ...]], ...] = (
        (f"▲ {say('impact.up')}", people.up, assets.up, "blue", ()),
        (f"▼ {say('impact.down')}", people.down, assets.down, "orange", ()),
        (say("impact.elsewhere"), people.other, assets.other, "gray", (say("impact.elsewhere_help"),)),
    )
    with st.grid(5, min_column_width=METRIC):
        for label, n, minor, colour, notes in ways:
            st.metric(
                label,
                count(n),
                delta=share(n, people.total, 2),
                delta_description=say("impact.and_assets", assets=share(minor, assets.total, 2)),
                delta_color=colour if n else "off",
                delta_arrow="off",
                border=True,
                help="  \n".join((*notes, say("impact.share_help", who=scope.who))),
            )
        _staff_metrics(trial, scope)


def _staff_metrics(trial: Trial, scope: Scope) -> None:
    before, after = trial.staff_before, trial.staff_after
    was, now = _managers(before), _managers(after)
    cost = sum(each.cost for each in before), sum(each.cost for each in after)
    st.metric(
        say("impact.managers"),
        NOTHING if now is None else count(now),
        delta=None if was is None or now is None else _difference(now - was, count(abs(now - was))),
        delta_color="off",
        delta_arrow="off",
        border=True,
        help=say("impact.staff_help"),
    )
    st.metric(
        say("impact.cost"),
        money(cost[1], scope.currency),
        delta=_difference(cost[1] - cost[0], money(abs(cost[1] - cost[0]), scope.currency)),
        delta_color="off",
        delta_arrow="off",
        border=True,
        help=say("impact.staff_help"),
    )


def _managers(staff: Sequence[Staffing]) -> int | None:
    """Managers of all tiers, ``None`` where a caseload below one customer leaves them unknown."""
    known = [each.managers for each in staff if each.managers is not None]
    return sum(known) if len(known) == len(staff) else None


def _difference(value: int, text: str) -> str:
    return say("impact.unchanged") if value == 0 else f"{'+' if value > 0 else '−'}{text}"


def matrix_card(migration: Migration, scope: Scope, *, key: str) -> None:
    figure, frame, headers = matrix_of(migration, scope)
    show(figure, frame, headers, key=f"{key}_matrix")


def distribution_cards(migration: Migration, scope: Scope, *, key: str) -> None:
    """By customers, assets and contribution, side by side."""
    with st.grid(3, min_column_width=NARROW_CARD):
        for measure in MEASURES:
            figure, frame, headers = distribution_of(migration, scope, measure)
            show(figure, frame, headers, key=f"{key}_{measure}")


def flow_card(migration: Migration, scope: Scope, *, key: str) -> None:
    """Where customers go; those who stay are many and are drawn on demand, or where nobody moves."""
    nobody, card = nothing_moves(migration, scope), st.container(key=f"{key}_flow")
    still = nobody or st.toggle(say("impact.show_still"), key=f"{key}.still")
    with card:
        figure, frame, headers = flows_of(migration, scope, still=still)
        show(figure, frame, headers, key=f"{key}_flows")


def movement(trial: Trial, scope: Scope, *, key: str) -> None:
    """Who the movers are, by kind and by region, and the staff that everyone takes."""
    with st.grid(2, min_column_width=CARD):
        with st.container(key=f"{key}_kinds"):
            figure, frame, headers = movers_by_kind(trial.migration, scope)
            show(figure, frame, headers, key=f"{key}_by_kind")
            staff_table(trial, scope)
        with st.container(key=f"{key}_regions"):
            figure, frame, headers = movers_by_region(trial.migration, scope)
            show(figure, frame, headers, key=f"{key}_by_region")


def summary(trial: Trial, scope: Scope, *, key: str) -> None:
    """The whole of an impact in few figures: headline, matrix, flows, staff."""
    headline(trial, scope)
    with st.grid(2, min_column_width=CARD):
        matrix_card(trial.migration, scope, key=key)
        with st.container(key=f"{key}_right"):
            flow_card(trial.migration, scope, key=key)
            staff_table(trial, scope)


def staff_table(trial: Trial, scope: Scope) -> None:
    """Customers, managers and yearly cost by tier, before and after."""
    was = {each.tier.id: each for each in trial.staff_before}
    now = {each.tier.id: each for each in trial.staff_after}
    rows = []
    for name in reversed(list({**was, **now})):
        old, new = was.get(name), now.get(name)
        label = next(each.tier.label for each in (new, old) if each is not None)
        pairs = {field: (getattr(old, field, 0), getattr(new, field, 0)) for field in STAFF}
        rows.append([to(label), *(_pair(pair, field, scope.currency) for field, pair in pairs.items())])
    rows.append([say("impact.total"), *(_pair(_sums(trial, field), field, scope.currency) for field in STAFF)])
    headers = {"tier": say("impact.tier")} | {field: say(f"impact.{field}") for field in STAFF}
    with st.container(border=True):
        note = say("impact.staff_note", before=scope.before, after=scope.after)
        st.markdown(f"**{say('impact.staff')}**  \n:small[{note}]")
        table(pd.DataFrame(rows, columns=list(headers)), headers, right=STAFF)


def _sums(trial: Trial, field: str) -> tuple[int | None, int | None]:
    """A field over all tiers, before and after; ``None`` where one tier's is unknown."""
    found = [[getattr(each, field) for each in side] for side in (trial.staff_before, trial.staff_after)]
    was, now = (None if None in side else sum(side) for side in found)
    return was, now


def _pair(pair: tuple[int | None, int | None], field: str, currency: str) -> str:
    """``19 (+2)``: what it would be, and how much more or less that is; one number where nothing changes."""
    was, now = pair
    if now is None:
        return NOTHING
    gap = 0 if was is None else now - was
    shown, more = (money(each, currency) if field == "cost" else count(each) for each in (now, abs(gap)))
    return f"{shown} ({'+' if gap > 0 else '−'}{more})" if gap else shown


def nobody_of_part(migration: Migration, scope: Scope, *, key: str) -> bool:
    """Where others move but nobody of the part that is shown: say so, with a way back to everyone; whether it is so.

    ``key`` is that of the scope's controls.
    """
    total = migration.moved().moved
    if not total or not nothing_moves(migration, scope):
        return False
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(say("impact.nobody_of_part", who=scope.who, n=count(total)), icon=":material/filter_alt:")
        st.button(
            say("impact.back_to_everyone"),
            on_click=_show_everyone,
            args=(key, scope.grouping),
            icon=":material/filter_alt_off:",
            key=f"{key}.everyone",
        )
    return True


def _show_everyone(key: str, grouping: str) -> None:
    session.show(f"{key}.shown_kind", ALL)
    session.show(f"{key}.{grouping}", EVERY)


def nothing_moves(migration: Migration, scope: Scope) -> bool:
    """Whether everybody in the scope stays where they are."""
    return migration.moved(kind=scope.kind, group=scope.group).moved == 0
