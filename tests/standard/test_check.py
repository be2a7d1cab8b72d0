"""Whether a sound standard is sound, and each mistake is found with a customer who shows it."""

import itertools
import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.standard.check import check, sound
from analytics.standard.checks.reach import attainable
from analytics.standard.faults import Severity, StandardFaults
from analytics.standard.numbers import amount
from analytics.standard.parse import read_toml
from analytics.vocabulary import UNITS, Kind
from tests.standard.variants import variant
from tests.strategies import standards

CASES = read_toml((Path(__file__).parent / "check_cases.toml").read_text(encoding="utf-8"))["case"]


def findings_of(house_rules, contract, changes):
    said = {path: None if value == "(nothing)" else value for path, value in changes.items()}
    return check(variant(house_rules, contract, said), contract)


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_a_mistake_is_found_with_a_customer_who_shows_it(house_rules, contract, case):
    found = [
        finding
        for finding in findings_of(house_rules, contract, case["changes"])
        if f"{finding.code} {finding.path}" == case["finds"] and finding.example.en == case["example"]
    ]
    assert [finding.severity for finding in found] == [case.get("severity", "fault")]
    assert found[0].example.zh


@pytest.mark.parametrize(
    ("when", "code", "example"),
    [
        ({"missing": True}, "STANDARD-070", "a person does not meet it, whatever the financial assets"),
        (
            {"below": 10_000_000_000_001},
            "STANDARD-078",
            "a person with financial assets of 10,000,000,000,000 yuan meets it, as all do",
        ),
    ],
    ids=["never met", "met by all"],
)
def test_a_column_that_every_row_fills_is_never_missing(house_rules, contract, when, code, example):
    columns = [
        column.model_copy(update={"required": True}) if column.name == "assets" else column
        for column in contract.columns
    ]
    required = contract.model_copy(update={"columns": tuple(columns)})
    gate = {
        "id": "extra",
        "effect": "exclude",
        "kinds": ["person"],
        "when": [{"column": "assets"} | when],
        "reason": {"zh": "理由", "en": "A reason"},
    }

    found = check(variant(house_rules, required, {"gate": [gate]}), required)

    assert [(one.code, one.path, str(one.example)) for one in found] == [(code, "gate[0].when", example)]


def test_every_check_has_a_case():
    checked = {case["finds"].split()[0] for case in CASES} | {"STANDARD-062", "STANDARD-078"}
    codes = set()
    for file in (Path(__file__).parents[2] / "analytics" / "standard" / "checks").glob("*.py"):
        codes |= {part.split('"')[0] for part in file.read_text(encoding="utf-8").split('"STANDARD-')[1:]}
    assert {f"STANDARD-{code}" for code in codes} == checked


def test_the_house_rules_are_sound(house_standard, contract):
    assert sound(house_standard, contract) is house_standard


def test_the_house_rules_leave_five_notes_on_the_direct_admission(house_standard, contract):
    notes = check(house_standard, contract)

    assert {note.severity for note in notes} == {Severity.NOTE}
    assert [(note.path, note.message.en.split()[3].strip(",")) for note in notes] == [
        ("gate[6]", name) for name in ("loan_class", "overdue_90", "credit_low", "integrity", "aml_high")
    ]
    assert notes[1].to("zh") == (
        "gate[6]: 与上限 overdue_90 有交叉，以上限为准；实际为 direct_admission；"
        "例：一位个人客户：金融资产 600 万元、逾期天数 90 天，止于「中端」"
    )


def test_every_finding_of_an_unsound_standard_is_told_at_once(house_rules, contract):
    changes = {
        "dimension.assets.person.bands[3].from": 100_000,
        "dimension.credit.person.weight": 20,
        "tier[1].entry.person": 80,
        "drift.psi_act.value": Decimal("0.05"),
        "category[0].at_least.person": -1,
    }
    with pytest.raises(StandardFaults) as caught:
        sound(variant(house_rules, contract, changes), contract)

    assert [fault.path for fault in caught.value.faults] == [
        "category[0].at_least.person",
        "dimension.*.person.weight",
        "dimension.assets.person.bands[3].from",
        "drift.psi_watch.value",
        "tier[1].entry.person",
    ]


