"""Every sort of what-if against a fresh DuckDB scan of the classified columns, in one run.

    python -m benchmarks.bench_whatif --customers 10000000 --rounds 5

Before anything is timed, each answer is compared with a scan of all customers, whole tables of 64-bit integers. Sizes
above 10 million are the 10 million of the demo bank several times over, with money a little different in each.
``--memory`` builds the layers alone and prints the peak memory of that process.
"""

import argparse
import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from analytics.classify.grid import grid_of
from analytics.classify.keys import key_steps
from analytics.classify.twin import twin_steps
from analytics.cube.cells import cells_from, pair_cell_steps
from analytics.cube.groupings import BY_REGION
from analytics.cube.layers.bins import bins_of
from analytics.cube.layers.fine import Fine
from analytics.cube.layers.rest_layer import RestLayer
from analytics.cube.layers.resting import Resting, beside, rest_layer
from analytics.cube.layers.score_layer import score_layer
from analytics.cube.layers.signature_layer import signature_layer
from analytics.cube.recount import Migration, migrate
from analytics.desks.house import load_contract
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.settings import HOME
from analytics.standard.change import Override, apply
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml, validate
from analytics.steps import statement
from analytics.store import slabs
from analytics.store.connect import Store
from analytics.store.snapshots import facts_table
from analytics.vocabulary import Kind
from benchmarks.prepare import multiplied
from benchmarks.rounds import peak_memory

GROUPS = {"region": BY_REGION.value}
BY = ("region",)
SCAN = "fresh DuckDB scan of the classified columns"


@dataclass(frozen=True)
class Task:
    """Something to time: ``times`` calls in a row, of which the mean counts."""

    name: str
    run: Callable[[], object]
    times: int = 1


class Bench:
    """One snapshot with its layers, and drafts of the house's standard."""

    def __init__(self, path: Path, snapshot_id: str, folder: Path, memory: str) -> None:
        self.contract = load_contract()
        self.rules = read_toml((HOME / "rules.toml").read_text(encoding="utf-8"))
        self.law = validate(self.rules, self.contract)
        self.grid = grid_of(self.law, self.contract)
        self.bins = bins_of(self.grid, self.contract)
        self.store = Store.open(path, memory=memory)
        self.cursor, self.facts, self.folder = self.store.cursor(), facts_table(snapshot_id), folder / "slab"

    def draft(self, *moves: tuple[str, int | Decimal]) -> Standard:
        return validate(apply(self.rules, [Override(path, value) for path, value in moves]), self.contract)

    def scan(self) -> None:
        flags = {column.name for column in self.contract.facts if column.type == "flag"}
        sums = ", ".join(f"sum(CAST({n} AS TINYINT))" if n in flags else f"sum({n})" for n in self.grid.columns)
        self.cursor.execute(f"SELECT {sums} FROM {self.facts}").fetchall()

    def classified(self) -> None:
        """One classification pass as a run makes it: keys of everyone, written to the store's file."""
        self.cursor.execute("DROP TABLE IF EXISTS bench_keys")
        self.cursor.execute("BEGIN")
        size = sum(self.grid.size(kind) for kind in range(len(Kind)))
        DuckDBEngine(self.cursor).create_keys("bench_keys", key_steps(self.grid, self.facts), size)
        self.cursor.execute("COMMIT")

    def by_case(self) -> None:
        """One classification pass as plain SQL: score, tier and reasons of everyone by CASE, kept in a table."""
        twin = statement(twin_steps(self.law, self.grid, self.contract, self.facts))
        self.cursor.execute(f"CREATE OR REPLACE TABLE bench_case AS {twin}")

    def fine(self) -> Fine:
        """The fine grid, made anew."""
        rows = DuckDBEngine(self.cursor).stream(self.bins.steps(self.facts, GROUPS))
        slabs.write(self.folder, self.bins, GROUPS, rows)
        found = slabs.read(self.folder, self.bins)
        assert found is not None
        return found

    def scanned(self, draft: Standard) -> Migration:
        """What a scan of all customers says."""
        grid = grid_of(draft, self.contract)
        steps = pair_cell_steps(self.grid, grid, self.facts, [BY_REGION])
        return migrate(cells_from(DuckDBEngine(self.cursor).fetch(steps), BY), (self.law, self.grid), (draft, grid))

    def layers(self) -> None:
        """L0, L1 and L2, made anew."""
        fine = self.fine()
        cells = fine.cells(self.grid, self.grid, BY)
        assert cells is not None
        judged = self.law, self.grid
        signature_layer(cells, judged, judged)
        score_layer(cells, judged, judged)


MANY = (
    ("dimension.assets.person.bands[2].from", 180_000),
    ("dimension.assets.person.bands[3].from", 481_234),
    ("dimension.assets.person.bands[4].from", 1_100_000),
    ("dimension.contribution.person.bands[3].from", 2_100),
    ("dimension.contribution.person.bands[4].from", 4_900),
    ("dimension.credit.person.bands[2].from", 560),
    ("dimension.tenure.person.bands[2].from", 2),
    ("dimension.assets.enterprise.bands[3].from", 4_900_000),
)
HEAVIER = (("dimension.assets.person.weight", 41), ("dimension.credit.person.weight", 14))
WILD = (("dimension.assets.person.weight", 5), ("dimension.credit.person.weight", 50))


