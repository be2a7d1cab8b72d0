"""Scenarios through the real app: save, open by a link, two who edit one, what is deleted, old or not countable."""

from collections.abc import Iterator

import pandas as pd
import pytest
from pyarrow import compute, parquet
from streamlit.testing.v1 import AppTest

from analytics import clock
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.data.intake import import_file
from analytics.desks.house import House
from analytics.desks.publishing import Wish
from analytics.desks.setup import demo_mapping
from analytics.desks.whatif import bench, scenarios
from analytics.standard.change import Override, write
from analytics.store.scenarios import Contents, Scenario
from pages.ui.scenarios.short_names import short_names
from tests.pages.conftest import OPEN, words_of
from tests.pages.test_bench import hand

HIGH = "tier[0].entry.person"
LIN, WU = "lin.marketing", "wu.service"
TAB = {"en": "Scenarios", "zh": "方案"}


@pytest.fixture(autouse=True)
def shelf(bank: House) -> Iterator[None]:
    """Every test begins with an empty shelf."""
    yield
    for each in scenarios.every(bank):
        scenarios.delete(bank, each.scenario_id, revision=each.revision, actor=LIN)


def kept(bank: House, score: int, name: str = "More service", **said: str) -> Scenario:
    law = publishing.in_force(bank).publication.standard_hash
    source = write(bank.stored(law).source, [Override(HIGH, score)])
    snapshot = snapshots.latest(bank)[0].snapshot_id
    words = {"note": "The managers have time", "snapshot_id": snapshot, "source": source} | said
    return scenarios.create(bank, Contents(name=name, baseline_hash=law, **words), actor=LIN)


def lifted(bank: House, score: int) -> int:
    law, snapshot = publishing.in_force(bank), snapshots.latest(bank)[0].snapshot_id
    draft = scenarios.reading(bank, kept(bank, score, f"Counted {score}").contents).draft.standard
    assert draft is not None
    return bench.trial(bank, snapshot, law.standard, draft).migration.moved().up


def shown(visit: OPEN, language: str = "en", **query: str) -> AppTest:
    app = visit("bench", language=language, **query)
    app.session_state["bench.section"] = TAB[language]
    return app.run()


def drafted(app: AppTest, text: str) -> AppTest:
    """The whole text is written anew, by risk management: its restricted gate is told to them only."""
    app.session_state["bench.text_open"] = True
    app = app.selectbox(key="pick.actor").set_value("zhao.risk").run()
    return app.text_area(key="bench.text").set_value(text).run()


def table(app: AppTest, first: str) -> pd.DataFrame:
    """The table whose first cell says ``first``."""
    return next(each.value for each in app.dataframe if str(each.value.iloc[0, 0]).startswith(first))


def row(frame: pd.DataFrame, name: str) -> list[str]:
    found = frame[frame.iloc[:, 0] == name]
    return [str(cell) for cell in found.iloc[0, 1:]]


def pinned(app: AppTest, name: str) -> str:
    """What the address says, however AppTest hands it over."""
    value = app.query_params[name]
    return str(value if isinstance(value, str) else value[0])


def field(app: AppTest, name: str):
    return next(each for each in app.text_input if str(each.key).startswith(name))


def beside(app: AppTest, *names: str) -> AppTest:
    """Choose the drafts that stand side by side."""
    return app.pills(key="scenarios.chosen.widget").set_value(list(names)).run()


def test_an_empty_shelf_says_the_next_step(bank: House, visit: OPEN) -> None:
    app = shown(visit)
    assert "None yet. Move the standard" in words_of(app)
    assert app.button(key="scenarios.save_new").disabled


