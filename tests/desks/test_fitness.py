"""A snapshot is counted only by a standard in its currency; what cannot be compared is refused, or left out."""

import pytest

from analytics import clock
from analytics.cube.movers import Selection
from analytics.desks import customers, publishing
from analytics.desks.data import snapshots
from analytics.desks.publishing import Wish
from analytics.desks.whatif import bench
from analytics.desks.whatif.bench import Side
from analytics.errors import TierdeskError
from analytics.standard.change import Override, write
from analytics.standard.parse import parse_toml
from tests.houses import in_crowns

ANY = Selection(((0, 1),))


def in_yuan(house):
    return next(each for each in snapshots.latest(house) if each.currency == "CNY").snapshot_id


def a_customer(house):
    with house.store.read() as cursor:
        return cursor.execute(
            f"SELECT customer_id FROM customer JOIN facts_{in_yuan(house)} USING (position) ORDER BY 1 LIMIT 1"
        ).fetchall()[0][0]


@pytest.fixture
def crowns(house, tmp_path):
    """A later snapshot in crowns, of one customer, beside the three in yuan."""
    return in_crowns(house, tmp_path, a_customer(house))


@pytest.mark.parametrize("counted", ["trial", "compare", "movers", "movers_csv", "card"])
def test_crowns_are_not_counted_by_a_standard_in_yuan(house, tmp_path, crowns, counted):
    law, file = publishing.in_force(house).standard, tmp_path / "movers.csv"
    sides = Side(in_yuan(house), law), Side(crowns, law)
    ways = {
        "trial": lambda: bench.trial(house, crowns, law, law),
        "compare": lambda: bench.compare(house, *sides),
        "movers": lambda: bench.movers(house, *sides, ANY),
        "movers_csv": lambda: bench.movers_csv(house, *sides, ANY, file, actor="a"),
        "card": lambda: customers.card(house, crowns, law, a_customer(house)),
    }
    with pytest.raises(TierdeskError, match="RUN-001"):
        ways[counted]()
    assert not file.exists()


def test_two_sides_in_two_currencies_are_not_compared(house, house_rules, crowns):
    czech = parse_toml(house_rules.replace('"CNY"', '"CZK"').replace('"yuan"', '"crown"'), house.contract)
    assert bench.trial(house, crowns, czech, czech).migration.moved().total == 1
    with pytest.raises(TierdeskError, match="RUN-004"):
        bench.compare(house, Side(in_yuan(house), publishing.in_force(house).standard), Side(crowns, czech))


def test_a_proposal_on_a_snapshot_in_another_currency_is_refused_and_not_kept(house, crowns):
    source = house.stored(publishing.in_force(house).publication.standard_hash).source
    source = write(source, [Override("tier[0].entry.person", 70)])
    wish = Wish("t", "r", "2026.2", clock.today())
    with pytest.raises(TierdeskError, match="RUN-001"):
        publishing.propose(house, source=source, snapshot_id=crowns, wish=wish, actor="chen.committee")
    assert publishing.every_proposal(house) == []


def test_the_past_of_a_customer_leaves_out_what_the_standard_cannot_judge(house, crowns):
    past = customers.past(house, publishing.in_force(house).standard, a_customer(house))
    assert [each.snapshot_id for each in past] == [
        each.snapshot_id for each in reversed(snapshots.latest(house)) if each.snapshot_id != crowns
    ]
