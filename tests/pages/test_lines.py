"""Cliffs, robustness and sweeps through the real app: they say what the desk finds, and a sweep moves a draft."""

import json
from decimal import Decimal

import pytest
from streamlit.testing.v1 import AppTest

from analytics.cube.sweep.dials import dials_of
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.whatif import bench, sensitivity
from analytics.desks.whatif.bench import Side
from analytics.desks.whatif.drafts import draft_of
from analytics.desks.whatif.sensitivity import Asked, Near, Robustness
from analytics.standard.change import Override
from analytics.vocabulary import Kind
from pages.ui import session
from pages.ui.lines.cliff_figures import signed
from pages.ui.lines.sweep_figures import round_marks, without_zeros
from pages.ui.whatif.cliffs import REACHES
from tests.pages.conftest import OPEN, words_of

HIGH = "tier[0].entry.person"
TABS = {"sweep": ("Sweep", "逐值扫描"), "cliffs": ("Cliffs", "断崖图"), "robustness": ("Robustness", "稳健性")}


def asked_of(bank: House, kind: Kind | None = None) -> Asked:
    law, snapshot = publishing.in_force(bank).standard, snapshots.latest(bank)[0].snapshot_id
    return Asked(bank, Side(snapshot, law), Side(snapshot, law), kind=kind)


def opened(visit: OPEN, section: str, language: str = "en") -> AppTest:
    """The bench with one question open."""
    app = visit("bench", language=language)
    app.session_state["bench.section"] = next(tab.label for tab in app.tabs if tab.label in TABS[section])
    return app.run()


def metas(app: AppTest) -> dict[str, str]:
    """What every figure says to whoever cannot see it, by its title."""
    found = [json.loads(chart.proto.spec)["layout"]["meta"] for chart in app.get("plotly_chart")]
    return {meta["title"]: meta["alt"] for meta in found}


def test_the_map_shows_every_line_with_those_beside_it(bank: House, visit: OPEN) -> None:
    app = opened(visit, "cliffs")
    assert not app.exception
    found = sensitivity.cliff_map(asked_of(bank), Near(200, REACHES["step1"]))
    here = [cliff for cliff in found.cliffs if cliff.line.kind is Kind.PERSON]
    alt = metas(app)["Cliff map: who stands beside each line"]
    assert len(alt.split("; ")) == len(here)
    high = next(cliff for cliff in here if cliff.line.name == "HIGH")
    assert f"High from 80: {high.below.customers} | {high.above.customers}" in alt
    below = found.just_below[Kind.PERSON]
    assert (
        f"Persons: {below.customers} would reach an entry score with 2 points more, and {below.changing} of them"
        in words_of(app)
    )


def test_a_greater_distance_counts_more_and_the_list_is_of_the_chosen_line_and_side(bank: House, visit: OPEN) -> None:
    app = opened(visit, "cliffs")
    app.session_state["bench.cliffs.points"] = 5
    app.session_state["bench.cliffs.reach"] = "share10"
    app = app.run()
    near = Near(500, REACHES["share10"])
    here = [each for each in sensitivity.cliff_map(asked_of(bank), near).cliffs if each.line.kind is Kind.PERSON]
    somebody = [each for each in here if each.below.customers + each.above.customers]
    place = next(at for at, each in enumerate(somebody) if each.line.sort == "edge" and each.above.customers > 3)
    app = app.selectbox(key="bench.cliffs.line.person").set_value(place).run()
    app.session_state["bench.cliffs.side"] = "above"
    app = app.run()
    assert not app.exception
    frame = next(each.value for each in app.dataframe if "Across the line" in each.value.columns)
    assert len(frame) == somebody[place].above.customers
    assert f"{len(frame)} in all" in words_of(app)
    app = app.toggle(key="bench.cliffs.changing").set_value(True).run()
    frames = [each.value for each in app.dataframe if "Across the line" in each.value.columns]
    assert sum(len(frame) for frame in frames) == somebody[place].above.changing


def test_robustness_says_how_many_keep_their_tier_and_lists_the_others(bank: House, visit: OPEN) -> None:
    app = opened(visit, "robustness")
    app.session_state["bench.robustness.percent"] = 20
    app = app.run()
    assert not app.exception
    found = Robustness(asked_of(bank), 20)
    both = found.survivals["both"]
    fragile = int(both.everyone[0].sum() - both.surviving[0].sum())
    assert fragile > 0
    share = 100 * int(both.surviving[0].sum()) / int(both.everyone[0].sum())
    said = words_of(app)
    assert f"All customers: {share:.1f}% (" in said
    assert f"by up to 20% and lower bounds by one step; {fragile} are fragile" in said
    frame = next(each.value for each in app.dataframe if "What would tip it" in each.value.columns)
    assert len(frame) == fragile
    assert "Which dimension matters most" in metas(app)


