"""Import beside a bare load: rows a second and peak memory, interleaved in one run.

python -m benchmarks.bench_import [--rows 1000000] [--rounds 3] [--folder DIR]

The baseline is ``CREATE TABLE AS FROM read_csv(...)`` into a fresh file, with DuckDB's own types: it checks nothing,
turns 12.345 into whatever it likes and keeps no rejects. Each run is a process of its own. Aim: within 3 times.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from analytics.desks.data.intake import import_file
from analytics.intake import ids
from analytics.intake.contract import parse_contract
from analytics.intake.mapping import parse_mapping
from analytics.settings import HOME
from analytics.store.connect import Store

CONTRACT = parse_contract((HOME / "data" / "contract.toml").read_text(encoding="utf-8"))
COLUMNS = tuple(column.name for column in CONTRACT.columns if column.derived_from is None)
MAPPING = '[snapshot]\nperiod = "2025Q4"\n' + "".join(f'[column.{name}]\nfrom = "{name}"\n' for name in COLUMNS)
ROUNDS = 3


def write_file(path: Path, rows: int) -> None:
    """A file like the demo bank's: 29 columns, one in twenty an enterprise, right identity numbers, no faults."""
    digits = " + ".join(f"{w} * (body // {10 ** (16 - n)} % 10)" for n, w in enumerate(ids.RESIDENT_WEIGHTS))
    check = f"substr('{ids.RESIDENT_CHECKS}', CAST(({digits}) % 11 AS INTEGER) + 1, 1)"

    def amount(modulus: int, every: int = 1) -> str:
        return f"CASE WHEN h % {every} = 0 THEN CAST(h % {modulus} AS DECIMAL(18, 2)) / 100 END::DECIMAL(18, 2)"

    values = {
        "customer_id": "'C' || lpad(CAST(i AS VARCHAR), 10, '0')",
        "kind": "CASE WHEN firm THEN 'enterprise' ELSE 'person' END",
        "name": "CASE WHEN firm THEN '演示' || h % 1000 || '有限公司' "
        "ELSE '王甲' || chr(CAST(19968 + h % 2000 AS INTEGER)) END",
        "id_type": "CASE WHEN firm THEN 'uscc' ELSE 'resident_id' END",
        "id_number": f"CASE WHEN firm THEN '91110000600037341L' ELSE body || {check} END",
        "phone": "'154' || lpad(CAST(h % 100000000 AS VARCHAR), 8, '0')",
        "birth_date": "CASE WHEN NOT firm THEN born END",
        "sex": "CASE WHEN firm THEN NULL WHEN h % 2 = 0 THEN 'female' ELSE 'male' END",
        "relationship_start": "DATE '2000-01-01' + CAST(h % 9000 AS INTEGER)",
        "region": "(['110000', '310000', '440000', '510000'])[h % 4 + 1]",
        "branch": "'B' || lpad(CAST(h % 60 AS VARCHAR), 3, '0')",
        "channel": "(['branch', 'online', 'mobile', 'phone', 'partner'])[h % 5 + 1]",
        "industry": "CASE WHEN firm THEN 'C' END",
        "employees": "CASE WHEN firm THEN h % 500 END",
        "assets": amount(100_000_000),
        "assets_point": amount(90_000_000),
        "contribution": amount(1_000_000),
        "savings_balance": amount(50_000_000),
        "loan_balance": amount(50_000_000, 3),
        "investment_balance": amount(30_000_000, 2),
        "insurance_value": amount(3_000_000, 5),
        "credit_score": "h % 1000",
        "loan_class": "CASE WHEN h % 3 = 0 THEN 'normal' END",
        "days_past_due": "CASE WHEN h % 3 = 0 THEN 0 END",
        "risk_level": "'C' || (h % 5 + 1)",
        "aml_grade": "'low'",
        "integrity_breach": "false",
        "manual_only": "false",
        "marketing_opt_out": "h % 10 = 0",
    }
    listed = ", ".join(f"{values[name]} AS {name}" for name in COLUMNS)
    born = "DATE '1940-01-01' + CAST(hash(i) // 7 % 22000 AS INTEGER)"
    body = "11010000000000000 + (year(born) * 10000 + month(born) * 100 + day(born)) * 1000 + h % 1000"
    duckdb.execute(
        f"""COPY (SELECT {listed} FROM (SELECT *, h % 20 = 0 AS firm, {body} AS body
            FROM (SELECT i, CAST(hash(i) % 1000000007 AS BIGINT) AS h, {born} AS born FROM range({rows}) t(i))))
        TO '{path}' (HEADER)"""
    )


def bare(file: Path, folder: Path) -> None:
    with duckdb.connect(str(folder / "bare.duckdb"), config={"memory_limit": "4GB"}) as connection:
        connection.execute(f"CREATE TABLE customers AS FROM read_csv('{file}')")


def imported(file: Path, folder: Path) -> None:
    store = Store.open(folder / "bank.duckdb")
    (done,) = import_file(store, CONTRACT, file, parse_mapping(MAPPING, CONTRACT), "bench")
    store.close()
    if done.n_rejected:
        raise SystemExit(f"{done.n_rejected} rows were rejected")


def measure(what: str, file: Path) -> tuple[float, float, float]:
    """Seconds, CPU seconds and peak megabytes of one run in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.bench_import", "--run", what, "--file", str(file)]
    out = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HOME)
    seconds, cpu, peak = json.loads(out.stdout)
    return seconds, cpu, peak


def run_one(what: str, file: Path) -> None:
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        began = time.perf_counter()
        {"bare": bare, "import": imported}[what](file, Path(folder))
        seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))


def compare(rows: int, rounds: int, folder: Path) -> None:
    file = folder / f"customers_{rows}.csv"
    if not file.exists():
        write_file(file, rows)
    size = file.stat().st_size / 1e6
    print(f"{rows:,} rows, {len(COLUMNS)} columns, {size:,.0f} MB, {os.cpu_count()} cores, {rounds} rounds")
    found: dict[str, list[tuple[float, float, float]]] = {"bare": [], "import": []}
    for _ in range(rounds):
        for what, runs in found.items():
            runs.append(measure(what, file))
    base = statistics.median(run[0] for run in found["bare"])
    base_cpu = statistics.median(run[1] for run in found["bare"])
    print(f"{'':<10}{'s':>8}{'rows/s':>12}{'ratio':>8}{'CPU s':>8}{'ratio':>8}{'peak MB':>10}")
    for what, runs in found.items():
        seconds, cpu, peak = (statistics.median(run[place] for run in runs) for place in range(3))
        print(
            f"{what:<10}{seconds:>8.1f}{rows / seconds:>12,.0f}{seconds / base:>8.2f}"
            f"{cpu:>8.1f}{cpu / base_cpu:>8.2f}{peak:>10,.0f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--folder", type=Path, help="where the file is made and kept; a temporary one unless given")
    parser.add_argument("--run", choices=["bare", "import"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        run_one(given.run, given.file)
    elif given.folder:
        compare(given.rows, given.rounds, given.folder)
    else:
        with tempfile.TemporaryDirectory() as folder:
            compare(given.rows, given.rounds, Path(folder))


if __name__ == "__main__":
    main()
