"""The text of a ``rules.toml`` as blocks under headers, so that a change moves nothing that it does not touch."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.standard.bodies import edited_body
from analytics.standard.canon import canonical_text
from analytics.standard.parse import composed, read_toml
from analytics.standard.paths import Step
from analytics.standard.toml_text import blocks_text, data_to_toml, has_header, is_table_list

HEADER = re.compile(r"\s*(\[\[?)(.*?)\]\]?\s*(#.*)?\r?\n?")
EMPTY = re.compile(r"\s*(#.*)?\r?\n?")

Place = tuple[Step, ...]


@dataclass(slots=True)
class Block:
    """The comments above a header, the header's line, its keys. ``place`` counts ``[[lists]]`` from 0."""

    lead: str
    header: str
    place: Place
    body: str


@dataclass(slots=True)
class Layout:
    """A whole file: its blocks in order, the first without a header, and what follows the last."""

    blocks: list[Block]
    tail: str

    def text(self) -> str:
        return "".join(block.lead + block.header + block.body for block in self.blocks) + self.tail

    def within(self, place: Place) -> list[Block]:
        """The blocks of a place and of everything in it."""
        return [block for block in self.blocks if block.place[: len(place)] == place]

    def owner(self, place: Place) -> Block:
        """The block whose keys hold a place."""
        holding = [block for block in self.blocks if block.place == place[: len(block.place)]]
        return max(holding, key=lambda block: len(block.place))


def rewrite(text: str, data: Mapping[str, Any]) -> str:
    """The text made to say ``data``; comments and layout stay wherever the text is laid out by tables.

    A layout that cannot be followed is written afresh, below the comments that the file begins with.
    """
    before = read_toml(text)
    layout = read_layout(text)
    _table(layout, (), before, composed(data))
    written = layout.text()
    if _says(written, data):
        return written
    opening = "".join(_opening_lines(text))
    return opening + data_to_toml(composed(data))


def _says(text: str, data: Mapping[str, Any]) -> bool:
    try:
        said = tomllib.loads(text, parse_float=_decimal)
    except tomllib.TOMLDecodeError:
        return False
    return canonical_text(_stated(composed(said))) == canonical_text(_stated(composed(data)))


def _stated(value: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """Without empty lists: ``[[gate]]`` cannot be written none times."""
    if isinstance(value, Mapping):
        return {key: _stated(item) for key, item in value.items() if item != [] and item is not None}
    return [_stated(item) for item in value] if isinstance(value, list) else value
