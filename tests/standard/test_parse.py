"""Reading a standard: every fault at once, each with its place, what is allowed and the nearest right name."""

from typing import Any

import pytest

from analytics.errors import TierdeskError
from analytics.standard.faults import StandardFaults
from analytics.standard.parse import parse_json, parse_toml, read_toml, validate
from analytics.vocabulary import Kind
from tests.standard.faulty import MISTAKES, faulty
from tests.standard.variants import variant_data

EXPECTED = [
    ("STANDARD-011", "aggregation.method", "weighted_sum"),
    ("STANDARD-015", "category[0].column", ""),
    ("STANDARD-011", "dimension.assets.label", ""),
    ("STANDARD-012", "dimension.assets.person.bands[2].pionts", "points"),
    ("STANDARD-010", "dimension.assets.person.bands[2].points", ""),
    ("STANDARD-011", "dimension.assets.person.bands[3].from", ""),
    ("STANDARD-011", "dimension.assets.person.bands[3].points", ""),
    ("STANDARD-011", "dimension.assets.person.weight", ""),
    ("STANDARD-011", "dimension.assets.window", "quarter_average"),
    ("STANDARD-013", "dimension.contribution.source", "contribution"),
    ("STANDARD-013", "dimension.contribution.unit", ""),
    ("STANDARD-016", "dimension.credit.unit", ""),
    ("STANDARD-020", "dimension.risk_capacity.person.bands", ""),
    ("STANDARD-013", "dimension.risk_capacity.person.bands[0].codes", ""),
    ("STANDARD-021", "dimension.risk_capacity.person.bands[2].codes", ""),
    ("STANDARD-011", "dimension.tenure.person.missing", ""),
    ("STANDARD-015", "dimension.tenure.source", ""),
    ("STANDARD-011", "drift.psi_watch.value", ""),
    ("STANDARD-011", "format", ""),
    ("STANDARD-019", "gate[0].when[0].at_least", ""),
    ("STANDARD-011", "gate[1].kinds[1]", ""),
    ("STANDARD-013", "gate[1].tier", "BASE"),
    ("STANDARD-013", "gate[1].when[0].in", "substandard"),
    ("STANDARD-014", "gate[2].id", ""),
    ("STANDARD-011", "gate[2].when[0]", ""),
    ("STANDARD-015", "gate[3].when[0].column", ""),
    ("STANDARD-011", "gate[5].restricted", ""),
    ("STANDARD-010", "gate[6].tier", ""),
    ("STANDARD-011", "governance.quorum.value", ""),
    ("STANDARD-012", "overide", "override"),
    ("STANDARD-010", "override", ""),
    ("STANDARD-012", "service.HIGH.caseload.valu", "value"),
    ("STANDARD-010", "service.HIGH.caseload.value", ""),
    ("STANDARD-010", "service.MID", ""),
    ("STANDARD-013", "service.MIDDLE", "MID"),
    ("STANDARD-011", "standard.currency", ""),
    ("STANDARD-011", "standard.effective", ""),
    ("STANDARD-011", "standard.review_cycle", "quarter"),
    ("STANDARD-011", "standard.version", ""),
    ("STANDARD-011", "tier[0].entry.enterprise", ""),
    ("STANDARD-011", "tier[0].entry.person", ""),
    ("STANDARD-011", "tier[0].name.zh", ""),
    ("STANDARD-010", "tier[0].outward", ""),
    ("STANDARD-012", "tier[0].outwards", "outward"),
    ("STANDARD-012", "tier[1].subtier[0].at_least.persons", "person"),
    ("STANDARD-013", "tier[1].subtier[0].column", "assets"),
    ("STANDARD-014", "tier[2].subtier[0].id", ""),
    ("STANDARD-011", "transition.misses_to_downgrade.value", ""),
    ("STANDARD-010", "transition.upgrade_lag", ""),
    ("STANDARD-013", "transition.upgrade_leg", "upgrade_lag"),
]


def faults_of(text, contract):
    with pytest.raises(StandardFaults) as caught:
        parse_toml(text, contract)
    return caught.value.faults


def test_the_house_rules_are_read_as_they_stand(house_standard):
    assert [tier.id for tier in house_standard.tier] == ["HIGH", "MID", "BASE"]
    assert house_standard.dimension["assets"].edges(Kind.PERSON)[:2] == (5_000_000, 20_000_000)


def test_every_fault_of_a_file_is_told_at_once(house_rules, contract):
    assert len(MISTAKES) > 30

    found = faults_of(faulty(house_rules), contract)

    assert [(fault.code, fault.path, fault.nearest) for fault in found] == EXPECTED


