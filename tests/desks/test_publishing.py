"""A draft becomes law: two people, exact impact, an effective date, and rules.toml in step."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest

from analytics import clock
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.publishing import Wish
from analytics.desks.whatif import bench
from analytics.desks.whatif.drafts import draft_of
from analytics.errors import TierdeskError
from analytics.standard.canon import standard_hash
from analytics.standard.change import Override, write
from analytics.standard.faults import StandardFaults
from analytics.standard.parse import parse_toml

MAKER, CHECKER = "chen.committee", "zhao.risk"


def lowered(house, entry=70):
    """The text in force with the persons' entry score of the highest tier at ``entry``."""
    return write(house.stored(law(house).publication.standard_hash).source, [Override("tier[0].entry.person", entry)])


def law(house):
    return publishing.in_force(house)


def wish(version="2026.2", effective=None, title="降低高端准入分", reason="扩大服务"):
    return Wish(title, reason, version, effective or clock.today())


def proposed(house, **words):
    snapshot = snapshots.latest(house)[0]
    return publishing.propose(
        house, source=lowered(house), snapshot_id=snapshot.snapshot_id, wish=wish(**words), actor=MAKER
    )


def refused(code):
    return pytest.raises(TierdeskError, match=code)


def test_a_confirmed_proposal_is_law_from_its_date_and_rules_toml_says_so(house):
    proposal = proposed(house)
    publishing.confirm(house, proposal.proposal_id, actor=CHECKER)
    assert law(house).standard.tier[0].entry.person == 70
    written = house.settings.path("rules").read_text(encoding="utf-8")
    assert standard_hash(parse_toml(written, house.contract)) == proposal.standard_hash
    assert "# 客户分类标准 / Customer classification standard" in written


def test_the_impact_is_that_of_the_whole_population(house):
    snapshot = snapshots.latest(house)[0]
    proposal = proposed(house)
    draft = house.standard(proposal.standard_hash)
    moves = bench.trial(house, snapshot.snapshot_id, law(house).standard, draft).migration.moved()
    assert moves.total == snapshot.n_accepted
    assert moves.up > 0
    assert (moves.down, moves.other) == (0, 0)


def test_nobody_confirms_their_own_proposal(house):
    proposal = proposed(house)
    with refused("PUBLISH-011"):
        publishing.confirm(house, proposal.proposal_id, actor=MAKER)
    assert law(house).standard.standard.version == "2026.1"


def test_a_later_date_leaves_the_present_law_in_force_until_then(house, monkeypatch):
    day = clock.today() + datetime.timedelta(days=30)
    proposal = proposed(house, effective=day)
    publishing.confirm(house, proposal.proposal_id, actor=CHECKER)
    assert law(house).standard.standard.version == "2026.1"
    assert publishing.settle(house).state == "in_step"
    monkeypatch.setenv(clock.TODAY_VARIABLE, day.isoformat())
    assert law(house).publication.standard_hash == proposal.standard_hash
    assert publishing.settle(house).state == "written"
    assert publishing.in_force(house, day - datetime.timedelta(days=1)).standard.standard.version == "2026.1"


def test_only_one_of_two_confirmations_publishes(house):
    proposal = proposed(house)
    publishing.confirm(house, proposal.proposal_id, actor=CHECKER)
    with refused("PUBLISH-010"):
        publishing.confirm(house, proposal.proposal_id, actor="sun.data")
    assert len(publishing.history(house)) == 2


def test_a_proposal_whose_baseline_was_replaced_is_not_confirmed(house):
    first, second = proposed(house), proposed(house, version="2026.3")
    publishing.confirm(house, first.proposal_id, actor=CHECKER)
    with refused("PUBLISH-012"):
        publishing.confirm(house, second.proposal_id, actor=CHECKER)
    assert len(publishing.history(house)) == 2


def test_an_impact_that_differs_stops_the_publication(house):
    proposal = proposed(house)
    with house.store.act() as cursor:
        cursor.execute("UPDATE proposal SET impact_hash = 'another'")
    with refused("PUBLISH-013"):
        publishing.confirm(house, proposal.proposal_id, actor=CHECKER)
    assert len(publishing.history(house)) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"title": " "}, "PUBLISH-006"),
        ({"reason": ""}, "PUBLISH-006"),
        ({"effective": datetime.date(2020, 1, 1)}, "PUBLISH-004"),
        ({"version": "2026.1"}, "PUBLISH-005"),
    ],
)
def test_a_proposal_that_lacks_something_is_refused_and_nothing_is_kept(house, words, code):
    with refused(code):
        proposed(house, **words)
    assert publishing.every_proposal(house) == []


def test_a_draft_that_changes_nothing_is_refused(house):
    source = house.stored(law(house).publication.standard_hash).source
    snapshot = snapshots.latest(house)[0]
    with refused("PUBLISH-003"):
        publishing.propose(house, source=source, snapshot_id=snapshot.snapshot_id, wish=wish(), actor=MAKER)


def test_an_unsound_draft_tells_its_faults_and_is_not_kept(house):
    source = write(lowered(house), [Override("dimension.assets.person.weight", 41)])
    snapshot = snapshots.latest(house)[0]
    with pytest.raises(StandardFaults, match="101"):
        publishing.propose(house, source=source, snapshot_id=snapshot.snapshot_id, wish=wish(), actor=MAKER)
    assert publishing.every_proposal(house) == []