def test_a_draft_is_saved_with_name_note_and_author_and_stands_in_the_address(bank: House, visit: OPEN) -> None:
    law = publishing.in_force(bank).publication.standard_hash
    app = drafted(shown(visit), write(bank.stored(law).source, [Override(HIGH, 61)]))
    app = app.selectbox(key="pick.actor").set_value(WU).run()
    field(app, "scenarios.name").set_value("High from 61")
    field(app, "scenarios.note").set_value("For the spring")
    app = app.button(key="scenarios.save_new").click().run()
    (made,) = scenarios.every(bank)
    assert (made.contents.name, made.contents.note, made.created_by) == ("High from 61", "For the spring", WU)
    assert pinned(app, "scenario") == made.scenario_id
    assert "Saved the scenario “High from 61”, revision 1" in words_of(app)
    shown_as = list(table(app, "High from 61").iloc[0])
    assert shown_as[:2] == ["High from 61", "Wu Tong"]
    assert shown_as[3:] == ["2026.1", "1", "Yes", "For the spring"]


def test_a_new_one_begins_without_the_note_of_the_last_and_the_shelf_points_at_it(bank: House, visit: OPEN) -> None:
    first = kept(bank, 60)
    app = drafted(shown(visit, scenario=first.scenario_id), write(first.contents.source, [Override(HIGH, 64)]))
    assert app.selectbox(key="scenarios.one").value == first.scenario_id
    assert field(app, "scenarios.note").value == "The managers have time"
    assert field(app, "scenarios.note.as").value == ""
    field(app, "scenarios.name.as").set_value("Another")
    app = app.button(key="scenarios.save_new").click().run()
    last = scenarios.every(bank)[0]
    assert (last.contents.name, last.contents.note) == ("Another", "")
    assert app.selectbox(key="scenarios.one").value == last.scenario_id


def test_a_name_that_another_has_is_refused_with_its_author(bank: House, visit: OPEN) -> None:
    first = kept(bank, 60)
    app = drafted(shown(visit), write(first.contents.source, [Override(HIGH, 64)]))
    field(app, "scenarios.name").set_value("more  service")
    app = app.button(key="scenarios.save_new").click().run()
    assert "There is a scenario More service over this standard (Lin Hao" in " ".join(each.value for each in app.error)
    assert [each.scenario_id for each in scenarios.every(bank)] == [first.scenario_id]


def test_an_opened_one_is_named_where_the_draft_comes_from(bank: House, visit: OPEN) -> None:
    made = kept(bank, 60)
    app = shown(visit, scenario=made.scenario_id)
    assert "The draft comes from the scenario “More service”." in words_of(app)
    app = drafted(app, write(made.contents.source, [Override(HIGH, 64)]))
    assert "The draft comes from the text of a rules.toml." in words_of(app)


def test_a_fifth_takes_the_place_of_the_first(bank: House, visit: OPEN) -> None:
    made = [kept(bank, score, f"From {score}").scenario_id for score in (60, 70, 75)]
    app = beside(shown(visit), "standard", "draft", *made)
    assert "At most 4 side by side; the first one has given way." in words_of(app)
    assert app.pills(key="scenarios.chosen.widget").value == ["draft", *made]


def test_long_names_lose_their_middle_unless_they_then_look_alike() -> None:
    assert short_names(["Sixty", "高端准入分调至 70 并提高企业服务"]) == ["Sixty", "高端准入分调至…企业服务"]
    assert short_names(["More service for all enterprises", "资产分段下调，其余不变"]) == [
        "More service f…terprises",
        "资产分段下调，其余不变",
    ]
    alike = ["A long name that ends with the years 2026", "A long name that begins with the years 2026"]
    assert short_names(alike) == alike


def test_a_link_opens_it_for_somebody_else_with_its_snapshot_and_baseline(bank: House, visit: OPEN) -> None:
    older = snapshots.latest(bank)[1]
    made = kept(bank, 60, snapshot_id=older.snapshot_id)
    app = visit()
    app.switch_page("pages/bench.py")
    app.query_params.clear()
    app.query_params["scenario"] = made.scenario_id
    app = app.run()
    said = words_of(app)
    assert "More service" in said
    assert "The managers have time" in said
    assert "High: the entry score of persons is 60 instead of 80" in said
    assert pinned(app, "snapshot") == older.snapshot_id
    assert "counted on snapshot 2025Q3; the latest one is 2025Q4" in said
    app = app.button(key="scenarios.recount").click().run()
    assert pinned(app, "snapshot") == snapshots.latest(bank)[0].snapshot_id
    assert pinned(app, "scenario") == made.scenario_id


