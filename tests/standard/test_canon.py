"""The canonical form: one text for one meaning."""

import hashlib
import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.standard.canon import DOMAIN, canonical, canonical_text, standard_hash
from analytics.standard.change import to_toml
from analytics.standard.faults import StandardFaults
from analytics.standard.parse import parse_json, parse_toml, read_toml, validate
from tests.standard.variants import variant
from tests.strategies import standard_data, standards

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(data=st.data())
def test_the_canonical_form_says_the_same_standard(contract, data):
    standard = data.draw(standards(contract))
    assert parse_json(canonical(standard), contract) == standard


@QUICK
@given(data=st.data())
def test_a_fresh_file_says_the_same_standard(contract, data):
    standard = data.draw(standards(contract))
    assert parse_toml(to_toml(standard), contract) == standard


def shuffled(value, draw):
    """The same data with the names of every table in another order."""
    if isinstance(value, dict):
        return {name: shuffled(value[name], draw) for name in draw(st.permutations(list(value)))}
    return [shuffled(item, draw) for item in value] if isinstance(value, list) else value


@QUICK
@given(data=st.data())
def test_the_order_of_tables_changes_no_hash(contract, data):
    plain = data.draw(standard_data(contract))
    again = shuffled(plain, data.draw)
    assert standard_hash(validate(plain, contract)) == standard_hash(validate(again, contract))


def respelt(value):
    """The same data with whole numbers as ``1.000`` and every text taken apart."""
    match value:
        case dict():
            return {name: respelt(item) for name, item in value.items()}
        case list():
            return [respelt(item) for item in value]
        case str():
            return unicodedata.normalize("NFD", value)
        case Decimal():
            return value + Decimal("0.000")
    return value


@QUICK
@given(data=st.data())
def test_zeros_and_the_composition_of_accents_change_no_hash(contract, data):
    plain = data.draw(standard_data(contract))
    assert standard_hash(validate(plain, contract)) == standard_hash(validate(respelt(plain), contract))


def test_layout_and_comments_change_no_hash(house_rules, house_standard, contract):
    lines = [line for line in house_rules.splitlines() if not line.startswith("#")]
    bare = "\n\n".join(re.sub(r"^(\w+) = ", r"  \1    =\t", line) for line in lines)
    assert standard_hash(parse_toml(bare, contract)) == standard_hash(house_standard)


@pytest.mark.parametrize("text", ["Z\\u0065\\u0301", "Ze\u0301", "Z\u00e9"], ids=["escaped", "apart", "composed"])
def test_an_accent_has_one_hash_however_it_is_typed(house_rules, contract, text):
    standard = parse_toml(house_rules.replace('en = "High"', f'en = "{text}"'), contract)
    assert standard.tier[0].name.en == "Z\u00e9"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("dimension.assets.person.weight", 41),
        ("dimension.assets.person.bands[1].points", 21),
        ("dimension.assets.person.bands[1].from", Decimal("50000.01")),
        ("tier[0].entry.person", Decimal("80.01")),
        ("tier[0].name.zh", "高 端"),
        ("gate[1].when[0].in", ["doubtful", "substandard", "loss"]),
        ("gate[0].reason.en", "The customer refuses a solely automated decision; People decide"),
        ("drift.psi_watch.value", Decimal("0.11")),
        ("standard.baseline", "0" * 64),
    ],
)
def test_a_number_a_word_or_the_order_of_a_list_changes_the_hash(house_rules, house_standard, contract, path, value):
    assert standard_hash(variant(house_rules, contract, {path: value})) != standard_hash(house_standard)


def test_a_value_that_is_said_although_it_is_usual_changes_no_hash(house_rules, house_standard, contract):
    said = {"gate[0].restricted": False, "gate[0].reference": "", "tier[0].subtier": []}
    assert standard_hash(variant(house_rules, contract, said)) == standard_hash(house_standard)


def test_binary_fractions_are_refused(house_rules, contract):
    with pytest.raises(TypeError, match="float has no canonical form"):
        canonical_text({"entry": 0.1})
    with pytest.raises(StandardFaults):
        variant(house_rules, contract, {"tier[0].entry.person": 80.5})


def test_the_canonical_form_is_pinned(house_rules):
    """A change here changes the hash of every published standard; it needs a new ``DOMAIN`` in ``canon``."""
    data = {
        "b": [1, Decimal("2.50"), True],
        "a": {"é": "\u4e2d", "n": None},
        "d": read_toml("x = 2026-01-01")["x"],
    }
    assert canonical_text(data) == '{"a":{"n":null,"é":"中"},"b":[1,2.5,true],"d":"2026-01-01"}'


def test_a_hash_that_is_remembered_is_that_of_this_very_standard(house_standard):
    found = set()
    for year in range(1, 301):  # each is gone before the next is made, and may leave it its place in memory
        head = house_standard.standard.model_copy(update={"version": str(year)})
        copy = house_standard.model_copy(update={"standard": head})
        for _ in range(2):
            assert standard_hash(copy) == hashlib.sha256((DOMAIN + canonical(copy)).encode()).hexdigest()
        found.add(standard_hash(copy))
    assert len(found) == 300