def test_a_bank_of_persons_only_leaves_enterprises_out(house_rules, contract):
    changes = {f"dimension.{name}.enterprise": None for name in ("assets", "contribution", "credit", "tenure")}
    changes |= {"tier[0].entry.enterprise": None, "tier[1].entry.enterprise": None}

    assert sound(variant(house_rules, contract, changes), contract).scales(Kind.ENTERPRISE) == ()


def test_a_tier_that_a_floor_leads_to_is_within_reach(house_rules, contract):
    bands = [{"points": 0}, {"from": 50_000, "points": 100}]
    single = {"aggregation": {"method": "single", "metric": "assets"}, "dimension.assets.person.bands": bands}
    floor = {
        "id": "mid_admission",
        "effect": "floor",
        "tier": "MID",
        "kinds": ["person"],
        "when": [{"column": "tenure", "at_least": 20}],
        "reason": {"zh": "合作年限达到 20 年", "en": "A relationship of 20 years"},
    }
    alone = variant(house_rules, contract, single | {"gate": []})
    admitted = variant(house_rules, contract, single | {"gate": [floor]})

    assert [fault.path for fault in check(alone, contract)] == ["tier[1].entry.person"]
    assert check(admitted, contract) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_finding_on_any_standard_names_a_place_and_a_customer(contract, data):
    for finding in check(data.draw(standards(contract)), contract):
        assert finding.path
        assert finding.example
        assert finding.to("zh") != finding.to("en")


def score_of(standard, kind, points):
    """The score as the policy states it, numerator only."""
    weights = [scale.weight for _, scale in standard.scales(kind)]
    counted = [p for p, weight in zip(points, weights, strict=True) if weight]
    match standard.aggregation.method:
        case "weighted_sum":
            return sum(p * weight for p, weight in zip(points, weights, strict=True))
        case "highest":
            return max(counted)
        case "all_of":
            return min(counted)
    return dict(zip([name for name, _ in standard.scales(kind)], points, strict=True))[standard.aggregation.metric]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_scores_that_can_be_reached_are_those_of_all_combinations(contract, data):
    standard = data.draw(standards(contract))
    for kind in (kind for kind in Kind if standard.scales(kind)):
        choices = [{*scale.points} | ({scale.missing_points} - {None}) for _, scale in standard.scales(kind)]
        sampled = list(itertools.islice(itertools.product(*choices), 20_000))
        scores, _ = attainable(standard, kind)
        for points in random.Random(1).sample(sampled, min(200, len(sampled))):
            assert scores >> score_of(standard, kind, points) & 1
        if len(sampled) < 2_000:
            assert scores.bit_count() == len({score_of(standard, kind, points) for points in sampled})


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (12_000_000, "yuan", "12 万元", "120,000 yuan"),
        (12_345_678, "yuan", "123,456.78 元", "123,456.78 yuan"),
        (-50_000, "yuan", "-500 元", "-500 yuan"),
        (60_000_000_000, "yuan", "6 亿元", "600,000,000 yuan"),
        (5_000_000, "crown", "5 万克朗", "50,000 crowns"),
        (100, "crown", "1 克朗", "1 crown"),
        (15, "year", "1.5 年", "1.5 years"),
        (650, "point", "650 分", "650 points"),
    ],
)
def test_amounts_are_said_exactly_in_the_manner_of_each_language(value, unit, zh, en):
    assert (amount(value, UNITS[unit], "zh"), amount(value, UNITS[unit], "en")) == (zh, en)


def test_combinations_beyond_a_key_are_refused_and_not_met_at_run_time(house_rules, contract):
    bands = [{"points": 0}] + [{"from": n, "points": min(n, 100)} for n in range(1, 60)]
    dimensions = {}
    for place in range(12):
        scale = {"weight": 0 if place else 100, "missing": "not_assessable", "bands": bands}
        body = {"label": {"zh": "资产", "en": "Assets"}, "source": "assets", "unit": "yuan", "window": "latest"}
        dimensions[f"d{place:02}"] = body | {"direction": "more", "person": scale, "enterprise": scale}

    found = check(variant(house_rules, contract, {"dimension": dimensions}), contract)

    assert [(one.code, one.path) for one in found if one.code == "STANDARD-062"] == [
        ("STANDARD-062", "dimension.d00.enterprise.bands"),
        ("STANDARD-062", "dimension.d00.person.bands"),
    ]
