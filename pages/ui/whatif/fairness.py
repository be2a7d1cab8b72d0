"""Fairness at a glance: does the change take one group down more often than everyone else?

Like the sections beside it, it speaks of the part of the population that is chosen above them.
"""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics.charts.intervals import Spot, intervals
from analytics.cube.fairness import Compared, Rate, Verdict, compared, rate_of
from analytics.cube.groupings import ELSEWHERE, Grouping, split
from analytics.errors import TierdeskError
from analytics.vocabulary import Kind
from pages.ui.figure_card import show
from pages.ui.frame import empty, tell
from pages.ui.impact.figures import Scope
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
    try:
        with st.spinner(say("fairness.counting")):
            everything = {name: _compared(view, name) for name in _names(view, found)}
    except TierdeskError as error:
        tell(error)
        return
    if not any(each.rate.down for groups in everything.values() for each in groups):
        empty(say("fairness.nobody", who=view.scope.who))
        return
    _overview(view, everything)
    left_out(lacking)
    worst = max(everything, key=lambda name: sum(each.verdict is Verdict.WORSE for each in everything[name]))
    name = st.segmented_control(
        say("fairness.by"),
        list(everything),
        format_func={each: grouping_name(each) for each in everything}.__getitem__,
        default=worst,
        required=True,
        key=f"bench.fairness.by.{worst}",
    )
    _in_full(view, str(name), everything[str(name)])


def _names(view: View, found: Sequence[Grouping]) -> list[str]:
    """The groupings that part those who are looked at: no choice above has settled them already."""
    scope = view.scope
    names = [each.name for each in found if scope.kind is None or each.kind in (None, scope.kind)]
    names = [name for name in names if scope.group is None or name != scope.grouping]
    return names if scope.kind else [*names, KIND]


def _compared(view: View, name: str) -> tuple[Compared, ...]:
    figures = view.here.standard.fairness
    smallest, floor = int(figures["smallest_group"].value), figures["ratio_floor"].value
    there = {group: rate for group, rate in _rates(view, name).items() if rate.customers}
    return compared(there, smallest=smallest, floor=floor)


def _rates(view: View, name: str) -> dict[str, Rate]:
    """Downgrade rates by the groups of a grouping, of the part that is looked at."""
    scope = view.scope
    if name == KIND:
        return {kind.value: rate_of(view.trial.migration, kind=kind, group=scope.group) for kind in Kind}
    if scope.group is None:
        migration = view.by(name).migration
        pairs = [(group, group) for group in migration.groups]
    else:
        migration = view.by(scope.grouping, name).migration
        pairs = [(split(each)[1], each) for each in migration.groups if split(each)[0] == scope.group]
    return {group: rate_of(migration, kind=scope.kind, group=each) for group, each in pairs if group != ELSEWHERE}


def _name(name: str, group: str) -> str:
    return to(Kind(group).label) if name == KIND else group_name(name, group)


def _overview(view: View, everything: dict[str, tuple[Compared, ...]]) -> None:
    """One line a grouping: how many groups were compared, and which are worse off."""
    figures = view.here.standard.fairness
    floor = figures["ratio_floor"].value
    facts = {
        "who": view.scope.who,
        "times": number(1 / floor) if floor else "∞",
        "smallest": count(int(figures["smallest_group"].value)),
    }
    rows = []
    for name, groups in everything.items():
        judged = [each for each in groups if each.verdict is not Verdict.FEW]
        mark, told = verdict_of(name, judged, facts["times"])
        rows.append([grouping_name(name), count(len(judged)), count(len(groups) - len(judged)), f"{mark} {told}"])
    headers = {key: say(f"fairness.{key}") for key in ("grouping", "judged", "unjudged", "verdict")}
    with st.container(border=True):
        st.markdown(f"**{say('fairness.title')}**  \n:small[{say('fairness.note', **facts)}]")
        table(pd.DataFrame(rows, columns=list(headers)), headers, right=("judged", "unjudged"), wide=("verdict",))


