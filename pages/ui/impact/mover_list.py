"""Who stands behind a number: the customers of a direction or of one cell, with a download of them all."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import streamlit as st

from analytics.charts.palette import DOWN_MARK, UP_MARK
from analytics.cube.movers import Selection
from analytics.cube.recount import Migration
from analytics.desks.data import snapshots
from analytics.desks.whatif import bench
from analytics.desks.whatif.bench import Side
from analytics.vocabulary import Kind
from pages.ui import cached, links, pickers, session
from pages.ui.frame import boundary
from pages.ui.impact.figures import Scope
from pages.ui.impact.groups import part_of
from pages.ui.links import Link
from pages.ui.regions import region_name
from pages.ui.tables import csv_name
from pages.ui.words import NOTHING, count, money, say, to

WAYS = {"moved": (1, -1), "up": (1,), "down": (-1,), "other": (2,), "still": (0,)}
"""Choices, and the directions of a migration that each stands for."""
MARKS = {1: f"{UP_MARK} ", -1: f"{DOWN_MARK} "}
Pair = tuple[int, int]


@dataclass(frozen=True)
class Opened:
    """What the list is about: the two sides, how they compare, and what of it the page shows."""

    page: str
    before: Side
    after: Side
    migration: Migration
    scope: Scope
    standard_hash: str
    wanted: Pair | None = None


@st.fragment
def mover_list(opened: Opened, *, key: str) -> None:
    """Draw the choice of direction and cell, the list, the download, and the way to one customer."""
    with boundary(opened.page), st.container(border=True, key=f"{key}_card"):
        st.markdown(f"**{say('impact.list')}**")
        way, pairs = _chosen(opened, key)
        if not pairs:
            st.markdown(say("impact.list_empty"))
            return
        selection = Selection(pairs, kind=opened.scope.kind, part=part_of(opened.scope.grouping, opened.scope.group))
        found, total = bench.movers(cached.house(), opened.before, opened.after, selection)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(say("impact.list_note", n=count(total), shown=count(found.num_rows)), width="stretch")
            _download(opened, selection, _file_name(opened, way), key)
        _rows(opened, found, key)


def _chosen(opened: Opened, key: str) -> tuple[str, tuple[Pair, ...]]:
    """The direction and the pairs of states that the visitor wants to see."""
    migration, scope = opened.migration, opened.scope
    table = migration.matrix("customers", kind=scope.kind, group=scope.group)
    cells = {
        (row, column): int(table[row, column])
        for row in range(table.shape[0])
        for column in range(table.shape[1])
        if table[row, column]
    }
    totals = {
        name: sum(n for pair, n in cells.items() if migration.direction[pair] in way) for name, way in WAYS.items()
    }
    usual = next((name for name in ("moved", "other") if totals[name]), "moved")
    if opened.wanted in cells:
        usual = next(name for name in list(WAYS)[1:] if migration.direction[opened.wanted] in WAYS[name])
    ways = {name: f"{say(f'impact.way_{name}')} {count(n)}" for name, n in totals.items()}
    names: dict[Pair | None, str] = {None: say("impact.any_cell")}
    names |= {pair: _cell_name(migration, pair, n) for pair, n in cells.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        way = st.segmented_control(
            say("impact.way"),
            list(WAYS),
            format_func=ways.__getitem__,
            default=usual,
            required=True,
            key=f"{key}.way.{usual}",
        )
        here = [pair for pair in cells if migration.direction[pair] in WAYS[way or usual]]
        here.sort(key=lambda pair: -cells[pair])
        cell = st.selectbox(
            say("impact.cell"),
            [None, *here],
            index=here.index(opened.wanted) + 1 if opened.wanted in here else 0,
            format_func=names.__getitem__,
            placeholder=say("impact.any_cell"),
            key=f"{key}.cell.{way}",
            width=320,
        )
    return way or usual, (tuple(here) if cell is None else (cell,))


def _cell_name(migration: Migration, pair: Pair, n: int) -> str:
    return f"{to(migration.before[pair[0]].label)} → {to(migration.after[pair[1]].label)} · {count(n)}"


def _file_name(opened: Opened, way: str) -> str:
    """What the download is called: its direction, its periods, and its versions or that it is of a draft."""
    sides = (opened.before, opened.after)
    periods = [pickers.label_of_snapshot(snapshots.get(cached.house(), each.snapshot_id)) for each in sides]
    versions = [each.standard.standard.version for each in sides]
    if opened.page == "bench":
        versions = ["draft"]
    return csv_name("movers", way, "-".join(dict.fromkeys(periods)), "-".join(dict.fromkeys(versions)))


def _download(opened: Opened, selection: Selection, file_name: str, key: str) -> None:
    chosen = {"actor": session.actor(), "language": session.language()}  # the download has no session of its own

    def made() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "movers.csv"
            bench.movers_csv(cached.house(), opened.before, opened.after, selection, path, **chosen)
            return path.read_bytes()

    st.download_button(
        say("impact.download_all"),
        made,
        file_name=file_name,
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"{key}.download",
    )


def _rows(opened: Opened, found: pa.Table, key: str) -> None:
    currency, migration = opened.scope.currency, opened.migration
    kinds = {kind.code: to(kind.label) for kind in Kind}
    columns = found.to_pydict()
    shown = pd.DataFrame(
        {
            say("impact.customer"): columns["customer_id"],
            say("impact.name"): columns["name"],
            say("impact.kind"): [kinds[code] for code in columns["kind"]],
            say("impact.region"): [region_name(name or "") for name in columns["region"]],
            say("impact.branch"): columns["branch"],
            say("impact.was"): [to(migration.before[at].label) for at in columns["before"]],
            say("impact.now"): [
                MARKS.get(int(migration.direction[was, now]), "") + to(migration.after[now].label)
                for was, now in zip(columns["before"], columns["after"], strict=True)
            ],
            say("impact.assets"): [_money(minor, currency) for minor in columns["assets"]],
            say("impact.contribution"): [_money(minor, currency) for minor in columns["contribution"]],
        }
    )
    right = (say("impact.assets"), say("impact.contribution"))
    event = st.dataframe(
        shown,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config={name: st.column_config.Column(alignment="right") for name in right},
        placeholder=NOTHING,
        height=38 + 35 * min(len(shown), 10),
        row_height=35,
        key=f"{key}.rows",
    )
    rows = event.selection.rows
    if rows and rows[0] < len(shown):
        customer = str(columns["customer_id"][rows[0]])
        link = Link("customer", opened.after.snapshot_id, opened.standard_hash, customer=customer)
        links.go(link, say("impact.open_customer", customer=customer), icon=":material/person_search:")
    else:
        st.markdown(f":small[{say('impact.choose_customer')}]")


def _money(minor: int | None, currency: str) -> str:
    return NOTHING if minor is None else money(minor, currency)
