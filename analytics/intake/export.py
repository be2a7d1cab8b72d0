r"""Cells that a spreadsheet will not take for a formula: one rule, for Python and for DuckDB.

A plain number stays as it is; whatever else begins with ``= + - @``, a tab, a line end or a full-width ``＝＋－＠``,
after any blanks, gets ``'`` before it. The patterns read the same in both: no ``\s``, no ``$``.
"""

import re

from analytics.steps import quote

FORMULA = "[ \u00a0\u3000\ufeff\v\f]*[=+@\t\r\n＝＋－＠-]"
NUMBER = "[+-]?[0-9]+([.][0-9]+)?"

_FORMULA, _NUMBER = re.compile(FORMULA), re.compile(NUMBER)


def safe(cell: str) -> str:
    """The cell as it is, or with ``'`` before it where a spreadsheet would calculate it.

    >>> safe("=1+1"), safe("-12.50")
    ("'=1+1", '-12.50')
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def harmless(column: str) -> str:
    """SQL: what :func:`safe` makes of a text column, in DuckDB's words."""
    formula, number = quote(f"^{FORMULA}"), quote(NUMBER)
    calculated = f"regexp_matches({column}, {formula}) AND NOT regexp_full_match({column}, {number})"
    return f"CASE WHEN {calculated} THEN '''' || {column} ELSE {column} END"
