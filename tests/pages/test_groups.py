"""Groups on the bench through the real app: winners and losers, fairness, and a part of the population."""

from decimal import Decimal
from itertools import count
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.cube import winners
from analytics.cube.fairness import Rate, compared, rate_of
from analytics.cube.groupings import split
from analytics.cube.recount import Migration
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.data.regions import region_names
from analytics.desks.house import House
from analytics.desks.whatif import bench
from analytics.desks.whatif.drafts import draft_of
from analytics.standard.change import Override
from analytics.store.snapshots import facts_table
from analytics.vocabulary import Kind
from pages.ui import session
from pages.ui.tables import csv_name
from pages.ui.whatif.fairness import verdict_of
from tests.pages.conftest import OPEN, words_of

HARDER = {f"tier[{tier}].entry.{kind}": 85 - 10 * tier for tier in (0, 1) for kind in ("person", "enterprise")}
TURN = count()


def expected(bank: House, *grouping: str) -> Migration:
    law = publishing.in_force(bank)
    changes = [Override(path, Decimal(value)) for path, value in HARDER.items()]
    draft = draft_of(bank, law.publication.standard_hash, changes).standard
    assert draft is not None
    return bench.trial(bank, snapshots.latest(bank)[0].snapshot_id, law.standard, draft, grouping=grouping).migration


def framed(app: AppTest, columns: int, first: str) -> pd.DataFrame:
    """The table with so many columns whose last one that is headed by its id has this name."""
    return next(each.value for each in app.dataframe if len(each.value.columns) == columns and first in each.value)


def winners_table(app: AppTest) -> pd.DataFrame:
    return framed(app, 11, "net")


def chosen(app: AppTest, key: str, value: str) -> AppTest:
    buttons: Any = next(each for each in app.get("button_group") if str(each.key).startswith(key))
    return buttons.set_value(value).run()


def hand(app: AppTest, said: dict[str, int]) -> AppTest:
    """The hand comes to rest in the live bench, whose entry scores are in hundredths."""
    moved = {path: 100 * value for path, value in said.items()}
    app.session_state["bench.live"] = {"settled": {"id": f"turn {next(TURN)}", "act": "move", "moved": moved}}
    return app.run()


def opened(visit: OPEN, section: str = "Who moves") -> AppTest:
    app = hand(visit("bench"), HARDER)
    app.session_state["bench.section"] = section
    return app.run()


@pytest.mark.parametrize(("name", "label"), [("region", "Region"), ("channel", "Channel"), ("age_band", "Age band")])
def test_the_table_of_winners_and_losers_holds_every_group(bank: House, visit: OPEN, name: str, label: str) -> None:
    app = chosen(opened(visit), "bench.winners.by", name)
    table = winners_table(app)
    found = [each for each in winners.by_group(expected(bank, name)) if each.name != "-"]
    assert sum(each.customers.down for each in found) > 0
    assert [int(n) for n in table["customers"]] == [each.customers.total for each in found]
    assert [int(n) for n in table["down"]] == [each.customers.down for each in found]
    assert table["share_down"][0] == f"{100 * float(found[0].share_down):.2f}%"
    assert f"Winners and losers · {label}" in words_of(app)


def test_sex_is_no_group_of_winners_and_a_grouping_without_movers_says_so(bank: House, visit: OPEN) -> None:
    app = opened(visit)
    offered = next(each for each in app.get("button_group") if each.key == "bench.winners.by")
    names = ["Tier before", "Kind", "Region", "Age band", "Industry", "Channel", "Tier in the period before"]
    assert [option.content for option in offered.proto.options] == names
    enterprises = [each for each in winners.by_group(expected(bank, "industry")) if each.name != "-"]
    assert not any(each.customers.moved for each in enterprises)
    words = words_of(chosen(app, "bench.winners.by", "industry"))
    assert "speaks of Enterprises only, and none of them rises or falls in this part" in words
    moves = expected(bank, "region").moved()
    assert f"The {moves.up + moves.down} who move are all of the other kind" in words
    words = words_of(chosen(app, "bench.view.shown_kind", "person"))
    assert "only the other kind is looked at above" in words


def test_a_part_without_movers_says_so_and_keeps_staff_list_and_a_way_back(bank: House, visit: OPEN) -> None:
    migration = expected(bank, "region")
    still = next(group for group in migration.groups if group and not migration.moved(group=group).moved)
    app = opened(visit).selectbox(key="bench.view.region").set_value(still).run()
    said = f"All customers ({region_names()[still].en}): nobody moves ({migration.moved().moved} in all)."
    assert said in words_of(app)
    assert "Staff and cost" in words_of(app)
    assert [each for each in app.get("button_group") if str(each.key).startswith("bench.list")]
    app = app.button(key="bench.view.everyone").click().run()
    assert not app.exception
    assert not app.warning
    assert said not in words_of(app)
    assert winners_table(app)["customers"].map(int).sum() == migration.moved().total


def test_downloads_are_named_by_what_they_are() -> None:
    assert csv_name("winners", "region", "2025Q4", "draft") == "winners_region_2025Q4_draft.csv"
    assert csv_name("a b", "层级/一", "") == "a-b_层级-一.csv"


def test_tiers_kinds_and_prior_tiers_are_groups_too(bank: House, visit: OPEN) -> None:
    app, migration = opened(visit), expected(bank, "region")
    for name, found in (("tier", winners.by_tier(migration)), ("kind", winners.by_kind(migration))):
        table = winners_table(chosen(app, "bench.winners.by", name))
        assert [int(n) for n in table["down"]] == [each.customers.down for each in found]
    table = winners_table(chosen(app, "bench.winners.by", "prior_tier"))
    prior = winners.by_group(expected(bank, "prior_tier"))
    assert [int(n) for n in table["customers"]] == [each.customers.total for each in prior]
    assert "Not there a period ago" in set(table["group"])


