"""Classification against a bare DuckDB sum over the same columns, beside the peers, in one run.

    python -m benchmarks.bench_classify --customers 10000000 --rounds 5

Every variant gives the same sums of scores and tiers, or the run stops. ``--memory VARIANT`` runs one variant alone
and prints its peak memory; the table's script starts those by itself.
"""

import argparse
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.classify.grid import grid_of
from analytics.classify.keys import key_steps
from analytics.classify.twin import twin_steps
from analytics.classify.verdict import judge
from analytics.cube.cells import CellKeys
from analytics.desks.house import House, load_contract
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.settings import HOME, Settings
from analytics.standard.change import Override, apply
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml, validate
from analytics.steps import statement
from analytics.store.connect import Store
from analytics.store.snapshots import facts_table
from analytics.vocabulary import Kind
from benchmarks.peers import Pandas, Polars, Sums
from benchmarks.prepare import prepared
from benchmarks.rounds import interleaved, peak_memory, table

BARE = "bare sum"


class Bench:
    """One store with one snapshot, and every way to classify it."""

    def __init__(self, path: Path, snapshot_id: str) -> None:
        self.house = House(Settings(), load_contract(), Store.open(path, memory="8GB"))
        self.cursor = self.house.store.cursor()
        self.facts, self.folder = facts_table(snapshot_id), path.parent
        rules = read_toml((HOME / "rules.toml").read_text(encoding="utf-8"))
        self.standard = validate(rules, self.house.contract)
        moved = [Override("dimension.assets.person.weight", 35), Override("dimension.tenure.person.weight", 15)]
        self.later = validate(apply(rules, [*moved, Override("tier[1].entry.person", 55)]), self.house.contract)
        self.grid = grid_of(self.standard, self.house.contract)
        assert grid_of(self.later, self.house.contract) == self.grid
        self.found = CellKeys(np.empty(0, np.int64), np.empty(0, np.int64))
        self.frames: dict[str, object] = {}

    def bare(self) -> None:
        sums = ", ".join(
            f"sum(CAST({name} AS TINYINT))" if self._is_flag(name) else f"sum({name})" for name in self.grid.columns
        )
        self.cursor.execute(f"SELECT {sums} FROM {self.facts}").fetchall()

    def _is_flag(self, name: str) -> bool:
        return self.house.contract[name].type == "flag"

    def first_pass(self) -> None:
        """Keys and categories of everyone, numbered and written to the store's file."""
        self.cursor.execute("BEGIN")
        size = sum(self.grid.size(kind) for kind in range(len(Kind)))
        engine = DuckDBEngine(self.cursor)
        self.found = engine.create_keys("bench_keys", key_steps(self.grid, self.facts), size)
        self.cursor.execute("COMMIT")
        self.cursor.execute("DROP TABLE IF EXISTS bench_kept")
        self.cursor.execute("ALTER TABLE bench_keys RENAME TO bench_kept")

    def keys_only(self) -> None:
        """The keys alone, summed and not written: the scan itself."""
        self.cursor.execute(
            f"SELECT sum(key), sum(category) FROM ({statement(key_steps(self.grid, self.facts))})"
        ).fetchall()

    def _answers(self, standard: Standard) -> pa.Table:
        """The verdict on each cell."""
        verdicts = judge(standard, self.grid, self.found.keys)
        columns = {"cell": self.found.cells.astype(np.int32), "score": verdicts.score.astype(np.int32)}
        columns |= {"tier": verdicts.tier.astype(np.int8), "reasons": verdicts.reasons.astype(np.int32)}
        return pa.table(columns)

    def from_keys(self, standard: Standard) -> Sums:
        """A standard on the same grid: judge each signature, join every customer."""
        self.cursor.register("answers", self._answers(standard))
        primary = len(self.grid.labels) + 1
        rows = self.cursor.execute(
            f"SELECT sum(a.score), sum(a.tier), sum(k.category % {primary}), sum(a.reasons) "
            "FROM bench_kept AS k JOIN answers AS a ON k.cell = a.cell"
        ).fetchall()
        self.cursor.unregister("answers")
        return _sums(rows)

    def later_standard(self) -> None:
        """Score, tier and reasons of everyone under a later standard; categories stay as they were kept."""
        self.cursor.register("answers", self._answers(self.later))
        self.cursor.execute(
            "SELECT sum(a.score), sum(a.tier), sum(a.reasons) FROM bench_kept AS k JOIN answers AS a ON k.cell = a.cell"
        ).fetchall()
        self.cursor.unregister("answers")

    def _case_text(self) -> str:
        """The plain SQL twin with the primary category beside it: one SELECT of CASE expressions a customer."""
        twin = statement(twin_steps(self.standard, self.grid, self.house.contract, self.facts))
        balances = []
        for label in self.grid.labels:
            least = f"CASE WHEN kind = 1 THEN {label.at_least[0]} ELSE {label.at_least[1]} END"
            balances.append(f"CASE WHEN {label.column} >= {least} THEN {label.column} ELSE -1 END")
        largest = f"GREATEST({', '.join(balances)})"
        whens = " ".join(f"WHEN {balance} = {largest} THEN {place}" for place, balance in enumerate(balances, 1))
        category = f"CASE WHEN {largest} < 0 THEN 0 {whens} ELSE 0 END"
        return (
            f"SELECT t.score, t.tier, c.category, t.reasons FROM ({twin}) AS t POSITIONAL JOIN "
            f"(SELECT {category} AS category FROM {self.facts}) AS c"
        )

    def case_query(self) -> Sums:
        rows = self.cursor.execute(
            f"SELECT sum(score), sum(tier), sum(category), sum(reasons) FROM ({self._case_text()})"
        ).fetchall()
        return _sums(rows)

    def case_kept(self) -> None:
        self.cursor.execute(f"CREATE OR REPLACE TABLE bench_case AS {self._case_text()}")

    def polars_kept(self) -> None:
        """From Parquet to Parquet: what an analyst without a store would keep."""
        import polars as pl

        self._parquet()
        frame = pl.read_parquet(self.folder / "bench_facts.parquet")
        Polars(frame, self.standard, self.house.contract).results().write_parquet(self.folder / "bench_polars.parquet")

    def _parquet(self) -> None:
        path = self.folder / "bench_facts.parquet"
        if not path.exists():
            columns = ", ".join(self.grid.columns)
            self.cursor.execute(f"COPY (SELECT {columns} FROM {self.facts}) TO '{path}' (FORMAT parquet)")

    def pandas(self) -> Sums:
        if "pandas" not in self.frames:
            self.frames["pandas"] = self._select().to_pandas()
        return Pandas(self.frames["pandas"], self.standard, self.house.contract).sums()

    def polars(self) -> Sums:
        import polars as pl

        if "polars" not in self.frames:
            self.frames["polars"] = pl.from_arrow(self._select())
        return Polars(self.frames["polars"], self.standard, self.house.contract).sums()

    def _select(self) -> pa.Table:
        return self.cursor.sql(f"SELECT {', '.join(self.grid.columns)} FROM {self.facts}").to_arrow_table()

    def variants(self) -> dict[str, Callable[[], object]]:
        return {
            BARE: self.bare,
            "Tierdesk, keys computed (not written)": self.keys_only,
            "Tierdesk, first pass (keys numbered and written)": self.first_pass,
            "Tierdesk, later standard on the same grid": self.later_standard,
            "one DuckDB CASE query": self.case_query,
            "one DuckDB CASE query, results kept in a table": self.case_kept,
            "Polars lazy, in memory": self.polars,
            "Polars from Parquet, results kept in Parquet": self.polars_kept,
            "pandas np.select, in memory": self.pandas,
        }


