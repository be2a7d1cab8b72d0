"""Intake: a customer file becomes a snapshot, and every row of it is accounted for."""

from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.desks.data import intake, snapshots, uploads
from analytics.desks.progress import Progress
from analytics.desks.runs.classification import Cancel
from analytics.intake.mapping import Mapping
from analytics.vocabulary import Text
from pages.ui import cached, frame, job_board, links, session, tables
from pages.ui.intake import chosen_file, mapping_editor, results
from pages.ui.links import Link
from pages.ui.pickers import label_of_snapshot
from pages.ui.words import count, day, moment, say, text

TRIED, LOOKED_AT = 200, 1000
"""Rows that are tried by the mapping, and rows that the suggestion is made from."""


def try_and_import(path: Path, mapping: Mapping) -> None:
    """Read the first rows by the mapping, then import the whole file in the background."""
    rows = intake.trial(path, cached.house().contract, mapping, TRIED)
    bad = [row for row in rows if row["reasons"]]
    with st.container(border=True):
        st.markdown(f"**{say('intake.check')}**")
        facts = {"n": count(len(rows)), "good": count(len(rows) - len(bad)), "bad": count(len(bad))}
        if bad:
            st.warning(say("intake.trial_bad", **facts), icon=":material/rule:")
            codes = [str(code) for row in bad for code in str(row["reasons"]).split()]
            results.tally(codes)
        else:
            st.success(say("intake.trial_good", **facts), icon=":material/check_circle:")
        if st.button(say("intake.go"), type="primary", icon=":material/upload:", disabled=not rows):
            _start(path, mapping)
            chosen_file.used()
            st.rerun()


def _start(path: Path, mapping: Mapping) -> None:
    house, actor = cached.house(), session.actor()

    def work(progress: Progress, cancel: Cancel) -> object:
        def advance(share: float, words: Text) -> None:
            cancel.check()
            progress(share, words)

        try:
            return intake.import_file(house.store, house.contract, path, mapping, actor, advance)
        finally:
            uploads.discard(house.settings, path)

    cached.jobs().start(text("intake.title", file=path.name), actor, work)


def list_snapshots() -> None:
    """Every snapshot with its revision; a chosen one leads on."""
    every = snapshots.every(cached.house())
    if not every:
        return
    st.markdown(f"### {say('intake.snapshots')}")
    columns = {
        "snapshot": [label_of_snapshot(each) for each in every],
        "as_of": [day(each.as_of) for each in every],
        "revision": [count(each.revision) for each in every],
        "customers": [count(each.n_accepted) for each in every],
        "rejected": [count(each.n_rejected) for each in every],
        "currency": [each.currency for each in every],
        "created": [moment(each.created_at) for each in every],
    }
    headers = {name: say(f"intake.{name}") for name in columns} | {"as_of": say("customer.as_of")}
    right = ("revision", "customers", "rejected")
    row = tables.choose(pd.DataFrame(columns), headers, key="intake.snapshots", right=right)
    if row is not None:
        with st.container(horizontal=True):
            for page in ("runs", "overview"):
                link = Link(page, every[row].snapshot_id)
                links.go(link, say(f"intake.to_{page}"), icon=":material/arrow_forward:")


with frame.open_page("intake"):
    contract = cached.house().contract
    path = chosen_file.choose()
    if path is not None:
        look = intake.preview(path, contract, LOOKED_AT)
        chosen_file.first_rows(look, contract)
        mapping = mapping_editor.edit(path, look, contract)
        if mapping is not None:
            try_and_import(path, mapping)
    job_board.draw()
    results.outcome()
    results.draw()
    list_snapshots()
