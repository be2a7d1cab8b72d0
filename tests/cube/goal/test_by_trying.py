"""Goal-seek finds what trying every combination finds, and says truly what holds it back."""

from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from analytics.cube.cells import MEASURES
from analytics.cube.goal import search
from analytics.cube.goal.ask import Aim, Ask, Limit, Quantity, Subject, Way
from analytics.cube.goal.seek import Clash, Found, seek
from analytics.vocabulary import Kind
from tests.cube.goal.trying import STEP, tried_all
from tests.population import customers
from tests.strategies import standards

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
BOTH = tuple(Kind)


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
