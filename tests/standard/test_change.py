"""A draft is a baseline and overrides; writing it moves nothing that is not changed."""

import difflib
import re
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.errors import TierdeskError
from analytics.standard.canon import plain_data
from analytics.standard.change import Override, apply, overrides_between, to_toml, write
from analytics.standard.parse import parse_toml, read_toml, validate
from tests.strategies import standards

BANDS = "dimension.assets.person.bands"
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def changed_lines(before, after):
    """Lines that went and lines that came."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def written(text, contract, *overrides):
    """The new text, after the law that it must obey."""
    new = write(text, overrides)
    assert parse_toml(new, contract) == validate(apply(read_toml(text), overrides), contract)
    return new


def test_the_baseline_is_never_touched(house_rules):
    data = read_toml(house_rules)
    before = deepcopy(data)

    draft = apply(data, [Override("tier[0].entry.person", 90), Override("gate[0]", None)])

    assert data == before
    assert draft["tier"][0]["entry"] == {"person": 90, "enterprise": 80}
    assert len(draft["gate"]) == len(data["gate"]) - 1


def test_numbers_change_where_they_stand_and_every_comment_stays(house_rules, contract):
    new = written(
        house_rules,
        contract,
        Override("standard.version", "2026.2"),
        Override("tier[0].entry.person", Decimal("82.5")),
        Override(f"{BANDS}[3].from", 600_000),
        Override("transition.upgrade_lag.value", 2),
    )

    assert changed_lines(house_rules, new) == [
        '-version = "2026.1"',
        '+version = "2026.2"',
        "-entry = { person = 80, enterprise = 80 }",
        "+entry = { person = 82.5, enterprise = 80 }",
        "-  { from = 500_000, points = 65 },",
        "+  { from = 600_000, points = 65 },",
        '-upgrade_lag = { value = 1, unit = "period", reference = "next month, Bohai" }',
        '+upgrade_lag = { value = 2, unit = "period", reference = "next month, Bohai" }',
    ]


def test_a_band_is_taken_away_by_its_place(house_rules, contract):
    new = written(house_rules, contract, Override(f"{BANDS}[3]", None))
    assert changed_lines(house_rules, new) == ["-  { from = 500_000, points = 65 },"]


def test_a_whole_list_of_bands_keeps_the_lines_and_comments_of_those_that_stay(house_rules, contract):
    text = house_rules.replace(
        "  { from = 200_000, points = 40 },\n  { from = 500_000, points = 65 },",
        "  # the middle\n  { from = 200_000, points = 40 },  # as before\n  { from = 500_000, points = 65 },",
    )
    bands = read_toml(text)["dimension"]["assets"]["person"]["bands"]
    more = [*bands[:3], {"from": 300_000, "points": 50}, *bands[3:]]

    new = written(text, contract, Override(BANDS, more))

    assert changed_lines(text, new) == ["+  { from = 300_000, points = 50 },"]


def test_one_place_past_the_end_adds(house_rules, contract):
    new = written(house_rules, contract, Override(f"{BANDS}[7]", {"from": 9_000_000, "points": 100}))
    assert changed_lines(house_rules, new) == ["+  { from = 9_000_000, points = 100 },"]


def test_a_gate_goes_and_the_heading_above_it_stays(house_rules, contract):
    new = written(house_rules, contract, Override("gate[0]", None))

    assert [line[0] for line in changed_lines(house_rules, new)] == ["-"] * 8
    assert "# ---------------------------------------------------------------- gates: exclude" in new


def test_all_gates_go_and_all_headings_stay(house_rules, contract):
    new = written(house_rules, contract, Override("gate", []))

    headings = [line for line in house_rules.splitlines() if line.startswith("# ---")]
    assert [line for line in new.splitlines() if line.startswith("# ---")] == headings
    assert "[[gate]]" not in new


def test_a_new_gate_stands_behind_the_last_and_above_the_next_heading(house_rules, contract):
    gate: dict[str, Any] = {
        "id": "small",
        "effect": "exclude",
        "kinds": ["person"],
        "when": [{"column": "assets", "below": Decimal("0.5")}],
        "reason": {"zh": '“小”\\"', "en": "Too small"},
    }

    new = written(house_rules, contract, Override("gate[7]", gate))

    assert changed_lines(house_rules, new) == [
        "+[[gate]]",
        '+id = "small"',
        '+effect = "exclude"',
        '+kinds = ["person"]',
        '+when = [{ column = "assets", below = 0.5 }]',
        '+reason = { zh = "“小”\\\\\\"", en = "Too small" }',
        "+",
    ]
    assert new.index('id = "small"') < new.index(
        "# ---------------------------------------------------------------- business"
    )


def test_gates_in_another_order_keep_their_text(house_rules, contract):
    gates = read_toml(house_rules)["gate"]

    new = written(house_rules, contract, Override("gate", gates[::-1]))

    assert sorted(new.splitlines()) == sorted(house_rules.splitlines())
    assert re.findall(r'^\[\[gate]]\nid = "(\w+)"', new, re.MULTILINE) == [gate["id"] for gate in gates[::-1]]


def test_a_dimension_comes_behind_the_others_and_another_goes(house_rules, contract):
    data = read_toml(house_rules)
    years = data["dimension"]["tenure"]

    new = written(house_rules, contract, Override("dimension.years", years), Override("dimension.tenure", None))

    assert "[dimension.years.enterprise]\nweight = 10\n" in new
    assert "[dimension.tenure" not in new
    assert new.count("# ---") == house_rules.count("# ---")


def test_an_optional_value_comes_and_goes(house_rules, contract):
    said = written(house_rules, contract, Override("gate[0].restricted", value=True))
    assert changed_lines(house_rules, said) == ["+restricted = true"]
    assert written(said, contract, Override("gate[0].restricted", None)) == house_rules


def test_a_source_in_short_becomes_a_sum(house_rules, contract):
    new = written(house_rules, contract, Override("dimension.assets.source.loan_balance", 50))
    assert changed_lines(house_rules, new) == [
        '-source = "assets"',
        "+source = { assets = 100, loan_balance = 50 }",
    ]


def test_nothing_said_changes_nothing(house_rules):
    assert write(house_rules, []) == house_rules
    windows = house_rules.replace("\n", "\r\n")
    assert write(windows, []) == windows


ONE_GATE = """format = 1
gate = [{ id = "a", effect = "manual", kinds = ["person"], when = [{ column = "manual_only", is = true }], \
reason = { zh = "甲", en = "[[gate]]" } }] # kept
""".replace("\\\n", "")


def gates_in_one_list(text):
    return re.sub(r"\[\[gate]].*?(?=# -----)", "", text, flags=re.DOTALL).replace("format = 1\n", ONE_GATE)


def dotted_keys(text):
    dotted = 'upgrade_lag.value = 1 # kept\nupgrade_lag.reference = "x"\nupgrade_lag.unit = "y" # '
    return text.replace("upgrade_lag = { value = 1, unit = ", dotted)


def a_text_of_many_lines(text):
    return text.replace('reference = "(choice)"', 'reference = """\n[[gate]]\n# no comment\n"""', 1)


