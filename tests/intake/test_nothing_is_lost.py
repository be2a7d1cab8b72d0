"""Whatever stands in a file: rows in = rows accepted + rows rejected, and each row is in exactly one place."""

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.desks.data.intake import import_file, rejects
from analytics.intake.contract import Contract
from analytics.intake.mapping import parse_mapping
from analytics.store.connect import Store
from tests.intake.papers import MAPPING

MORE = """
[column.birth_date]
from = "born"
[column.loan_balance]
from = "loan"
unit = "wan"
[column.manual_only]
from = "manual"
"""
HEADER = ["id", "kind", "assets", "born", "loan", "manual"]
ODD = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=12)
ROWS = st.tuples(
    st.one_of(st.integers(1, 12).map(str), ODD),
    st.one_of(st.sampled_from(["person", "enterprise", "", "robot"]), ODD),
    st.one_of(st.decimals(-(10**6), 10**6, places=2).map(str), st.sampled_from(["", "NaN", "1e9", "12.345"]), ODD),
    st.one_of(st.dates().map(str), st.sampled_from(["", "2025-02-30", "31.12.2020"]), ODD),
    st.one_of(st.integers(-5, 500).map(str), ODD),
    st.sampled_from(["", "Y", "n", "2", "true"]),
)


def outcome(contract: Contract, content: bytes) -> tuple[int, int, int, list[str]]:
    """Lines, accepted, rejected and the accepted numbers."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "customers.csv"
        path.write_bytes(content)
        store = Store.open(Path(folder) / "bank.duckdb")
        try:
            (done,) = import_file(store, contract, path, parse_mapping(MAPPING + MORE, contract), "maker")
            refused = rejects(store, done.intake_id, 10**6)
            with store.read() as cursor:
                kept = []
                if done.snapshot_id:
                    cursor.execute(f"SELECT customer_id, position FROM profile_{done.snapshot_id} ORDER BY position")
                    rows = cursor.fetchall()
                    kept = [row[0] for row in rows]
                    assert [row[1] for row in rows] == list(range(len(rows)))
                    n_facts = cursor.execute(f"SELECT count(*) FROM facts_{done.snapshot_id}").fetchone()
                    assert n_facts == (done.n_accepted,)
            assert len(refused) == done.n_rejected
            assert len({(each.file_name, each.line) for each in refused}) == done.n_rejected
            assert all(json.loads(each.content) for each in refused)
            return done.n_lines, done.n_accepted, done.n_rejected, kept
        finally:
            store.close()


@given(st.lists(ROWS, min_size=1, max_size=30))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_in_are_rows_accepted_and_rows_rejected(contract: Contract, rows: list[tuple[str, ...]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows])

    n_lines, n_accepted, n_rejected, kept = outcome(contract, out.getvalue().encode())

    assert n_lines == len(rows) == n_accepted + n_rejected
    names = [row[0].strip() for row in rows]
    assert len(kept) == n_accepted
    assert all(names.count(name) == 1 for name in kept if name in names)


@given(st.lists(st.tuples(ROWS, st.sampled_from([-2, -1, 0, 0, 0, 0, 1, 3])), min_size=1, max_size=30))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_ragged_lines_are_counted_too(contract: Contract, rows: list[tuple[tuple[str, ...], int]]) -> None:
    plain = [
        tuple("".join(letter for letter in field if letter.isalnum() and letter.isascii()) for field in row)
        for row, _ in rows
    ]
    lines = [
        ",".join(row[: len(row) + odd] if odd < 0 else (*row, *("x" for _ in range(odd))))
        for row, (_, odd) in zip(plain, rows, strict=True)
    ]

    content = "\n".join([",".join(HEADER), *lines, ""]).encode()
    n_lines, n_accepted, n_rejected, _ = outcome(contract, content)

    assert n_lines == len(lines) == n_accepted + n_rejected
