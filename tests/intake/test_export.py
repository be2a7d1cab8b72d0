"""Cells of files that leave: no spreadsheet calculates them, and Python and DuckDB write them alike."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.intake.export import harmless, safe

CELLS = {
    "-12": "-12",
    "+12.50": "+12.50",
    "-12\n": "'-12\n",
    "-1+2": "'-1+2",
    "=1": "'=1",
    "@x": "'@x",
    "\tx": "'\tx",
    "\r": "'\r",
    "\nx": "'\nx",
    "＝1": "'＝1",
    "－1": "'－1",
    "  =1": "'  =1",
    "\u3000+x": "'\u3000+x",
    "\u00a0@x": "'\u00a0@x",
    " x=1": " x=1",
    "a-b": "a-b",
    "": "",
}


def by_duckdb(cell: str) -> object:
    (row,) = duckdb.execute(f"SELECT {harmless('cell')} FROM (SELECT ? AS cell)", [cell]).fetchall()
    return row[0]


@pytest.mark.parametrize("cell", CELLS, ids=ascii)
def test_a_strict_number_is_left_alone_and_every_formula_gets_a_quote(cell: str) -> None:
    assert (safe(cell), by_duckdb(cell)) == (CELLS[cell], CELLS[cell])


@given(st.text("=+-@＝＋－＠ \t\r\n\v\f\u00a0\u3000\ufeff'09.x客", max_size=6))
def test_python_and_duckdb_agree_on_every_cell(cell: str) -> None:
    assert by_duckdb(cell) == safe(cell)