def test_side_by_side_every_column_counts_as_its_draft_does(bank: House, visit: OPEN) -> None:
    ups = {score: lifted(bank, score) for score in (60, 70)}
    one, two = kept(bank, 60, "Sixty"), kept(bank, 70, "Seventy")
    app = shown(visit)
    app = beside(app, "standard", one.scenario_id, two.scenario_id, "draft")
    says, does = table(app, "Entry score"), table(app, "High")
    assert row(says, "Entry score of High · Persons") == ["80", "60 (−20)", "70 (−10)", "80"]
    assert row(says, "Other changes") == ["0", "0", "0", "0"]
    up = row(does, "▲ Up · Customers")
    assert [cell.split(" · ")[0] for cell in up] == ["0", str(ups[60]), str(ups[70]), "0"]
    high = [int(cell.split(" · ")[0].replace(",", "")) for cell in row(does, "High")]
    assert high[1] - high[0] == ups[60] > ups[70] == high[2] - high[0] > 0
    assert f"(+{ups[60]})" in row(does, "High")[1]


def test_two_drafts_are_held_against_each_other(bank: House, visit: OPEN) -> None:
    ups = {score: lifted(bank, score) for score in (60, 70)}
    one, two = kept(bank, 60, "Sixty"), kept(bank, 70, "Seventy")
    app = shown(visit)
    app = beside(app, two.scenario_id)
    app = app.selectbox(key="scenarios.against.widget").set_value(one.scenario_id).run()
    does = table(app, "High")
    assert row(does, "▼ Down · Customers")[0].split(" · ")[0] == str(ups[60] - ups[70])
    assert row(does, "▲ Up · Customers") == ["0"]
    assert "How “Seventy” differs from “Sixty” (1)" in words_of(app)
    assert "the entry score of persons is 70 instead of 60" in words_of(app)


def test_what_cannot_be_counted_says_why_and_the_others_have_their_numbers(bank: House, visit: OPEN) -> None:
    up = lifted(bank, 60)
    good, crossed = kept(bank, 60, "Sixty"), kept(bank, 20, "Crossed")
    broken = kept(bank, 60, "Broken", source="[[tier]\n")
    app = shown(visit)
    chosen = [good.scenario_id, crossed.scenario_id, broken.scenario_id]
    app = beside(app, *chosen)
    cells = row(table(app, "High"), "▲ Up · Customers")
    assert cells[0].startswith(f"{up} · ")
    assert cells[1:] == ["–", "–"]
    said = words_of(app)
    assert "“Crossed” is not counted: Entry scores cross" in said
    assert "“Broken” is not counted: Its text cannot be read as a standard yet" in said
    assert list(table(app, "Broken").iloc[:, 0]) == ["Broken", "Crossed", "Sixty", "Counted 60"]
    app = app.selectbox(key="scenarios.against.widget").set_value(broken.scenario_id).run()
    assert "“Broken” cannot be counted, so nothing can be held against it" in words_of(app)
    assert row(table(app, "High"), "▲ Up · Customers")[0].startswith(f"{up} · ")


