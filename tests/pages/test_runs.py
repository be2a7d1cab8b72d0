"""Runs: work in the background ends on the screen, and what was kept can be proved again."""

import time

from analytics.desks.house import House
from analytics.desks.progress import Progress
from analytics.desks.runs import results
from analytics.desks.runs.classification import Cancel
from analytics.vocabulary import Text
from pages.ui import cached
from tests.pages.conftest import OPEN, words_of


def wait() -> None:
    """Until no work of the process is going on."""
    for _ in range(300):
        if all(job.is_over for job in cached.jobs().every()):
            return
        time.sleep(0.05)
    raise AssertionError("the work did not end")


def test_every_run_is_listed_with_its_outcomes(bank: House, visit: OPEN) -> None:
    app = visit("runs")
    frame = app.dataframe[0].value
    kept = results.every_run(bank)
    assert list(frame["customers"]) == [f"{run.n_customers:,}" for run, _ in kept]
    for (run, found), shown in zip(kept, frame["CLASSIFIED"], strict=True):
        assert sum(found.values()) == run.n_customers
        assert shown == f"{next(iter(found.values())):,}"


def test_everything_is_proved_again(bank: House, visit: OPEN) -> None:
    app = visit("runs")
    next(button for button in app.button if button.label == "Prove").click().run()
    wait()
    app.run()
    assert "All 10 proofs hold." in words_of(app)


def test_what_is_classified_already_is_not_offered(bank: House, visit: OPEN) -> None:
    app = visit("runs")
    assert app.multiselect[0].options == []
    assert next(button for button in app.button if button.label == "Classify").disabled


def test_work_that_is_cancelled_says_so(bank: House, visit: OPEN) -> None:
    def endless(progress: Progress, cancel: Cancel) -> object:
        while True:
            cancel.check()
            time.sleep(0.01)

    job = cached.jobs().start(Text("慢活", "Slow work"), "wu.service", endless)
    app = visit("runs")
    assert "Slow work" in words_of(app)
    app.button(key=f"cancel.{job.job_id}").click().run()
    wait()
    app.run()
    assert job.state == "cancelled"
    assert "Slow work · cancelled, nothing was kept" in words_of(app)
