"""Runs: classify snapshots by a standard, see what every run found, prove it again."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analytics.desks import publishing, verification
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.progress import Progress
from analytics.desks.runs import results
from analytics.desks.runs.classification import Cancel, classify
from analytics.desks.runs.fitness import fitting
from analytics.desks.verification import Proof
from analytics.store.snapshots import Snapshot
from analytics.vocabulary import Outcome, Text
from pages.ui import cached, frame, job_board, links, session, tables
from pages.ui.links import Link
from pages.ui.pickers import label_of_snapshot, label_of_standard
from pages.ui.words import count, duration, moment, say, share, text, to, who

PROVING = Text("复核全部运行与发布", "Proving every run and publication again")


def start_runs(house: House, link: Link) -> None:
    """Choose snapshots and a standard, and classify them in the background."""
    every = {each.snapshot_id: each for each in snapshots.every(house)}
    if not every:
        frame.empty(say("frame.no_snapshot"), Link("intake"), say("frame.to_intake"))
        st.stop()
    if link.snapshot:
        snapshots.get(house, link.snapshot)  # a link that names nothing is told
    known = [each.standard_hash for each in publishing.history(house)]
    versions = {name: label_of_standard(house, name) for name in known}
    periods = {name: label_of_snapshot(each) for name, each in every.items()}
    wished = house.stored(link.standard).standard_hash if link.standard else ""
    law = publishing.in_force(house).publication.standard_hash
    with st.container(border=True):
        st.markdown(f"**{say('runs.start')}**  \n:small[{say('runs.start_note')}]")
        with st.grid(2, min_column_width=260):
            standard = st.selectbox(
                say("frame.standard"),
                known,
                index=known.index(wished if wished in known else law),
                format_func=versions.__getitem__,
                key="runs.standard",
            )
            done = {run.snapshot_id for run, _ in results.every_run(house) if run.standard_hash == standard}
            fit = fitting(every.values(), house.standard(standard))
            open_ones = [each.snapshot_id for each in fit if each.snapshot_id not in done]
            chosen = st.multiselect(
                say("runs.snapshots"),
                open_ones,
                default=[link.snapshot] if link.snapshot in open_ones else open_ones[:1],
                format_func=periods.__getitem__,
                placeholder=say("runs.all_done" if not open_ones else "runs.choose"),
                disabled=not open_ones,
                key=f"runs.snapshots.{standard}",
            )
        if st.button(say("runs.go"), type="primary", icon=":material/play_arrow:", disabled=not chosen):
            for name in chosen:
                _start(house, every[name], standard)
            st.rerun()


def _start(house: House, snapshot: Snapshot, standard_hash: str) -> None:
    standard, actor = house.standard(standard_hash), session.actor()
    title = text("runs.title", period=snapshot.period, version=standard.standard.version)

    def work(progress: Progress, cancel: Cancel) -> object:
        return classify(house, snapshot.snapshot_id, standard, actor=actor, progress=progress, cancel=cancel)

    cached.jobs().start(title, actor, work)


def list_runs(house: House) -> None:
    """Every run with its outcomes; a chosen one leads on."""
    every, kept = {each.snapshot_id: each for each in snapshots.every(house)}, results.every_run(house)
    st.markdown(f"### {say('runs.list')}")
    if not kept:
        frame.empty(say("runs.none"))
        return
    runs = [run for run, _ in kept]
    columns: dict[str, list[str]] = {
        "snapshot": [label_of_snapshot(every[run.snapshot_id]) for run in runs],
        "standard": [house.standard(run.standard_hash).standard.version for run in runs],
        "customers": [count(run.n_customers) for run in runs],
    }
    for outcome in Outcome:
        columns[outcome.name] = [count(found[outcome]) for _, found in kept]
    columns["classified_share"] = [share(found[Outcome.CLASSIFIED], run.n_customers) for run, found in kept]
    columns["duration"] = [duration((run.finished_at - run.started_at).total_seconds()) for run in runs]
    columns["by"] = [who(run.run_by) for run in runs]
    columns["finished"] = [moment(run.finished_at) for run in runs]
    columns["digest"] = [run.digest[:12] for run in runs]
    columns["engine"] = [{"duckdb": "DuckDB"}.get(run.engine, run.engine) for run in runs]
    headers = {name: say(f"runs.{name}") for name in columns if name not in Outcome.__members__}
    headers |= {outcome.name: to(outcome.label) for outcome in Outcome}
    headers = {name: headers[name] for name in columns}
    numbers = ("customers", *Outcome.__members__, "classified_share", "duration")
    row = tables.choose(pd.DataFrame(columns), headers, key="runs.list", right=numbers)
    with st.container(horizontal=True, vertical_alignment="center"):
        if row is None:
            st.markdown(f":small[{say('runs.choose_row')}]", width="stretch")
        else:
            pair = (runs[row].snapshot_id, runs[row].standard_hash)
            for page in ("overview", "migration"):
                links.go(Link(page, *pair), say(f"runs.to_{page}"), icon=":material/arrow_forward:")
        tables.download(pd.DataFrame(columns), headers, "runs.csv", key="runs.download")


def prove(house: House) -> None:
    """Compute kept results again and hold them against what was kept."""
    with st.container(border=True):
        st.markdown(f"**{say('runs.prove')}**  \n:small[{say('runs.prove_note')}]")
        with st.container(horizontal=True, vertical_alignment="center"):
            deep = st.toggle(say("runs.deep"), key="runs.deep", help=say("runs.deep_help"))
            if st.button(say("runs.prove_go"), icon=":material/verified:"):
                cached.jobs().start(PROVING, session.actor(), _proof_of(house, deep=deep))
                st.rerun()
        proved = next((job for job in cached.jobs().every() if job.title == PROVING and job.state == "done"), None)
        if proved is None or not isinstance(proved.result, tuple):
            return
        proofs: tuple[Proof, ...] = proved.result
        failed = sum(not proof.holds for proof in proofs)
        facts = {"n": count(len(proofs)), "failed": count(failed)}
        (st.warning if failed else st.success)(say("runs.some_fail" if failed else "runs.all_hold", **facts))
        columns = {
            "subject": [to(proof.subject) for proof in proofs],
            "holds": [say("runs.yes" if proof.holds else "runs.no") for proof in proofs],
            "detail": [to(proof.detail) for proof in proofs],
        }
        tables.table(pd.DataFrame(columns), {name: say(f"runs.{name}") for name in columns}, wide=("detail",))


def _proof_of(house: House, *, deep: bool) -> Callable[[Progress, Cancel], object]:
    def work(progress: Progress, cancel: Cancel) -> object:
        expected, proofs = 2 + len(results.every_run(house)) * (1 + deep), []
        for proof in verification.verify(house, deep=deep):
            cancel.check()
            proofs.append(proof)
            progress(min(0.99, len(proofs) / expected), proof.subject)
        return tuple(proofs)

    return work


with frame.open_page("runs"):
    house = cached.house()
    start_runs(house, links.current("runs"))
    job_board.draw()
    list_runs(house)
    prove(house)
