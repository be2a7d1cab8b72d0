"""Goal-seek through the real app: what is asked is found exactly, said in words, and made the draft in one step."""

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.cube.goal.ask import Aim, Ask, Limit, Quantity, Subject, Way
from analytics.cube.goal.seek import Clash, Found
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.whatif import bench, goal
from analytics.desks.whatif.bench import Side
from analytics.desks.whatif.drafts import draft_of
from analytics.vocabulary import Kind
from pages.ui.whatif.seeking.form import USUAL_STEP
from tests.pages.conftest import OPEN, words_of
from tests.pages.test_bench import hand

TAB = {"en": "Goal-seek", "zh": "目标求解"}
COVERED = Aim(Quantity(Subject.COVER, "assets", rank=1), Way.MOST)
NOBODY_DOWN = Limit(Quantity(Subject.DOWN), Way.MOST, 0, is_share=True)


def opened(visit: OPEN, language: str = "en") -> AppTest:
    app = visit("bench", language=language)
    app.session_state["bench.section"] = TAB[language]
    return app.run()


def field(app: AppTest, name: str) -> str:
    return next(
        str(each.key) for each in app.number_input if str(each.key).endswith(f".{name}") and "goal." in str(each.key)
    )


def said(app: AppTest, **values: float | None) -> AppTest:
    for name, value in values.items():
        app = app.number_input(key=field(app, name.replace("__", "."))).set_value(value).run()
    return app


def bare(app: AppTest) -> AppTest:
    """The form with every proposed limit taken away but that nobody goes down."""
    return said(
        app, HIGH__least=None, HIGH__most=None, MID__least=None, MID__most=None, managers=None, cost=None, down=0.0
    )


def side(bank: House) -> Side:
    return Side(snapshots.latest(bank)[0].snapshot_id, publishing.in_force(bank).standard)


def asked(bank: House, *limits: Limit) -> Found | Clash:
    return goal.sought(bank, side(bank), side(bank), Ask(COVERED, limits, tuple(Kind), USUAL_STEP))


def entries(app: AppTest) -> list[str]:
    """The column of found entry scores: each kind from its highest tier down."""
    (frame,) = [each.value for each in app.dataframe if "found" in each.value.columns]
    return list(frame["found"])


