"""The bench through the real app: a number is moved, everyone is recounted."""

import json
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.cube.pack import parcel
from analytics.cube.recount import Migration
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.runs.classification import classify
from analytics.desks.whatif import bench, parcels
from analytics.desks.whatif.drafts import draft_of
from analytics.standard.change import Override
from analytics.store import runs
from tests.pages.conftest import OPEN, words_of

HIGH = "tier[0].entry.person"
WEIGHT = "dimension.{}.person.weight"
TURN = count()


def expected(bank: House, overrides: list[Override]) -> Migration:
    law = publishing.in_force(bank)
    draft = draft_of(bank, law.publication.standard_hash, overrides).standard
    assert draft is not None
    return bench.trial(bank, snapshots.latest(bank)[0].snapshot_id, law.standard, draft).migration


def typed(app: AppTest, path: str, value: float) -> AppTest:
    field = next(each for each in app.number_input if str(each.key).endswith(path))
    return field.set_value(value).run()


def news(app: AppTest) -> dict[str, Any]:
    """What the live bench is told."""
    told = [json.loads(each.proto.json) for each in app.get("bidi_component") if each.proto.json]
    return next(each for each in told if "heard" in each)


def hand(app: AppTest, act: str = "move", /, **moved: int) -> AppTest:
    """The hand comes to rest in the live bench; entry scores are in hundredths."""
    paths = {"high": HIGH, "mid": "tier[1].entry.person"}
    said = {paths.get(name, WEIGHT.format(name)): value for name, value in moved.items()}
    app.session_state["bench.live"] = {"settled": {"id": f"turn {next(TURN)}", "act": act, "moved": said}}
    return app.run()


def entry(app: AppTest, rank: int = 1) -> float:
    return news(app)["now"][0]["entries"][rank] / 100


def moved(app: AppTest) -> dict[str, int]:
    """How many go up and down, from the table that the browser's own count is held against."""
    tables = news(app)["answer"]["customers"]
    cells = [(row, at, int(cell)) for kind in tables for row, line in enumerate(kind) for at, cell in enumerate(line)]
    tiers = 3
    return {
        "up": sum(n for row, at, n in cells if row < at < tiers),
        "down": sum(n for row, at, n in cells if at < row < tiers),
        "other": sum(n for row, at, n in cells if row != at and max(row, at) >= tiers),
    }


def metric(app: AppTest, label: str) -> str:
    return next(each.value for each in app.metric if each.label == label)


def matrix(app: AppTest) -> str:
    """What the matrix says to whoever cannot see it."""
    specs = [json.loads(chart.proto.spec)["layout"]["meta"] for chart in app.get("plotly_chart")]
    return next(meta["alt"] for meta in specs if meta["title"] == "Migration matrix")


def tab(app: AppTest, name: str) -> AppTest:
    app.session_state["bench.tab.2"] = name
    return app.run()


def test_a_fresh_bench_moves_nobody_and_says_what_to_do(bank: House, visit: OPEN) -> None:
    app = visit("bench")
    assert not app.exception
    assert moved(app) == {"up": 0, "down": 0, "other": 0}
    assert "Nobody moves yet" in words_of(app)


def test_a_lower_entry_score_lifts_exactly_whom_a_full_classification_lifts(bank: House, visit: OPEN) -> None:
    app = hand(visit("bench"), high=6000)
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
    assert moved(app) == {"up": lifted, "down": 0, "other": 0}
    assert "High: the entry score of persons is 60 instead of 80" in words_of(app)


def test_a_settled_state_is_one_step_and_undo_redo_and_reset_are_the_sketchs(bank: House, visit: OPEN) -> None:
    app = hand(visit("bench"), high=7250, assets=55)
    assert "What the draft changes (2)" in words_of(app)
    assert news(app)["can"] == {"undo": True, "redo": False, "reset": True}
    app = hand(app, high=7000)
    app = hand(app, "undo")
    assert (entry(app), news(app)["now"][0]["weights"][0]) == (72.5, 55)
    app = hand(app, "undo")
    assert entry(app) == 80
    assert news(app)["can"] == {"undo": False, "redo": True, "reset": False}
    app = hand(app, "redo")
    assert entry(hand(app, "redo")) == 70
    assert entry(hand(app, "reset")) == 80
    assert "What the draft changes (0)" in words_of(app)
    assert entry(hand(app, "undo")) == 70
    assert not app.exception


def test_a_settled_state_is_heard_once(bank: House, visit: OPEN) -> None:
    app = hand(visit("bench"), high=7000)
    assert entry(app) == 70
    del app.session_state[f"tierdesk.sketch.{publishing.in_force(bank).publication.standard_hash}"]
    assert entry(app.run()) == entry(app.run()) == 80


def test_the_steps_stand_in_one_place(bank: House, visit: OPEN) -> None:
    assert "bench.undo" not in {each.key for each in visit("bench").button}


def test_what_the_hand_may_not_move_is_let_go(bank: House, visit: OPEN) -> None:
    app = visit("bench")
    for said in (
        {"id": "x1", "act": "move", "moved": {HIGH: 10_001, "tier[0].name.en": 3, WEIGHT.format("assets"): True}},
        {"id": "x2", "act": "publish", "moved": {HIGH: 7000}},
        {"id": 3, "act": "move", "moved": {HIGH: 7000}},
        ["move"],
    ):
        app.session_state["bench.live"] = {"settled": said}
        app = app.run()
        assert not app.exception
        assert entry(app) == 80
    assert "What the draft changes (0)" in words_of(app)


