"""Drafts that are kept: nothing that was saved is lost, and nobody saves over another unseen."""

import datetime
import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from analytics import clock
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import open_house
from analytics.desks.publishing import Wish
from analytics.desks.verification import verify
from analytics.desks.whatif import drafts, scenarios
from analytics.errors import TierdeskError
from analytics.standard.change import Override, write
from analytics.store import events, migrate
from analytics.store import scenarios as kept_scenarios
from analytics.store.connect import Store
from analytics.store.scenarios import Contents
from analytics.vocabulary import Kind
from tests.houses import in_crowns, settings_in

LIN, WU = "lin.marketing", "wu.service"
HIGH = "tier[0].entry.person"


def drawn(house, score=70, name="More service", note="The managers have time"):
    """What a draft with another entry score says."""
    law = publishing.in_force(house).publication.standard_hash
    source = write(house.stored(law).source, [Override(HIGH, score)])
    return Contents(name, note, law, snapshots.latest(house)[0].snapshot_id, source)


def saved(house, **said):
    return scenarios.create(house, drawn(house, **said), actor=LIN)


def refused(code):
    return pytest.raises(TierdeskError, match=code)


def kinds_of_events(house):
    with house.store.read() as cursor:
        return [event.kind for event in events.read(cursor) if event.kind.startswith("scenario.")]


def broken(house):
    return [proof.subject.en for proof in verify(house) if not proof.holds]


def test_a_scenario_is_kept_with_name_author_and_note_and_opens_as_it_was(house):
    kept = saved(house)
    house.store.close()
    again = open_house(settings_in(house.store.path.parent))
    found = scenarios.get(again, kept.scenario_id)
    again.store.close()
    assert found == kept
    assert (found.contents.name, found.contents.note, found.created_by) == (
        "More service",
        "The managers have time",
        LIN,
    )
    assert found.revision == 1


def test_a_store_from_before_there_were_scenarios_gets_room_for_them(tmp_path, monkeypatch):
    first = {number: file for number, file in migrate.steps().items() if number == 1}
    monkeypatch.setattr(migrate, "steps", lambda: first)
    Store.open(tmp_path / "store.duckdb").close()
    monkeypatch.undo()
    store = Store.open(tmp_path / "store.duckdb")
    with store.read() as cursor:
        assert kept_scenarios.every(cursor) == []
    store.close()


def test_a_text_with_faults_is_kept_to_the_letter_and_says_why_it_is_not_counted(house):
    contents = replace(drawn(house), source="[[tier]]\nentry = { person = ")
    kept = scenarios.create(house, contents, actor=LIN)
    read = scenarios.reading(house, kept.contents)
    tried = scenarios.attempt(house, contents.snapshot_id, publishing.in_force(house).standard, read.draft)
    assert kept.contents.source == contents.source
    assert (read.draft.standard, read.changes, tried.trial) == (None, (), None)
    assert tried.trouble is not None


@pytest.mark.parametrize(
    ("overrides", "code"),
    [
        ([Override(HIGH, 20)], "CLASSIFY-002"),
        (
            [
                Override(f"dimension.{name}.person.weight", 0)
                for name in ("assets", "contribution", "credit", "tenure", "risk_capacity")
            ],
            "CLASSIFY-001",
        ),
    ],
    ids=["entries that cross", "weights all zero"],
)
def test_what_cannot_be_counted_is_kept_and_says_why(house, overrides, code):
    contents = drawn(house)
    contents = replace(contents, source=write(contents.source, overrides))
    kept = scenarios.create(house, contents, actor=LIN)
    draft = scenarios.reading(house, kept.contents).draft
    tried = scenarios.attempt(house, contents.snapshot_id, publishing.in_force(house).standard, draft)
    assert tried.trial is None
    assert tried.trouble is not None
    assert tried.trouble.code == code


def test_a_scenario_counts_as_its_draft_does(house):
    contents = drawn(house, score=60)
    law = publishing.in_force(house)
    read = scenarios.reading(house, contents)
    tried = scenarios.attempt(house, contents.snapshot_id, law.standard, read.draft)
    direct = drafts.draft_of(house, contents.baseline_hash, [Override(HIGH, 60)])
    assert read.draft.standard == direct.standard
    assert len(read.changes) == 1
    assert tried.trial is not None
    assert tried.trial.migration.moved().up > 0


def test_a_snapshot_in_another_currency_is_told(house, tmp_path):
    crowns = in_crowns(house, tmp_path, "1", "2")
    draft = scenarios.reading(house, drawn(house)).draft
    tried = scenarios.attempt(house, crowns, publishing.in_force(house).standard, draft)
    assert tried.trouble is not None
    assert tried.trouble.code == "RUN-001"


