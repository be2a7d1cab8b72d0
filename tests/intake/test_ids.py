"""Identity numbers: the reference vectors decide, and the SQL says what the Python says."""

import datetime
import json
from typing import Any

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stdnum.cn import ric

from analytics.intake import ids, reasons
from tests.intake.papers import SHARED, company_code, resident_id

TODAY = datetime.date(2025, 12, 31)
VECTORS = SHARED / "reference" / "chinese_ids.json"


def vectors(kind: str) -> list[Any]:
    if not VECTORS.exists():
        return [pytest.param({}, marks=pytest.mark.skip(reason=f"{VECTORS} is not here"), id="absent")]
    return [pytest.param(each, id=each["number"]) for each in json.loads(VECTORS.read_text(encoding="utf-8"))[kind]]


@pytest.mark.parametrize("vector", vectors("gb11643"))
def test_resident_ids_are_judged_as_the_reference_says(vector: dict[str, Any]) -> None:
    fault = ids.resident_fault(vector["number"], TODAY)

    assert (fault is None) == (vector["valid"] is True)


@pytest.mark.parametrize("vector", vectors("gb32100"))
def test_company_codes_are_judged_as_the_reference_says(vector: dict[str, Any]) -> None:
    fault = ids.company_fault(vector["number"])

    assert (fault is None) == vector["valid"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("110105491231002", reasons.ID_OLD),
        ("11010519491231002", reasons.ID_FORM),
        ("T60426199101010078", reasons.ID_FORM),
        ("36042619910102009X", reasons.ID_CHECK),
        ("360426199113010079", reasons.ID_DATE),
        (resident_id("11010120250230001"), reasons.ID_DATE),
        ("990426199112010074", reasons.ID_REGION),
        ("110111198012010078", reasons.ID_REGION_YEAR),
        (resident_id("11010120260101001"), reasons.ID_FUTURE),
        (resident_id("83000019600101001"), None),
        (resident_id("81000019600101001"), None),
        ("  11010519491231002x ", None),
        ("340524198001010013", reasons.ID_CHECK),
    ],
)
def test_each_fault_of_a_resident_id_has_its_own_reason(number: str, reason: int | None) -> None:
    assert ids.resident_fault(number, TODAY) == reason


def in_sql(numbers: list[str]) -> list[tuple[int, int]]:
    """The reasons of each number as a resident id and as a company code, by DuckDB."""
    connection = duckdb.connect()
    for step in ids.region_steps("region", "region_year"):
        connection.execute(f"CREATE TABLE {step.name} AS {step.sql}")
    code, code_year = ids.place_sql("body")
    resident = ids.resident_sql("x", "body", "20251231", known="known", in_use="in_use")
    rows = connection.execute(
        f"""SELECT {resident}, {ids.company_sql("x")}
        FROM (SELECT *, {code} IN (SELECT code FROM region) AS known,
                     {code_year} IN (SELECT code_year FROM region_year) AS in_use
              FROM (SELECT place, x, {ids.body_sql("x")} AS body
                    FROM (SELECT unnest(range(len($x))) AS place, upper(trim(unnest($x))) AS x)))
        ORDER BY place""",
        {"x": numbers},
    ).fetchall()
    return [(int(row[0]), int(row[1])) for row in rows]


@st.composite
def resident_numbers(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from([110101, 110111, 440524, 120110, 330502, 419001, 999999, 820000, 511400]))
    birth = draw(st.integers(18_500_101, 20_991_231))
    number = resident_id(f"{region:06}{birth:08}{draw(st.integers(0, 999)):03}")
    place, letter = draw(st.integers(0, 17)), draw(st.sampled_from("0123456789Xx A"))
    return number if draw(st.booleans()) else number[:place] + letter + number[place + 1 :]


@given(st.lists(st.one_of(resident_numbers(), st.text("0123456789XABIOZ ", max_size=20)), min_size=1, max_size=60))
@example(["110105491231002", "", "440524188001010014", "11010119000229001X", resident_id("11010120000229001")])
@settings(max_examples=25, deadline=None)
def test_sql_and_python_give_the_same_reasons(numbers: list[str]) -> None:
    expected = [(ids.resident_fault(each, TODAY) or 0, ids.company_fault(each) or 0) for each in numbers]

    assert expected == in_sql(numbers)


@given(st.text(ids.COMPANY_ALPHABET, min_size=11, max_size=11), st.integers(0, 999_999))
@settings(max_examples=50, deadline=None)
def test_a_code_with_its_own_check_character_is_right(letters: str, region: int) -> None:
    number = company_code(f"{letters[:2]}{region:06}{letters[2:]}")

    assert ids.company_fault(number) is None


@pytest.mark.parametrize("year", [1955, 1980, 1992, 2010])
def test_regions_and_their_years_are_those_of_stdnum(year: int) -> None:
    numbers = [resident_id(f"{code:06}{year}0115001") for code in list(ids.regions())[::7]]
    numbers = [number for number in numbers if int(number[:6]) not in ids.PERMIT_REGIONS]

    ours = [ids.resident_fault(number, TODAY) is None for number in numbers]

    assert [ric.is_valid(number) for number in numbers] == ours