def _sums(rows: list[tuple[int, ...]]) -> Sums:
    score, tier, category, reasons = rows[0]
    return int(score), int(tier), int(category), int(reasons)


def agree(bench: Bench) -> None:
    """Every way gives the same sums; raises ``AssertionError`` otherwise."""
    bench.first_pass()
    answers = {"keys": bench.from_keys(bench.standard), "CASE": bench.case_query()}
    answers |= {"pandas": bench.pandas(), "Polars": bench.polars()}
    assert len(set(answers.values())) == 1, answers
    print("same sums of score and tier in all variants:", answers["keys"])


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--customers", type=int, default=1_000_000)
    said.add_argument("--rounds", type=int, default=5)
    said.add_argument("--store", type=Path, help="a store that holds the snapshot already")
    said.add_argument("--snapshot", default="")
    said.add_argument("--memory", metavar="VARIANT")
    given = said.parse_args()
    path, snapshot_id = (given.store, given.snapshot) if given.store else prepared(given.customers)
    bench = Bench(path, snapshot_id)
    if given.memory:
        if "later" in given.memory:
            bench.first_pass()
        bench.variants()[given.memory]()
        print(peak_memory())
        return
    agree(bench)
    variants = bench.variants()
    bench.polars_kept()
    timings = interleaved(variants, baseline=BARE, rounds=given.rounds)
    bench.house.store.close()
    print(table(timings, BARE))
    for name in variants:
        command = [sys.executable, "-m", "benchmarks.bench_classify", "--memory", name]
        command += ["--store", str(path), "--snapshot", snapshot_id]
        peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        print(f"peak memory of {name}: {peak} MiB")


if __name__ == "__main__":
    main()
