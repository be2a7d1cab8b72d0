"""What the tests of intake write: small files, mappings, and identity numbers that are right."""

import csv
from collections.abc import Sequence
from pathlib import Path

from analytics.intake import ids

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
HEADER = ("id", "kind", "assets")
MAPPING = """
[snapshot]
period = "2025Q4"

[column.customer_id]
from = "id"
[column.kind]
from = "kind"
[column.assets]
from = "assets"
"""


def write_rows(
    path: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER, encoding: str = "utf-8"
) -> Path:
    """A CSV file with its header."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return path


def resident_id(body: str) -> str:
    """Seventeen digits with the check character that belongs to them."""
    total = sum(weight * int(digit) for weight, digit in zip(ids.RESIDENT_WEIGHTS, body, strict=True))
    return body + ids.RESIDENT_CHECKS[total % 11]


def company_code(body: str) -> str:
    """Seventeen characters with the check character that belongs to them."""
    places = [ids.COMPANY_ALPHABET.index(letter) for letter in body]
    total = sum(weight * place for weight, place in zip(ids.COMPANY_WEIGHTS, places, strict=True))
    return body + ids.COMPANY_ALPHABET[-total % 31]
