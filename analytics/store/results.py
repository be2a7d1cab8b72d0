"""Results of a run, customer by customer, written to a file."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from analytics.steps import quote
from analytics.store.runs import Run
from analytics.vocabulary import Outcome


def write(cursor: duckdb.DuckDBPyConnection, run: Run, keys: str, tiers: Sequence[str], path: Path) -> int:
    """customer_id, outcome, tier, score (numerator), reasons (bits), category (key), standard, snapshot."""
    names = " ".join(f"WHEN s.tier = {rank} THEN {quote(tier)}" for rank, tier in enumerate(tiers))
    outcomes = " ".join(f"WHEN s.outcome = {each.value} THEN {quote(each.name)}" for each in Outcome)
    select = (
        f"SELECT c.customer_id, CASE {outcomes} END AS outcome, CASE {names} END AS tier, "
        "CASE WHEN s.score < 0 THEN NULL ELSE s.score END AS score, s.reasons, k.category, "
        f"{quote(run.standard_hash)} AS standard, {quote(run.snapshot_id)} AS snapshot "
        f"FROM {keys} AS k JOIN signature AS s ON s.cell = k.cell AND s.run_id = {quote(run.run_id)} "
        "JOIN customer AS c ON c.position = k.position ORDER BY k.position"
    )
    kind = "FORMAT parquet, COMPRESSION zstd" if path.suffix == ".parquet" else "FORMAT csv, HEADER"
    rows = cursor.execute(f"COPY ({select}) TO {quote(path.as_posix())} ({kind})").fetchall()
    return int(rows[0][0])