def test_a_sweep_says_what_the_draft_would_do_and_puts_a_value_into_it(bank: House, visit: OPEN) -> None:
    app = opened(visit, "sweep")
    assert not app.exception
    assert "All customers: from 60 to 100, High would hold between" in words_of(app)
    law, snapshot = publishing.in_force(bank), snapshots.latest(bank)[0].snapshot_id
    dial = next(each for each in dials_of(law.standard, bank.contract) if each.path == HIGH)
    place = dial.positions.index(6500)
    slider = next(each for each in app.select_slider if str(each.key).startswith("bench.sweep.place"))
    app = slider.set_value(place).run()
    draft = draft_of(bank, law.publication.standard_hash, [Override(HIGH, Decimal(65))]).standard
    assert draft is not None
    moved = bench.trial(bank, snapshot, law.standard, draft).migration.moved()
    assert f"▲ up {moved.up}, ▼ down {moved.down}" in words_of(app)
    app = app.button(key="bench.sweep.adopt").click().run()
    assert not app.exception
    assert "High: the entry score of persons is 65 instead of 80" in words_of(app)


@pytest.mark.parametrize("sort", ["weight", "edge", "points", "gate"])
@pytest.mark.usefixtures("bank")
def test_every_sort_of_number_is_swept(visit: OPEN, sort: str) -> None:
    app = opened(visit, "sweep")
    app.session_state["bench.sweep.sort"] = sort
    app = app.run()
    assert not app.exception
    assert set(metas(app)) >= {
        "Customers above the lowest tier",
        "Customers who move",
        "Assets that move",
        "Service cost a year",
    }
    assert "All customers: from " in words_of(app)


@pytest.mark.usefixtures("bank")
def test_a_weight_that_spoils_the_sum_says_so_before_and_after_it_is_written_in(visit: OPEN) -> None:
    app = opened(visit, "sweep")
    app.session_state["bench.sweep.sort"] = "weight"
    app = app.run()
    spoiled = "the weights of persons sum to 105; there can be no proposal until they sum to 100"
    assert "the weights of persons sum to" not in words_of(app)
    slider = next(each for each in app.select_slider if str(each.key).startswith("bench.sweep.place"))
    app = slider.set_value(int(str(slider.value)) + 5).run()
    assert spoiled in words_of(app)
    app = app.button(key="bench.sweep.adopt").click().run()
    assert not app.exception
    assert spoiled in words_of(app)


@pytest.mark.parametrize(
    ("most", "marks"),
    [
        (0, [0]),
        (3, [0, 1, 2, 3]),
        (16, [0, 5, 10, 15]),
        (62, [0, 20, 40, 60]),
        (100, [0, 20, 40, 60, 80, 100]),
        (11_816_580_000, [0, 5_000_000_000, 10_000_000_000]),
    ],
)
def test_an_axis_is_marked_at_round_numbers(most: int, marks: list[int]) -> None:
    assert round_marks(most) == marks


def test_fewer_than_expected_has_a_minus_sign_and_nothing_has_none() -> None:
    assert [signed(each) for each in (-1234.4, -0.4, 0.4, 7.5)] == ["−1,234", "0", "0", "8"]


def test_marks_have_no_zeros_at_the_end() -> None:
    written = ["1.00亿元", "CNY 1.50m", "5,000.00万元", "0元", "1,200"]
    assert [without_zeros(each) for each in written] == ["1亿元", "CNY 1.5m", "5,000万元", "0元", "1,200"]


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.usefixtures("bank")
def test_a_gate_that_is_kept_from_the_visitor_is_not_offered(
    visit: OPEN, monkeypatch: pytest.MonkeyPatch, hidden: bool
) -> None:
    monkeypatch.setattr(session, "hides", lambda gate: hidden and gate.id == "overdue_90")
    app = opened(visit, "sweep")
    app.session_state["bench.sweep.sort"] = "gate"
    app = app.run()
    offered = next(each for each in app.selectbox if str(each.key).startswith("bench.sweep.number"))
    assert any("credit score is below 500" in name for name in offered.options)
    assert any("overdue" in name for name in offered.options) is not hidden


@pytest.mark.parametrize("section", ["cliffs", "robustness", "sweep"])
@pytest.mark.usefixtures("bank")
def test_chinese_has_no_english_left(visit: OPEN, section: str) -> None:
    app = opened(visit, section, "zh")
    assert not app.exception
    titles = " ".join(metas(app))
    assert not [word for word in ("tier", "customers", "Cliff", "weight") if word in titles]
