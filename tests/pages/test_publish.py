"""From a draft to law through the real app, and back to the file."""

import datetime
import re
from dataclasses import replace

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button, ButtonGroup

from analytics import clock
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.publishing import Wish
from analytics.standard.change import Override, write
from tests.pages.conftest import OPEN, words_of
from tests.pages.test_bench import hand, metric


def view(app: AppTest, name: str) -> AppTest:
    control = next(each for each in app.get("button_group") if each.key == "publish.shown")
    assert isinstance(control, ButtonGroup)
    return control.set_value(name).run()


def to_publish(app: AppTest) -> AppTest:
    app.switch_page("pages/publish.py")
    return app.run()


def draft_at(visit: OPEN, score: int) -> AppTest:
    return to_publish(hand(visit("bench"), high=100 * score))


def proposed(visit: OPEN, score: int) -> AppTest:
    app = draft_at(visit, score)
    app.text_input(key="publish.title").set_value(f"High from {score}")
    app.text_area(key="publish.reason").set_value("The managers have time")
    return app.button(key="publish.propose").click().run()


def played_by(app: AppTest, person: str) -> AppTest:
    return app.selectbox(key="pick.actor").set_value(person).run()


def button(app: AppTest, name: str) -> Button:
    return next(each for each in app.button if str(each.key).startswith(f"{name}."))


def test_without_a_draft_the_page_leads_to_the_bench(bank: House, visit: OPEN) -> None:
    assert "There is no draft yet" in words_of(visit("publish"))


def test_a_proposal_needs_a_title_and_a_reason(bank: House, visit: OPEN) -> None:
    app = draft_at(visit, 66).button(key="publish.propose").click().run()
    assert "PUBLISH-006" in words_of(app)
    assert publishing.every_proposal(bank) == []


def test_one_person_proposes_another_confirms_and_it_is_law(bank: House, visit: OPEN) -> None:
    app = proposed(visit, 66)
    up = metric(app, "▲ Up")
    open_one = publishing.every_proposal(bank)[0]
    assert "High: the entry score of persons is 66 instead of 80" in words_of(app)
    assert open_one.impact_hash[:12] in words_of(app)
    assert button(app, "confirm").disabled

    app = played_by(app, "zhao.risk")
    app = button(app, "return").click().run()
    assert "PUBLISH-014" in words_of(app)

    app = button(app, "confirm").click().run()
    law = publishing.in_force(bank)
    assert law.publication.standard_hash == open_one.standard_hash
    assert int(up) == publishing.bound_impact(bank, open_one).migration.moved().up > 0
    text = bank.settings.path("rules").read_text(encoding="utf-8")
    assert re.search(r"person = 66\b", text)
    app = view(app, "history")
    assert "in step" in words_of(app)
    assert list(app.dataframe[0].value["published_by"]) == ["Zhao Min", "the system"]


def test_the_proposer_withdraws_with_a_reason(bank: House, visit: OPEN) -> None:
    app = proposed(visit, 64)
    app.text_input(key=str(button(app, "withdraw").key).replace("withdraw", "note")).set_value("Too soon")
    app = button(app, "withdraw").click().run()
    assert publishing.every_proposal(bank)[0].state == "withdrawn"


def test_a_file_edited_by_hand_is_left_alone_and_can_be_opened(bank: House, visit: OPEN) -> None:
    path = bank.settings.path("rules")
    edited = path.read_text(encoding="utf-8").replace("person = 60,", "person = 58,", 1)
    path.write_text(edited, encoding="utf-8")
    app = view(visit("publish"), "history")
    assert "was edited by hand" in words_of(app)
    assert path.read_text(encoding="utf-8") == edited


def test_a_scheduled_version_is_named_as_the_baseline_and_a_draft_over_another_is_led_to_it(
    bank: House, visit: OPEN
) -> None:
    law = publishing.in_force(bank)
    source = bank.stored(law.publication.standard_hash).source
    wish = Wish("Later", "In spring", "2026.8", clock.today() + datetime.timedelta(days=60))
    source = write(source, [Override("tier[1].entry.person", 52)])
    snapshot = snapshots.latest(bank)[0].snapshot_id
    made = publishing.propose(bank, source=source, snapshot_id=snapshot, wish=wish, actor="chen.committee")
    publishing.confirm(bank, made.proposal_id, actor="zhao.risk")

    app = draft_at(visit, 71)
    said = words_of(app)
    assert "Version 2026.8 is published and takes effect on 16 March 2026" in said
    assert "Mid: the entry score of persons" in said
    assert "cannot be proposed" in said
    app.text_input(key="publish.title").set_value("High from 71")
    app.text_area(key="publish.reason").set_value("The managers have time")
    assert "PUBLISH-008" in words_of(app.button(key="publish.propose").click().run())

    app = to_publish(hand(visit("bench", standard=made.standard_hash), high=7100))
    said = words_of(app)
    assert "cannot be proposed" not in said
    assert "Against version 2026.8 (1)" in said


def test_a_title_and_a_reason_are_words_whatever_stands_in_them(bank: House, visit: OPEN) -> None:
    wish = Wish("**Loud** www.evil.com", "- calm\n# [here](http://evil.com)", "2026.9", clock.today())
    baseline = publishing.last_published(bank).publication
    wish = replace(wish, effective=max(wish.effective, baseline.effective))
    source = write(bank.stored(baseline.standard_hash).source, [Override("tier[0].entry.person", 77)])
    snapshot = snapshots.latest(bank)[0].snapshot_id
    publishing.propose(bank, source=source, snapshot_id=snapshot, wish=wish, actor="chen.committee")
    for app in (view(visit("publish"), "open"), visit()):
        said = words_of(app).replace("\\", "")
        assert "Loud" in said
        assert "www.evil" not in said
        assert "**Loud" not in words_of(app)
    reason = next(each.value for each in view(visit("publish"), "open").markdown if "calm" in each.value)
    lines = reason.split("  \n")
    assert [line[:4] for line in lines] == ["> \\-", "> \\#"]
    assert "http://" not in reason
