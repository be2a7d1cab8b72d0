"""A gate that is kept from everyone but risk management: its words stand on no page that others read."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from analytics import clock
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.publishing import Wish
from analytics.desks.whatif import scenarios
from analytics.standard.change import Override, write
from analytics.standard.diff import diff
from analytics.standard.parse import parse_toml
from analytics.store.scenarios import Contents, Scenario
from tests.pages.conftest import OPEN, words_of
from tests.pages.test_publish import view

GATE = "gate[5]"
"""Where the house's standard has its restricted gate, aml_high."""
LIN, RISK = "lin.marketing", "zhao.risk"
KEPT = {"en": "Changes to restricted rules: 1. Only risk management", "zh": "涉及限制知悉规则的改动：1 处"}
NO_TEXT = {"en": "only risk management may read, edit and download", "zh": "全文仅风险管理部可查看"}


@pytest.fixture(autouse=True)
def shelf(bank: House) -> Iterator[None]:
    """Every test begins with an empty shelf."""
    yield
    for each in scenarios.every(bank):
        scenarios.delete(bank, each.scenario_id, revision=each.revision, actor=LIN)


def law(bank: House) -> str:
    return bank.stored(publishing.last_published(bank).publication.standard_hash).source


def gates(text: str) -> list[str]:
    """What stands before each gate's head; the first part is what stands before all of them."""
    return text.split("[[gate]]")


def edited(text: str, how: str) -> str:
    """The standard with one change of its restricted gate."""
    before, *each = gates(text)
    match how:
        case "tier":
            return write(text, [Override(f"{GATE}.tier", "BASE")])
        case "clause":
            return write(text, [Override(f"{GATE}.clause", "AML Law 2027")])
        case "told to all":
            return write(text, [Override(f"{GATE}.restricted", False)])
        case "gone":
            return "[[gate]]".join([before, *each[:5], *each[6:]])
        case "order":
            return "[[gate]]".join([before, *each[:4], each[5], each[4], *each[6:]])
        case "new":
            more = each[5].replace('id = "aml_high"', 'id = "aml_other"').split("\n\n")[0] + "\n\n"
            return "[[gate]]".join([before, more, *each])
    raise ValueError(how)


CHANGES = ("tier", "clause", "told to all", "gone", "order", "new")


def kept(bank: House, source: str, name: str = "Stricter") -> Scenario:
    baseline = publishing.last_published(bank).publication.standard_hash
    snapshot = snapshots.latest(bank)[0].snapshot_id
    return scenarios.create(bank, Contents(name, "", baseline, snapshot, source), actor=RISK)


def sentence(bank: House, before: str, after: str, language: str = "en") -> str:
    """The one thing that differs, as risk management reads it."""
    (change,) = diff(parse_toml(before, bank.contract), parse_toml(after, bank.contract), bank.contract)
    return change.sentence.to(language)


def told(app: AppTest) -> str:
    """Everything on the page, tables and fields too."""
    fields = [str(each.value) for each in (*app.text_area, *app.text_input)]
    said = words_of(app).replace("\\", "")
    return "\n".join([said, *(each.value.to_string() for each in app.dataframe), *fields])


def played_by(app: AppTest, person: str) -> AppTest:
    return app.selectbox(key="pick.actor").set_value(person).run()


def scenarios_tab(app: AppTest, language: str = "en") -> AppTest:
    app.session_state["bench.section"] = {"en": "Scenarios", "zh": "方案"}[language]
    return app.run()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("how", CHANGES)
def test_what_a_draft_changes_in_it_is_told_to_risk_management_only(
    bank: House, visit: OPEN, how: str, language: str
) -> None:
    words = sentence(bank, law(bank), edited(law(bank), how), language)
    made = kept(bank, edited(law(bank), how))
    app = visit("bench", language=language, scenario=made.scenario_id)
    assert not app.exception
    assert KEPT[language] in words_of(app)
    assert words not in told(app)
    assert "aml" not in told(app).lower()
    app = played_by(app, RISK)
    assert KEPT[language] not in words_of(app)
    assert words in told(app)


@pytest.mark.parametrize("how", ["tier", "told to all", "gone"])
@pytest.mark.parametrize("turned", [False, True])
def test_side_by_side_the_difference_is_told_to_risk_management_only(
    bank: House, visit: OPEN, how: str, *, turned: bool
) -> None:
    texts = law(bank), edited(law(bank), how)
    words = sentence(bank, texts[turned], texts[not turned])
    made = kept(bank, texts[1])
    sides = ["standard", made.scenario_id]
    app = scenarios_tab(played_by(visit("bench"), LIN))
    app = app.pills(key="scenarios.chosen.widget").set_value([sides[not turned]]).run()
    app = app.selectbox(key="scenarios.against.widget").set_value(sides[turned]).run()
    assert KEPT["en"] in words_of(app)
    assert words not in told(app)
    app = scenarios_tab(played_by(app, RISK))
    assert KEPT["en"] not in words_of(app)
    assert words in told(app)


