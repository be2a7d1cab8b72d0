"""The bench through the real app: a number is moved, everyone is recounted."""

import json
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from analytics.cube.recount import Migration
from analytics.desks import bench, publishing, snapshots
from analytics.desks.classification import classify
from analytics.desks.drafts import draft_of
from analytics.desks.house import House
from analytics.standard.change import Override
from analytics.store import runs
from tests.pages.conftest import OPEN, words_of

HIGH = "tier[0].entry.person"


def expected(bank: House, overrides: list[Override]) -> Migration:
    law = publishing.in_force(bank)
    draft = draft_of(bank, law.publication.standard_hash, overrides).standard
    assert draft is not None
    return bench.trial(bank, snapshots.latest(bank)[0].snapshot_id, law.standard, draft).migration


def typed(app: AppTest, path: str, value: float) -> AppTest:
    field = next(each for each in app.number_input if str(each.key).endswith(path))
    return field.set_value(value).run()


def tab(app: AppTest, name: str) -> AppTest:
    app.session_state["bench.tab"] = name
    return app.run()


def metric(app: AppTest, label: str) -> str:
    return next(each.value for each in app.metric if each.label == label)


def matrix(app: AppTest) -> str:
    """What the matrix says to whoever cannot see it."""
    specs = [json.loads(chart.proto.spec)["layout"]["meta"] for chart in app.get("plotly_chart")]
    return next(meta["alt"] for meta in specs if meta["title"] == "Migration matrix")


def test_a_fresh_bench_moves_nobody_and_says_what_to_do(bank: House, visit: OPEN) -> None:
    app = visit("bench")
    assert not app.exception
    assert [metric(app, label) for label in ("▲ Up", "▼ Down", "In or out of tiers")] == ["0", "0", "0"]
    assert "Nobody moves yet" in words_of(app)


def test_a_lower_entry_score_lifts_exactly_whom_a_full_classification_lifts(bank: House, visit: OPEN) -> None:
    app = typed(visit("bench"), HIGH, 60)
    law, snapshot = publishing.in_force(bank), snapshots.latest(bank)[0].snapshot_id
    draft = draft_of(bank, law.publication.standard_hash, [Override(HIGH, 60)]).standard
    assert draft is not None
    counts = []
    for standard in (law.standard, draft):
        run = classify(bank, snapshot, standard, actor="test")
        with bank.store.read() as cursor:
            found = runs.signatures(cursor, run.run_id)
        counts.append(int(found["n_customers"][found["tier"] == 2].sum()))
    lifted = counts[1] - counts[0]
    assert lifted > 0
    assert metric(app, "▲ Up") == str(lifted)
    assert metric(app, "▼ Down") == "0"
    assert f"Mid: High {lifted} · " in matrix(app)
    assert "High: the entry score of persons is 60 instead of 80" in words_of(app)


def test_slider_and_field_show_the_same_number_and_undo_takes_it_back(bank: House, visit: OPEN) -> None:
    app = visit("bench")
    slider = next(each for each in app.slider if str(each.key).endswith(HIGH))
    app = slider.set_value(72.5).run()
    field = next(each for each in app.number_input if str(each.key).endswith(HIGH))
    assert field.value == 72.5
    app = app.button(key="bench.undo").click().run()
    shown = [
        next(each for each in group if str(each.key).endswith(HIGH)).value for group in (app.slider, app.number_input)
    ]
    assert shown == [80.0, 80.0]
    assert "What the draft changes (0)" in words_of(app)


@pytest.mark.usefixtures("bank")
def test_crossed_thresholds_are_faults_with_words_and_nobody_is_counted(visit: OPEN) -> None:
    app = typed(visit("bench"), HIGH, 40)
    said = words_of(app)
    assert "Faults to mend before it can be proposed: 1" in said
    assert "Mid · entry score · Persons" in said
    assert app.button(key="bench.propose").disabled
    assert "Entry scores cross, so nobody is counted" in said
    assert not [each for each in app.metric if each.label == "▲ Up"]
    assert metric(typed(app, HIGH, 70), "▲ Up") != "0"


