"""What a goal-seek found: entry scores, what they would do, what holds them back, and what else could be had."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from analytics.charts.front import Axis, Choice, front
from analytics.cube.goal.ask import Ask, Limit, Subject, Way
from analytics.cube.goal.seek import Clash, Found, Solution
from analytics.desks.whatif import goal
from analytics.vocabulary import Kind
from pages.ui.figure_card import show
from pages.ui.impact import layout
from pages.ui.tables import table
from pages.ui.whatif.seeking.told import Teller
from pages.ui.whatif.view import View
from pages.ui.words import NOTHING, count, number, say, share, to

MOST_DRAWN = 60
"""Points of a front that are drawn and offered at most, the best and both ends always among them."""


@dataclass(frozen=True)
class Told:
    """An answer with what it takes to tell it."""

    view: View
    teller: Teller
    ask: Ask


def clash_card(told: Told, clash: Clash) -> None:
    """Why there is no solution, and how far off each of the limits is."""
    lines = "".join(f"\n- {told.teller.needed(each, alone=len(clash.limits) == 1)}" for each in clash.limits)
    key = "goal.clash_one" if len(clash.limits) == 1 else "goal.clash"
    more = "" if all(each.is_enough for each in clash.limits) else "_more"
    words = say(f"{key}{more}", n=count(clash.n_combinations), limits=len(clash.limits))
    st.warning(f"{words}\n{lines}", icon=":material/block:")


def solution_card(told: Told, found: Found, chosen: Solution) -> None:
    """One solution: its entry scores and what they would do, beside the page's standard and the draft."""
    with st.container(border=True, key="goal_found"):
        st.markdown(f"**{say('goal.found_best' if chosen == found.best else 'goal.found_other')}**")
        of, teller = told.ask.aim.of, told.teller
        drafted = teller.ground.measured(of, teller.ground.layer.migration(teller.ground.stood))
        st.markdown(
            say(
                "goal.reaches",
                what=teller.quantity(of),
                value=teller.part_of(of, chosen.value),
                drafted=teller.part_of(of, drafted),
            )
        )
        _entries(told, chosen)
        if chosen == found.best:
            st.markdown(teller.binding(found, told.ask.aim))
            st.markdown(teller.runner_up(found, told.ask.aim, told.ask.kinds))
        st.markdown(f":small[{say('goal.looked_at', n=count(found.n_combinations))}]")


def effect(told: Told, found: Found, points: Sequence[Solution], chosen: Solution) -> None:
    """Who would move, what else could be had, and the staff that everyone would take."""
    law = told.view.here.standard
    trial = goal.outcome(told.teller.ground, law, chosen.entries)
    scope = replace(told.view.scope, after=say("goal.found_short"), kind=None, group=None)
    st.markdown(f":small[{say('goal.bases')}]")
    layout.headline(trial, scope)
    with st.grid(2, min_column_width=layout.CARD):
        front_card(told, found, points, chosen)
        layout.staff_table(trial, scope)


def _entries(told: Told, chosen: Solution) -> None:
    """Entry scores by kind and tier: the page's standard, the draft, and what was found."""
    law, draft = told.view.here.standard, told.view.draft
    standing = {tier.id: tier for tier in law.tier}
    rows = []
    for place, kind in enumerate(Kind):
        for rank in range(len(draft.tier) - 1, 0, -1) if draft.scales(kind) else ():
            tier = draft.tiers_up[rank]
            was = standing[tier.id].entry if tier.id in standing else None
            stood = was.of(kind) if was else None
            drafted, now = (each[place][rank - 1] for each in (told.teller.ground.stood, chosen.entries))
            rows.append(
                [
                    say("goal.kind_tier", kind=to(kind.label), tier=to(tier.name.text)),
                    NOTHING if stood is None else number(stood),
                    number(goal.points(drafted)),
                    number(goal.points(now)),
                ]
            )
    headers = {"what": say("goal.entry"), "law": say("bench.before"), "draft": say("bench.after")}
    headers["found"] = say("goal.found_short")
    table(pd.DataFrame(rows, columns=list(headers)), headers, right=("law", "draft", "found"))


def limits_card(told: Told, found: Found) -> None:
    """Every limit at the best solution: its value, its room, and what the aim would reach without it."""
    if not found.held:
        return
    teller, of = told.teller, told.ask.aim.of
    rows = [
        [
            ("● " if held.without != found.best.value else "") + teller.limit(held.limit),
            teller.amount(held.limit.of, held.bound),
            teller.amount(held.limit.of, held.value),
            teller.room(held),
            teller.amount(of, held.without),
        ]
        for held in found.held
    ]
    names = ("limit", "bound", "value", "room", "without")
    headers = {name: say(f"goal.column_{name}") for name in names}
    with st.container(border=True, key="goal_limits"):
        st.markdown(f"**{say('goal.limits')}**  \n:small[{say('goal.limits_note', aim=teller.quantity(of))}]")
        table(pd.DataFrame(rows, columns=names), headers, right=names[1:], wide=("limit",))


def drawn(found: Found) -> tuple[Solution, ...]:
    """The points of the front that are drawn: all, or evenly many of them with both ends and the best."""
    every = found.front
    if len(every) <= MOST_DRAWN:
        return every
    places = {round(at * (len(every) - 1) / (MOST_DRAWN - 1)) for at in range(MOST_DRAWN)}
    return tuple(each for at, each in enumerate(every) if at in places or each == found.best)


def front_card(told: Told, found: Found, points: Sequence[Solution], chosen: Solution) -> None:
    """What the aim reaches for every number of customers who go down."""
    teller, of = told.teller, told.ask.aim.of
    cap, whole = _cap(told), teller.ground.whole(of)
    texts = [say("goal.point", value=teller.part(of, each.value), down=count(each.down)) for each in points]
    choices = [
        Choice(each.down, each.value, text, cap is None or each.down <= cap)
        for each, text in zip(points, texts, strict=True)
    ]
    downs, values = [each.down for each in points], [each.value for each in points]
    ends = sorted({min(downs), max(downs)} | ({cap} if cap is not None and cap <= max(downs) else set()))
    figure = front(
        choices,
        chosen=points.index(chosen) if chosen in points else None,
        cap=None if cap is None or cap > max(downs) else (cap, say("goal.cap")),
        price=Axis(say("goal.axis_down"), [(each, count(each)) for each in ends]),
        value=Axis(
            teller.quantity(of), [(each, teller.amount(of, each)) for each in sorted({min(values), max(values)})]
        ),
        title=say("goal.front"),
        note=say(
            "goal.front_note",
            aim=teller.quantity(of),
            shown=count(len(points)),
            n=count(len(found.front)),
            whole=teller.amount(of, whole),
        ),
        alt="; ".join(texts),
    )
    headers = {"down": say("goal.axis_down"), "value": teller.quantity(of), "share": say("goal.share")}
    headers["entries"] = say("goal.entry")
    rows = [
        [
            count(each.down),
            teller.amount(of, each.value),
            share(each.value, whole),
            teller.entries(each, told.ask.kinds),
        ]
        for each in points
    ]
    show(figure, pd.DataFrame(rows, columns=list(headers)), headers, key="goal_front")


def _cap(told: Told) -> int | None:
    """Customers who may go down at most, where that is limited."""

    def is_cap(limit: Limit) -> bool:
        return limit.of.subject is Subject.DOWN and limit.way is Way.MOST

    return next((told.teller.ground.bound(limit) for limit in told.ask.limits if is_cap(limit)), None)
