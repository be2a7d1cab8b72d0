"""Goal-seek finds what trying every combination finds, says truly what holds it back, and rounds no sum."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analytics.classify.grid import grid_of
from analytics.cube.cells import MEASURES, cells_from, pair_cell_steps
from analytics.cube.goal import search
from analytics.cube.goal.ask import Aim, Ask, Limit, Quantity, Subject, Way
from analytics.cube.goal.gates import below, staffed
from analytics.cube.goal.ground import ground_of
from analytics.cube.goal.halves import ascending, finest_step
from analytics.cube.goal.seek import Clash, Easing, Found, Solution, seek
from analytics.cube.recount import Migration, migrate, states_of
from analytics.cube.score_layer import KindScores, ScoreLayer, score_layer
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from analytics.standard.model import Standard
from analytics.vocabulary import Kind
from tests.cube.test_score_layer import with_entries
from tests.population import customers, loaded
from tests.strategies import standards

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
STEP = 2500
POSITIONS = range(0, 10_001, STEP)
BOTH = tuple(Kind)


@dataclass
class Tried:
    """One combination as a full recount tells it, in Python's own integers."""

    entries: tuple[tuple[int, ...], ...]
    migration: Migration
    standard: Standard

    def of(self, quantity: Quantity) -> int:
        sums = self.migration.sums.tolist()
        total, by_tier = 0, [0] * len(self.standard.tier)
        for k, kind in enumerate(Kind):
            for g, group in enumerate(self.migration.groups):
                if quantity.kind not in (None, kind) or quantity.group not in (None, group):
                    continue
                for b, before in enumerate(self.migration.before):
                    for a, after in enumerate(self.migration.after):
                        n = sums[MEASURES.index(quantity.measure)][k][g][b][a]
                        if self.counts(quantity, before, after):
                            total += n
                        if after.rank is not None:
                            by_tier[after.rank] += n
        service = [self.standard.service[tier.id] for tier in self.standard.tiers_up]
        if quantity.subject is Subject.MANAGERS:
            needed = [-(-n // int(each.caseload.value)) for n, each in zip(by_tier, service, strict=True)]
            return sum(needed) if quantity.rank is None else needed[quantity.rank]
        if quantity.subject is Subject.COST:
            return sum(n * int(each.cost.value * 100) for n, each in zip(by_tier, service, strict=True))
        return total

    @staticmethod
    def counts(quantity: Quantity, before, after) -> bool:
        had, have = before.rank is not None, after.rank is not None
        match quantity.subject:
            case Subject.TIER:
                return have and after.rank == quantity.rank
            case Subject.COVER:
                return have and after.rank >= quantity.rank
            case Subject.KEPT:
                return had and have and after.rank >= before.rank
            case Subject.UP:
                return had and have and after.rank > before.rank
            case Subject.DOWN:
                return had and have and after.rank < before.rank
            case Subject.MOVERS:
                return before.rank != after.rank or (not have and before.id != after.id)
        return False

    def whole(self, quantity: Quantity) -> int:
        """Of what a share of the quantity is."""
        was = quantity.subject in (Subject.KEPT, Subject.UP, Subject.DOWN, Subject.MOVERS)
        total = 0
        for k, kind in enumerate(Kind):
            for g, group in enumerate(self.migration.groups):
                if quantity.kind in (None, kind) and quantity.group in (None, group):
                    table = self.migration.sums[MEASURES.index(quantity.measure)][k][g].tolist()
                    for b, before in enumerate(self.migration.before):
                        for a, after in enumerate(self.migration.after):
                            total += table[b][a] if (before if was else after).rank is not None else 0
        return total

    def meets(self, limit: Limit) -> bool:
        value, bound = self.of(limit.of), limit.bound
        if limit.is_share:
            value, bound = value * 10_000, bound * self.whole(limit.of)
        return value <= bound if limit.way is Way.MOST else value >= bound

    def rank(self, aim: Aim, stood) -> tuple:
        value = self.of(aim.of)
        far = sum(
            abs(one - two)
            for mine, theirs in zip(self.entries, stood, strict=True)
            for one, two in zip(mine, theirs, strict=True)
        )
        return (-value if aim.way is Way.MOST else value, self.of(Quantity(Subject.DOWN)), far, self.entries)


def tried_all(contract, law, draft, kinds, rows):
    """The ground of a draft, and every combination of the grid by a full recount."""
    grids = grid_of(law, contract), grid_of(draft, contract)
    cells = cells_from(DuckDBEngine(loaded(contract, rows)).fetch(pair_cell_steps(*grids, "facts")))
    ground = ground_of(score_layer(cells, (law, grids[0]), (draft, grids[1])), draft, STEP)
    choices = [
        list(combinations(POSITIONS, len(draft.tier) - 1)) if kind in kinds else [draft.entries(kind)] for kind in Kind
    ]
    found = []
    for entries in ((one, two) for one in choices[0] for two in choices[1]):
        said = {kind: [Decimal(each) / 100 for each in mine] for kind, mine in zip(Kind, entries, strict=True)}
        moved = with_entries(draft, said)
        found.append(Tried(entries, migrate(cells, (law, grids[0]), (moved, grids[1])), moved))
    return ground, found


@st.composite
def quantities(draw, n_tiers, groups):
    subject = draw(st.sampled_from([each for each in Subject if each not in (Subject.MANAGERS, Subject.COST)]))
    rank = draw(st.integers(0, n_tiers - 1)) if subject in (Subject.TIER, Subject.COVER) else None
    group = draw(st.sampled_from([None, None, *groups]))
    return Quantity(subject, draw(st.sampled_from(MEASURES)), rank, draw(st.sampled_from([None, None, *Kind])), group)


@st.composite
def asked(draw, tried, kinds):
    """An ask whose bounds are near what some combination has, so that many of them are met exactly."""
    n_tiers, groups = len(tried[0].standard.tier), tried[0].migration.groups
    any_quantity = quantities(n_tiers, groups)
    limits = []
    for _ in range(draw(st.integers(0, 4))):
        of = draw(
            st.one_of(
                any_quantity,
                st.just(Quantity(Subject.COST)),
                st.just(Quantity(Subject.DOWN)),
                st.builds(Quantity, st.just(Subject.MANAGERS), rank=st.sampled_from([None, *range(n_tiers)])),
            )
        )
        only_most = of.subject is Subject.MANAGERS
        way = Way.MOST if only_most else draw(st.sampled_from(Way))
        if not only_most and of.subject is not Subject.COST and draw(st.booleans()):
            near = draw(st.sampled_from(tried))
            part = 10_000 * near.of(of) // max(1, near.whole(of)) + draw(st.integers(-1, 1))
            limits.append(Limit(of, way, min(max(part, 0), 10_000), is_share=True))
        else:
            limits.append(Limit(of, way, max(0, draw(st.sampled_from(tried)).of(of) + draw(st.integers(-1, 1)))))
    return Ask(Aim(draw(any_quantity), draw(st.sampled_from(Way))), tuple(limits), kinds, STEP)


def drawn(contract, data, seed):
    law, draft = data.draw(standards(contract)), data.draw(standards(contract))
    kinds = data.draw(st.sampled_from([BOTH, (Kind.PERSON,), (Kind.ENTERPRISE,)]))
    ground, tried = tried_all(contract, law, draft, kinds, customers(contract, 60, seed))
    assume(set(kinds) <= set(ground.movable))
    return ground, tried, data.draw(asked(tried, kinds))


@FEW
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_the_answer_is_what_trying_everything_gives(contract, data, seed):
    ground, tried, ask = drawn(contract, data, seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "BLOCK", data.draw(st.sampled_from([1, 40, 1 << 18])))
        answer = seek(ground, ask)
    meeting = [each for each in tried if all(each.meets(limit) for limit in ask.limits)]
    assert answer.n_combinations == len(tried)
    if meeting:
        assert isinstance(answer, Found)
        check_found(answer, ground, ask, tried, meeting)
    else:
        assert isinstance(answer, Clash)
        check_clash(answer, ask, tried)


def check_found(answer, ground, ask, tried, meeting):
    def best_of(some):
        return min(some, key=lambda each: each.rank(ask.aim, ground.stood))

    def better(one, two):
        return one > two if ask.aim.way is Way.MOST else one < two

    best, down = best_of(meeting), Quantity(Subject.DOWN)
    assert answer.best.entries == best.entries
    assert (answer.best.value, answer.best.down) == (best.of(ask.aim.of), best.of(down))
    others = [each for each in meeting if not alike(each, best)]
    assert (answer.runner_up is None) == (not others)
    if others:
        assert answer.runner_up.value == best_of(others).of(ask.aim.of)
        assert answer.runner_up.entries == best_of(others).entries
    for held, limit in zip(answer.held, ask.limits, strict=True):
        rest = [each for each in ask.limits if each is not limit]
        free = best_of([each for each in tried if all(each.meets(other) for other in rest)])
        assert held.value == best.of(limit.of)
        assert held.without == free.of(ask.aim.of)
    gains = [abs(held.without - answer.best.value) for held in answer.held]
    assert (answer.easing is None) == (not any(gains))
    if answer.easing is not None:
        place = gains.index(max(gains))
        limit, rest = ask.limits[place], [each for at, each in enumerate(ask.limits) if at != place]
        free = [each for each in tried if all(each.meets(other) for other in rest)]
        bounds = [each.of(limit.of) for each in free if better(each.of(ask.aim.of), answer.best.value)]
        bound = (min if limit.way is Way.MOST else max)(bounds)
        eased = [each for each in free if each.meets(Limit(limit.of, limit.way, bound))]
        assert (answer.easing.place, answer.easing.bound) == (place, bound)
        assert answer.easing.value == best_of(eased).of(ask.aim.of)
    caps = [limit for limit in ask.limits if limit.of == down and limit.way is Way.MOST][:1]
    uncapped = [
        each for each in tried if all(each.meets(limit) for limit in ask.limits if limit is not (caps or [None])[0])
    ]
    points = {(each.of(down), each.of(ask.aim.of)) for each in uncapped}
    front = sorted(
        one
        for one in points
        if not any(two != one and two[0] <= one[0] and not better(one[1], two[1]) for two in points)
    )
    assert [(each.down, each.value) for each in answer.front] == front
    for each in answer.front:
        same = [one for one in uncapped if (one.of(down), one.of(ask.aim.of)) == (each.down, each.value)]
        assert each.entries == best_of(same).entries


def alike(one, two):
    """Whether as many customers with as much stand in every state, kind by kind."""
    return (one.migration.sums.sum(axis=2) == two.migration.sums.sum(axis=2)).all()


def check_clash(answer, ask, tried):
    def can_hold(limits):
        return any(all(each.meets(limit) for limit in limits) for each in tried)

    clash = [each.limit for each in answer.limits]
    assert not can_hold(clash)
    for at in range(len(clash)):
        assert can_hold([limit for place, limit in enumerate(clash) if place != at])
    smaller = chain.from_iterable(combinations(ask.limits, size) for size in range(len(clash)))
    assert all(can_hold(some) for some in smaller)
    for each in answer.limits:
        places = [place for place, limit in enumerate(ask.limits) if limit is each.limit]
        others = [limit for place, limit in enumerate(ask.limits) if place not in places[:1]]
        assert each.is_enough == can_hold(others)
        rest = others if each.is_enough else [limit for limit in clash if limit is not each.limit]
        values = [one.of(each.limit.of) for one in tried if all(one.meets(limit) for limit in rest)]
        assert each.needed == (min if each.limit.way is Way.MOST else max)(values)


def layer_of(people, tiers=3):
    """A score layer of persons given as (score, rank before, assets), one region; no gates."""
    scores = np.array(sorted({score for score, _, _ in people}), np.int64)
    n_states = tiers + 3
    top = np.zeros((3, 1, n_states, n_states), np.int64)
    change = np.zeros((tiers - 1, len(scores) + 1, 3, 1, n_states, n_states), np.int64)
    for score, before, assets in people:
        for measure, amount in ((0, 1), (1, assets)):
            top[measure, 0, before, tiers - 1] += amount
            for boundary in range(tiers - 1):
                change[boundary, np.searchsorted(scores, score) + 1 :, measure, 0, before, boundary] += amount
                change[boundary, np.searchsorted(scores, score) + 1 :, measure, 0, before, boundary + 1] -= amount
    nobody = KindScores(scores[:0], 1, top * 0, change[:, :1] * 0)
    return top, KindScores(scores, 1, top, change), nobody


def ground_by_hand(house_standard, people, step=1000, *, both=False):
    _, persons, nobody = layer_of(people)
    states = states_of(house_standard)
    layer = ScoreLayer(states, states, ("",), (persons, persons if both else nobody))
    return ground_of(layer, house_standard, step)


def found(ground, aim, *limits) -> Found:
    answer = seek(ground, Ask(aim, limits, (Kind.PERSON,), 1000))
    assert isinstance(answer, Found)
    return answer


def clash(ground, aim, *limits) -> Clash:
    answer = seek(ground, Ask(aim, limits, (Kind.PERSON,), 1000))
    assert isinstance(answer, Clash)
    return answer


COVERED = Quantity(Subject.COVER, "assets", rank=1)
COVER_MOST = Aim(COVERED, Way.MOST)
NOBODY_DOWN = Limit(Quantity(Subject.DOWN), Way.MOST, 0)
PEOPLE = [(85, 2, 900), (75, 1, 500), (65, 1, 300), (55, 0, 200), (35, 0, 100)]
"""Entries stand at 60 and 80; one person in High, two in Mid, two in Basic."""


def test_by_hand_where_no_limit_stands_in_the_way_everyone_is_covered(house_standard):
    ground = ground_by_hand(house_standard, PEOPLE)
    answer = found(ground, COVER_MOST, Limit(Quantity(Subject.TIER, rank=1), Way.MOST, 3), NOBODY_DOWN)
    # High takes 85 and 75 (entry 70), Mid the other three (entry 30): 900 + 500 + 300 + 200 + 100.
    assert (answer.best.entries[0], answer.best.value, answer.best.down) == ((3000, 7000), 2000, 0)
    assert answer.easing is None


def test_by_hand_quotas_bind_and_the_least_easing_is_one_customer_more(house_standard):
    quotas = [Limit(Quantity(Subject.TIER, rank=rank), Way.MOST, n) for rank, n in ((1, 1), (2, 2))]
    answer = found(ground_by_hand(house_standard, PEOPLE), COVER_MOST, *quotas)
    # Two in High, one in Mid: 900 + 500 + 300. A quota less, and everybody fits; one place more in Mid adds 200.
    assert (answer.best.entries[0], answer.best.value) == ((6000, 7000), 1700)
    assert [held.without for held in answer.held] == [2000, 2000]
    assert answer.easing == Easing(place=0, bound=2, value=1900)
    # Next: one in High and one in Mid, 900 + 500 (65 goes down).
    assert answer.runner_up == Solution(((7000, 8000), (6000, 8000)), value=1400, down=1)


def test_by_hand_limits_that_clash_are_named_with_what_each_would_need(house_standard):
    quota = Limit(Quantity(Subject.TIER, rank=2), Way.LEAST, 3)
    few_up = Limit(Quantity(Subject.UP), Way.MOST, 1)
    answer = clash(
        ground_by_hand(house_standard, PEOPLE), COVER_MOST, Limit(Quantity(Subject.MOVERS), Way.MOST, 5), quota, few_up
    )
    # Three in High ask for an entry of 60, so Mid's is 50 at most and 75, 65 and 55 go up. One up: two in High.
    assert [(each.limit, each.needed, each.is_enough) for each in answer.limits] == [
        (quota, 2, True),
        (few_up, 3, True),
    ]


def test_by_hand_a_share_is_brought_to_the_whole_customer_that_keeps_it(house_standard):
    ground = ground_by_hand(house_standard, PEOPLE)
    in_high = Quantity(Subject.TIER, rank=2)
    least, most = (Limit(in_high, way, 3000, is_share=True) for way in (Way.LEAST, Way.MOST))
    # 30 % of five is one and a half: at least two, at most one.
    assert (ground.bound(least), ground.bound(most)) == (2, 1)
    assert [each.needed for each in clash(ground, COVER_MOST, least, most).limits] == [1, 2]


def test_by_hand_the_fewest_managers_are_found_though_they_are_rounded_up(house_standard):
    nobody = Limit(Quantity(Subject.MANAGERS), Way.MOST, 0)
    # One manager serves all five where all are in one tier; today three serve three tiers.
    assert [each.needed for each in clash(ground_by_hand(house_standard, PEOPLE), COVER_MOST, nobody).limits] == [1]


def test_money_beyond_2_to_53_is_told_apart_by_one(house_standard):
    great = 2**60
    ground = ground_by_hand(house_standard, [(85, 2, great), (65, 1, great + 1), (55, 0, great)])
    in_mid = Aim(Quantity(Subject.TIER, "assets", rank=1), Way.MOST)
    assert found(ground, in_mid, Limit(Quantity(Subject.TIER, rank=1), Way.MOST, 1)).best.value == great + 1
    two = Limit(Quantity(Subject.COVER, rank=1), Way.MOST, 2)
    answer = clash(ground, COVER_MOST, two, Limit(COVERED, Way.LEAST, 2 * great + 2))
    assert [each.needed for each in answer.limits] == [3, 2 * great + 1]


@pytest.mark.parametrize(
    ("kinds", "limits", "code"),
    [
        ((), (), "GOAL-001"),
        ((Kind.PERSON,), (NOBODY_DOWN,) * 21, "GOAL-002"),
        ((Kind.PERSON,), (Limit(COVERED, Way.LEAST, -1),), "GOAL-003"),
        ((Kind.PERSON,), (Limit(COVERED, Way.LEAST, 10_001, is_share=True),), "GOAL-003"),
        (BOTH, (), "GOAL-006"),
        ((Kind.ENTERPRISE,), (), "GOAL-006"),
    ],
)
def test_what_cannot_be_asked_is_said(house_standard, kinds, limits, code):
    with pytest.raises(TierdeskError) as raised:
        seek(ground_by_hand(house_standard, PEOPLE), Ask(COVER_MOST, limits, kinds, 1000))
    assert raised.value.code == code


def test_a_grid_that_is_too_fine_names_one_that_is_not(house_standard):
    ground = ground_by_hand(house_standard, PEOPLE, step=20, both=True)
    with pytest.raises(TierdeskError, match=r"15,687,562,500 combinations.*a grid of 0.5 points") as raised:
        seek(ground, Ask(COVER_MOST, (), BOTH, 20))
    assert raised.value.code == "GOAL-004"


def test_managers_cannot_be_limited_where_a_caseload_is_below_one(house_standard):
    service = house_standard.service["HIGH"]
    none = service.model_copy(update={"caseload": service.caseload.model_copy(update={"value": Decimal(0)})})
    draft = house_standard.model_copy(update={"service": house_standard.service | {"HIGH": none}})
    with pytest.raises(TierdeskError) as raised:
        found(ground_by_hand(draft, PEOPLE), COVER_MOST, Limit(Quantity(Subject.MANAGERS), Way.MOST, 3))
    assert raised.value.code == "GOAL-005"


def test_one_customer_alone_has_an_answer(house_standard):
    answer = found(ground_by_hand(house_standard, [(65, 1, 7)]), COVER_MOST, NOBODY_DOWN)
    assert (answer.best.entries[0], answer.best.value) == ((6000, 8000), 7)
    assert [(each.down, each.value) for each in answer.front] == [(0, 7)]


@FEW
@given(data=st.data())
def test_managers_are_rounded_up_tier_by_tier_even_where_halves_are_negative(data):
    loads = data.draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    amounts = st.lists(st.integers(-30, 40), min_size=3, max_size=3)
    tiers = [(np.array(data.draw(amounts)), np.array(data.draw(amounts))) for _ in loads]
    most = data.draw(st.integers(-20, 60))
    expected = [
        [
            sum(-(-int(rows[a] + columns[b]) // load) for (rows, columns), load in zip(tiers, loads, strict=True))
            <= most
            for b in range(3)
        ]
        for a in range(3)
    ]
    assert staffed(tiers, loads, most).allows(slice(0, 3)).tolist() == expected


@FEW
@given(
    rows=st.lists(st.integers(-(2**60), 2**60), min_size=1),
    columns=st.lists(st.integers(-(2**60), 2**60), min_size=1),
    most=st.integers(-(2**70), 2**70),
)
def test_a_gate_compares_sums_of_any_size_exactly(rows, columns, most):
    gate = below(np.array(rows), np.array(columns), most)
    assert gate.allows(slice(0, len(rows))).tolist() == [[a + b <= most for b in columns] for a in rows]


@pytest.mark.parametrize(("positions", "boundaries"), [(5, 0), (5, 1), (6, 2), (6, 3), (4, 4), (3, 4)])
def test_choices_ascend_strictly_and_none_is_missing(positions, boundaries):
    assert [tuple(each) for each in ascending(positions, boundaries).tolist()] == list(
        combinations(range(positions), boundaries)
    )


@pytest.mark.parametrize(("boundaries", "kinds", "step"), [(2, 2, 50), (2, 1, 1), (3, 1, 20), (8, 2, 1000), (1, 2, 1)])
def test_the_finest_step_that_is_not_too_much(boundaries, kinds, step):
    assert finest_step(boundaries, kinds) == step