def test_what_somebody_else_has_saved_meanwhile_is_told_to_risk_management_only(bank: House, visit: OPEN) -> None:
    made = kept(bank, law(bank))
    app = scenarios_tab(visit("bench", scenario=made.scenario_id))
    theirs = Contents("Stricter", "", made.contents.baseline_hash, made.contents.snapshot_id, edited(law(bank), "tier"))
    scenarios.save(bank, made.scenario_id, theirs, revision=1, actor=RISK)
    app = app.run()
    assert "Zhao Min saved the scenario" in words_of(app)
    assert KEPT["en"] in words_of(app)
    assert sentence(bank, law(bank), theirs.source) not in told(app)
    assert sentence(bank, law(bank), theirs.source) in told(played_by(app, RISK))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_whole_text_is_for_risk_management(bank: House, visit: OPEN, language: str) -> None:
    app = visit("bench", language=language)
    app.session_state["bench.text_open"] = True
    app = app.run()
    assert NO_TEXT[language] in words_of(app)
    assert not [each for each in app.text_area if each.key == "bench.text"]
    assert not app.get("download_button")
    assert not app.get("file_uploader")
    app = played_by(app, RISK)
    assert NO_TEXT[language] not in words_of(app)
    assert "aml_high" in str(app.text_area(key="bench.text").value)
    assert len(app.get("download_button")) == 1


def test_a_text_that_cannot_be_read_keeps_its_words_and_the_faults_of_its_gates(bank: House, visit: OPEN) -> None:
    before, *each = gates(law(bank))
    moved = "[[gate]]".join([before, each[5].replace("aml_grade", "aml_grad"), *each[:5], *each[6:]])
    made = kept(bank, moved)
    app = visit("bench", scenario=made.scenario_id)
    app.session_state["bench.text_open"] = True
    app = app.run()
    assert "Faults to mend before it can be proposed" in words_of(app)
    assert NO_TEXT["en"] in words_of(app)
    assert "aml" not in told(app).lower()
    app.switch_page("pages/publish.py")
    app = app.run()
    assert "gate[0].when[0].column" in words_of(app)
    assert "aml" not in told(app).lower()
    assert "aml" in told(played_by(app, RISK)).lower()


def test_proposals_and_versions_tell_it_to_risk_management_only(bank: House, visit: OPEN) -> None:
    words = sentence(bank, law(bank), edited(law(bank), "tier"))
    made = kept(bank, edited(law(bank), "tier"))
    app = visit("bench", scenario=made.scenario_id)
    app.switch_page("pages/publish.py")
    app = app.run()
    assert KEPT["en"] in words_of(app)
    assert words not in told(app)

    wish = Wish("Stricter", "The regulator asks", "2026.7", clock.today())
    snapshot, source = made.contents.snapshot_id, made.contents.source
    proposal = publishing.propose(bank, source=source, snapshot_id=snapshot, wish=wish, actor="chen.committee")
    app = view(visit("publish"), "open")
    assert KEPT["en"] in words_of(app)
    assert words not in told(app)
    assert words in told(view(played_by(app, RISK), "open"))

    publishing.confirm(bank, proposal.proposal_id, actor=RISK)
    app = view(visit("publish"), "history")
    assert KEPT["en"] in words_of(app)
    assert words not in told(app)
    assert NO_TEXT["en"] in words_of(app)
    assert not app.get("download_button")
    app = view(played_by(app, RISK), "history")
    assert words in told(app)
    assert len(app.get("download_button")) == 1


def test_what_was_carried_over_of_it_is_told_to_risk_management_only(bank: House, visit: OPEN) -> None:
    made = kept(bank, write(law(bank), [Override(f"{GATE}.clause", "AML Law 2027")]))
    wish = Wish("Told to all", "The regulator asks", "2026.9", clock.today())
    source = write(law(bank), [Override(f"{GATE}.clause", "AML Law 2028"), Override(f"{GATE}.restricted", False)])
    snapshot = made.contents.snapshot_id
    proposal = publishing.propose(bank, source=source, snapshot_id=snapshot, wish=wish, actor="chen.committee")
    publishing.confirm(bank, proposal.proposal_id, actor=RISK)
    app = visit("bench", scenario=made.scenario_id).button(key="scenarios.carry").click().run()
    report = next(each.value for each in app.markdown if "Of these the new version had changed" in each.value)
    assert report.endswith("\n- Internal compliance restriction")
    app = played_by(app, RISK)
    report = next(each.value for each in app.markdown if "Of these the new version had changed" in each.value)
    assert "AML Law 2027" in report
