"""The customers behind a line or a fragile tier: the largest of them, with a download of them all."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.cube.recount import states_of
from analytics.desks.whatif import sensitivity
from analytics.desks.whatif.sensitivity import Asked, Listed
from analytics.vocabulary import Kind
from pages.ui import links, session
from pages.ui.links import Link
from pages.ui.regions import region_name
from pages.ui.words import NOTHING, count, money, say, to


@dataclass(frozen=True)
class Behind:
    """What a list is of: how it is called, what heads the tier that they may get, and how its event names it."""

    title: str
    then: str
    about: str
    file_name: str
    currency: str
    standard_hash: str


def beside_list(asked: Asked, found: Listed, behind: Behind, *, key: str) -> None:
    """Draw the list, the download of all, and the way to one customer."""
    with st.container(border=True, key=f"{key}_card"):
        st.markdown(f"**{behind.title}**")
        if not found.total:
            st.markdown(say("cliffs.list_empty"))
            return
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                say("impact.list_note", n=count(found.total), shown=count(found.rows.num_rows)), width="stretch"
            )
            _download(asked, found, behind, key)
        _rows(asked, found, behind, key)


def _download(asked: Asked, found: Listed, behind: Behind, key: str) -> None:
    chosen = {"actor": session.actor(), "language": session.language()}  # the download has no session of its own

    def made() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / behind.file_name
            sensitivity.list_csv(asked, found, path, about=behind.about, **chosen)
            return path.read_bytes()

    st.download_button(
        say("impact.download_all"),
        made,
        file_name=behind.file_name,
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"{key}.download",
    )


def _rows(asked: Asked, found: Listed, behind: Behind, key: str) -> None:
    states = [to(state.label) for state in states_of(asked.standard)]
    kinds = {kind.code: to(kind.label) for kind in Kind}
    columns = found.rows.to_pydict()
    shown = {
        say("impact.customer"): columns["customer_id"],
        say("impact.name"): columns["name"],
        say("impact.kind"): [kinds[code] for code in columns["kind"]],
        say("impact.region"): [region_name(name or "") for name in columns["region"]],
        say("impact.branch"): columns["branch"],
        say("cliffs.now"): [states[at] for at in columns["before"]],
        behind.then: [states[at] for at in columns["after"]],
        say("impact.assets"): [_money(minor, behind.currency) for minor in columns["assets"]],
        say("impact.contribution"): [_money(minor, behind.currency) for minor in columns["contribution"]],
    }
    wide = say("robustness.tips")
    if "tips" in columns:
        for narrower in (say("impact.region"), say("impact.contribution")):  # the download has them
            del shown[narrower]
        shown[wide] = columns["tips"]
    right = (say("impact.assets"), say("impact.contribution"))
    config = {name: st.column_config.Column(alignment="right") for name in right}
    event = st.dataframe(
        pd.DataFrame(shown),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=config | {wide: st.column_config.Column(width="large")},
        placeholder=NOTHING,
        height=38 + 35 * min(found.rows.num_rows, 10),
        row_height=35,
        key=f"{key}.rows",
    )
    rows = event.selection.rows
    if rows and rows[0] < found.rows.num_rows:
        customer = str(columns["customer_id"][rows[0]])
        link = Link("customer", asked.draft.snapshot_id, behind.standard_hash, customer=customer)
        links.go(link, say("impact.open_customer", customer=customer), icon=":material/person_search:")
    else:
        st.markdown(f":small[{say('impact.choose_customer')}]")


def _money(minor: int | None, currency: str) -> str:
    return NOTHING if minor is None else money(minor, currency)