def tasks(bench: Bench) -> list[Task]:
    """Everything that is timed, its answers compared with a scan first."""
    law, grid = bench.law, bench.grid
    fine = bench.fine()
    cells = fine.cells(grid, grid, BY)
    assert cells is not None
    signatures = signature_layer(cells, (law, grid), (law, grid))
    scores = score_layer(cells, (law, grid), (law, grid))
    lower, heavier, wild = (bench.draft(*moves) for moves in ((("tier[1].entry.person", 58),), HEAVIER, WILD))
    entries = tuple(lower.entries(kind) for kind in Kind)
    many, again = bench.draft(*MANY), bench.draft(*MANY, *HEAVIER)
    many_grid = grid_of(many, bench.contract)
    many_cells = fine.cells(grid, many_grid, BY)
    assert many_cells is not None
    many_layer = signature_layer(many_cells, (law, grid), (many, many_grid))
    same(scores.migration(entries), bench.scanned(lower))
    for draft in (heavier, wild):
        same(signatures.migration(draft), bench.scanned(draft))
    same(many_layer.migration(again), bench.scanned(again))
    layer, resting = in_hand(fine, bench)
    curve = layer.curve(2)
    place = len(curve.places) // 2
    mark, between = int(curve.places[place]), int(curve.places[place]) + 123_456
    for amount, answer in ((mark, curve.at(place)), (between, beside(layer, resting, curve, 2, between)[1])):
        moved = bench.draft(("dimension.assets.person.bands[3].from", Decimal(amount) / 100))
        assert (answer == bench.scanned(moved).sums[:, 0].sum(axis=1)).all(), amount
    print("every answer equals a scan of all customers")
    return [
        Task(SCAN, bench.scan),
        Task("a draft by a scan: two keys of everyone, grouped", lambda: bench.scanned(many)),
        Task("entry score: kind, region, state before and after (L2)", lambda: scores.migration(entries), 2_000),
        Task("weights, moderate: the same (L1)", lambda: signatures.migration(heavier), 20),
        Task("weights, wild: the same (L1)", lambda: signatures.migration(wild), 20),
        Task("edge picked up: its whole curve (A(d))", lambda: layer.curve(2), 3),
        Task("edge dragged: one place (A(d))", lambda: curve.at(place), 2_000),
        Task("edge beside the marks", lambda: beside(layer, resting, curve, 2, between), 3),
        Task("8 edges moved: counted once (L0)", lambda: recounted(fine, bench, many)),
        Task("8 edges moved: weights after that (L1)", lambda: many_layer.migration(again), 20),
        Task("dimension taken into the hand: A(d) made", lambda: in_hand(fine, bench)),
        Task("one classification pass: keys of everyone, written", bench.classified),
        Task("one classification pass: plain CASE query, kept", bench.by_case),
        Task("layers beside it: L0, L1, L2", bench.layers),
    ]


def in_hand(fine: Fine, bench: Bench) -> tuple[RestLayer, Resting]:
    """The rest layer of persons' assets."""
    judged = bench.law, bench.grid
    found = rest_layer(fine, judged, judged, Kind.PERSON, "assets")
    assert found is not None
    return found


def recounted(fine: Fine, bench: Bench, draft: Standard) -> Migration:
    """A draft with other edges from the fine grid."""
    grid = grid_of(draft, bench.contract)
    cells = fine.cells(bench.grid, grid, BY)
    assert cells is not None
    return signature_layer(cells, (bench.law, bench.grid), (draft, grid)).migration(draft)


def same(found: Migration, expected: Migration) -> None:
    """Raises ``AssertionError`` where two answers differ in any customer or cent, whatever the order of the groups."""
    order = [found.groups.index(group) for group in expected.groups]
    assert (found.sums[:, :, order] == expected.sums).all()
    assert found.sums.sum() == expected.sums.sum()


def measured(all_tasks: list[Task], rounds: int) -> str:
    """A table of medians; every task once a round, after one round that is not counted."""
    found: dict[str, list[float]] = {task.name: [] for task in all_tasks}
    for turn in range(rounds + 1):
        for task in all_tasks:
            gc.collect()
            started = time.perf_counter()
            for _ in range(task.times):
                task.run()
            if turn:
                found[task.name].append((time.perf_counter() - started) / task.times * 1000)
    base = statistics.median(found[SCAN])
    lines = ["| what | ms | of a fresh scan |", "|---|---:|---:|"]
    for task in all_tasks:
        median = statistics.median(found[task.name])
        ratios = [each / scan for each, scan in zip(found[task.name], found[SCAN], strict=True)]
        lines.append(f"| {task.name} | {median:,.3f} | {statistics.median(ratios):.6f} |")
    return "\n".join([*lines, "", f"scan: {base:.1f} ms"])


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--customers", type=int, default=1_000_000)
    said.add_argument("--rounds", type=int, default=5)
    said.add_argument("--memory", metavar="LIMIT", help="build the layers alone, DuckDB limited to LIMIT")
    given = said.parse_args()
    path, snapshot_id = multiplied(given.customers)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        bench = Bench(path, snapshot_id, Path(folder), given.memory or "4GB")
        if given.memory:
            bench.layers()
            in_hand(bench.fine(), bench)
            print(peak_memory())
            return
        print(f"{given.customers:,} customers")
        print(measured(tasks(bench), given.rounds))
        bench.store.close()
    command = [sys.executable, "-m", "benchmarks.bench_whatif", "--customers", str(given.customers)]
    peak = subprocess.run([*command, "--memory", "256MB"], capture_output=True, text=True, check=True).stdout.strip()
    print(f"peak memory of making all layers, DuckDB limited to 256 MB: {peak} MiB")


if __name__ == "__main__":
    main()
