"""Limits that cannot hold together: the fewest that clash, and how far off each of them is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analytics.classify.grid import Ints
from analytics.cube.goal.ask import Aim, Limit, Subject, Way
from analytics.cube.goal.gates import gate_of
from analytics.cube.goal.halves import Halves
from analytics.cube.goal.search import DOWN, NONE, first_of_some, ranked


@dataclass(frozen=True, slots=True)
class Clashing:
    """A limit of a clash; ``needed`` is the bound nearest to its own that the other limits leave it.

    Where ``is_enough``, these are all other limits, so that this bound alone would make a solution. Otherwise they are
    those of the clash, and something else would clash still.
    """

    limit: Limit
    bound: int
    needed: int
    is_enough: bool


def clashing(halves: Halves, limits: Sequence[Limit], broken: Ints) -> tuple[Clashing, ...]:
    """The fewest limits that clash; ``broken`` are the sets of limits that combinations break, a bit for each."""
    clash = fewest(broken, len(limits))
    return tuple(_told(halves, limits, clash, place) for place in clash)


def fewest(broken: Ints, n_limits: int) -> tuple[int, ...]:
    """The smallest set of limits of which every combination breaks one; the first of several.

    None smaller clashes, so without any one of its limits the others can hold.
    """

    def sets() -> Iterator[tuple[int, ...]]:
        for size in range(1, n_limits + 1):
            yield from combinations(range(n_limits), size)

    return next(chosen for chosen in sets() if (broken & sum(1 << place for place in chosen)).all())


def nearest(halves: Halves, eased: Limit, others: Sequence[Limit], rows: Ints) -> int | None:
    """The bound nearest to a limit's own, at which it cannot hold together with others, at which it can, in some rows.

    ``None`` where the others clash among themselves.
    """
    if eased.of.subject is Subject.MANAGERS:
        return _fewest_managers(halves, eased, others, rows)
    space = ranked(halves, Aim(eased.of, eased.way.other))
    best = space.best(first_of_some(space, [gate_of(limit, space.halves) for limit in others], rows))
    return None if best is None else best.value


def _told(halves: Halves, limits: Sequence[Limit], clash: Sequence[int], place: int) -> Clashing:
    limit, bound = limits[place], halves.ground.bound(limits[place])
    all_others = [each for at, each in enumerate(limits) if at != place]
    every = np.arange(len(halves.rows.at))
    needed = nearest(halves, limit, all_others, every)
    if needed is not None:
        return Clashing(limit, bound, needed, is_enough=True)
    needed = nearest(halves, limit, [limits[at] for at in clash if at != place], every)
    assert needed is not None  # a smallest clash can hold without any one of its limits
    return Clashing(limit, bound, needed, is_enough=False)


def _fewest_managers(halves: Halves, eased: Limit, others: Sequence[Limit], rows: Ints) -> int | None:
    """Managers are rounded up tier by tier, so no order of columns serves every row: the bound is halved in on."""
    space = ranked(halves, Aim(DOWN, Way.LEAST))
    gates = [gate_of(limit, space.halves) for limit in others]
    first = first_of_some(space, gates, rows)
    best = space.best(first)
    if best is None:
        return None
    rows, low, high = (
        np.flatnonzero(first != NONE),
        eased.bound,
        halves.ground.measured(eased.of, space.migration(best)),
    )
    while high - low > 1:
        middle = (low + high) // 2
        gate = gate_of(Limit(eased.of, Way.MOST, middle), space.halves)
        first = first_of_some(space, [gate, *gates], rows)
        low, high = (middle, high) if (first == NONE).all() else (low, middle)
        rows = rows if high > middle else np.flatnonzero(first != NONE)
    return high