def test_the_hand_leaves_a_moved_edge_as_it_is(bank: House, visit: OPEN) -> None:
    app = tab(visit("bench"), "Bands")
    app = app.radio(key="bench.band.dimension.assets.person").set_value(3).run()
    app = hand(typed(app, "dimension.assets.person.bands[3].from", 900_000), high=7000)
    both = [Override("dimension.assets.person.bands[3].from", Decimal(900_000)), Override(HIGH, 70)]
    assert moved(app)["up"] == expected(bank, both).moved().up
    app = hand(app, "undo")
    assert moved(app)["down"] == expected(bank, both[:1]).moved().down
    assert moved(hand(app, "undo")) == {"up": 0, "down": 0, "other": 0}


@pytest.mark.usefixtures("bank")
def test_crossed_thresholds_are_faults_with_words_and_nobody_is_counted(visit: OPEN) -> None:
    app = hand(visit("bench"), high=4000)
    said = words_of(app)
    assert "Faults to mend before it can be proposed: 1" in said
    assert "Mid · entry score · Persons" in said
    assert app.button(key="bench.propose").disabled
    assert news(app)["trouble"].startswith("Entry scores cross, so nobody is counted")
    assert news(app)["answer"] is None
    assert entry(app) == 40
    assert moved(hand(app, high=7000))["up"] > 0


def test_all_weights_zero_is_told_calmly_and_nothing_is_lost(bank: House, visit: OPEN) -> None:
    names = ("assets", "contribution", "credit", "tenure", "risk_capacity")
    app = hand(visit("bench"), "move", **dict.fromkeys(names, 0))
    assert not app.error
    assert "nobody can be scored" in news(app)["trouble"]
    assert news(app)["answer"] is None
    assert "What the draft changes (5)" in words_of(app)
    app = hand(app, assets=100)
    assert "What the draft changes (5)" in words_of(app)
    assert moved(app)["up"] > 0


def test_without_the_live_part_the_page_moves_everything_itself(
    bank: House, visit: OPEN, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "parcel", partial(parcel, most=100))
    parcels._parcel.cache_clear()
    app = visit("bench")
    assert not app.error
    assert "parts the population too finely for the browser" in words_of(app)
    app = typed(app, HIGH, 60)
    assert metric(app, "▲ Up") == str(expected(bank, [Override(HIGH, 60)]).moved().up)
    assert f"Mid: High {metric(app, '▲ Up')} · " in matrix(app)
    slider = next(each for each in app.slider if str(each.key).endswith(HIGH))
    app = slider.set_value(72.5).run()
    field = next(each for each in app.number_input if str(each.key).endswith(HIGH))
    assert field.value == 72.5
    assert "Every change is kept" in words_of(typed(app, HIGH, 40))
    parcels._parcel.cache_clear()


def test_a_band_edge_moves_customers_on_a_grid_of_its_own(bank: House, visit: OPEN) -> None:
    app = tab(visit("bench"), "Bands")
    app = app.radio(key="bench.band.dimension.assets.person").set_value(3).run()
    app = typed(app, "dimension.assets.person.bands[3].from", 900_000)
    moves = expected(bank, [Override("dimension.assets.person.bands[3].from", Decimal(900_000))]).moved()
    assert moved(app)["down"] == moves.down > 0


def test_a_text_that_is_no_standard_shows_every_fault_and_keeps_the_text(bank: House, visit: OPEN) -> None:
    app = visit("bench")
    app.session_state["bench.text_open"] = True
    app = app.selectbox(key="pick.actor").set_value("zhao.risk").run()
    text = str(app.text_area(key="bench.text").value).replace("weight = 40", 'weight = "much"')
    app = app.text_area(key="bench.text").set_value(text).run()
    said = words_of(app)
    assert "Faults to mend before it can be proposed: 2" in said
    assert "dimension.assets.enterprise.weight" in said
    assert "cannot be read as a standard yet" in said
    assert app.text_area(key="bench.text").value == text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_holds_the_movers_and_their_number(bank: House, visit: OPEN, language: str) -> None:
    app = hand(visit("bench", language=language), high=6000)
    up = expected(bank, [Override(HIGH, Decimal(60))]).moved().up
    frame = next(each.value for each in app.dataframe if len(each.value.columns) == 9)
    assert len(frame) == up
    assert set(frame.iloc[:, 6].str.removeprefix("▲ ")) == {"高端" if language == "zh" else "High"}


def written(app: AppTest, *changes: tuple[str, str]) -> AppTest:
    """The draft's text, opened and edited by risk management, who alone may read its restricted gate."""
    app.session_state["bench.text_open"] = True
    app = app.selectbox(key="pick.actor").set_value("zhao.risk").run()
    text = str(app.text_area(key="bench.text").value)
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
    app = app.selectbox(key="pick.actor").set_value("lin.marketing").run()
    assert {"zh": "内部合规限制", "en": "Internal compliance restriction"}[language] in words_of(app)
    assert words not in words_of(app)
    assert words in words_of(app.selectbox(key="pick.actor").set_value("zhao.risk").run())


def test_a_caseload_of_nobody_is_told_as_it_stands(bank: House, visit: OPEN) -> None:
    app = written(visit("bench"), ("value = 80, unit", "value = 0, unit"))
    assert not app.error
    shape = next(json.loads(each.proto.json) for each in app.get("bidi_component") if '"staff"' in each.proto.json)
    assert 0 in [each["caseload"] for each in shape["staff"]["after"]]
