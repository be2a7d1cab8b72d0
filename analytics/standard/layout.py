"""A ``rules.toml`` made to say something else, block by block and line by line."""

from collections.abc import Mapping, Sequence
from typing import Any

from analytics.errors import TierdeskError
from analytics.standard.blocks import EMPTY, Block, Layout, Place, read_layout
from analytics.standard.bodies import edited_body
from analytics.standard.canon import canonical_text
from analytics.standard.parse import composed, read_toml
from analytics.standard.toml_text import blocks_text, data_to_toml, has_header, is_table_list


def rewrite(text: str, data: Mapping[str, Any]) -> str:
    """The text made to say ``data``; comments and layout stay.

    A layout that cannot be followed is written afresh, below the comments that the file begins with.
    """
    text = text.removeprefix("\ufeff")
    wanted = composed(data)
    layout = read_layout(text)
    try:
        _edit_table(layout, (), read_toml(text), wanted)
        if _says(layout.text(), wanted):
            return layout.text()
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        layout.tail = ""
    return _opening(text) + data_to_toml(wanted)


def _opening(text: str) -> str:
    lines = text.splitlines(keepends=True)
    comments = next((at for at, line in enumerate(lines) if not EMPTY.fullmatch(line)), len(lines))
    return "".join(lines[:comments])


def _says(text: str, data: Mapping[str, Any]) -> bool:
    try:
        return _same(_stated(composed(read_toml(text))), _stated(data))
    except TierdeskError:
        return False


def _stated(value: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """Without empty lists: ``[[gate]]`` cannot be written none times."""
    if isinstance(value, Mapping):
        return {key: _stated(item) for key, item in value.items() if item != []}
    return [_stated(item) for item in value] if isinstance(value, list) else value


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401 - plain data of any shape
    return canonical_text(one) == canonical_text(other)


def _edit_table(layout: Layout, place: Place, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    for name in before:
        if name not in after:
            _remove(layout, (*place, name), before[name])
    for name, value in after.items():
        if name not in before:
            _add(layout, (*place, name), value)
        elif not _same(before[name], value):
            _edit(layout, (*place, name), before[name], value)


def _edit(layout: Layout, place: Place, before: Any, after: Any) -> None:  # noqa: ANN401 - plain data
    in_blocks = bool(layout.within(place))
    if in_blocks and isinstance(before, Mapping) and isinstance(after, Mapping):
        _edit_table(layout, place, before, after)
    elif in_blocks and isinstance(before, list) and isinstance(after, list):
        _edit_list(layout, place, before, after)
    elif in_blocks:
        _remove(layout, place, before)
        _add(layout, place, after)
    else:
        owner = layout.owner(place)
        owner.body = edited_body(owner.body, place[len(owner.place) :], before, after)


def _remove(layout: Layout, place: Place, before: Any) -> None:  # noqa: ANN401 - plain data
    if layout.within(place):
        layout.remove(place)
    if not _is_said(layout, place):
        return
    owner = layout.owner(place)
    owner.body = edited_body(owner.body, place[len(owner.place) :], before, None)


def _is_said(layout: Layout, place: Place) -> bool:
    """Whether the keys of a block hold the place."""
    owner = layout.owner(place)
    here: Any = read_toml(owner.body)
    for part in place[len(owner.place) :]:
        if not isinstance(here, Mapping) or part not in here:
            return False
        here = here[part]
    return True


def _add(layout: Layout, place: Place, value: Any) -> None:  # noqa: ANN401 - plain data
    holder = place[:-1]
    if isinstance(value, Mapping) and has_header(place):
        layout.insert(_neighbour(layout, holder), _fresh(place, value))
    elif is_table_list(value) and not holder:
        for at, item in enumerate(value):
            layout.insert((*place, at - 1) if at else (), _fresh((*place, at), item))
    elif any(block.place == holder for block in layout.blocks) or _is_said(layout, holder):
        owner = layout.owner(holder)
        owner.body = edited_body(owner.body, place[len(owner.place) :], None, value)
    else:
        first = layout.within(holder)[0] if layout.within(holder) else None
        added = _fresh(holder, {str(place[-1]): value})
        at = layout.blocks.index(first) if first else len(layout.blocks)
        layout.blocks[at:at] = added


def _neighbour(layout: Layout, holder: Place) -> Place:
    return holder if holder and layout.within(holder) else ()


def _fresh(place: Place, value: Mapping[str, Any]) -> list[Block]:
    """New blocks, set off by a blank line."""
    blocks = read_layout("\n" + blocks_text(place, value)).blocks
    found = [block for block in blocks if block.header]
    found[0].lead = found[0].lead or "\n"
    listed = place if isinstance(place[-1], int) else None
    for block in found:
        if listed:
            block.place = (*listed, *block.place[len(listed) :])
        else:
            block.place = (*place, *block.place[_depth(place) :])
    return found


def _depth(place: Place) -> int:
    return sum(isinstance(part, str) for part in place)


def _edit_list(layout: Layout, place: Place, before: Sequence[Any], after: Sequence[Any]) -> None:
    """``[[entries]]``: those that stay keep their text, in the new order; a heading stays above the first."""
    if not after:
        layout.remove(place)
        return
    olds = _partners(before, after)
    for item, old in zip(after, olds, strict=True):
        if old is not None:
            _edit_table(layout, (*place, old), before[old], item)
    groups = {at: layout.within((*place, at)) for at in range(len(before))}
    first = layout.blocks.index(groups[0][0])
    heading = groups[0][0].heading
    groups[0][0].lead = groups[0][0].own_lead
    mine = [block for group in groups.values() for block in group]
    start = sum(not any(block is one for one in mine) for block in layout.blocks[:first])
    others = [block for block in layout.blocks if not any(block is one for one in mine)]
    arranged = [
        _fresh((*place, at), item) if old is None else groups[old]
        for at, (item, old) in enumerate(zip(after, olds, strict=True))
    ]
    for group in arranged[1:] if heading else arranged:
        if not group[0].lead.startswith(("\n", "\r\n")):
            group[0].lead = "\n" + group[0].lead
    for at, group in enumerate(arranged):
        for block in group:
            block.place = (*place, at, *block.place[len(place) + 1 :])
    placed = [block for group in arranged for block in group]
    placed[0].lead = heading + (placed[0].lead.lstrip("\r\n") if heading else placed[0].lead)
    layout.blocks = others[:start] + placed + others[start:]


def _partners(before: Sequence[Any], after: Sequence[Any]) -> list[int | None]:
    """For every new entry the old one that it continues: the one with its id, or the one equal to it."""
    ids = [item.get("id", canonical_text(item)) if isinstance(item, Mapping) else None for item in before]
    left = dict(zip(ids, range(len(before)), strict=True))
    found: list[int | None] = []
    for item in after:
        found.append(left.pop(item.get("id", canonical_text(item)), None) if isinstance(item, Mapping) else None)
    return found
