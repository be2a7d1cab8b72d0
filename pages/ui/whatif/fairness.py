"""Fairness at a glance: does the change take one group down more often than everyone else?"""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics.charts.intervals import Spot, intervals
from analytics.cube.fairness import Compared, Rate, Verdict, compared
from analytics.cube.groupings import ELSEWHERE
from analytics.cube.recount import Migration
from analytics.vocabulary import Kind
from pages.ui.figure_card import show
from pages.ui.frame import empty
from pages.ui.impact.groups import KIND, group_name, grouping_name, left_out, offered_by
from pages.ui.tables import download, table
from pages.ui.whatif.view import View
from pages.ui.words import count, number, say, share, to

SHOWN = 12
"""Groups that the picture shows; the table has all of them."""
MARKS = {Verdict.WITHIN: "✓", Verdict.WORSE: "▼", Verdict.CHANCE: "?", Verdict.FEW: "–"}


def fairness(view: View) -> None:
    """Draw a line for each grouping, and one of them in full."""
    found, lacking = offered_by(view.here, fairness=True)
    names = [*(grouping.name for grouping in found), KIND]
    everything = {name: _compared(view, name) for name in names}
    if not any(each.rate.down for groups in everything.values() for each in groups):
        empty(say("fairness.nobody"))
        return
    _overview(view, everything)
    left_out(lacking)
    worst = max(names, key=lambda name: sum(each.verdict is Verdict.WORSE for each in everything[name]))
    name = st.segmented_control(
        say("fairness.by"),
        names,
        format_func={each: grouping_name(each) for each in names}.__getitem__,
        default=worst,
        required=True,
        key=f"bench.fairness.by.{worst}",
    )
    _in_full(str(name), everything[str(name)])


def _compared(view: View, name: str) -> tuple[Compared, ...]:
    figures = view.here.standard.fairness
    smallest, floor = int(figures["smallest_group"].value), figures["ratio_floor"].value
    if name == KIND:
        rates = {kind.value: _rate(view.trial.migration, kind=kind) for kind in Kind}
    else:
        migration = view.by(name).migration
        rates = {group: _rate(migration, group=group) for group in migration.groups if group != ELSEWHERE}
    here = {group: rate for group, rate in rates.items() if rate.customers}
    return compared(here, smallest=smallest, floor=floor)


def _rate(migration: Migration, *, kind: Kind | None = None, group: str | None = None) -> Rate:
    moves = migration.moved(kind=kind, group=group)
    return Rate(moves.down, moves.total)


def _name(name: str, group: str) -> str:
    return to(Kind(group).label) if name == KIND else group_name(name, group)


def _overview(view: View, everything: dict[str, tuple[Compared, ...]]) -> None:
    """One line a grouping: how many groups were compared, and which are worse off."""
    figures = view.here.standard.fairness
    rows = []
    for name, groups in everything.items():
        judged = [each for each in groups if each.verdict is not Verdict.FEW]
        worse = [_name(name, each.group) for each in judged if each.verdict is Verdict.WORSE]
        verdict = (
            say("fairness.some_worse", names=say("bench.list_sign").join(worse))
            if worse
            else say("fairness.none_worse")
        )
        told = verdict if judged else say("fairness.few")
        mark = MARKS[Verdict.WORSE if worse else Verdict.WITHIN if judged else Verdict.FEW]
        rows.append([grouping_name(name), count(len(judged)), count(len(groups) - len(judged)), f"{mark} {told}"])
    headers = {key: say(f"fairness.{key}") for key in ("grouping", "judged", "unjudged", "verdict")}
    facts = {
        "floor": number(figures["ratio_floor"].value),
        "times": number(1 / figures["ratio_floor"].value) if figures["ratio_floor"].value else "∞",
        "smallest": count(int(figures["smallest_group"].value)),
    }
    with st.container(border=True):
        st.markdown(f"**{say('fairness.title')}**  \n:small[{say('fairness.note', **facts)}]")
        table(pd.DataFrame(rows, columns=list(headers)), headers, right=("judged", "unjudged"), wide=("verdict",))


def _in_full(name: str, groups: Sequence[Compared]) -> None:
    rows = [_row(name, each) for each in groups]
    headers = {"group": grouping_name(name)}
    keys = ("customers", "down", "rate", "interval", "others", "ratio", "verdict")
    headers |= {key: say(f"fairness.{key}") for key in keys}
    frame = pd.DataFrame(rows, columns=list(headers))
    judged = [each for each in groups if each.verdict is not Verdict.FEW][:SHOWN]
    if judged:
        show(_figure(name, judged), frame, headers, key="bench_fairness")
    with st.container(border=True, key="bench_fairness_numbers"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":small[{say('fairness.table_note')}]", width="stretch")
            download(frame, headers, f"fairness_{name}.csv", key="bench.fairness.download")
        table(frame, headers, right=keys[:-1], wide=("verdict",))


def _figure(name: str, judged: Sequence[Compared]) -> object:
    whole = Rate(judged[0].rate.down + judged[0].others.down, judged[0].rate.customers + judged[0].others.customers)
    spots = []
    for each in judged:
        found, low_high = each.rate.interval, _interval(each)
        text = f"{share(each.rate.down, each.rate.customers, 2)}  [{low_high}]"
        worse = each.verdict is Verdict.WORSE
        spots.append(Spot(_name(name, each.group), float(each.rate.value), found.low, found.high, text, worse))
    return intervals(
        spots,
        whole=float(whole.value),
        title=say("fairness.figure", by=grouping_name(name)),
        note=say("fairness.figure_note", whole=share(whole.down, whole.customers, 2)),
        alt="; ".join(f"{spot.name}: {spot.text}" for spot in spots),
    )


def _interval(each: Compared) -> str:
    found = each.rate.interval
    return f"{share(found.low, 1, 2)} – {share(found.high, 1, 2)}"


def _row(name: str, each: Compared) -> list[str]:
    ratio = say("fairness.nobody_falls") if each.ratio is None else number(float(each.ratio))
    return [
        _name(name, each.group),
        count(each.rate.customers),
        count(each.rate.down),
        share(each.rate.down, each.rate.customers, 2),
        _interval(each),
        share(each.others.down, each.others.customers, 2),
        ratio,
        f"{MARKS[each.verdict]} {say(f'fairness.verdict_{each.verdict.value}')}",
    ]