def test_two_people_who_edit_one_the_second_is_told_and_nothing_is_lost(house):
    kept = saved(house)
    theirs = scenarios.save(house, kept.scenario_id, drawn(house, score=72), revision=kept.revision, actor=WU)
    mine = drawn(house, score=65)
    with refused("SCENARIO-010") as caught:
        scenarios.save(house, kept.scenario_id, mine, revision=kept.revision, actor=LIN)
    assert "Wu Tong" in caught.value.message.en
    assert f"{theirs.saved_at:%Y-%m-%d %H:%M}" in caught.value.message.en
    assert scenarios.get(house, kept.scenario_id) == theirs
    own = scenarios.create(house, replace(mine, name="Mine"), actor=LIN)
    assert [each.contents.source for each in scenarios.every(house)] == [own.contents.source, theirs.contents.source]
    assert [each.revision for each in scenarios.revisions(house, kept.scenario_id)] == [2, 1]
    assert scenarios.revisions(house, kept.scenario_id)[1].contents == kept.contents


def test_a_name_is_one_scenarios_only_over_one_standard(house):
    kept, other = saved(house), saved(house, name="Other")
    for name in ("More service", " more  SERVICE"):
        with refused("SCENARIO-004"):
            scenarios.create(house, drawn(house, score=65, name=name), actor=WU)
        with refused("SCENARIO-004"):
            scenarios.rename(house, other.scenario_id, name=name, note="", revision=1, actor=WU)
    assert scenarios.get(house, other.scenario_id) == other
    scenarios.rename(house, kept.scenario_id, name="more service", note="", revision=1, actor=WU)
    scenarios.delete(house, kept.scenario_id, revision=2, actor=WU)
    assert scenarios.rename(house, other.scenario_id, name="More service", note="", revision=1, actor=WU).revision == 2
    assert broken(house) == []


def test_of_eight_who_save_at_once_one_does(house):
    kept = saved(house)

    def attempt(score):
        try:
            return scenarios.save(house, kept.scenario_id, drawn(house, score=score), revision=1, actor=WU).revision
        except TierdeskError as error:
            return error.code

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(attempt, range(61, 69)))
    assert sorted(map(str, found)) == ["2", *["SCENARIO-010"] * 7]
    assert kinds_of_events(house) == ["scenario.saved"] * 2


def test_saving_what_stands_already_is_no_act(house):
    kept = saved(house)
    assert scenarios.save(house, kept.scenario_id, kept.contents, revision=1, actor=WU) == kept
    assert kinds_of_events(house) == ["scenario.saved"]


def test_a_new_name_is_a_revision_with_the_same_text(house):
    kept = saved(house)
    named = scenarios.rename(house, kept.scenario_id, name="  Less   work ", note="", revision=kept.revision, actor=WU)
    assert (named.contents.name, named.contents.note, named.revision) == ("Less work", "", 2)
    assert named.contents.source == kept.contents.source
    assert (named.created_by, named.saved_by) == (LIN, WU)


def test_a_clock_that_steps_back_hides_no_revision(house, monkeypatch):
    kept = saved(house, score=70)
    stood = clock.now()
    for back, score in enumerate((71, 72), start=1):
        monkeypatch.setattr(clock, "now", lambda back=back: stood - datetime.timedelta(hours=back))
        scenarios.save(house, kept.scenario_id, drawn(house, score=score), revision=back, actor=WU)
    found = scenarios.revisions(house, kept.scenario_id)
    assert [each.revision for each in found] == [3, 2, 1]
    assert [each.contents for each in found] == [drawn(house, score=score) for score in (72, 71, 70)]
    assert found[0] == scenarios.get(house, kept.scenario_id)
    assert found[0].saved_at < found[1].saved_at < found[2].saved_at


def alive(house, contents):
    """The drafts of some readings that somebody still holds when nobody asks for them any more."""
    held = [weakref.ref(scenarios.reading(house, each).draft) for each in contents]
    gc.collect()
    return [draft for one in held if (draft := one()) is not None]


def test_what_was_read_of_a_few_texts_stays_at_hand_and_no_more_than_that(house):
    said = drawn(house)
    texts = [replace(said, source=f"# {n}\n{said.source}") for n in range(scenarios.KEPT + 6)]
    assert scenarios.reading(house, said) is scenarios.reading(house, said)
    assert len(alive(house, texts)) == scenarios.KEPT < 100


def test_a_text_of_a_million_characters_is_read_and_let_go(house):
    said = drawn(house)
    long = replace(said, source=said.source + "# so much\n" * 90_000)
    assert len(long.source) > 900_000
    assert scenarios.reading(house, long).changes == scenarios.reading(house, said).changes != ()
    assert alive(house, [long]) == []


