"""Runs: one outcome for everyone, kept under snapshot and standard, the same bytes each time."""

import threading

import numpy as np
import pyarrow.parquet as pq
import pytest

from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.data.intake import import_file
from analytics.desks.runs import exporting
from analytics.desks.runs.classification import Cancel, classify
from analytics.desks.runs.jobs import Jobs
from analytics.desks.verification import verify
from analytics.desks.whatif import bench
from analytics.errors import TierdeskError
from analytics.intake.mapping import parse_mapping
from analytics.standard.change import Override, apply
from analytics.standard.parse import parse_toml, read_toml, validate
from analytics.store import runs
from analytics.store.snapshots import facts_table
from analytics.vocabulary import Text
from tests.houses import copied


def latest(house):
    return snapshots.latest(house)[0].snapshot_id


def variant(house, *overrides):
    source = house.stored(publishing.in_force(house).publication.standard_hash).source
    return validate(apply(read_toml(source), list(overrides)), house.contract)


def counts(house, run):
    with house.store.read() as cursor:
        return runs.signatures(cursor, run.run_id)


def test_everyone_accepted_is_in_the_run_exactly_once(house):
    run = classify(house, latest(house), publishing.in_force(house).standard, actor="a")
    assert run.n_customers == snapshots.latest(house)[0].n_accepted == int(counts(house, run)["n_customers"].sum())


def test_the_same_pair_is_run_once_and_gives_the_same_bytes_elsewhere(house, built_house, tmp_path_factory):
    standard = variant(house, Override("tier[1].entry.person", 55))
    first = classify(house, latest(house), standard, actor="a")
    assert classify(house, latest(house), standard, actor="b") == first
    other = copied(built_house, tmp_path_factory.mktemp("other"))
    again = classify(other, latest(other), standard, actor="c")
    other.store.close()
    assert (again.digest, again.run_id != first.run_id) == (first.digest, True)


def test_a_standard_on_the_same_grid_uses_the_keys_that_are_kept(house):
    classify(house, latest(house), variant(house, Override("tier[1].entry.person", 55)), actor="a")
    with house.store.read() as cursor:
        layers = cursor.execute("SELECT count(*) FROM key_layer WHERE snapshot_id = ?", [latest(house)]).fetchall()
    assert layers == [(1,)]


def test_a_standard_on_another_grid_gets_keys_of_its_own_and_the_bench_agrees(house):
    standard = variant(house, Override("dimension.assets.person.bands[3].from", 400_000))
    run = classify(house, latest(house), standard, actor="a")
    migration = bench.trial(house, latest(house), publishing.in_force(house).standard, standard).migration
    signatures = counts(house, run)
    for rank in range(3):
        assert int(signatures["n_customers"][signatures["tier"] == rank].sum()) == migration.distribution("after")[rank]


def test_keys_beyond_the_cheap_range_are_numbered_and_give_the_same_result(house, monkeypatch):
    standard = variant(house, Override("dimension.assets.person.bands[3].from", 450_000))
    monkeypatch.setattr("analytics.engine.duckdb_engine.SPARSE", 10)
    run = classify(house, latest(house), standard, actor="a")
    signatures = counts(house, run)
    assert signatures["cell"].tolist() == list(range(len(signatures["cell"])))
    assert not np.array_equal(signatures["cell"], signatures["key"])
    assert all(proof.holds for proof in verify(house, deep=True))


def test_another_currency_is_refused(house, house_rules):
    crowns = house_rules.replace('currency = "CNY"', 'currency = "CZK"').replace('"yuan"', '"crown"')
    with pytest.raises(TierdeskError, match="RUN-001"):
        classify(house, latest(house), parse_toml(crowns, house.contract), actor="a")


def test_an_unknown_snapshot_is_refused(house):
    with pytest.raises(TierdeskError, match="RUN-003"):
        classify(house, "nothing", publishing.in_force(house).standard, actor="a")


def test_a_cancelled_run_keeps_nothing(house):
    cancel = Cancel()
    standard = variant(house, Override("dimension.assets.person.bands[3].from", 410_000))

    def stop_at_once(share, words):
        cancel.stop()

    with pytest.raises(TierdeskError, match="STORE-005"):
        classify(house, latest(house), standard, actor="a", progress=stop_at_once, cancel=cancel)
    with house.store.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM run").fetchall() == [(3,)]
        assert cursor.execute("SELECT count(*) FROM key_layer").fetchall() == [(3,)]
    assert classify(house, latest(house), standard, actor="a").n_customers > 0


def test_a_run_that_is_stopped_before_it_starts_makes_no_keys(house, monkeypatch):
    cancel = Cancel()
    cancel.stop()
    monkeypatch.setattr("analytics.desks.runs.classification.ensure_layer", lambda *_: pytest.fail("keys were made"))
    standard = variant(house, Override("dimension.assets.person.bands[3].from", 420_000))
    with pytest.raises(TierdeskError, match="STORE-005"):
        classify(house, latest(house), standard, actor="a", cancel=cancel)