def verdict_of(name: str, judged: Sequence[Compared], times: str) -> tuple[str, str]:
    """A grouping in one mark and one sentence: who is worse off, and how many may be by chance alone."""
    if not judged:
        return MARKS[Verdict.FEW], say("fairness.few")
    worse = [_name(name, each.group) for each in judged if each.verdict is Verdict.WORSE]
    chance = sum(each.verdict is Verdict.CHANCE for each in judged)
    facts = {"names": say("bench.list_sign").join(worse), "n": count(chance), "times": times}
    if worse:
        return MARKS[Verdict.WORSE], say("fairness.some_worse_and_chance" if chance else "fairness.some_worse", **facts)
    if chance:
        return MARKS[Verdict.CHANCE], say("fairness.some_chance", **facts)
    return MARKS[Verdict.WITHIN], say("fairness.none_worse")


def _in_full(view: View, name: str, groups: Sequence[Compared]) -> None:
    """The picture, the table, and the download, whose shares are numbers in percent."""
    rows = [_row(name, each) for each in groups]
    headers = {"group": grouping_name(name)}
    keys = ("customers", "down", "rate", "interval", "others", "times", "verdict")
    headers |= {key: say(f"fairness.{key}") for key in keys}
    frame = pd.DataFrame(rows, columns=list(headers))
    judged = [each for each in groups if each.verdict is not Verdict.FEW]
    if judged:
        show(_figure(name, judged, view.scope), frame, headers, key="bench_fairness")
    with st.container(border=True, key="bench_fairness_numbers"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":small[{say('fairness.table_note', who=view.scope.who)}]", width="stretch")
            download(*_exact(name, groups), view.file_name("fairness", name), key="bench.fairness.download")
        table(frame, headers, right=keys[:-1], wide=("verdict",))


def _figure(name: str, judged: Sequence[Compared], scope: Scope) -> object:
    whole = Rate(judged[0].rate.down + judged[0].others.down, judged[0].rate.customers + judged[0].others.customers)
    spots = []
    for each in judged[:SHOWN]:
        found, low_high = each.rate.interval, _interval(each)
        text = f"{share(each.rate.down, each.rate.customers, 2)}  [{low_high}]"
        worse = each.verdict is Verdict.WORSE
        spots.append(Spot(_name(name, each.group), float(each.rate.value), found.low, found.high, text, worse))
    note = say("fairness.figure_note", who=scope.who, whole=share(whole.down, whole.customers, 2))
    if len(judged) > SHOWN:
        note = say("fairness.figure_worst", n=SHOWN, all=len(judged), note=note)
    return intervals(
        spots,
        whole=float(whole.value),
        title=say("fairness.figure", by=grouping_name(name)),
        note=note,
        alt="; ".join(f"{spot.name}: {spot.text}" for spot in spots),
    )


def _interval(each: Compared) -> str:
    found = each.rate.interval
    return f"{share(found.low, 1, 2)} – {share(found.high, 1, 2)}"


def _row(name: str, each: Compared) -> list[str]:
    return [
        _name(name, each.group),
        count(each.rate.customers),
        count(each.rate.down),
        share(each.rate.down, each.rate.customers, 2),
        _interval(each),
        share(each.others.down, each.others.customers, 2),
        _times(each),
        f"{MARKS[each.verdict]} {say(f'fairness.verdict_{each.verdict.value}')}",
    ]


def _exact(name: str, groups: Sequence[Compared]) -> tuple[pd.DataFrame, dict[str, str]]:
    headers = {"group": grouping_name(name)}
    keys = ("customers", "down", "rate_exact", "low_exact", "high_exact", "others_exact", "times", "verdict")
    headers |= {key: say(f"fairness.{key}") for key in keys}
    rows = []
    for each in groups:
        rates = each.rate.value, each.rate.interval.low, each.rate.interval.high, each.others.value
        percents = [round(100 * float(value), 4) for value in rates]
        times = None if each.times is None else round(float(each.times), 4)
        verdict = say(f"fairness.verdict_{each.verdict.value}")
        rows.append([_name(name, each.group), each.rate.customers, each.rate.down, *percents, times, verdict])
    return pd.DataFrame(rows, columns=list(headers)), headers


def _times(each: Compared) -> str:
    if each.times is None:
        return say("fairness.nobody_falls" if not each.rate.down else "fairness.nobody_else_falls")
    return say("fairness.times_of", n=number(float(each.times)))