def test_a_part_of_the_population_narrows_everything_below(bank: House, visit: OPEN) -> None:
    app = opened(visit)
    app = app.selectbox(key="bench.view.grouping").set_value("channel").run()
    app = app.selectbox(key="bench.view.channel").set_value("mobile").run()
    mixed = expected(bank, "channel", "region")
    found = winners.by_group(mixed, within="mobile")
    table = winners_table(app)
    assert [int(n) for n in table["customers"]] == [each.customers.total for each in found]
    alone = expected(bank, "channel").moved(group="mobile")
    listed = next(each.value for each in app.dataframe if len(each.value.columns) == 9)
    assert len(listed) == alone.up + alone.down > 0
    assert len(listed) < expected(bank, "region").moved().moved
    assert "All customers (Mobile banking)" in words_of(app)


def test_the_list_opens_on_the_largest_movers_up_and_down(bank: House, visit: OPEN) -> None:
    app, moves = opened(visit), expected(bank, "region").moved()
    listed = next(each.value for each in app.dataframe if len(each.value.columns) == 9)
    assert len(listed) == moves.up + moves.down > 0
    assert {now[0] for now in listed["Now"]} == {"▼"}
    assert all(name.endswith("**") and len(name) == 3 for name in listed["Name"].dropna())


VERDICTS = {"within": "✓ Within", "few": "– Too few to say", "worse": "▼ Worse than everyone else"}
VERDICTS["chance"] = "? Above the limit, but chance may explain it"


def test_fairness_holds_each_group_against_everyone_else(bank: House, visit: OPEN) -> None:
    app = opened(visit, "Fairness")
    overview = framed(app, 4, "judged")
    assert list(overview["grouping"]) == ["Region", "Age band", "Industry", "Channel", "Sex", "Kind"]
    app = chosen(app, "bench.fairness.by", "age_band")
    table, migration = framed(app, 8, "others"), expected(bank, "age_band")
    rates = {name: rate_of(migration, group=name) for name in migration.groups if name != "-"}
    there = {name: rate for name, rate in rates.items() if rate.customers}
    judged = compared(there, smallest=30, floor=Decimal("0.80"))
    assert [int(n) for n in table["down"]] == [each.rate.down for each in judged]
    assert [int(n) for n in table["customers"]] == [each.rate.customers for each in judged]
    assert [each for each in table["times"] if each.endswith("×")]
    assert list(table["verdict"]) == [VERDICTS[each.verdict.value] for each in judged]


def test_the_overview_of_fairness_counts_whom_chance_alone_may_explain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "language", lambda: "en")
    # 3 of 100 against 2 of 100 is 1.5 times as many, which chance explains; 50 of 100 against 2 of 100 it does not
    for person, told in (
        (Rate(3, 100), ("?", "1 above 1.25 times, on thin evidence")),
        (Rate(50, 100), ("▼", "Worse than everyone else: Persons")),
        (Rate(2, 100), ("✓", "Every group is within")),
    ):
        judged = compared({"person": person, "enterprise": Rate(2, 100)}, smallest=30, floor=Decimal("0.80"))
        assert verdict_of("kind", judged, "1.25") == told


def test_fairness_follows_the_part_that_is_looked_at(bank: House, visit: OPEN) -> None:
    app = opened(visit, "Fairness")
    app = app.selectbox(key="bench.view.grouping").set_value("channel").run()
    app = app.selectbox(key="bench.view.channel").set_value("mobile").run()
    app = chosen(chosen(app, "bench.view.shown_kind", "person"), "bench.fairness.by", "age_band")
    offered = list(framed(app, 4, "judged")["grouping"])
    assert offered == ["Region", "Age band", "Sex"]
    migration = expected(bank, "channel", "age_band")
    mobile = [
        rate_of(migration, kind=Kind.PERSON, group=each) for each in migration.groups if split(each)[0] == "mobile"
    ]
    table = framed(app, 8, "others")
    assert sorted(int(n) for n in table["customers"]) == sorted(each.customers for each in mobile if each.customers)
    assert "Persons (Mobile banking)" in words_of(app) or "Person (Mobile banking)" in words_of(app)


def test_fairness_of_a_draft_that_lowers_nobody_says_so(bank: House, visit: OPEN) -> None:
    app = hand(visit("bench"), {"tier[0].entry.person": 60})
    app.session_state["bench.section"] = "Fairness"
    assert "takes nobody down" in words_of(app.run())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_groups_are_told_in_the_language_of_the_visitor(bank: House, visit: OPEN, language: str) -> None:
    app = hand(visit("bench", language=language), HARDER)
    table = winners_table(chosen(app, "bench.winners.by", "channel"))
    words = {"zh": {"网点", "网上银行", "手机银行"}, "en": {"Branch", "Online banking", "Mobile banking"}}
    assert words[language] <= set(table["group"])


def test_overview_and_migration_read_no_customer(bank: House, visit: OPEN) -> None:
    """Last: the customers' own values are taken away, and the pages say the same."""
    said = [(each.label, each.value) for each in visit("overview").metric]
    moved = [each.value for each in visit("migration").metric]
    with bank.store.act() as cursor:
        for snapshot in snapshots.every(bank):
            cursor.execute(f"DROP TABLE {facts_table(snapshot.snapshot_id)}")
    bench._cached_cells.cache_clear()
    overview = visit("overview")
    assert not overview.exception
    assert not overview.error
    assert [(each.label, each.value) for each in overview.metric] == said
    assert [each.value for each in visit("migration").metric] == moved
    assert len(said) > 6
