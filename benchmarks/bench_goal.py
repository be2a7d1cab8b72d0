"""Goal-seek against plain outer sums in 64-bit integers and against recounting each combination, in one run.

    python -m benchmarks.bench_goal --customers 1000000 --rounds 5

Two searches under eight limits: one kind's two entry scores on a grid of 0.1 points (1,001 positions), and both kinds'
four on a grid of 1 point. All variants find the same value of the aim, or the run stops.
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analytics.classify.grid import Ints, grid_of
from analytics.cube.goal.ask import Aim, Ask, Limit, Quantity, Subject, Way
from analytics.cube.goal.gates import gate_of
from analytics.cube.goal.ground import Ground, ground_of
from analytics.cube.goal.halves import Halves, halves_of
from analytics.cube.goal.search import first_of_some, ranked
from analytics.cube.goal.seek import Found, seek
from analytics.cube.layers.score_layer import score_layer
from analytics.cube.recount import migrate
from analytics.desks.house import House, load_contract
from analytics.desks.whatif.bench import Counted, Side, counted
from analytics.settings import HOME, Settings
from analytics.standard.parse import read_toml, validate
from analytics.store.connect import Store
from analytics.vocabulary import Kind
from benchmarks.prepare import prepared
from benchmarks.rounds import interleaved, table

PLAIN = "plain outer sums, int64"
AIM = Aim(Quantity(Subject.COVER, "assets", rank=1), Way.MOST)
SEARCHES = {"one kind, grid 0 to 1,000": ((Kind.PERSON,), 10), "two kinds, grid 0 to 100": (tuple(Kind), 100)}


def limits_of(ground: Ground) -> tuple[Limit, ...]:
    """Eight limits around where the standard stands."""
    today = ground.layer.migration(ground.stood)
    high, mid = (Quantity(Subject.TIER, rank=rank) for rank in (2, 1))
    managers, cost = Quantity(Subject.MANAGERS), Quantity(Subject.COST)
    return (
        Limit(Quantity(Subject.DOWN), Way.MOST, 200, is_share=True),
        Limit(Quantity(Subject.MOVERS), Way.MOST, 1000, is_share=True),
        Limit(managers, Way.MOST, ground.measured(managers, today)),
        Limit(cost, Way.MOST, ground.measured(cost, today)),
        Limit(high, Way.MOST, ground.measured(high, today) * 6 // 5),
        Limit(high, Way.LEAST, ground.measured(high, today) * 4 // 5),
        Limit(mid, Way.MOST, ground.measured(mid, today) * 6 // 5),
        Limit(Quantity(Subject.KEPT, group=ground.layer.groups[0]), Way.LEAST, 9500, is_share=True),
    )


@dataclass(frozen=True)
class Search:
    """One search over one ground, every way."""

    ground: Ground
    ask: Ask

    def best_alone(self) -> int | None:
        """The best entry scores and nothing else."""
        space = ranked(halves_of(self.ground, self.ask), self.ask.aim)
        gates = [gate_of(limit, space.halves) for limit in self.ask.limits]
        best = space.best(first_of_some(space, gates, np.arange(space.n_rows)))
        return None if best is None else best.value

    def whole(self) -> int | None:
        """With runner-up, what every limit costs, the least easing, and the Pareto front."""
        answer = seek(self.ground, self.ask)
        return answer.best.value if isinstance(answer, Found) else None

    def plain(self) -> int | None:
        """Every quantity of every combination added up, compared, and the largest aim of what is left."""
        halves = halves_of(self.ground, self.ask)
        aim, size = halves.sums(AIM.of), max(1, (1 << 18) // len(halves.columns.at))
        parts = [(limit, *self._parts(halves, limit)) for limit in self.ask.limits]
        found = []
        for at in range(0, len(halves.rows.at), size):
            rows = slice(at, at + size)
            meets = np.ones((len(halves.rows.at[rows]), len(halves.columns.at)), np.bool_)
            if halves.is_split:
                meets &= halves.rows.at[rows, -1:] < halves.columns.at[:, 0]
            for limit, sums, loads in parts:
                total: Ints = sum(-(-(a[rows, None] + b) // load) for (a, b), load in zip(sums, loads, strict=True))  # type: ignore[assignment]  # an array, as there is one at least
                bound = self.ground.bound(limit)
                meets &= total <= bound if limit.way is Way.MOST else total >= bound
            values = (aim[0][rows, None] + aim[1])[meets]
            found += [int(values.max())] if len(values) else []
        return max(found, default=None)

    def _parts(self, halves: Halves, limit: Limit) -> tuple[list[tuple[Ints, Ints]], list[int]]:
        if limit.of.subject is not Subject.MANAGERS:
            return [halves.sums(limit.of)], [1]
        loads = [int(load) for load in self.ground.caseloads()]
        return [halves.sums(Quantity(Subject.TIER, rank=rank)) for rank in range(len(loads))], loads

    def variants(self) -> dict[str, Callable[[], object]]:
        return {PLAIN: self.plain, "Tierdesk, the best alone": self.best_alone, "Tierdesk, whole answer": self.whole}


def population(customers: int) -> Counted:
    """The demo bank against itself, in cells."""
    path, snapshot_id = prepared(customers)
    house = House(Settings(), load_contract(), Store.open(path, memory="4GB"))
    standard = validate(read_toml((HOME / "rules.toml").read_text(encoding="utf-8")), house.contract)
    found = counted(house, Side(snapshot_id, standard), Side(snapshot_id, standard))
    house.store.close()
    assert grid_of(standard, house.contract) == found.after[1]
    return found


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--customers", type=int, default=1_000_000)
    said.add_argument("--rounds", type=int, default=5)
    given = said.parse_args()
    found = population(given.customers)
    start = time.perf_counter()
    layer = score_layer(found.cells, found.before, found.after)
    built = time.perf_counter() - start
    start = time.perf_counter()
    migrate(found.cells, found.before, found.after)
    recount = time.perf_counter() - start
    print(
        f"{len(found.cells.before):,} cells; score layer, once: {1000 * built:.0f} ms; recount: {1000 * recount:.0f} ms"
    )
    for name, (kinds, step) in SEARCHES.items():
        start = time.perf_counter()
        ground = ground_of(layer, found.after[0], step)
        prepared_in = time.perf_counter() - start
        search = Search(ground, Ask(AIM, limits_of(ground), kinds, step))
        answers = {way: run() for way, run in search.variants().items()}
        assert len(set(answers.values())) == 1, answers
        n = seek(ground, search.ask).n_combinations
        print(f"\n{name}: {n:,} combinations, aim {answers[PLAIN]}; ground {1000 * prepared_in:.1f} ms")
        print(table(interleaved(search.variants(), baseline=PLAIN, rounds=given.rounds), PLAIN))
        print(f"a recount of each would take {n * recount / 3600:,.1f} hours")


if __name__ == "__main__":
    main()
