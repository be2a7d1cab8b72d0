"""Hand-worked customers under the house's standard."""

from decimal import Decimal

import numpy as np
import pytest

from analytics.classify.deciding import deciding
from analytics.classify.explain import explain
from analytics.classify.grid import grid_of
from analytics.classify.keys import key_steps
from analytics.classify.verdict import judge, reason_bits
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from analytics.standard.change import Override, apply
from analytics.standard.parse import read_toml, validate
from analytics.vocabulary import Outcome
from tests.population import loaded

YUAN = 100


def person(contract, **facts):
    """A plain person: everything known, no gate met."""
    row = dict.fromkeys((column.name for column in contract.facts), None)
    row |= {"position": 0, "kind": 1, "assets": 1_200_000 * YUAN, "contribution": 6_000 * YUAN}
    row |= {"credit_score": 720, "tenure": 60, "risk_level": 3, "days_past_due": 0, "loan_class": 1, "aml_grade": 1}
    row |= {"integrity_breach": False, "manual_only": False, "marketing_opt_out": False}
    row |= {
        "savings_balance": 900_000 * YUAN,
        "loan_balance": 0,
        "investment_balance": 300_000 * YUAN,
        "insurance_value": 0,
    }
    return row | facts


@pytest.fixture
def explained(contract, house_standard):
    def of(**facts):
        row = person(contract, **facts)
        grid = grid_of(house_standard, contract)
        engine = DuckDBEngine(loaded(contract, [row]))
        answer = engine.fetch(key_steps(grid, "facts")).to_pylist()[0]
        return explain(house_standard, grid, answer["key"], row), answer["category"]

    return of


def test_a_score_is_the_weighted_sum_of_its_points(explained):
    # assets 1,200,000 -> 80 x 40; contribution 6,000 -> 70 x 30; credit 720 -> 80 x 15;
    # risk C3 -> 70 x 5; tenure 6.0 years -> 70 x 10
    # 3200 + 2100 + 1200 + 350 + 700 = 7550, over weights of 100: 75.5 points, MID (60), 4.5 short of HIGH (80)
    result, _ = explained()
    assert [line.contribution for line in result.lines] == [3200, 2100, 1200, 350, 700]
    assert result.score == Decimal("75.5")
    assert (result.tier, result.next_tier, result.short_of_next) == (1, 2, Decimal("4.5"))


def test_a_bound_is_inclusive_below(explained):
    on, _ = explained(assets=500_000 * YUAN)
    under, _ = explained(assets=500_000 * YUAN - 1)
    assert (on.lines[0].points, under.lines[0].points) == (65, 40)


def test_the_next_edge_is_the_nearest_band_with_more_points(explained):
    result, _ = explained()
    assert (result.lines[0].next_edge, result.lines[0].next_points) == (2_000_000 * YUAN, 90)


def test_a_missing_value_is_not_zero_but_not_assessable(explained):
    result, _ = explained(contribution=None)
    assert result.outcome is Outcome.NOT_ASSESSABLE
    assert (result.tier, result.score) == (None, None)


def test_a_missing_value_with_stated_points_still_gives_a_score(explained):
    # tenure missing -> 20 points x 10 = 200 instead of 700: 7050 / 100
    result, _ = explained(tenure=None)
    assert result.score == Decimal("70.5")


def test_direct_admission_decides_even_where_the_score_is_not_known(explained):
    result, _ = explained(assets=6_000_000 * YUAN, contribution=None)
    assert (result.outcome, result.tier, result.score) == (Outcome.CLASSIFIED, 2, None)


def test_a_cap_prevails_over_a_floor(explained):
    result, _ = explained(assets=6_000_000 * YUAN, days_past_due=90)
    assert (result.tier, [gate.id for gate in result.gates]) == (1, ["direct_admission", "overdue_90"])


def test_a_gate_that_leaves_only_the_lowest_tier_needs_no_score(explained):
    result, _ = explained(contribution=None, loan_class=3)
    assert (result.outcome, result.tier) == (Outcome.CLASSIFIED, 0)


def test_whoever_refuses_automated_decisions_gets_no_automatic_tier(explained):
    result, _ = explained(manual_only=True)
    assert (result.outcome, result.tier) == (Outcome.MANUAL, None)


def test_an_enterprise_has_no_risk_profile_and_no_direct_admission(explained):
    result, _ = explained(kind=2, assets=6_000_000 * YUAN, risk_level=None)
    assert [line.dimension for line in result.lines] == ["assets", "contribution", "credit", "tenure"]
    assert result.gates == ()


def test_categories_are_labels_and_the_largest_balance_is_primary(explained):
    _, category = explained(insurance_value=None)
    # savings 1, loan 0, investment 1, insurance not known 2 -> ((1*3 + 0)*3 + 1)*3 + 2 = 32; primary savings = 1
    assert category == 32 * 5 + 1


