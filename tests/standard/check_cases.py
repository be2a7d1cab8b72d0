"""Standards with one mistake each: what is changed in the house's rules, and the customer who shows the mistake."""

from decimal import Decimal
from typing import Any, NamedTuple

PERSON = "dimension.assets.person.bands"
GATE: dict[str, Any] = {"id": "extra", "kinds": ["person"], "reason": {"zh": "理由", "en": "A reason"}}


class Case(NamedTuple):
    """``changes`` by path; the finding's code and path; the example in English."""

    says: str
    changes: dict[str, Any]
    code: str
    path: str
    example: str
    note: bool = False


def gate(effect: str, *when: dict[str, Any], tier: str | None = None, **more: Any) -> dict[str, Any]:
    named = {} if tier is None else {"tier": tier}
    return {"gate[7]": GATE | {"effect": effect, "when": list(when)} | named | more}


def assets(**tests: Any) -> dict[str, Any]:
    return {"column": "assets"} | tests


CASES = (
    Case("a first band that starts somewhere leaves a gap below", {f"{PERSON}[0].from": 0}, "", "", ""),
    Case("a later band without a start stands in two", {f"{PERSON}[2].from": None}, "", "", ""),
    Case("two bands with one start leave one of them empty", {f"{PERSON}[3].from": 200_000}, "", "", ""),
    Case("a band that starts below the one before overlaps it", {f"{PERSON}[3].from": 100_000}, "", "", ""),
    Case("an end below the next start is a gap", {f"{PERSON}[1].below": 180_000}, "", "", ""),
    Case("an end above the next start is an overlap", {f"{PERSON}[1].below": 250_000}, "", "", ""),
    Case("an end of the last band is a gap above", {f"{PERSON}[6].below": 9_000_000}, "", "", ""),
    Case("money finer than the fen cannot be stored", {f"{PERSON}[1].from": Decimal("50000.001")}, "", "", ""),
    Case("years finer than tenths cannot be stored", {"dimension.tenure.person.bands[1].from": Decimal("1.25")}, "", "", ""),
    Case("a start above the greatest value is out of reach", {"dimension.credit.person.bands[7].from": 1001}, "", "", ""),
    Case("a start at the least value empties the band before", {"dimension.credit.person.bands[1].from": 0}, "", "", ""),
    Case("points fall though more is better", {f"{PERSON}[3].points": 30}, "", "", ""),
    Case("points rise though less is better", {"dimension.tenure.direction": "less"}, "", "", ""),
    Case("points of codes fall though more is better", {"dimension.risk_capacity.direction": "more", "dimension.risk_capacity.person.bands[2].points": 60}, "", "", ""),
    Case("weights sum to more than 100", {"dimension.assets.person.weight": 45}, "", "", ""),
    Case("all weights are zero", {f"dimension.{name}.enterprise.weight": 0 for name in ("assets", "contribution", "credit", "tenure")}, "", "", ""),
    Case("a kind with entries has no dimension", {f"dimension.{name}.enterprise": None for name in ("assets", "contribution", "credit", "tenure")}, "", "", ""),
    Case("a tier lacks an entry for a kind", {"tier[1].entry.enterprise": None}, "", "", ""),
    Case("an entry is not below the tier above", {"tier[1].entry.person": 80}, "", "", ""),
    Case("an entry is above 100", {"tier[0].entry.person": 101}, "", "", ""),
    Case("an entry is finer than a hundredth", {"tier[0].entry.person": Decimal("79.995")}, "", "", ""),
    Case("the lowest tier has an entry", {"tier[2].entry.person": 20}, "", "", ""),
    Case("the best customer does not reach the top", {f"dimension.{name}.enterprise.bands[{at}].points": 70 for name, n in (("assets", 7), ("contribution", 7), ("credit", 7), ("tenure", 6)) for at in range(1, n)}, "", "", ""),
    Case("the worst customer is above the lowest tier", {"dimension.assets.person.bands": [{"points": 100}], "dimension.contribution.person.bands": [{"points": 100}]}, "", "", ""),
    Case("no score falls into a tier", {"aggregation": {"method": "single", "metric": "assets"}, "tier[1].entry.person": Decimal("79.5")}, "", "", ""),
    Case("a tier that only a cap leads to is worth a look", {"aggregation": {"method": "single", "metric": "assets"}, "tier[1].entry.person": Decimal("79.5")}, "", "", "", note=True),
    Case("a single metric is not named", {"aggregation": {"method": "single"}}, "", "", ""),
    Case("a single metric has no bands for a kind", {"aggregation": {"method": "single", "metric": "risk_capacity"}}, "", "", ""),
    Case("a subtier is hidden by the one after it", {"tier[1].subtier[1]": {"id": "MID_LOW", "name": {"zh": "中端(基础)", "en": "Mid, lower"}, "column": "assets", "at_least": {"person": 1_000_000}}}, "", "", ""),
    Case("bounds of a gate exclude each other", gate("exclude", assets(at_least=100, below=100)), "", "", ""),
    Case("codes of a gate exclude each other", gate("exclude", {"column": "risk_level", "in": ["C1"]}, {"column": "risk_level", "in": ["C2"]}), "", "", ""),
    Case("a flag is both true and false", gate("exclude", {"column": "manual_only", "is": True}, {"column": "manual_only", "is": False}), "", "", ""),
    Case("a required column is said to be missing", gate("exclude", assets(missing=True)), "", "", ""),
    Case("a bound beyond the column's range is met by nobody", gate("exclude", {"column": "credit_score", "at_least": 1001}), "", "", ""),
    Case("a gate that all meet is worth a look", gate("cap", {"column": "assets", "below": 10**13 + 1}, tier="MID"), "", "", "", note=True),
    Case("a floor whose customers are all capped is dead", gate("cap", assets(at_least=5_000_000), tier="MID"), "", "", ""),
    Case("a floor that meets a cap is worth a look", gate("floor", {"column": "credit_score", "at_least": 400}, tier="MID") | {f"gate[{at}]": None for at in (6, 5, 4, 2, 1, 0)}, "", "", "", note=True),
    Case("a gate repeats another", gate("cap", {"column": "days_past_due", "at_least": 90}, tier="MID", kinds=["person", "enterprise"]), "", "", ""),
    Case("a gate that another includes is worth a look", gate("cap", {"column": "days_past_due", "at_least": 180}, tier="MID"), "", "", "", note=True),
    Case("a gate under an exclusion is worth a look", gate("exclude", assets(at_least=1_000_000)), "", "", "", note=True),
    Case("a cap at the top is worth a look", gate("cap", {"column": "employees", "at_least": 5}, tier="HIGH"), "", "", "", note=True),
    Case("a floor at the bottom is worth a look", gate("floor", {"column": "employees", "at_least": 5}, tier="BASE"), "", "", "", note=True),
    Case("a gate's amount is finer than the fen", gate("exclude", assets(below=Decimal("0.005"))), "", "", ""),
    Case("a category takes in those with nothing", {"category[1].at_least.person": 0}, "", "", ""),
    Case("a category has no threshold", {"category[1].at_least": {}}, "", "", ""),
    Case("a category asks for more than there can be", {"category[1].at_least.person": 10**14}, "", "", ""),
    Case("two categories with one threshold are worth a look", {"category[4]": {"id": "debt", "name": {"zh": "负债", "en": "Debt"}, "column": "loan_balance", "at_least": {"person": 1, "enterprise": 1}}}, "", "", "", note=True),
    Case("a manager has no customers", {"service.MID.caseload.value": 0}, "", "", ""),
    Case("service costs less than nothing", {"service.MID.cost.value": -1}, "", "", ""),
    Case("a higher tier shares its manager with more is worth a look", {"service.HIGH.caseload.value": 400}, "", "", "", note=True),
    Case("drift is acted on before it is watched", {"drift.psi_watch.value": Decimal("0.3")}, "", "", ""),
    Case("overrides are acted on before they are watched", {"override.rate_watch.value": 12}, "", "", ""),
    Case("a part of an SMS is longer than a single one", {"notice.sms_part.value": 71}, "", "", ""),
    Case("a single SMS is longer than the longest", {"notice.sms_max.value": 60}, "", "", ""),
    Case("a simple appeal takes longer than a complex one", {"appeal.days_simple.value": 31}, "", "", ""),
    Case("a complex appeal takes longer than the longest", {"appeal.days_max.value": 29}, "", "", ""),
    Case("the top falls sooner is worth a look", {"transition.misses_to_downgrade_top.value": 2}, "", "", "", note=True),
    Case("half a period is no period", {"transition.upgrade_lag.value": Decimal("1.5")}, "", "", ""),
    Case("no quiet hours are worth a look", {"notice.quiet_to.value": 21}, "", "", "", note=True),
    Case("a band that keeps everybody is worth a look", {"transition.retain_band.value": 60}, "", "", "", note=True),
)  # fmt: skip