def test_a_snapshot_with_one_customer_and_a_kind_with_none(bank: House, visit: OPEN) -> None:
    folder = bank.settings.path("demo")
    everyone = parquet.read_table(folder / "customers_2025Q4.parquet")
    (folder / "alone").mkdir()
    file = folder / "alone" / "customers_2024Q4.parquet"
    parquet.write_table(everyone.filter(compute.equal(everyone["kind"], "person")).slice(0, 1), file)
    (alone,) = import_file(bank.store, bank.contract, file, demo_mapping(), actor=LIN)
    made = kept(bank, 60, snapshot_id=str(alone.snapshot_id))
    app = shown(visit, scenario=made.scenario_id, snapshot=str(alone.snapshot_id))
    app = beside(app, "standard", made.scenario_id)
    assert not app.exception
    assert not app.error
    does = next(each.value for each in app.dataframe if "▲ Up · Customers" in set(each.value.iloc[:, 0]))
    tiers = [line[1] for line in does.itertuples(index=False) if "Customers" not in line[0] and "100.0%" in line[1]]
    assert tiers == ["1 · 100.0%"]
    app.session_state["bench.view.shown_kind"] = "enterprise"
    app = app.run()
    assert not app.exception
    does = next(each.value for each in app.dataframe if "▲ Up · Customers" in set(each.value.iloc[:, 0]))
    assert row(does, "High") == ["0 · –", "0 · –"]


def test_a_draft_that_cannot_be_read_is_saved_all_the_same(bank: House, visit: OPEN) -> None:
    app = drafted(shown(visit), "[[tier]\nnothing")
    field(app, "scenarios.name").set_value("Half a thought")
    app = app.button(key="scenarios.save_new").click().run()
    (made,) = scenarios.every(bank)
    assert made.contents.source == "[[tier]\nnothing"
    again = shown(visit, scenario=made.scenario_id)
    assert "Half a thought" in words_of(again)
    assert not again.exception


def test_two_people_edit_one_the_second_is_told_who_and_what_and_keeps_theirs(bank: House, visit: OPEN) -> None:
    made = kept(bank, 60)
    app = shown(visit, scenario=made.scenario_id)
    mine = write(made.contents.source, [Override(HIGH, 64)])
    app = drafted(app, mine)
    law = made.contents.baseline_hash
    theirs = Contents(
        "More service", "", law, made.contents.snapshot_id, write(made.contents.source, [Override(HIGH, 72)])
    )
    scenarios.save(bank, made.scenario_id, theirs, revision=1, actor=WU)
    app = app.button(key="scenarios.save_over").click().run()
    said = words_of(app)
    assert "Wu Tong saved the scenario “More service” on" in said
    assert "the entry score of persons is 72 instead of 60" in said
    assert scenarios.get(bank, made.scenario_id).contents == theirs
    field(app, "scenarios.name").set_value("Mine")
    app = app.button(key="scenarios.save_new").click().run()
    assert {each.contents.name: each.contents.source for each in scenarios.every(bank)} == {
        "Mine": mine,
        "More service": theirs.source,
    }


def test_theirs_is_opened_and_undo_leads_back_to_mine(bank: House, visit: OPEN) -> None:
    made = kept(bank, 60)
    app = drafted(shown(visit, scenario=made.scenario_id), write(made.contents.source, [Override(HIGH, 64)]))
    theirs = write(made.contents.source, [Override(HIGH, 72)])
    scenarios.save(bank, made.scenario_id, replaced(made.contents, theirs), revision=1, actor=WU)
    app = app.run().button(key="scenarios.open_theirs").click().run()
    assert "the entry score of persons is 72 instead of 80" in words_of(app)
    app = hand(app, "undo")
    assert "the entry score of persons is 64 instead of 80" in words_of(app)


def replaced(contents: Contents, source: str) -> Contents:
    return Contents(contents.name, contents.note, contents.baseline_hash, contents.snapshot_id, source)


