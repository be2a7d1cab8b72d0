"""A dimension taken into the hand: counted once, whatever its edges, and exact for each of them."""

import pytest

from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.whatif import bench, hands
from analytics.standard.change import Override, apply
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml, validate
from analytics.vocabulary import Kind


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    hands._counted.cache_clear()


def law_of(house: House) -> Standard:
    return publishing.in_force(house).standard


def moved(house: House, *overrides: Override) -> Standard:
    source = house.stored(publishing.in_force(house).publication.standard_hash).source
    return validate(apply(read_toml(source), overrides), house.contract)


def edge(value: int) -> Override:
    return Override("dimension.assets.person.bands[3].from", value)


@pytest.mark.parametrize("place", [300_000, 481_234, 999_999])
def test_a_dragged_edge_is_what_the_bench_says(house: House, place: int) -> None:
    snapshot, law, draft = snapshots.latest(house)[0].snapshot_id, law_of(house), moved(house, edge(place))
    found = hands.layer_in_hand(house, snapshot, law, draft, Kind.PERSON, "assets")
    assert found is not None
    whole = bench.trial(house, snapshot, law, draft).migration.sums[:, 0].sum(axis=1)
    assert (found[0].answer(found[0].edges) == whole).all()


def test_what_the_dimension_says_and_entry_scores_need_no_new_count(house: House) -> None:
    snapshot, law = snapshots.latest(house)[0].snapshot_id, law_of(house)
    points = Override("dimension.assets.person.bands[3].points", 70)
    weight, entry = Override("dimension.assets.person.weight", 65), Override("tier[1].entry.person", 55)
    for draft in (law, moved(house, edge(300_000)), moved(house, edge(480_000), points), moved(house, weight, entry)):
        found = hands.layer_in_hand(house, snapshot, law, draft, Kind.PERSON, "assets")
        assert found is not None
        whole = bench.trial(house, snapshot, law, draft).migration.sums[:, 0].sum(axis=1)
        assert (found[0].answer(found[0].edges) == whole).all()
    assert hands._counted.cache_info().misses == 1
    other = moved(house, Override("dimension.credit.person.weight", 55))
    hands.layer_in_hand(house, snapshot, law, other, Kind.PERSON, "assets")
    assert hands._counted.cache_info().misses == 2


def test_a_browser_that_bears_less_gets_fewer_places(house: House) -> None:
    snapshot, law = snapshots.latest(house)[0].snapshot_id, law_of(house)
    whole = hands.hand_parcel(house, snapshot, law, law, Kind.PERSON, "assets")
    assert whole is not None
    fewer = hands.hand_parcel(house, snapshot, law, law, Kind.PERSON, "assets", most=len(whole.data) * 9 // 10)
    assert fewer is not None
    assert len(fewer.data) < len(whole.data)
    assert hands.hand_parcel(house, snapshot, law, law, Kind.PERSON, "assets", most=100) is None


def test_a_dimension_without_edges_stays_where_it_is(house: House) -> None:
    snapshot, law = snapshots.latest(house)[0].snapshot_id, law_of(house)
    assert hands.hand_parcel(house, snapshot, law, law, Kind.PERSON, "risk_capacity") is None
    assert hands.layer_in_hand(house, snapshot, law, law, Kind.ENTERPRISE, "risk_capacity") is None


def test_whichever_draft_came_first_each_has_a_column_for_its_own_edges(house: House) -> None:
    """Three drafts in turn, two of them with an edge beside the marks, the third with both."""
    snapshot, law = snapshots.latest(house)[0].snapshot_id, law_of(house)
    other = Override("dimension.assets.person.bands[2].from", 216_665)
    for overrides in ([edge(481_234)], [other], [other, edge(481_234)], [edge(481_235)]):
        draft = moved(house, *overrides)
        found = hands.layer_in_hand(house, snapshot, law, draft, Kind.PERSON, "assets")
        assert found is not None
        whole = bench.trial(house, snapshot, law, draft).migration.sums[:, 0].sum(axis=1)
        assert (found[0].answer(found[0].edges) == whole).all()
