"""What became of imported files: rows in, accepted and rejected, with every kind of finding in words."""

import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.desks.data import intake
from analytics.intake.reasons import REASONS
from analytics.store.intake_tables import Intake
from analytics.store.keeping import Imported
from pages.ui import cached, frame, links, session, tables
from pages.ui.links import Link
from pages.ui.words import NOTHING, count, moment, say, to, who


def tally(codes: Iterable[str]) -> None:
    """Kinds of refusal and how many rows have each; a code reads ``<code>:<column>``."""
    counted = Counter(codes).most_common()
    columns = {
        "n_rows": [count(n) for _, n in counted],
        "finding": [finding_words(*code.partition(":")[::2]) for code, _ in counted],
        "code": [code.partition(":")[0] for code, _ in counted],
    }
    headers = {name: say(f"intake.{name}") for name in columns}
    tables.table(pd.DataFrame(columns), headers, right=("n_rows",), wide=("finding",))


def draw() -> None:
    """Every import, latest first; a chosen one shows its findings and its rejected rows."""
    every = intake.intakes(cached.house().store)
    st.markdown(f"### {say('intake.imports')}")
    if not every:
        frame.empty(say("intake.none"))
        return
    columns = {
        "file_name": [each.file_name for each in every],
        "lines": [count(each.n_lines) for each in every],
        "accepted": [count(each.n_accepted) for each in every],
        "rejected": [count(each.n_rejected) for each in every],
        "loaded": [moment(each.loaded_at) for each in every],
        "by": [who(each.loaded_by) for each in every],
    }
    headers = {name: say(f"intake.{name}") for name in columns}
    row = tables.choose(pd.DataFrame(columns), headers, key="intake.imports", right=("lines", "accepted", "rejected"))
    if row is not None:
        _findings(every[row])
        return
    st.markdown(f":small[{say('intake.choose_row')}]")
    just_now = {each.intake_id for each in _latest()}
    for each in every:
        if each.intake_id in just_now:
            _findings(each)


def outcome() -> None:
    """What the last import of this process did, in one sentence a period, and where to go next."""
    for each in _latest():
        facts = {name: count(getattr(each, f"n_{name}")) for name in ("lines", "accepted", "rejected")}
        words = say("intake.already" if each.already else "intake.done", period=each.period or NOTHING, **facts)
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{words}**", width="stretch")
            if each.snapshot_id is not None:
                links.go(Link("runs", each.snapshot_id), say("intake.to_runs"), icon=":material/arrow_forward:")


def _latest() -> tuple[Imported, ...]:
    done = next((job for job in cached.jobs().every() if job.is_over), None)
    results = done.result if done is not None and isinstance(done.result, tuple) else ()
    return tuple(each for each in results if isinstance(each, Imported))


def _findings(chosen: Intake) -> None:
    found = intake.findings(cached.house().store, chosen.intake_id)
    with st.container(border=True):
        st.markdown(f"**{say('intake.findings', file=chosen.file_name)}**")
        if not found:
            st.markdown(say("intake.no_findings"))
        else:
            columns = {
                "snapshot": [each.period or NOTHING for each in found],
                "n_rows": [count(each.n_rows) for each in found],
                "finding": [finding_words(each.code, each.column) for each in found],
                "weight": [say(f"intake.weight_{each.severity}") for each in found],
                "first_line": [NOTHING if each.first_line is None else count(each.first_line) for each in found],
                "example": [each.example or NOTHING for each in found],
                "code": [each.code for each in found],
            }
            headers = {name: say(f"intake.{name}") for name in columns}
            tables.table(pd.DataFrame(columns), headers, right=("n_rows", "first_line"), wide=("finding",))
            tables.download(pd.DataFrame(columns), headers, "findings.csv", key=f"intake.findings.{chosen.intake_id}")
        if chosen.n_rejected:
            _rejects(chosen)


def _rejects(chosen: Intake) -> None:
    store, actor = cached.house().store, session.actor()

    def made() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "rejects.csv"
            intake.rejects_csv(store, (chosen.intake_id,), path, actor=actor)
            return path.read_bytes()

    st.download_button(
        say("intake.download_rejects", n=count(chosen.n_rejected)),
        made,
        file_name="rejects.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        help=say("intake.personal"),
        key=f"intake.rejects.{chosen.intake_id}",
    )


def finding_words(code: str, column: str) -> str:
    """A finding in words: the column's label, then what is wrong with it."""
    contract, reason = cached.house().contract, REASONS.get(code)
    words = code if reason is None else to(reason.message)
    if column not in contract:
        return words
    return say("intake.about_column", column=to(contract[column].label), words=words)
