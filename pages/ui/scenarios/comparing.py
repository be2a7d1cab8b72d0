"""Up to four drafts side by side, held against the standard or against one of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pandas as pd
import streamlit as st

from analytics.charts.lineup import Lane, lineup
from analytics.charts.palette import state_colours
from analytics.cube.recount import Migration
from analytics.desks.whatif import scenarios
from analytics.desks.whatif.drafts import Draft
from analytics.standard.diff import diff
from analytics.standard.model import Standard
from analytics.store.scenarios import Scenario
from pages.ui import cached, pickers, session
from pages.ui.draft import sketch
from pages.ui.draft.change_list import change_list
from pages.ui.draft.sketch import Sketch
from pages.ui.figure_card import show
from pages.ui.frame import empty, plain
from pages.ui.impact.figures import Scope, matrix_of
from pages.ui.impact.layout import CARD
from pages.ui.pickers import Context
from pages.ui.scenarios.columns import (
    Column,
    customers_by_state,
    effect_rows,
    settings_rows,
    standing_in,
)
from pages.ui.scenarios.shelf import labels
from pages.ui.scenarios.short_names import short_names
from pages.ui.tables import download, table
from pages.ui.words import count, say, share, to

STANDARD, PRESENT = "standard", "draft"
CHOSEN, AGAINST, PAIR = "scenarios.chosen", "scenarios.against", "scenarios.pair"
TOO_MANY = "scenarios.too_many"
MOST = 4


def comparison(here: Context, kept: Sequence[Scenario], scope: Scope) -> None:
    """The choice of drafts, what they say, what they would do, and any two of them in full."""
    with st.container(border=True, key="scenario_compare"):
        st.markdown(f"**{say('scenarios.compare')}**  \n:small[{say('scenarios.compare_help', who=scope.who)}]")
        drafts, names = _drafts(here, kept), _names(here, kept)
        chosen, against = _choices(names)
        reference = _reference(here, drafts, against)
        if reference is None:
            reason = say("scenarios.not_reference", name=plain(names[against]), instead=plain(names[STANDARD]))
            st.info(reason, icon=":material/info:")
            against, reference = STANDARD, here.standard
        if not chosen:
            empty(say("scenarios.choose_some"))
            return
        columns = [_column(here, reference, (name, names[name]), drafts[name], scope) for name in chosen]
        headers = {"what": say("scenarios.against_name", name=names[against])}
        headers |= {column.name: column.label for column in columns}
        _tables(reference, columns, headers, scope)
        _troubles(columns)
    counted = [column for column in columns if column.attempt.trial is not None]
    if counted:
        _pictures(reference, (against, names[against]), counted, scope)


def _names(here: Context, kept: Sequence[Scenario]) -> dict[str, str]:
    standard = pickers.label_of_standard(cached.house(), here.standard_hash)
    return {STANDARD: standard, PRESENT: say("scenarios.present"), **labels(kept)}


def _drafts(here: Context, kept: Sequence[Scenario]) -> dict[str, Draft]:
    house = cached.house()
    found = {
        STANDARD: sketch.draft_of(Sketch(here.standard_hash)),
        PRESENT: sketch.draft_of(sketch.current(here.standard_hash)),
    }
    return found | {each.scenario_id: scenarios.reading(house, each.contents).draft for each in kept}


def _choices(names: dict[str, str]) -> tuple[list[str], str]:
    """Up to four, and the one that they are held against; what is deleted meanwhile drops out."""
    wished = [name for name in session.recall(CHOSEN, [STANDARD, PRESENT]) if name in names][:MOST]
    against = session.recall(AGAINST, STANDARD)
    session.show(f"{CHOSEN}.widget", wished)
    session.show(f"{AGAINST}.widget", against if against in names else STANDARD)
    chosen = st.pills(
        say("scenarios.side_by_side"),
        list(names),
        format_func=lambda name: plain(names[name]),
        selection_mode="multi",
        key=f"{CHOSEN}.widget",
        on_change=_choose,
    )
    if session.recall(TOO_MANY, default=False):
        st.markdown(f":small[:material/info: {say('scenarios.at_most', n=MOST)}]")
        session.forget(TOO_MANY)
    held = st.selectbox(
        say("scenarios.against"),
        list(names),
        format_func=names.__getitem__,
        key=f"{AGAINST}.widget",
        on_change=lambda: session.remember(AGAINST, session.shown(f"{AGAINST}.widget")),
        width=320,
    )
    return chosen, held


def _choose() -> None:
    """Keep the choice; one too many takes the place of the first."""
    chosen = cast(list[str], session.shown(f"{CHOSEN}.widget"))
    if len(chosen) > MOST:
        session.remember(TOO_MANY, value=True)
    session.remember(CHOSEN, chosen[-MOST:])


def _reference(here: Context, drafts: dict[str, Draft], against: str) -> Standard | None:
    """The standard that the others are held against; ``None`` where it cannot be counted itself."""
    draft = drafts[against]
    tried = scenarios.attempt(cached.house(), here.snapshot.snapshot_id, here.standard, draft)
    return None if tried.trial is None else draft.standard


def _column(here: Context, reference: Standard, named: tuple[str, str], draft: Draft, scope: Scope) -> Column:
    """One draft, counted against the reference by the groups that are looked at."""
    snapshot = here.snapshot.snapshot_id
    tried = scenarios.attempt(cached.house(), snapshot, reference, draft, (scope.grouping,))
    return Column(*named, draft, tried)


def _tables(reference: Standard, columns: Sequence[Column], headers: dict[str, str], scope: Scope) -> None:
    says = settings_rows(reference, columns, all_weights=False)
    does = effect_rows(columns, scope)
    right = [column.name for column in columns]
    heads = dict(zip(headers, short_names(list(headers.values())), strict=True))
    st.markdown(f"**{say('scenarios.they_say')}**  \n:small[{say('scenarios.they_say_note')}]")
    table(pd.DataFrame(says, columns=list(headers)), heads, right=right)
    st.markdown(f"**{say('scenarios.they_do')}**  \n:small[{say('scenarios.they_do_note', who=scope.who)}]")
    table(pd.DataFrame(does, columns=list(headers)), heads, right=right)
    every = [*settings_rows(reference, columns, all_weights=True), *does]
    download(pd.DataFrame(every, columns=list(headers)), headers, "scenarios.csv", key="scenarios.download")


def _troubles(columns: Sequence[Column]) -> None:
    """Why a column has no numbers; the others have theirs."""
    for column in columns:
        if column.attempt.trouble is None:
            continue
        is_unread = column.draft.standard is None  # its faults may tell of gates that are kept from the visitor
        why = say("scenarios.unreadable", n=len(column.draft.faults)) if is_unread else ""
        trouble = column.attempt.trouble
        why = why or f"{plain(to(trouble.message))} {plain(to(trouble.hint))}"
        st.info(say("scenarios.not_counted", name=plain(column.label), why=why), icon=":material/edit_note:")


def _pictures(reference: Standard, against: tuple[str, str], counted: Sequence[Column], scope: Scope) -> None:
    with st.grid(2, min_column_width=CARD):
        with st.container(key="scenario_lineup"):
            _lineup(against, counted, scope)
        others = {column.name: column for column in counted if column.name != against[0]}
        with st.container(key="scenario_pair"):
            if others:
                _pair(reference, against[1], others, scope)


def _lineup(against: tuple[str, str], counted: Sequence[Column], scope: Scope) -> None:
    """Customers by tier, a bar a draft, the reference first."""
    shown = [column for column in counted if column.name != against[0]]
    names = [against[1], *(column.label for column in shown)]
    lines = customers_by_state(counted, scope)
    lanes, rows = [], []
    for (state, _), colour in zip(lines, state_colours([state.rank for state, _ in lines]), strict=True):
        first = standing_in(_counted(counted[0]), scope, state.id)
        found = [(first[0], first[2])]
        found += [(now, whole) for _, now, whole in (standing_in(_counted(one), scope, state.id) for one in shown)]
        texts = [f"{count(now)} · {share(now, whole)}" for now, whole in found]
        lanes.append(Lane(to(state.label), colour, [now / whole if whole else 0.0 for now, whole in found], texts))
        rows.append([to(state.label), *texts])
    figure = lineup(
        lanes,
        short_names(names),
        title=say("scenarios.lineup"),
        note=say("scenarios.lineup_note", who=scope.who, name=plain(against[1])),
        alt="; ".join(f"{row[0]}: " + ", ".join(map(" ".join, zip(names, row[1:], strict=True))) for row in rows),
    )
    ids = [f"c{at}" for at in range(len(names) + 1)]
    headers = dict(zip(ids, [say("impact.state"), *names], strict=True))
    show(figure, pd.DataFrame(rows, columns=ids), headers, key="scenarios_lineup")


def _pair(reference: Standard, name: str, others: dict[str, Column], scope: Scope) -> None:
    """Two of them in full: who goes where, and in which words they differ."""
    usual = session.recall(PAIR, "")
    session.show(f"{PAIR}.widget", usual if usual in others else next(iter(others)))
    chosen = st.selectbox(
        say("scenarios.in_full", name=plain(name)),
        list(others),
        format_func=lambda one: others[one].label,
        key=f"{PAIR}.widget",
        on_change=lambda: session.remember(PAIR, session.shown(f"{PAIR}.widget")),
    )
    column = others[chosen]
    sides = replace(scope, before=plain(name), after=plain(column.label))
    figure, frame, headers = matrix_of(_counted(column), sides)
    show(figure, frame, headers | {"c0": name}, key="scenarios_matrix")
    assert column.draft.standard is not None
    changes = diff(reference, column.draft.standard, cached.house().contract)
    with st.container(border=True, key="scenario_differences"):
        st.markdown(f"**{say('scenarios.differences', n=len(changes), one=plain(column.label), other=plain(name))}**")
        between = (reference, column.draft.standard)
        change_list(changes, between=between, key="scenarios.differences", nothing=say("scenarios.no_difference"))


def _counted(column: Column) -> Migration:
    assert column.attempt.trial is not None
    return column.attempt.trial.migration