def test_ties_of_balances_go_to_the_first_category(explained):
    _, category = explained(savings_balance=500_000, investment_balance=500_000)
    assert category % 5 == 1


def test_a_subtier_names_the_upper_part_of_a_tier(explained):
    result, _ = explained(assets=2_000_000 * YUAN, contribution=400 * YUAN)
    assert (result.tier, result.subtier) == (1, "MID_UPPER")


def test_scores_on_the_entry_line_qualify_without_rounding(contract, house_rules):
    # 79.995 must not become 80: entry 80 against a score of 75.5 moved by hand to 75.51
    for entry, tier in (("75.5", 2), ("75.51", 1)):
        data = apply(read_toml(house_rules), [Override("tier[0].entry.person", Decimal(entry))])
        standard = validate(data, contract)
        grid = grid_of(standard, contract)
        row = DuckDBEngine(loaded(contract, [person(contract)])).fetch(key_steps(grid, "facts")).to_pylist()[0]
        assert judge(standard, grid, np.array([row["key"]])).tier.tolist() == [tier]


def test_weights_that_are_all_zero_are_refused(contract, house_rules):
    data = read_toml(house_rules)
    names = [name for name in data["dimension"] if "person" in data["dimension"][name]]
    standard = validate(apply(data, [Override(f"dimension.{name}.person.weight", 0) for name in names]), contract)
    with pytest.raises(TierdeskError, match="CLASSIFY-001"):
        judge(standard, grid_of(standard, contract), np.array([0]))


@pytest.mark.parametrize(
    ("method", "score"),
    # points: assets 80, contribution 70, credit 80, risk 70, tenure 70
    [("highest", 80), ("all_of", 70), ("single", 80)],
)
def test_the_other_ways_to_aggregate(contract, house_rules, method, score):
    data = read_toml(house_rules)
    data["aggregation"] = {"method": method} | ({"metric": "credit"} if method == "single" else {})
    standard = validate(data, contract)
    grid = grid_of(standard, contract)
    row = DuckDBEngine(loaded(contract, [person(contract)])).fetch(key_steps(grid, "facts")).to_pylist()[0]
    assert judge(standard, grid, np.array([row["key"]])).score.tolist() == [score]


def test_reasons_name_what_was_missing_and_which_gates_were_met(contract, house_standard):
    row = person(contract, contribution=None, days_past_due=91)
    grid = grid_of(house_standard, contract)
    key = DuckDBEngine(loaded(contract, [row])).fetch(key_steps(grid, "facts")).to_pylist()[0]["key"]
    reasons = int(judge(house_standard, grid, np.array([key])).reasons[0])
    named = [name for name, bit in reason_bits(house_standard).items() if reasons & bit]
    assert named == ["missing:contribution", "gate:overdue_90"]


def test_whom_a_cap_holds_at_the_scored_tier_no_score_lifts(explained):
    # 75.5 points give MID as for anybody; an overdue payment caps at MID, so 80 points would not give HIGH
    result, _ = explained(days_past_due=90)
    assert (result.tier, result.scored_tier) == (1, 1)
    assert (result.next_tier, result.short_of_next) == (None, None)
    assert [gate.id for gate in result.held_by] == ["overdue_90"]


def test_a_cap_above_the_scored_tier_leaves_the_way_to_it_open(explained):
    # 28 points give BASE; the cap at MID leaves room for MID
    result, _ = explained(assets=60_000 * YUAN, contribution=100 * YUAN, days_past_due=90)
    assert (result.tier, result.next_tier, result.held_by) == (0, 1, ())
    assert result.short_of_next is not None


def decides(contract, standard, **facts):
    row, grid = person(contract, **facts), grid_of(standard, contract)
    key = DuckDBEngine(loaded(contract, [row])).fetch(key_steps(grid, "facts")).to_pylist()[0]["key"]
    return [name for name, _, whose in deciding(standard, grid, np.array([key])) if whose[0]]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"contribution": None}, ["missing:contribution"]),
        ({"tenure": None}, []),
        ({"assets": 6_000_000 * YUAN, "contribution": None}, ["gate:direct_admission"]),
        ({"contribution": None, "loan_class": 3}, ["gate:loan_class"]),
        ({"days_past_due": 90}, []),
        ({"days_past_due": 90, "loan_class": 3}, ["gate:loan_class"]),
        ({"contribution": None, "days_past_due": 91}, ["missing:contribution"]),
        ({"manual_only": True, "contribution": None, "loan_class": 3}, ["gate:manual_only"]),
    ],
)
def test_only_what_decides_is_a_cause(contract, house_standard, facts, expected):
    assert decides(contract, house_standard, **facts) == expected


def test_a_missing_value_without_weight_is_no_cause(contract, house_rules):
    overrides = [Override("dimension.contribution.person.weight", 0), Override("dimension.assets.person.weight", 70)]
    standard = validate(apply(read_toml(house_rules), overrides), contract)
    assert decides(contract, standard, contribution=None, credit_score=None) == ["missing:credit"]
