"""Goal-seek: the best entry scores under limits, what holds them back, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.classify.grid import Ints
from analytics.cube.goal.ask import Ask, Limit, Subject, Way, require_sense
from analytics.cube.goal.clash import Clashing, clashing, nearest
from analytics.cube.goal.front import front
from analytics.cube.goal.gates import Gate, gate_of
from analytics.cube.goal.ground import Ground
from analytics.cube.goal.halves import combinations, halves_of
from analytics.cube.goal.search import (
    DOWN,
    Pick,
    Ranked,
    first_columns,
    first_of_some,
    held_back,
    ranked,
)
from analytics.errors import TierdeskError
from analytics.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Solution:
    """Entry scores in hundredths of a point by kind, lowest tier first; what the aim counts, and who goes down."""

    entries: tuple[tuple[int, ...], ...]
    value: int
    down: int


@dataclass(frozen=True, slots=True)
class Held:
    """A limit at the best solution: ``bound`` and ``value`` in customers, people or minor units.

    ``without`` is what the aim would reach if this limit alone were dropped; better than the best, and it binds.
    """

    limit: Limit
    bound: int
    value: int
    without: int


@dataclass(frozen=True, slots=True)
class Easing:
    """The least change of one limit that lets the aim be better: its new bound, and what the aim reaches then."""

    place: int
    bound: int
    value: int


@dataclass(frozen=True)
class Found:
    """The best solution of a grid.

    ``runner_up`` is the next one that puts somebody elsewhere, ``front`` every undominated pair of the aim and the
    customers who go down where no limit is put on these, ``easing`` of the limit that holds back most.
    """

    best: Solution
    runner_up: Solution | None
    held: tuple[Held, ...]
    easing: Easing | None
    front: tuple[Solution, ...]
    n_combinations: int


@dataclass(frozen=True)
class Clash:
    """No solution: limits that cannot hold together, as few as there can be; without any one of them the rest can."""

    limits: tuple[Clashing, ...]
    n_combinations: int


def seek(ground: Ground, ask: Ask) -> Found | Clash:
    """The best entry scores under the limits of ``ask``, out of every combination of the grid.

    Entry scores ascend strictly, as a sound standard's do. See ``search.Ranked`` for what is preferred among equals.
    Raises ``GOAL-001`` to ``-006`` for what cannot be asked.
    """
    require_sense(ask)
    _require_movable(ground, ask)
    _require_caseloads(ground, ask)
    halves = halves_of(ground, ask)
    space = ranked(halves, ask.aim)
    gates = [gate_of(limit, space.halves) for limit in ask.limits]
    first = first_columns(space, gates)
    looked_at = combinations(len(ground.positions), ground.n_tiers - 1, len(halves.moving))
    best = space.best(first[0])
    if best is None:
        return Clash(clashing(halves, ask.limits, held_back(space, gates)), looked_at)
    held = _held(space, ask, best, first[1:])
    runner_up = _runner_up(space, gates, best, first[0])
    return Found(
        _solution(space, best),
        None if runner_up is None else _solution(space, runner_up),
        held,
        _easing(space, ask, held, best, first[1:]),
        _front(space, ask, gates, first),
        looked_at,
    )


def _solution(space: Ranked, pick: Pick) -> Solution:
    return Solution(space.halves.entries(pick.row, pick.column), pick.value, pick.down)


def _is_cap(limit: Limit) -> bool:
    return limit.of == DOWN and limit.way is Way.MOST


def _held(space: Ranked, ask: Ask, best: Pick, without: Ints) -> tuple[Held, ...]:
    """Every limit at the best solution."""
    ground = space.halves.ground
    migration = space.migration(best)
    found = []
    for limit, first in zip(ask.limits, without, strict=True):
        other = space.best(first)
        assert other is not None  # the best itself is let through
        found.append(Held(limit, ground.bound(limit), ground.measured(limit.of, migration), other.value))
    return tuple(found)


def _runner_up(space: Ranked, gates: Sequence[Gate], best: Pick, first: Ints) -> Pick | None:
    rows, columns = space.halves.alike(best.row, best.column)
    others = first.copy()
    others[rows] = first_of_some(space, gates, rows, columns)[rows]
    return space.best(others)


def _easing(space: Ranked, ask: Ask, held: Sequence[Held], best: Pick, without: Ints) -> Easing | None:
    """How little the limit that holds back most must give for the aim to be better at all."""
    gains = [abs(each.without - best.value) for each in held]
    if not gains or max(gains) == 0:
        return None
    place, most = gains.index(max(gains)), ask.aim.way is Way.MOST
    limit, others = ask.limits[place], [each for at, each in enumerate(ask.limits) if at != place]
    better = Limit(ask.aim.of, ask.aim.way.other, best.value + (1 if most else -1))
    rows, values = space.values(without[place])
    rows = rows[values > best.value if most else values < best.value]
    bound = nearest(space.halves, limit, [*others, better], rows)
    assert bound is not None  # without the limit the aim is better
    eased = [gate_of(each, space.halves) for each in (Limit(limit.of, limit.way, bound), *others)]
    found = space.best(first_of_some(space, eased, rows))
    assert found is not None
    return Easing(place, bound, found.value)


def _front(space: Ranked, ask: Ask, gates: Sequence[Gate], first: Ints) -> tuple[Solution, ...]:
    """The front under all limits but a cap on who goes down."""
    cap = next((place for place, limit in enumerate(ask.limits) if _is_cap(limit)), None)
    if cap is None:
        picks = front(space, gates, first[0])
    else:
        picks = front(space, [*gates[:cap], *gates[cap + 1 :]], first[cap + 1])
    return tuple(_solution(space, pick) for pick in picks)


def _require_movable(ground: Ground, ask: Ask) -> None:
    stuck = [kind.label for kind in ask.kinds if kind not in ground.movable]
    if stuck:
        zh, en = "、".join(each.zh for each in stuck), " and ".join(each.en.lower() for each in stuck)
        raise TierdeskError(
            "GOAL-006",
            Text(f"调整准入分不会改变任何{zh}客户的层级。", f"No entry score would move any customer among {en}."),
            Text("请只选择有评分客户的客户性质。", "Choose kinds that have customers with a score."),
        )


def _require_caseloads(ground: Ground, ask: Ask) -> None:
    if any(limit.of.subject is Subject.MANAGERS for limit in ask.limits) and (ground.caseloads() < 1).any():
        raise TierdeskError(
            "GOAL-005",
            Text(
                "草案中有层级的管户数不足一户，无法计算客户经理人数。",
                "The draft has a caseload below one customer, so managers cannot be counted.",
            ),
            Text("请先改正管户数，或去掉人数约束。", "Mend the caseload first, or leave out the limits on managers."),
        )