def test_a_deleted_scenario_says_by_whom_and_comes_back_whole(house):
    kept = saved(house)
    scenarios.delete(house, kept.scenario_id, revision=1, actor=WU)
    gone = scenarios.get(house, kept.scenario_id)
    assert scenarios.every(house) == []
    assert [each.scenario_id for each in scenarios.deleted(house)] == [kept.scenario_id]
    assert gone.deleted_by == WU
    assert gone.deleted_at is not None
    with refused("SCENARIO-011"):
        scenarios.save(house, kept.scenario_id, drawn(house, score=61), revision=1, actor=LIN)
    with refused("SCENARIO-011"):
        scenarios.delete(house, kept.scenario_id, revision=1, actor=LIN)
    assert scenarios.restore(house, kept.scenario_id, actor=LIN) == kept
    assert scenarios.restore(house, kept.scenario_id, actor=LIN) == kept
    assert kinds_of_events(house) == ["scenario.saved", "scenario.deleted", "scenario.restored"]


def test_nobody_deletes_what_somebody_has_saved_meanwhile(house):
    kept = saved(house)
    scenarios.save(house, kept.scenario_id, drawn(house, score=72), revision=1, actor=WU)
    with refused("SCENARIO-010"):
        scenarios.delete(house, kept.scenario_id, revision=1, actor=LIN)
    assert len(scenarios.every(house)) == 1


def test_what_is_unknown_is_refused_by_name(house):
    contents = drawn(house)
    with refused("SCENARIO-001"):
        scenarios.get(house, "nothing")
    with refused("SCENARIO-001"):
        scenarios.delete(house, "nothing", revision=1, actor=LIN)
    with refused("PUBLISH-015"):
        scenarios.create(house, contents, actor="scheduler")
    with refused("SNAPSHOT-001"):
        scenarios.create(house, replace(contents, snapshot_id="nothing"), actor=LIN)
    with refused("STANDARD-090"):
        scenarios.create(house, replace(contents, baseline_hash="0" * 64), actor=LIN)
    assert scenarios.every(house) == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": " \n "}, "SCENARIO-002"),
        ({"name": "a" * 81}, "SCENARIO-002"),
        ({"name": "a\x07b"}, "SCENARIO-002"),
        ({"note": "a" * 2_001}, "SCENARIO-003"),
        ({"source": "#" * 1_000_001}, "SCENARIO-003"),
    ],
)
def test_words_that_do_not_fit_are_refused_and_nothing_is_kept(house, said, code):
    with refused(code):
        scenarios.create(house, replace(drawn(house), **said), actor=LIN)
    assert kinds_of_events(house) == []


def test_the_changes_of_an_older_scenario_are_carried_to_the_law_of_today(house):
    kept = saved(house, score=60)
    law = write(kept.contents.source, [Override(HIGH, 80), Override("tier[0].entry.enterprise", 75)])
    wish = Wish("Enterprises", "They are many", "2026.2", clock.today())
    made = publishing.propose(
        house, source=law, snapshot_id=kept.contents.snapshot_id, wish=wish, actor="chen.committee"
    )
    publishing.confirm(house, made.proposal_id, actor="zhao.risk")
    carried = scenarios.carried(house, kept.contents, made.standard_hash)
    assert carried is not None
    text, found = carried
    read = scenarios.reading(house, replace(kept.contents, baseline_hash=made.standard_hash, source=text))
    assert [change.path for change in read.changes] == [HIGH]
    assert read.draft.standard is not None
    assert read.draft.standard.entries(Kind.ENTERPRISE)[-1] == 7_500
    assert read.draft.standard.standard.version == "2026.2"
    assert (found.gone, found.differing) == ((), ())
    assert scenarios.carried(house, replace(kept.contents, source="= ="), made.standard_hash) is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE scenario_revision SET source = source || '#'",
        "UPDATE scenario_revision SET saved_by = 'zhao.risk' WHERE revision = 1",
        "DELETE FROM scenario_revision WHERE revision = 1",
        "UPDATE scenario SET revision = 1",
        "UPDATE scenario SET deleted_at = now(), deleted_by = 'zhao.risk'",
        "INSERT INTO scenario_revision SELECT scenario_id, 3, 'x', note, baseline_hash, snapshot_id, source, saved_at, "
        "saved_by FROM scenario_revision WHERE revision = 2",
    ],
)
def test_a_change_behind_the_houses_back_is_found(house, change):
    kept = saved(house)
    scenarios.save(house, kept.scenario_id, drawn(house, score=72), revision=1, actor=WU)
    other = saved(house, name="Another")
    scenarios.delete(house, other.scenario_id, revision=1, actor=WU)
    scenarios.restore(house, other.scenario_id, actor=LIN)
    assert broken(house) == []
    with house.store.act() as cursor:
        cursor.execute(change)
    assert broken(house) == ["Scenarios"]
