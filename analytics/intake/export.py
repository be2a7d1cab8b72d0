"""Cells that a spreadsheet will not take for a formula."""

import re

_FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")
_STRICT_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def safe(cell: str) -> str:
    """The cell as it is, or with ``'`` before it where a spreadsheet would calculate it; plain numbers stay.

    >>> safe("=1+1"), safe("-12.50")
    ("'=1+1", '-12.50')
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _STRICT_NUMBER.fullmatch(cell) else cell