def test_all_weights_zero_is_told_calmly_and_nothing_is_lost(bank: House, visit: OPEN) -> None:
    app = tab(visit("bench"), "Weights")
    for name in ("assets", "contribution", "credit", "tenure", "risk_capacity"):
        app = typed(app, f"dimension.{name}.person.weight", 0)
    said = words_of(app)
    assert not app.error
    assert "nobody can be scored" in said
    assert "Every change is kept" in said
    assert "What the draft changes (5)" in said
    app = typed(app, "dimension.assets.person.weight", 100)
    assert "What the draft changes (5)" in words_of(app)
    assert metric(app, "▲ Up")


def test_a_band_edge_moves_customers_on_a_grid_of_its_own(bank: House, visit: OPEN) -> None:
    app = tab(visit("bench"), "Bands and points")
    app = app.radio(key="bench.band.dimension.assets.person").set_value(3).run()
    app = typed(app, "dimension.assets.person.bands[3].from", 900_000)
    moved = expected(bank, [Override("dimension.assets.person.bands[3].from", Decimal(900_000))]).moved()
    assert moved.down > 0
    assert metric(app, "▼ Down") == str(moved.down)


def test_a_text_that_is_no_standard_shows_every_fault_and_keeps_the_text(bank: House, visit: OPEN) -> None:
    app = visit("bench")
    app.session_state["bench.text_open"] = True
    app = app.run()
    text = str(app.text_area(key="bench.text").value).replace("weight = 40", 'weight = "much"')
    app = app.text_area(key="bench.text").set_value(text).run()
    said = words_of(app)
    assert "Faults to mend before it can be proposed: 2" in said
    assert "dimension.assets.enterprise.weight" in said
    assert "cannot be read as a standard yet" in said
    assert app.text_area(key="bench.text").value == text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_holds_the_movers_and_their_number(bank: House, visit: OPEN, language: str) -> None:
    app = typed(visit("bench", language=language), HIGH, 60)
    up = expected(bank, [Override(HIGH, Decimal(60))]).moved().up
    frame = next(each.value for each in app.dataframe if len(each.value.columns) == 9)
    assert len(frame) == up
    assert set(frame.iloc[:, 6]) == {"高端" if language == "zh" else "High"}


def written(app: AppTest, *changes: tuple[str, str]) -> AppTest:
    """The draft's text, opened and edited."""
    app.session_state["bench.text_open"] = True
    text = str(app.run().text_area(key="bench.text").value)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return app.text_area(key="bench.text").set_value(text).run()


def test_notes_name_a_restricted_gate_to_risk_management_only(bank: House, visit: OPEN) -> None:
    app = visit("bench")
    assert "Internal compliance restriction" in words_of(app)
    assert "aml" not in words_of(app)
    app = app.selectbox(key="pick.actor").set_value("zhao.risk").run()
    assert "meets the cap aml" in words_of(app)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_gates_tab_keeps_the_words_of_a_restricted_gate(bank: House, visit: OPEN, language: str) -> None:
    overdue = 'clause = "policy 四.2; (choice)"\n\n[[gate]]\nid = "credit_low"'
    restricted = overdue.replace("\n\n", "\nrestricted = true\n\n")
    app = tab(
        written(visit("bench", language=language), (overdue, restricted)), {"zh": "门槛", "en": "Gates"}[language]
    )
    words = {"zh": "当前逾期达到 90 天", "en": "A payment is 90 days or more overdue"}[language]
    assert {"zh": "内部合规限制", "en": "Internal compliance restriction"}[language] in words_of(app)
    assert words not in words_of(app)
    assert words in words_of(app.selectbox(key="pick.actor").set_value("zhao.risk").run())


def test_a_caseload_of_nobody_shows_no_number_of_managers(bank: House, visit: OPEN) -> None:
    app = written(visit("bench"), ("value = 80, unit", "value = 0, unit"))
    assert not app.error
    assert metric(app, "Managers") == "–"