def test_a_link_to_a_deleted_one_says_who_and_when_and_brings_it_back(bank: House, visit: OPEN) -> None:
    made = kept(bank, 60)
    scenarios.delete(bank, made.scenario_id, revision=1, actor=WU)
    app = shown(visit, scenario=made.scenario_id)
    assert "Wu Tong deleted the scenario “More service” on" in words_of(app)
    assert not app.error
    app = app.button(key="scenarios.restore_linked").click().run()
    assert scenarios.get(bank, made.scenario_id).deleted_at is None
    assert "the entry score of persons is 60 instead of 80" in words_of(app)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_link_to_none_is_told_calmly_and_can_be_left(bank: House, visit: OPEN, language: str) -> None:
    app = shown(visit, language=language, scenario="000000000000")
    assert {"en": "There is no scenario 000000000000", "zh": "没有方案 000000000000"}[language] in words_of(app)
    assert not app.error
    app = app.button(key="scenarios.go_on").click().run()
    assert "scenario" not in app.query_params


def test_rename_delete_and_restore_from_the_shelf(bank: House, visit: OPEN) -> None:
    kept(bank, 60)
    app = shown(visit)
    next(each for each in app.text_input if str(each.key).startswith("scenarios.new_name")).set_value("Other words")
    app = app.button(key="scenarios.rename_do").click().run()
    (named,) = scenarios.every(bank)
    assert (named.contents.name, named.revision) == ("Other words", 2)
    app = app.button(key="scenarios.delete_do").click().run()
    assert scenarios.every(bank) == []
    app = app.selectbox(key="scenarios.gone_one").set_value(named.scenario_id).run()
    app = app.button(key="scenarios.restore").click().run()
    assert [each.scenario_id for each in scenarios.every(bank)] == [named.scenario_id]


def test_an_earlier_save_is_opened_and_saved_again(bank: House, visit: OPEN) -> None:
    made = kept(bank, 60)
    scenarios.save(
        bank,
        made.scenario_id,
        replaced(made.contents, write(made.contents.source, [Override(HIGH, 72)])),
        revision=1,
        actor=WU,
    )
    app = shown(visit)
    app = app.button(key="scenarios.earlier_open").click().run()
    assert "the entry score of persons is 60 instead of 80" in words_of(app)
    app = app.button(key="scenarios.save_over").click().run()
    assert scenarios.get(bank, made.scenario_id).contents == made.contents
    assert scenarios.get(bank, made.scenario_id).revision == 3


def test_the_link_pins_scenario_baseline_and_snapshot(bank: House, visit: OPEN) -> None:
    made = kept(bank, 60)
    app = shown(visit)
    (link,) = [each.value for each in app.code if "scenario=" in str(each.value)]
    assert f"scenario={made.scenario_id}" in link
    assert f"snapshot={made.contents.snapshot_id}" in link
    assert f"standard={made.contents.baseline_hash[:16]}" in link


def test_a_draft_of_an_older_standard_says_so_and_is_carried_over_to_the_law(bank: House, visit: OPEN) -> None:
    made = kept(bank, 60)
    source = write(bank.stored(made.contents.baseline_hash).source, [Override("tier[0].entry.enterprise", 75)])
    wish = Wish("Enterprises", "They are many", "2026.2", clock.today())
    snapshot = made.contents.snapshot_id
    law = publishing.propose(bank, source=source, snapshot_id=snapshot, wish=wish, actor="chen.committee")
    publishing.confirm(bank, law.proposal_id, actor="zhao.risk")
    app = shown(visit, scenario=made.scenario_id)
    said = words_of(app)
    assert "drawn over version 2026.1; the latest publication is version 2026.2, effective 15 January 2026" in said
    app = app.button(key="scenarios.carry").click().run()
    said = words_of(app)
    assert pinned(app, "standard") == law.standard_hash[:16]
    assert "Changes carried over from version 2026.1 to version 2026.2: 1" in said
    assert "the entry score of persons is 60 instead of 80" in said
    assert "What the draft changes (1)" in said
    app = app.button(key="scenarios.save_over").click().run()
    saved = scenarios.get(bank, made.scenario_id)
    assert (saved.revision, saved.contents.baseline_hash) == (2, law.standard_hash)
    assert "drawn over version" not in words_of(app)