def downwards(found: Found) -> list[str]:
    return [f"{each / 100:g}" for kind in found.best.entries for each in reversed(kind)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_proposed_limits_have_an_answer_and_everything_is_said(bank: House, visit: OPEN, language: str) -> None:
    app = opened(visit, language)
    assert not app.exception
    assert not app.error
    words = words_of(app)
    assert {"en": "The best solution", "zh": "最优解"}[language] in words
    assert {"en": "25,502,500 combinations were looked at", "zh": "已逐一核算 25,502,500 种组合"}[language] in words
    assert app.button(key="goal.adopt").label


def test_what_the_page_finds_is_what_the_desk_finds(bank: House, visit: OPEN) -> None:
    found = asked(bank, NOBODY_DOWN)
    assert isinstance(found, Found)
    app = bare(opened(visit))
    assert entries(app) == downwards(found)
    trial = goal.outcome(goal.ground(bank, side(bank), side(bank), USUAL_STEP), side(bank).standard, found.best.entries)
    assert trial.migration.moved("customers").down == found.best.down == 0


def test_the_found_entry_scores_become_the_draft_in_one_step_of_undo(bank: House, visit: OPEN) -> None:
    app = bare(opened(visit))
    found = asked(bank, NOBODY_DOWN)
    assert isinstance(found, Found)
    law = publishing.in_force(bank)
    overrides = goal.overrides(law.standard, found.best.entries)
    assert overrides
    app = app.button(key="goal.adopt").click().run()
    assert f"What the draft changes ({len(overrides)})" in words_of(app)
    draft = draft_of(bank, law.publication.standard_hash, list(overrides)).standard
    assert draft is not None
    assert tuple(draft.entries(kind) for kind in Kind) == found.best.entries
    moved = bench.trial(bank, side(bank).snapshot_id, law.standard, draft).migration
    assert moved.moved("customers").down == 0
    assert int(moved.distribution("after", "assets")[1:3].sum()) == found.best.value
    assert app.button(key="goal.adopt").disabled
    assert "What the draft changes (0)" in words_of(hand(app, "undo"))


def test_limits_that_clash_are_named_calmly_with_what_each_would_need(bank: House, visit: OPEN) -> None:
    app = said(bare(opened(visit)), HIGH__least=90.0, HIGH__most=1.0)
    assert not app.error
    (warning,) = [each.value for each in app.warning]
    assert "None of the 25,502,500 combinations meets every limit" in warning
    assert re.search(r"Customers in High: at least 90% \([\d,]+\)", warning)
    assert "Customers in High: at most 1%" in warning
    assert not [each for each in app.button if each.key == "goal.adopt"]


def test_limits_of_which_each_resolves_the_clash_are_told_so(bank: House, visit: OPEN) -> None:
    app = said(opened(visit).button(key="goal.clear").click().run(), HIGH__least=90.0, MID__least=20.0)
    (warning,) = [each.value for each in app.warning]
    assert "These 2 cannot hold together; without any one of them, all the others can:" in warning
    app = said(app, HIGH__least=90.0, HIGH__most=1.0, MID__least=90.0, MID__most=1.0)
    (warning,) = [each.value for each in app.warning]
    assert "at least two sets of limits clash" in warning
    assert "all the others can" not in warning


def test_every_limit_can_be_cleared_and_proposed_again(bank: House, visit: OPEN) -> None:
    app = opened(visit)
    proposed = {name: app.number_input(key=field(app, name)).value for name in ("cost", "managers", "down")}
    assert None not in proposed.values()
    app = app.button(key="goal.clear").click().run()
    assert not app.exception
    assert {each.value for each in app.number_input if str(each.key).startswith("goal.")} == {None}
    assert "No limit is set" in words_of(app)
    app = app.button(key="goal.propose").click().run()
    assert {name: app.number_input(key=field(app, name)).value for name in proposed} == proposed


def test_a_number_out_of_range_is_marked_and_no_answer_stands(bank: House, visit: OPEN) -> None:
    app = said(opened(visit), down=150.0)
    assert "Must be 0 to 100" in words_of(app)
    assert not [each for each in app.button if each.key == "goal.adopt"]
    app = said(app, down=2.0)
    assert "Must be 0 to 100" not in words_of(app)
    assert app.button(key="goal.adopt").label


def test_the_protected_share_waits_for_a_group(bank: House, visit: OPEN) -> None:
    app = opened(visit)
    assert app.number_input(key=field(app, "kept")).disabled
    app = next(each for each in app.multiselect if str(each.key).endswith(".floors")).set_value(["person"]).run()
    assert not app.number_input(key=field(app, "kept")).disabled


def test_every_limit_that_binds_is_named_and_an_eased_share_differs_from_the_limit(bank: House, visit: OPEN) -> None:
    app = said(bare(opened(visit)), down=None, MID__most=2.0, movers=2.0)
    (frame,) = [each.value for each in app.dataframe if "without" in each.value.columns]
    marked = [limit.removeprefix("● ") for limit in frame["limit"] if limit.startswith("● ")]
    words = words_of(app)
    assert marked
    assert all(words.count(limit) >= 1 for limit in marked)
    bound, eased = re.findall(r"at most ([\d.]+)%\*\*.*? at [\d,]+ \(([\d.]+)%\)", words_of(app))[0]
    assert float(bound) < float(eased)


def test_goal_seek_says_that_it_is_of_everyone_and_what_its_shares_are_of(bank: House, visit: OPEN) -> None:
    app = opened(visit)
    said_of_all = "Goal-seek is always about all customers"
    assert said_of_all not in words_of(app)
    assert "of the assets of the classified customers)" in words_of(app)
    kind: Any = next(each for each in app.get("button_group") if str(each.key).startswith("bench.view.shown_kind"))
    assert said_of_all in words_of(kind.set_value("person").run())


def test_a_point_of_the_front_is_shown_when_it_is_picked(bank: House, visit: OPEN) -> None:
    app = said(bare(opened(visit)), down=None, HIGH__most=0.0, MID__most=1.8)
    quotas = (Limit(Quantity(Subject.TIER, rank=rank), Way.MOST, bp, is_share=True) for rank, bp in ((2, 0), (1, 180)))
    found = asked(bank, *quotas)
    assert isinstance(found, Found)
    assert len(found.front) > 1
    box = next(each for each in app.selectbox if ".shown." in str(each.key))
    app = box.set_value(0).run()
    assert "Another solution on the trade-off curve" in words_of(app)
    assert next(each.value for each in app.metric if each.label == "▼ Down" and each.value == str(found.front[0].down))


def test_a_grid_that_is_too_fine_is_refused_calmly_with_one_that_is_not(bank: House, visit: OPEN) -> None:
    app = opened(visit)
    step = next(each for each in app.selectbox if str(each.key).endswith(".step"))
    app = step.set_value(10).run()
    assert "Choose a grid of 0.5 points or coarser" in "\n".join(each.value for each in app.error)


def test_a_finer_grid_waits_for_the_word(bank: House, visit: OPEN) -> None:
    app = opened(visit)
    app = next(each for each in app.selectbox if str(each.key).endswith(".step")).set_value(50).run()
    assert not app.button(key="goal.find").disabled
    assert not [each for each in app.button if each.key == "goal.adopt"]