def bands_on_one_line(text):
    def joined(match):
        return f"bands = [{' '.join(match[1].split())}] # kept"

    return re.sub(r"bands = \[\n(.*?)\n]", joined, text, flags=re.DOTALL)


LAYOUTS = [gates_in_one_list, dotted_keys, a_text_of_many_lines, bands_on_one_line]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize(
    "overrides",
    [
        [Override("transition.upgrade_lag.value", 3)],
        [Override(f"{BANDS}[2]", None), Override(f"{BANDS}[2].points", 66)],
        [Override("gate[0].reason.zh", "另一个理由")],
        [Override("gate[0]", None)],
        [Override("tier[1].subtier", None), Override("tier[0].entry.person", 90)],
        [Override("tier[0].reference", "new")],
    ],
    ids=["figure", "bands", "word", "gate", "tier", "reference"],
)
def test_other_layouts_are_followed_too(house_rules, contract, layout, overrides):
    text = layout(house_rules)
    assert text != house_rules
    new = written(text, contract, *overrides)

    assert new.count("# ---") == house_rules.count("# ---")


@pytest.mark.parametrize(
    ("path", "code", "hint"),
    [
        ("dimension.asets.person.weight", "STANDARD-030", "Did you mean assets?"),
        ("dimension.assets.person.wieght", "STANDARD-030", "Did you mean weight?"),
        ("tier[0].entry.persons", "STANDARD-030", "Did you mean person?"),
        ("tier[0].entry.person.value", "STANDARD-030", "Look at the path."),
        ("transition.upgrade_leg.value", "STANDARD-030", "Did you mean upgrade_lag?"),
        ("overide.rate_watch", "STANDARD-030", "Did you mean override?"),
        ("tier.HIGH.entry", "STANDARD-030", "Look at the path."),
        ("tier[7].entry.person", "STANDARD-032", "Places count from 0; the number of entries adds one."),
        ("tier[4]", "STANDARD-032", "Places count from 0; the number of entries adds one."),
        ("tier[0]entry", "STANDARD-031", "Write it like tier[0].entry.person."),
        ("", "STANDARD-031", "Write it like tier[0].entry.person."),
        ("[0]", "STANDARD-031", "Write it like tier[0].entry.person."),
        ("a b", "STANDARD-031", "Write it like tier[0].entry.person."),
    ],
)
def test_a_path_that_leads_nowhere_is_refused_with_the_nearest_name(house_rules, path, code, hint):
    with pytest.raises(TierdeskError) as caught:
        apply(read_toml(house_rules), [Override(path, 1)])
    assert (caught.value.code, caught.value.hint.en) == (code, hint)


@QUICK
@given(data=st.data())
def test_what_lies_between_two_standards_turns_one_into_the_other(contract, data):
    before, after = data.draw(standards(contract)), data.draw(standards(contract))
    overrides = overrides_between(before, after)

    assert validate(apply(plain_data(before), overrides), contract) == after
    assert parse_toml(write(to_toml(before), overrides), contract) == after
    assert overrides_between(before, before) == ()


@QUICK
@given(data=st.data())
def test_the_house_file_can_be_made_to_say_anything(house_rules, house_standard, contract, data):
    after = data.draw(standards(contract))
    new = write(house_rules, overrides_between(house_standard, after))

    assert parse_toml(new, contract) == after
    assert new.startswith(house_rules[: house_rules.index("format")])


@QUICK
@given(data=st.data())
def test_any_numbers_may_change_and_every_comment_stays(house_rules, house_standard, contract, data):
    places = [
        *(f"tier[{at}].entry.{kind}" for at in (0, 1) for kind in ("person", "enterprise")),
        *(f"{BANDS}[{at}].{name}" for at in (1, 2, 3) for name in ("from", "points")),
        "dimension.tenure.enterprise.weight",
        "gate[2].when[0].at_least",
        "category[0].at_least.person",
        "appeal.days_max.value",
    ]
    chosen = data.draw(st.dictionaries(st.sampled_from(places), st.integers(1, 100)))

    new = written(house_rules, contract, *(Override(path, value) for path, value in chosen.items()))

    assert re.findall("#.*", new) == re.findall("#.*", house_rules)
    assert len(new.splitlines()) == len(house_rules.splitlines())
