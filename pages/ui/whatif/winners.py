"""Winners and losers: who rises and who falls in each group, by customers and by money, those who lose most first."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pandas as pd
import streamlit as st

from analytics.charts.movers import Group, movers
from analytics.cube import winners
from analytics.cube.cells import MEASURES
from analytics.cube.groupings import ELSEWHERE, PRIOR_TIER, REGION
from analytics.cube.recount import states_of
from analytics.cube.winners import Balance
from analytics.desks.whatif import bench
from analytics.errors import TierdeskError
from analytics.vocabulary import CURRENCIES, UNITS, Kind
from pages.ui import cached
from pages.ui.figure_card import show
from pages.ui.frame import tell
from pages.ui.impact.figures import Drawn, Scope
from pages.ui.impact.groups import KIND, TIER, group_name, grouping_name, kind_of, left_out, offered_by
from pages.ui.tables import download, table
from pages.ui.whatif.view import View
from pages.ui.words import count, say, share, to

SHOWN = 12
"""Groups that the picture shows; the table has all of them."""
MONEY = MEASURES[1:]
Named = Sequence[tuple[str, Balance]]


def winners_and_losers(view: View) -> None:
    """Draw the choice of grouping, the picture, and the table with its download."""
    name = _chosen(view)
    try:
        found = [(_name(view, name, each.name), each) for each in _balances(view, name)]
    except TierdeskError as error:
        tell(error)
        return
    if not any(balance.customers.moved for _, balance in found):
        st.markdown(_nobody(view, name))
        return
    scope = replace(view.scope, kind=view.scope.kind or kind_of(name))
    show(*_figure(found, scope, name), key="bench_winners")
    _table(found, scope, name, view.file_name("winners", name))


def _nobody(view: View, name: str) -> str:
    """Why there is nothing to show: some groupings speak of one kind of customer only."""
    kind, scope = kind_of(name), view.scope
    if kind is None:
        return say("winners.nobody")
    facts = {"by": grouping_name(name), "kind": to(kind.label)}
    if scope.kind not in (None, kind):
        return say("winners.other_kind", **facts)
    moves = view.trial.migration.moved(kind=scope.kind, group=scope.group)
    others = say("winners.others_move", n=count(moves.up + moves.down)) if moves.up + moves.down else ""
    return f"{say('winners.nobody_of_kind', **facts)} {others}".strip()


def _chosen(view: View) -> str:
    """The grouping that the visitor chooses; below it, those that the snapshot cannot answer, and why."""
    found, lacking = offered_by(view.here)
    names = [TIER, KIND, *(grouping.name for grouping in found)]
    if bench.has_prior_tier(cached.house(), view.sides[0]):
        names.append(PRIOR_TIER)
    chosen = st.segmented_control(
        say("winners.by"),
        names,
        format_func={each: grouping_name(each) for each in names}.__getitem__,
        default=REGION if REGION in names else TIER,
        required=True,
        key="bench.winners.by",
    )
    left_out(lacking)
    return str(chosen)


def _balances(view: View, name: str) -> Sequence[Balance]:
    scope = view.scope
    if name == TIER:
        return winners.by_tier(view.trial.migration, kind=scope.kind, group=scope.group)
    if name == KIND:
        found = winners.by_kind(view.trial.migration, group=scope.group)
        return [each for each in found if scope.kind in (None, Kind(each.name))]
    if scope.group is None:
        found = winners.by_group(view.by(name).migration, kind=scope.kind)
    elif name == scope.grouping:
        found = winners.by_group(view.trial.migration, kind=scope.kind)
        found = tuple(each for each in found if each.name == scope.group)
    else:
        migration = view.by(scope.grouping, name).migration
        found = winners.by_group(migration, kind=scope.kind, within=scope.group)
    return [each for each in found if each.name != ELSEWHERE]


def _name(view: View, name: str, group: str) -> str:
    if name == KIND:
        return to(Kind(group).label)
    if name in (TIER, PRIOR_TIER):
        labels = {state.id: state.label for state in states_of(view.here.standard)}
        return to(labels[group]) if group in labels else say("winners.new")
    return group_name(name, group)


def _figure(found: Named, scope: Scope, name: str) -> Drawn:
    """Bars of the groups that lose most, the others together."""
    shown, rest = list(found[:SHOWN]), [balance for _, balance in found[SHOWN:]]
    if rest:
        shown.append((say("winners.others", n=len(rest)), winners.together("", rest)))
    groups = [_bars(label, balance, scope) for label, balance in shown]
    up, down = say("impact.up"), say("impact.down")
    rows = [[group.name, group.up_text, group.down_text] for group in groups]
    figure = movers(
        groups,
        up=up,
        down=down,
        title=say("winners.title", by=grouping_name(name)),
        note=say("impact.movers_note", who=scope.who, unit=scope.unit()),
        alt="; ".join(f"{row[0]}: {up} {row[1]}, {down} {row[2]}" for row in rows),
    )
    headers = {"group": grouping_name(name), "up": f"▲ {up}", "down": f"▼ {down}"}
    return figure, pd.DataFrame(rows, columns=list(headers)), headers


def _bars(label: str, balance: Balance, scope: Scope) -> Group:
    moves = balance.of(scope.measure)
    up, down = (value / moves.total if moves.total > 0 else 0.0 for value in (moves.up, moves.down))
    texts = [f"{scope.write(value)} · {share(value, moves.total, 2)}" for value in (moves.up, moves.down)]
    return Group(label, up, down, *texts)


def _table(found: Named, scope: Scope, name: str, file_name: str) -> None:
    """The table, money shortened; the download has every amount to the last digit."""
    headers = {"group": grouping_name(name)}
    headers |= {key: say(f"winners.{key}") for key in ("customers", "up", "down", "net", "share_up", "share_down")}
    headers |= {
        f"{way}_{each}": f"{'▲' if way == 'up' else '▼'} {scope.unit(each)}" for each in MONEY for way in ("up", "down")
    }
    shown = pd.DataFrame([_row(label, balance, scope) for label, balance in found], columns=list(headers))
    exact = pd.DataFrame([_exact(label, balance, scope) for label, balance in found], columns=list(headers))
    percents = {key: say(f"winners.{key}_exact") for key in ("share_up", "share_down")}
    with st.container(border=True, key="bench_winners_numbers"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":small[{say('winners.table_note', who=scope.who)}]", width="stretch")
            download(exact, headers | percents, file_name, key="bench.winners.download")
        table(shown, headers, right=list(headers)[1:])


def _row(label: str, balance: Balance, scope: Scope) -> list[str]:
    moves, total = balance.customers, balance.customers.total
    net = f"{'+' if balance.net > 0 else '−' if balance.net < 0 else ''}{count(abs(balance.net))}"
    shares = share(moves.up, total, 2), share(moves.down, total, 2)
    sums = [scope.write(getattr(balance.of(each), way), each) for each in MONEY for way in ("up", "down")]
    return [label, count(total), count(moves.up), count(moves.down), net, *shares, *sums]


def _exact(label: str, balance: Balance, scope: Scope) -> list[object]:
    moves, scale = balance.customers, UNITS[CURRENCIES[scope.currency]].scale
    shares = [round(100 * float(each), 4) for each in (balance.share_up, balance.share_down)]
    sums = [Decimal(getattr(balance.of(each), way)) / scale for each in MONEY for way in ("up", "down")]
    return [label, moves.total, moves.up, moves.down, balance.net, *shares, *sums]