def test_stopping_what_is_over_does_no_harm(house):
    cancel = Cancel()
    standard = variant(house, Override("dimension.assets.person.bands[3].from", 430_000))
    run = classify(house, latest(house), standard, actor="a", cancel=cancel)
    cancel.stop()
    cancel.stop()
    assert classify(house, latest(house), standard, actor="a") == run


def test_a_job_that_is_stopped_while_it_waits_never_begins():
    jobs, free = Jobs(), threading.Event()
    jobs.start(Text("占位", "Busy"), "a", lambda progress, cancel: free.wait(30))
    waiting = jobs.start(Text("评定", "Classify"), "a", lambda progress, cancel: pytest.fail("it began"))
    waiting.stop()
    free.set()
    jobs.wait()
    assert waiting.state == "cancelled"


def test_a_job_runs_in_the_background_and_tells_what_came_of_it(house):
    jobs, standard = Jobs(), publishing.in_force(house).standard
    over = threading.Event()

    def work(progress, cancel):
        run = classify(house, latest(house), standard, actor="a", progress=progress, cancel=cancel)
        over.set()
        return run

    job = jobs.start(Text("评定", "Classify"), "a", work)
    assert over.wait(30)
    jobs.wait()
    assert (job.state, job.share) == ("done", 1.0)
    assert isinstance(job.result, runs.Run)
    assert job.result.snapshot_id == latest(house)


def test_a_job_that_fails_says_why_and_a_broken_one_says_that_it_broke(house):
    jobs = Jobs()

    def refused(progress, cancel):
        return classify(house, "nothing", publishing.in_force(house).standard, actor="a")

    failed = jobs.start(Text("评定", "Classify"), "a", refused)
    broken = jobs.start(Text("评定", "Classify"), "a", lambda progress, cancel: 1 // 0)
    jobs.wait()
    assert [(job.state, job.error and job.error.code) for job in (failed, broken)] == [
        ("failed", "RUN-003"),
        ("failed", "JOB-001"),
    ]


def test_results_leave_in_words_with_restricted_gates_unnamed(house, tmp_path):
    path = tmp_path / "results.parquet"
    standard_hash = publishing.in_force(house).publication.standard_hash
    n = exporting.results(house, latest(house), standard_hash, path, actor="a")
    rows = pq.read_table(path).to_pylist()
    assert len(rows) == n == snapshots.latest(house)[0].n_accepted
    assert {row["outcome"] for row in rows} <= {"CLASSIFIED", "NOT_ASSESSABLE", "MANUAL", "EXCLUDED"}
    assert {row["tier"] for row in rows if row["outcome"] == "CLASSIFIED"} <= {"BASE", "MID", "HIGH"}
    assert not any("aml" in row["reasons"] for row in rows)
    assert any("gate:internal" in row["reasons"] for row in rows)


def test_the_exported_sql_gives_every_customer_the_engines_result(house, tmp_path):
    standard_hash = publishing.in_force(house).publication.standard_hash
    exporting.sql(house, standard_hash, tmp_path / "standard.sql")
    text = (tmp_path / "standard.sql").read_text(encoding="utf-8").rstrip().rstrip(";")
    run = classify(house, latest(house), publishing.in_force(house).standard, actor="a")
    keys, facts = runs.keys_table(run.snapshot_id, run.grid_hash), facts_table(run.snapshot_id)
    with house.store.read() as cursor:
        differing = cursor.execute(
            f"WITH facts AS (SELECT * FROM {facts}), twin AS ({text}) SELECT count(*) FROM twin JOIN {keys} AS k "
            "ON k.position = twin.position JOIN signature AS s ON s.cell = k.cell AND s.run_id = ? "
            "WHERE (twin.outcome, twin.tier, twin.score, twin.reasons) <> (s.outcome, s.tier, s.score, s.reasons)",
            [run.run_id],
        ).fetchall()
    assert differing == [(0,)]


def test_a_snapshot_that_lacks_what_a_standard_needs_is_refused_by_name(house, tmp_path):
    source = tmp_path / "thin.csv"
    source.write_text("no,aum\nA1,100.5\n", encoding="utf-8")
    mapping = parse_mapping(
        '[file]\nformat = "csv"\n[snapshot]\nas_of = 2026-03-31\nperiod = "2026Q1"\ncurrency = "CNY"\n'
        '[column.customer_id]\nfrom = "no"\n[column.kind]\nvalue = "person"\n[column.assets]\nfrom = "aum"\n',
        house.contract,
    )
    (done,) = import_file(house.store, house.contract, source, mapping, actor="a")
    with pytest.raises(TierdeskError, match="RUN-002") as refused:
        classify(house, str(done.snapshot_id), publishing.in_force(house).standard, actor="a")
    assert "contribution, credit_score" in refused.value.to("en")
