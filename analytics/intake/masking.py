"""Personal values in words that may be shown: the first character and the length."""

import json


def masked(value: str) -> str:
    """The first character, then stars; the length stays visible up to 20 characters.

    >>> masked("11010519491231002X")
    '1*****************'
    """
    return value[:1] + "*" * min(19, len(value) - 1) + ("…" if len(value) > 20 else "")


def as_row(content: str) -> dict[str, str | None]:
    """A refused row as it was kept: the file's columns and their texts; one column without a name is a whole line."""
    row: dict[str, str | None] = json.loads(content)
    return row
