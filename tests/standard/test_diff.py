"""How two standards differ, in sentences that a committee can vote on."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.standard.canon import plain_data, standard_hash
from analytics.standard.change import Override, apply
from analytics.standard.diff import diff
from analytics.standard.parse import read_toml, validate
from tests.standard.variants import variant
from tests.strategies import standards

BANDS = "dimension.assets.person.bands"
CASES = read_toml((Path(__file__).parent / "diff_sentences.toml").read_text(encoding="utf-8"))["case"]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("case", CASES, ids=[next(iter(case["changes"])) for case in CASES])
def test_a_difference_is_one_plain_sentence(house_rules, house_standard, contract, case):
    said = {path: None if value == "(nothing)" else value for path, value in case["changes"].items()}

    found = diff(house_standard, variant(house_rules, contract, said), contract)

    assert [(change.sentence.zh, change.sentence.en) for change in found] == [(case["zh"], case["en"])]


def test_a_change_holds_its_place_and_both_values(house_rules, house_standard, contract):
    (change,) = diff(house_standard, variant(house_rules, contract, {f"{BANDS}[3].from": 600_000}), contract)
    assert (change.path, change.before, change.after) == (f"{BANDS}[3].from", 500_000, 600_000)


def test_bands_are_the_same_where_their_edges_are(house_rules, house_standard, contract):
    bands = plain_data(house_standard)["dimension"]["assets"]["person"]["bands"]
    more = [*bands[:2], {"from": 100_000, "points": 30}, *bands[2:]]
    more[-1] = more[-1] | {"points": 99}

    found = diff(house_standard, variant(house_rules, contract, {BANDS: more}), contract)

    assert [change.sentence.en for change in found] == [
        "Persons, financial assets: new band 3, from 100,000 yuan, 30 points",
        "Persons, financial assets: band 8 gives 99 points instead of 100",
    ]


def test_gates_in_another_order_are_told(house_rules, house_standard, contract):
    gates = plain_data(house_standard)["gate"][:2]
    before = variant(house_rules, contract, {"gate": gates})
    (change,) = diff(before, variant(house_rules, contract, {"gate": gates[::-1]}), contract)
    one, other = (f"“{gate['reason']['en']}”" for gate in gates)
    assert change.sentence.en == f"The order of gates is {other}, {one} instead of {one}, {other}"


def test_a_new_tier_is_told_with_its_service(house_rules, house_standard, contract):
    data = plain_data(house_standard)
    tier: dict[str, Any] = {
        "id": "TOP",
        "name": {"zh": "顶端", "en": "Top"},
        "outward": {"zh": "臻享", "en": "Top"},
        "entry": {"person": 95, "enterprise": 95},
    }
    changes = [Override("tier", [tier, *data["tier"]]), Override("service.TOP", data["service"]["HIGH"])]

    found = diff(house_standard, validate(apply(data, changes), contract), contract)

    assert [change.sentence.zh for change in found] == ["新增层级「顶端」（准入分 95、95）", "新增「顶端」服务"]


@QUICK
@given(data=st.data())
def test_there_is_a_difference_exactly_where_the_hashes_differ(contract, data):
    before, after = data.draw(standards(contract)), data.draw(standards(contract))

    found = diff(before, after, contract)

    assert bool(found) == (standard_hash(before) != standard_hash(after))
    assert diff(before, before, contract) == ()
    assert all(change.sentence.zh and change.sentence.en and change.before != change.after for change in found)
