"""Cells by any grouping equal a plain count over customers, whatever the standards, and nobody is left out."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.classify.grid import grid_of
from analytics.classify.twin import twin_steps
from analytics.cube.cells import cells_from, pair_cell_steps
from analytics.cube.groupings import ELSEWHERE, grouping_of, groupings, joined, offered, split
from analytics.cube.recount import migrate
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from tests.population import customers, loaded
from tests.strategies import standards

FEW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
NAMES = ("region", "age_band", "industry", "channel", "sex")


def group_of(name, row):
    """A plain reading of every grouping, one customer at a time."""
    match name:
        case "region":
            return row["region"] or ""
        case "channel":
            return {None: "", 1: "branch", 2: "online", 3: "mobile", 4: "phone", 5: "partner"}[row["channel"]]
        case "industry":
            return "-" if row["kind"] == 1 else row["industry"] or ""
    if row["kind"] == 2:
        return "-"
    if name == "sex":
        return {None: "", 1: "female", 2: "male"}[row["sex"]]
    if row["age"] is None:
        return ""
    return str(max(edge for edge in (0, 18, 25, 35, 45, 55, 65) if row["age"] >= edge))


def states(engine, contract, standard):
    table = engine.fetch(twin_steps(standard, grid_of(standard, contract), contract, "facts")).sort_by("position")
    outcome, tier = (table[name].to_numpy().astype(int) for name in ("outcome", "tier"))
    return np.where(outcome == 0, tier, len(standard.tier) - 1 + outcome)


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32), names=st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
def test_a_recount_by_any_groups_equals_a_plain_count_over_customers(contract, data, seed, names):
    before, after = data.draw(standards(contract)), data.draw(standards(contract))
    rows = customers(contract, 200, seed)
    engine = DuckDBEngine(loaded(contract, rows))
    grids = grid_of(before, contract), grid_of(after, contract)
    by = [grouping_of(contract, name) for name in names]
    cells = cells_from(engine.fetch(pair_cell_steps(*grids, "facts", by)), names)
    migration = migrate(cells, (before, grids[0]), (after, grids[1]))
    expected: Counter[tuple[int, int, str, int, int]] = Counter()
    for row, old, new in zip(rows, states(engine, contract, before), states(engine, contract, after), strict=True):
        place = row["kind"] - 1, joined([group_of(name, row) for name in names]), int(old), int(new)
        for measure, value in enumerate((1, row["assets"] or 0, row["contribution"] or 0)):
            expected[measure, *place] += value
    found = {
        (measure, kind, migration.groups[group], old, new): value
        for (measure, kind, group, old, new), value in np.ndenumerate(migration.sums)
        if value
    }
    assert found == {place: value for place, value in expected.items() if value}
    assert migration.groups == tuple(sorted(migration.groups))


def test_ages_fall_into_the_band_that_they_reach(contract):
    # 17 is the last year of the youngest band, 65 the first of the oldest
    ages = {0: "0", 17: "0", 18: "18", 24: "18", 25: "25", 44: "35", 54: "45", 64: "55", 65: "65", 130: "65", None: ""}
    rows = customers(contract, len(ages), 5)
    for row, age in zip(rows, ages, strict=True):
        row.update(kind=1, age=age)
    engine = DuckDBEngine(loaded(contract, rows))
    band = grouping_of(contract, "age_band")
    table = engine._cursor.sql(f"SELECT {band.value} FROM facts AS f ORDER BY position").fetchall()
    assert [value for (value,) in table] == list(ages.values())
    assert [words.en for _, words in band.words] == [
        "Under 18",
        "18–24",
        "25–34",
        "35–44",
        "45–54",
        "55–64",
        "65 and above",
    ]


def test_an_enterprise_has_no_age_and_a_person_no_industry(contract):
    rows = customers(contract, 2, 1)
    rows[0].update(kind=2, age=40, sex=1, industry="C")
    rows[1].update(kind=1, age=40, sex=2, industry="C")
    engine = DuckDBEngine(loaded(contract, rows))
    values = ", ".join(grouping_of(contract, name).value for name in ("age_band", "sex", "industry"))
    found = engine._cursor.sql(f"SELECT {values} FROM facts AS f ORDER BY position").fetchall()
    assert found == [(ELSEWHERE, ELSEWHERE, "C"), ("35", "male", ELSEWHERE)]


def test_a_grouping_whose_column_nobody_filled_is_left_out_with_a_reason(contract):
    here, left_out = offered(contract, ("region", "age", "assets"))
    assert [grouping.name for grouping in here] == ["region", "age_band"]
    assert {each.grouping.name: each.reason.en for each in left_out}["channel"] == (
        "the files of this period do not fill 'channel'"
    )


def test_only_sex_is_held_for_fairness_alone(contract):
    assert [grouping.name for grouping in groupings(contract) if grouping.fairness_only] == ["sex"]


def test_a_combination_comes_apart_into_what_it_was_made_of():
    assert split(joined(["110000", ""])) == ("110000", "")


def test_an_unknown_grouping_is_refused_with_those_that_there_are(contract):
    with pytest.raises(TierdeskError) as caught:
        grouping_of(contract, "shoe_size")
    assert caught.value.code == "RUN-005"
    assert "age_band" in caught.value.hint.en
    assert "sex" not in caught.value.hint.en
