"""Names and notes of scenarios are shown as words, whatever stands in them."""

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from analytics.desks.house import House
from analytics.desks.whatif import scenarios
from analytics.standard.change import Override, write
from tests.pages.conftest import OPEN, words_of
from tests.pages.test_scenarios import HIGH, LIN, beside, drafted, kept, shown

NAME = "**Bold** www.evil.com :red[x]"
NOTE = "Calm\n# Loud\n- [here](http://evil.com) ![x](http://evil.com/x.png)"
ACTS = re.compile(r"(?<!\\)\*\*Bold|www\.evil|:red\[|https?://|\n# |\n- \\?\[here|(?<!\\)\]\(")
"""What Markdown would act on in them."""


@pytest.fixture(autouse=True)
def shelf(bank: House) -> Iterator[None]:
    """Every test begins with an empty shelf."""
    yield
    for each in scenarios.every(bank):
        scenarios.delete(bank, each.scenario_id, revision=each.revision, actor=LIN)


def drawn(app: AppTest) -> list[str]:
    """Every text that Streamlit draws as Markdown; options of lists and cells of tables it does not."""
    labelled = (*app.button, *app.selectbox, *app.pills, *app.text_input, *app.text_area, *app.expander)
    options = [option for each in app.pills for option in each.options]
    return [words_of(app), *(str(each.label) for each in labelled), *options]


def acted(app: AppTest) -> list[str]:
    assert any("Bold" in each for each in drawn(app))
    return [found.group() for each in drawn(app) for found in ACTS.finditer(each)]


def test_a_name_and_a_note_are_words_whatever_stands_in_them(bank: House, visit: OPEN) -> None:
    made = kept(bank, 60, NAME, note=NOTE)
    kept(bank, 20, f"{NAME} 2", note=NOTE)
    app = shown(visit, scenario=made.scenario_id)
    assert "evil" in next(each for each in words_of(app).splitlines() if "Calm" in each)
    assert acted(app) == []
    ids = [each.scenario_id for each in scenarios.every(bank)]
    app = beside(app, *ids, "standard")
    app = app.selectbox(key="scenarios.against.widget").set_value(made.scenario_id).run()
    assert "is not counted" in words_of(app)
    assert acted(app) == []


def test_so_they_are_where_an_act_is_told(bank: House, visit: OPEN) -> None:
    made = kept(bank, 60, NAME, note=NOTE)
    app = shown(visit, scenario=made.scenario_id)
    app = drafted(app, write(made.contents.source, [Override(HIGH, 64)]))
    app = app.button(key="scenarios.save_over").click().run()
    assert "Bold" in app.success[0].value
    assert acted(app) == []
    next(each for each in app.text_input if str(each.key).startswith("scenarios.new_name")).set_value(f"{NAME} 2")
    app = app.button(key="scenarios.rename_do").click().run()
    assert "Bold" in app.success[0].value
    assert acted(app) == []
    app = app.button(key="scenarios.delete_do").click().run()
    assert "Bold" in app.success[0].value
    assert acted(app) == []
    assert acted(shown(visit, scenario=made.scenario_id)) == []


def test_a_link_with_words_in_it_names_no_page(bank: House, visit: OPEN) -> None:
    app = shown(visit, scenario="www.evil.com")
    assert not app.exception
    assert "www.evil" not in words_of(app)
