"""Personal values in words that may be shown: the first character and the length, or the surname."""

import json


def masked(value: str) -> str:
    """The first character, then stars; the length stays visible up to 20 characters.

    >>> masked("11010519491231002X")
    '1*****************'
    """
    return value[:1] + "*" * min(19, len(value) - 1) + ("…" if len(value) > 20 else "")


def masked_name(name: str) -> str:
    """A person's surname, or the beginning of an enterprise's name.

    >>> masked_name("张三丰")
    '张**'
    """
    return name[:4] + "***" if len(name) > 8 else masked(name)


def as_row(content: str) -> dict[str, str | None]:
    """A refused row as it was kept: the file's columns and their texts; one column without a name is a whole line."""
    row: dict[str, str | None] = json.loads(content)
    return row
