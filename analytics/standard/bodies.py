"""Keys and values under one header, changed in place: comments and the order of lines stay."""

import re
import tomllib
from collections.abc import Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import tomlkit

from analytics.standard.canon import canonical_text
from analytics.standard.paths import Step
from analytics.standard.toml_text import is_table_list, value_text

Place = tuple[Step, ...]


def edited_body(body: str, place: Place, before: Any, after: Any) -> str:  # noqa: ANN401 - plain data
    """The lines with ``after`` at ``place`` instead of ``before``; ``None`` takes a key away."""
    ending = "" if not body or body.endswith("\n") else "\n"
    document = tomlkit.parse(body + ending)
    _edit(document, place, before, after)
    return tomlkit.dumps(document)


def _edit(document: Any, place: Place, before: Any, after: Any) -> None:  # noqa: ANN401 - tomlkit's own shapes
    holder = document
    for part in place[:-1]:
        holder = holder[part]
    last = place[-1]
    if after is None:
        del holder[last]
    elif _same_names(before, after):
        for name in after:
            if not _equal(before[name], after[name]):
                _edit(document, (*place, name), before[name], after[name])
    elif isinstance(before, list) and isinstance(after, list):
        holder[last] = tomlkit.value(_list_text(holder[last].as_string(), before, after))
    else:
        holder[last] = tomlkit.value(value_text(after))


def _same_names(before: Any, after: Any) -> bool:  # noqa: ANN401 - plain data
    return isinstance(before, dict) and isinstance(after, dict) and set(before) == set(after)


def _equal(one: Any, other: Any) -> bool:  # noqa: ANN401 - plain data
    return canonical_text(one) == canonical_text(other)


class Line(NamedTuple):
    """One item of a list that stands an item a line: comment lines above it, indent, item, comment behind."""

    above: str
    indent: str
    item: str
    behind: str


def _list_text(text: str, before: Sequence[Any], after: Sequence[Any]) -> str:
    """A list's text with other items; lines of items that stay are kept with their comments."""
    lines = _lines(text)
    if lines is None or len(lines) != len(before) or not is_table_list(list(after)):
        return value_text(list(after))
    kept: list[Line] = []
    marks = [canonical_text(item) for item in before], [canonical_text(item) for item in after]
    for verb, low, high, start, end in SequenceMatcher(None, *marks, autojunk=False).get_opcodes():
        old = lines[low:high]
        if verb == "equal":
            kept += old
            continue
        for at, item in enumerate(after[start:end]):
            above, indent, _, behind = old[at] if at < len(old) else Line("", lines[0].indent, "", "")
            kept.append(Line(above, indent, value_text(item), behind))
    inner = "".join(
        f"{line.above}{line.indent}{line.item},{f'  {line.behind}' if line.behind else ''}\n" for line in kept
    )
    return "[\n" + inner + text[text.rindex("\n") + 1 :]


def _lines(text: str) -> list[Line] | None:
    """The items of a list that stands an item a line, or ``None`` for any other layout."""
    first, *inner = text.splitlines()
    if first.strip() != "[" or not inner or inner[-1].strip() != "]":
        return None
    found: list[Line] = []
    above = ""
    for line in inner[:-1]:
        if re.fullmatch(r"\s*(#.*)?", line):
            above += line + "\n"
            continue
        split = _item_and_comment(line)
        if split is None:
            return None
        indent = line[: len(line) - len(line.lstrip())]
        found.append(Line(above, indent, split[0], split[1]))
        above = ""
    return None if above or not found else found


def _item_and_comment(line: str) -> tuple[str, str] | None:
    ends = [match.start() for match in re.finditer("#", line)] + [len(line)]
    for end in ends:
        item = line[:end].strip().removesuffix(",")
        try:
            data = tomllib.loads(f"x = [{item}]", parse_float=Decimal)
        except tomllib.TOMLDecodeError:
            continue
        if len(data) == 1 and len(data["x"]) == 1:
            return item, line[end:].strip()
    return None
