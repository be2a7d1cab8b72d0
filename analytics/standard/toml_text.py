"""Plain data as TOML text, in the manner of the house: short tables on one line, digits in groups."""

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from analytics.standard.paths import Step

BARE = re.compile(r"[A-Za-z0-9_-]+")
LONG = 60
"""A list of tables with more characters than this stands on several lines."""


def key_text(name: str) -> str:
    return name if BARE.fullmatch(name) else _string(name)


def header_text(parts: tuple[Step, ...]) -> str:
    """The names of a place, dotted; places in lists are left out, as TOML does."""
    return ".".join(key_text(part) for part in parts if isinstance(part, str))


def value_text(value: Any) -> str:  # noqa: ANN401 - plain data of any shape
    """One value on one line, except lists of tables, which stand a table a line."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return f"{value:_d}"
        case Decimal():
            return f"{int(value):_d}" if value % 1 == 0 else f"{value:,f}".replace(",", "_")
        case str():
            return _string(value)
        case datetime.date():
            return value.isoformat()
        case Mapping():
            pairs = ", ".join(f"{key_text(key)} = {value_text(item)}" for key, item in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
        case list() | tuple():
            return _list_text([value_text(item) for item in value], tables=any(map(_is_table, value)))
    raise TypeError(f"{type(value).__name__} does not stand in a TOML file")


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _is_table(value: Any) -> bool:  # noqa: ANN401 - plain data of any shape
    return isinstance(value, Mapping)


def _list_text(items: list[str], *, tables: bool) -> str:
    line = f"[{', '.join(items)}]"
    if not tables or len(line) <= LONG or any("\n" in item for item in items):
        return line.replace("\n", " ")
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def has_header(parts: Sequence[Step]) -> bool:
    """Whether the house gives the table at this place its own line, such as ``[dimension.assets.person]``."""
    match tuple(parts):
        case (str(),) | ("dimension" | "service", str()) | ("dimension", str(), "person" | "enterprise"):
            return True
    return False


def blocks_text(parts: tuple[Step, ...], data: Mapping[str, Any]) -> str:
    """``[a.b]`` or ``[[a]]`` with what it holds, tables with headers of their own below."""
    below = {name: item for name, item in data.items() if _is_table(item) and has_header((*parts, name)) and item}
    own = [(name, item) for name, item in data.items() if name not in below]
    pieces = [blocks_text((*parts, name), item) for name, item in below.items()]
    if own or not below:
        names = header_text(parts)
        header = f"[[{names}]]" if isinstance(parts[-1], int) else f"[{names}]"
        lines = "".join(f"{key_text(name)} = {value_text(item)}\n" for name, item in own)
        pieces.insert(0, f"{header}\n{lines}")
    return "\n".join(pieces)


def data_to_toml(data: Mapping[str, Any]) -> str:
    """Plain data as a whole file."""
    pieces = ["".join(f"{key_text(k)} = {value_text(v)}\n" for k, v in data.items() if not _in_blocks(v))]
    for name, value in data.items():
        if _is_table(value):
            pieces.append(blocks_text((name,), value))
        elif _in_blocks(value):
            pieces += [blocks_text((name, at), item) for at, item in enumerate(value)]
    return "\n".join(piece for piece in pieces if piece)


def is_table_list(value: Any) -> bool:  # noqa: ANN401 - plain data of any shape
    """Whether TOML may write the value as ``[[name]]``."""
    return isinstance(value, list) and bool(value) and all(map(_is_table, value))


def _in_blocks(value: Any) -> bool:  # noqa: ANN401 - plain data of any shape
    return _is_table(value) or is_table_list(value)