def test_others_return_a_proposal_with_a_reason_and_its_maker_withdraws_it(house):
    first, second = proposed(house), proposed(house, version="2026.3")
    with refused("PUBLISH-014"):
        publishing.close(house, first.proposal_id, state="returned", actor=CHECKER, note=" ")
    with refused("PUBLISH-011"):
        publishing.close(house, first.proposal_id, state="returned", actor=MAKER, note="好")
    publishing.close(house, first.proposal_id, state="returned", actor=CHECKER, note="影响过大")
    publishing.close(house, second.proposal_id, state="withdrawn", actor=MAKER, note="重做")
    assert [each.state for each in publishing.every_proposal(house)] == ["withdrawn", "returned"]


def test_a_hand_edited_rules_file_is_reported_and_left_alone(house):
    path = house.settings.path("rules")
    edited = path.read_text(encoding="utf-8").replace("from = 50_000, points = 20", "from = 60_000, points = 20")
    path.write_text(edited, encoding="utf-8")
    assert publishing.settle(house).state == "edited"
    assert path.read_text(encoding="utf-8") == edited


def test_a_rules_file_with_a_fault_is_reported_and_left_alone(house):
    house.settings.path("rules").write_text("weight = [", encoding="utf-8")
    assert publishing.settle(house).state == "edited"


def test_a_missing_rules_file_is_written_again(house):
    house.settings.path("rules").unlink()
    assert publishing.settle(house).state == "written"


def test_a_store_is_founded_once(house, house_rules):
    with refused("PUBLISH-002"):
        publishing.found(house, house_rules, MAKER)


def test_a_scheduled_version_is_the_baseline_of_the_next_proposal(house):
    day = clock.today() + datetime.timedelta(days=30)
    scheduled = proposed(house, effective=day)
    publishing.confirm(house, scheduled.proposal_id, actor=CHECKER)
    source = write(house.stored(scheduled.standard_hash).source, [Override("tier[0].entry.person", 65)])
    snapshot = snapshots.latest(house)[0].snapshot_id

    def propose(effective):
        later = wish(version="2026.3", effective=effective)
        return publishing.propose(house, source=source, snapshot_id=snapshot, wish=later, actor=MAKER)

    with refused("PUBLISH-007"):
        propose(day - datetime.timedelta(days=1))
    following = propose(day + datetime.timedelta(days=30))
    assert following.baseline_hash == scheduled.standard_hash
    publishing.confirm(house, following.proposal_id, actor=CHECKER)
    assert [each.effective > clock.today() for each in publishing.history(house)] == [True, True, False]


def test_a_rules_file_that_is_not_utf_8_is_reported_and_left_alone(house):
    path = house.settings.path("rules")
    path.write_bytes("客户分类标准".encode("gb18030"))
    assert publishing.settle(house).state == "edited"
    assert path.read_bytes() == "客户分类标准".encode("gb18030")


def test_a_rules_file_that_cannot_be_written_does_not_hide_a_publication(house, monkeypatch):
    def full(path, text):
        raise OSError(28, "No space left on device")

    proposal = proposed(house)
    monkeypatch.setattr(publishing, "write_atomically", full)
    assert publishing.confirm(house, proposal.proposal_id, actor=CHECKER).standard_hash == proposal.standard_hash
    assert publishing.settle(house).state == "unwritten"
    monkeypatch.undo()
    assert publishing.settle(house).state == "written"


@pytest.mark.parametrize("same", ["chen.committee ", "CHEN.committee", "ｃhen.committee"])
def test_another_spelling_of_a_name_is_not_a_second_person(house, same):
    proposal = proposed(house)
    with refused("PUBLISH-011"):
        publishing.confirm(house, proposal.proposal_id, actor=same)


def test_nobody_is_not_a_second_person(house):
    proposal = proposed(house)
    with refused("PUBLISH-015"):
        publishing.confirm(house, proposal.proposal_id, actor="  ")


def test_sessions_that_settle_at_once_do_not_get_in_each_others_way(house):
    path = house.settings.path("rules")
    with ThreadPoolExecutor(8) as pool:
        for _ in range(10):
            path.unlink(missing_ok=True)
            states = {each.state for each in pool.map(lambda _: publishing.settle(house), range(8))}
            assert states <= {"written", "in_step"}
    assert [each.name for each in path.parent.glob(".rules*")] == []


def test_a_draft_over_another_version_than_the_latest_is_refused(house):
    first = law(house).publication.standard_hash
    scheduled = proposed(house, effective=clock.today() + datetime.timedelta(days=30))
    publishing.confirm(house, scheduled.proposal_id, actor=CHECKER)
    source = write(house.stored(first).source, [Override("tier[1].entry.person", 55)])
    words = wish(version="2026.3", effective=clock.today() + datetime.timedelta(days=30))
    snapshot = snapshots.latest(house)[0].snapshot_id

    def propose(drawn_from):
        return publishing.propose(
            house, source=source, snapshot_id=snapshot, wish=words, actor=MAKER, drawn_from=drawn_from
        )

    with pytest.raises(TierdeskError, match="PUBLISH-008") as error:
        propose(first)
    assert "2026.2" in error.value.hint.zh
    assert "2026.2" in error.value.hint.en
    assert propose(scheduled.standard_hash).baseline_hash == scheduled.standard_hash


def test_entries_that_cross_are_told_and_not_counted(house):
    law_hash = law(house).publication.standard_hash
    draft = draft_of(house, law_hash, [Override("tier[1].entry.person", 90)])
    assert draft.trouble is not None
    assert (draft.trouble.code, draft.can_be_proposed) == ("CLASSIFY-002", False)
    assert draft_of(house, law_hash, [Override("tier[1].entry.person", 55)]).trouble is None