def test_a_fault_says_what_stands_there_and_what_may(house_rules, contract):
    told = {fault.path: fault for fault in faults_of(faulty(house_rules), contract)}

    assert told["tier[0].entry.person"].to("en") == (
        'tier[0].entry.person: does not hold what is wanted; found "80"; allowed: a number'
    )
    assert told["transition.misses_to_downgrade.value"].to("zh") == (
        "transition.misses_to_downgrade.value: 超出范围；实际为 30；允许 1 至 24"
    )
    assert told["gate[1].tier"].to("en") == (
        "gate[1].tier: names no tier; found BAS; allowed: BASE, HIGH, MID; did you mean BASE?"
    )
    assert told["dimension.risk_capacity.person.bands"].example.en == (
        "a customer whose risk capacity is C4, C5 has no points"
    )


def test_every_fault_speaks_both_languages_within_a_few_lines(house_rules, contract):
    for fault in faults_of(faulty(house_rules), contract):
        assert fault.path in fault.to("zh")
        assert len(fault.to("en")) < 500


def test_faults_come_in_the_order_of_the_file_places(house_rules, contract):
    data = variant_data(house_rules, {})
    data["gate"] = [dict(data["gate"][1], id=f"g{at}", tier="NONE") for at in range(12)]

    with pytest.raises(StandardFaults) as caught:
        validate(data, contract)

    assert [fault.path for fault in caught.value.faults] == [f"gate[{at}].tier" for at in range(12)]


@pytest.mark.parametrize(
    "text",
    ["a = ", "a = 1e99999999999999999999", "a = " + "9" * 5_000, "a = " + "[" * 3_000],
    ids=["cut short", "endless exponent", "endless number", "endless nest"],
)
def test_what_is_not_toml_is_refused_in_words(text):
    with pytest.raises(TierdeskError) as caught:
        read_toml(text)
    assert caught.value.code == "STANDARD-002"


def test_what_is_not_json_is_refused_in_words(contract):
    with pytest.raises(TierdeskError) as caught:
        parse_json("{", contract)
    assert caught.value.code == "STANDARD-003"


def test_a_byte_order_mark_is_no_fault(house_rules, house_standard, contract):
    assert parse_toml("\ufeff" + house_rules, contract) == house_standard


def test_a_field_of_a_million_characters_is_told_in_a_line(house_rules, contract):
    long = "x" * 1_000_000
    text = house_rules.replace('source = "contribution"', f'source = "{long}"').replace('"quarter" ', f'"{long}"')

    found = faults_of(text, contract)

    assert [fault.path for fault in found] == ["dimension.contribution.source", "standard.review_cycle"]
    assert all(len(fault.value) <= 80 for fault in found)


@pytest.mark.parametrize("value", [20_261_231, True, "20260101", "2026-W01-1", "2026-01-01T00:00:00"])
def test_only_a_plain_date_is_a_date(house_rules, contract, value):
    with pytest.raises(StandardFaults) as caught:
        validate(variant_data(house_rules, {"standard.effective": value}), contract)
    assert [fault.path for fault in caught.value.faults] == ["standard.effective"]


def test_lists_in_place_of_names_do_no_harm(house_rules, contract):
    changes: dict[str, Any] = {"gate[1].tier": ["BASE"], "gate[1].when[0].column": ["assets"]}
    changes["dimension.risk_capacity.person.bands[0].codes"] = [["C1"], {"C2": 1}]

    with pytest.raises(StandardFaults) as caught:
        validate(variant_data(house_rules, changes), contract)

    assert {"gate[1].tier", "gate[1].when[0].column"} <= {fault.path for fault in caught.value.faults}


def test_a_name_with_its_programming_spelling_is_no_name(house_rules, contract):
    text = house_rules.replace("{ from = 50_000, points = 20 }", "{ from_ = 50_000, points = 20 }", 1)

    found = faults_of(text, contract)

    assert [(fault.path, fault.nearest) for fault in found] == [("dimension.assets.person.bands[1].from_", "from")]


def test_columns_that_cannot_be_cut_into_bands_are_no_source(house_rules, contract):
    for column in ("integrity_breach", "industry", "kind", "sex", "customer_id"):
        data = variant_data(house_rules, {"dimension.tenure.source": column})
        with pytest.raises(StandardFaults) as caught:
            validate(data, contract)
        assert [fault.path for fault in caught.value.faults] == ["dimension.tenure.source"]
