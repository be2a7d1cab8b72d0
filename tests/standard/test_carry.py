"""A draft's changes over another standard than its own: all that can be taken along is, and the rest is named."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.standard.canon import plain_data
from analytics.standard.carry import Carried, carry
from analytics.standard.change import Override, apply, overrides_between
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml, validate
from analytics.standard.paths import steps
from tests.standard.test_change import QUICK
from tests.standard.variants import variant
from tests.strategies import standards

PERSON, ENTERPRISE = "tier[0].entry.person", "tier[0].entry.enterprise"
EDGE = "dimension.assets.person.bands[3].from"


def standing(data, path):
    for part in steps(path):
        data = data[part]
    return data


def made(law: Standard, found: Carried, contract) -> Standard:
    return validate(apply(plain_data(law), found.overrides), contract)


def test_over_its_own_baseline_a_draft_is_itself(house_rules, house_standard, contract):
    draft = variant(house_rules, contract, {PERSON: 60, EDGE: 600_000, "gate": []})
    found = carry(house_standard, draft, house_standard)
    assert made(house_standard, found, contract) == draft
    assert (found.both, found.gone, found.differing) == ((), (), ())


def test_what_each_changed_alone_stands_side_by_side(house_rules, house_standard, contract):
    draft = variant(house_rules, contract, {PERSON: 60})
    law = variant(house_rules, contract, {ENTERPRISE: 75, "dimension.assets.person.weight": 45})
    found = carry(house_standard, draft, law)
    assert found.overrides == (Override(PERSON, Decimal(60)),)
    carried = made(law, found, contract)
    assert plain_data(carried)["tier"][0]["entry"] == {"person": 60, "enterprise": 75}
    assert standing(plain_data(carried), "dimension.assets.person.weight") == 45


def test_a_number_that_both_changed_is_the_drafts_and_is_named(house_rules, house_standard, contract):
    draft, law = (variant(house_rules, contract, {PERSON: score}) for score in (60, 75))
    found = carry(house_standard, draft, law)
    assert found.overrides == found.both == (Override(PERSON, Decimal(60)),)


def test_what_the_law_says_by_now_is_no_change(house_rules, house_standard, contract):
    draft = variant(house_rules, contract, {PERSON: 60, "standard.version": "draft"})
    assert carry(house_standard, draft, variant(house_rules, contract, {PERSON: 60})).overrides == ()


def test_a_gate_is_found_by_its_id_wherever_it_stands(house_rules, house_standard, contract):
    at = next(at for at, gate in enumerate(house_standard.gate) if gate.id == "credit_low")
    path = f"gate[{at}].when[0].below"
    draft = variant(house_rules, contract, {path: 480})
    law = variant(house_rules, contract, {"gate[0]": None})
    found = carry(house_standard, draft, law)
    assert found.overrides == (Override(f"gate[{at - 1}].when[0].below", Decimal(480)),)
    assert next(gate for gate in made(law, found, contract).gate if gate.id == "credit_low").when[0].below == 480


def test_a_gate_that_is_gone_takes_nobody_elses_place(house_rules, house_standard, contract):
    at = next(at for at, gate in enumerate(house_standard.gate) if gate.id == "credit_low")
    draft = variant(house_rules, contract, {f"gate[{at}].when[0].below": 480})
    law = variant(house_rules, contract, {f"gate[{at}]": None})
    found = carry(house_standard, draft, law)
    assert found.overrides == ()
    assert [each.path for each in found.gone] == [f"gate[{at}].when[0].below"]


def test_a_band_is_found_by_its_edge(house_rules, house_standard, contract):
    bands = "dimension.assets.person.bands"
    draft = variant(house_rules, contract, {EDGE: 600_000})
    law = variant(house_rules, contract, {f"{bands}[1]": None})
    found = carry(house_standard, draft, law)
    assert found.overrides == (Override(f"{bands}[2].from", Decimal(600_000)),)


def test_a_list_that_both_changed_stays_the_laws_and_is_named(house_rules, house_standard, contract):
    bands = read_toml(house_rules)["dimension"]["assets"]["person"]["bands"]
    draft = variant(house_rules, contract, {"dimension.assets.person.bands": bands[:-1]})
    law = variant(house_rules, contract, {EDGE: 600_000})
    found = carry(house_standard, draft, law)
    assert found.overrides == ()
    assert [each.path for each in found.differing] == ["dimension.assets.person.bands"]


@QUICK
@given(st.data())
def test_any_draft_over_its_own_baseline_is_itself(contract, data):
    baseline, draft = (data.draw(standards(contract)) for _ in range(2))
    found = carry(baseline, draft, baseline)
    head = [each for each in overrides_between(baseline, draft) if each.path == "standard.version"]
    assert validate(apply(plain_data(baseline), [*head, *found.overrides]), contract) == draft


@QUICK
@given(st.data())
def test_a_draft_that_says_nothing_anew_leaves_any_law_as_it_is(contract, data):
    baseline, law = (data.draw(standards(contract)) for _ in range(2))
    found = carry(baseline, baseline, law)
    assert found == Carried((), (), (), ())


NUMBERS = {
    PERSON: st.integers(60, 90),
    ENTERPRISE: st.integers(60, 90),
    "tier[1].entry.person": st.integers(1, 59),
    "dimension.assets.person.weight": st.integers(0, 100),
    "dimension.credit.enterprise.weight": st.integers(0, 100),
    EDGE: st.integers(300_000, 900_000),
    "dimension.assets.person.bands[3].points": st.integers(41, 79),
    "service.HIGH.caseload.value": st.integers(1, 900),
    "transition.upgrade_lag.value": st.integers(0, 12),
}
changes = st.dictionaries(st.sampled_from(sorted(NUMBERS)), st.none()).flatmap(
    lambda chosen: st.fixed_dictionaries({path: NUMBERS[path] for path in chosen})
)


@pytest.fixture(scope="module")
def said(house_rules, contract):
    """The house's standard with some places said anew."""
    return lambda changes: variant(house_rules, contract, changes)


@QUICK
@given(ours=changes, theirs=changes)
def test_two_who_change_numbers_both_find_their_own(said, contract, ours, theirs):
    baseline, draft, law = said({}), said(ours), said(theirs)
    found = carry(baseline, draft, law)
    anew = {path: value for path, value in ours.items() if standing(plain_data(baseline), path) != value}
    assert made(law, found, contract) == said(theirs | anew)
    assert not found.gone
    assert not found.differing
