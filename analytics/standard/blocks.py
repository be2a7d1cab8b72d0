"""The text of a ``rules.toml`` as blocks under headers, so that a change moves nothing else."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

from analytics.standard.paths import Step

HEADER = re.compile(r"[ \t]*\[.*\][ \t]*(#.*)?\r?\n?")
EMPTY = re.compile(r"[ \t]*(#.*)?\r?\n?")

Place = tuple[Step, ...]


@dataclass(slots=True)
class Block:
    """The comments above a header, the header's line, its keys. ``place`` counts ``[[lists]]`` from 0."""

    lead: str
    header: str
    place: Place
    body: str

    @property
    def heading(self) -> str:
        """The part of the lead that speaks of a whole section: everything above its last paragraph."""
        return self.lead[: len(self.lead) - len(self.own_lead)]

    @property
    def own_lead(self) -> str:
        """The comment that stands directly on the header, with the blank line above it."""
        lines = self.lead.splitlines(keepends=True)
        at = len(lines)
        while at and lines[at - 1].strip():
            at -= 1
        if at == len(lines) and any(line.strip() for line in lines):
            return ""
        return "".join(lines[max(at - 1, 0) :])


@dataclass(slots=True)
class Layout:
    """A whole file: its blocks in order, the first without a header, and what follows the last."""

    blocks: list[Block]
    tail: str = ""

    def text(self) -> str:
        return "".join(block.lead + block.header + block.body for block in self.blocks) + self.tail

    def within(self, place: Place) -> list[Block]:
        """The blocks of a place and of everything in it."""
        return [block for block in self.blocks if block.place[: len(place)] == place]

    def owner(self, place: Place) -> Block:
        """The block whose keys hold a place."""
        holding = [block for block in self.blocks if block.place == place[: len(block.place)]]
        return max(holding, key=lambda block: len(block.place))

    def remove(self, place: Place) -> None:
        """Take the blocks of a place away; a heading above the first of them stays."""
        gone = self.within(place)
        if gone:
            after = self.blocks.index(gone[-1]) + 1
            heading = gone[0].heading
            if after < len(self.blocks):
                self.blocks[after].lead = heading + self.blocks[after].lead
            else:
                self.tail = heading + self.tail
            self.blocks = [block for block in self.blocks if not any(block is one for one in gone)]

    def insert(self, near: Place, added: list[Block]) -> None:
        """Put blocks behind the last one of a place, or at the end."""
        beside = self.within(near) if near else []
        at = self.blocks.index(beside[-1]) + 1 if beside else len(self.blocks)
        before = self.blocks[at - 1]
        if before.header + before.body and not (before.header + before.body).endswith("\n"):
            before.body += "\n"
        self.blocks[at:at] = added


@dataclass(slots=True)
class _Counter:
    """Which entry of each ``[[list]]`` is being read."""

    entries: dict[Place, int] = field(default_factory=dict)

    def place(self, names: list[str], *, entry: bool) -> Place:
        found: Place = ()
        for at, name in enumerate(names):
            found = (*found, name)
            if entry and at == len(names) - 1:
                self.entries[found] = self.entries.get(found, -1) + 1
                self.entries = {one: n for one, n in self.entries.items() if one == found or one[: len(found)] != found}
            if found in self.entries:
                found = (*found, self.entries[found])
        return found


def read_layout(text: str, *, above: Place = ()) -> Layout:
    """A valid TOML text as blocks; ``above`` is put before every place. ``read_layout(t).text() == t``."""
    blocks: list[Block] = []
    counter = _Counter()
    lead = ""
    for chunk in _chunks(text):
        header, body, trailing = _parts(chunk)
        place = counter.place(_names(header), entry=header.strip().startswith("[[")) if header else ()
        blocks.append(Block(lead, header, above + place, body))
        lead = trailing
    return Layout(blocks, lead)


def _chunks(text: str) -> Iterator[str]:
    """The text cut before every line that is a header, not a line within a long value."""
    chunk = ""
    for line in text.splitlines(keepends=True):
        if HEADER.fullmatch(line) and _is_whole(chunk):
            yield chunk
            chunk = ""
        chunk += line
    yield chunk


def _is_whole(chunk: str) -> bool:
    try:
        tomllib.loads(chunk)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _parts(chunk: str) -> tuple[str, str, str]:
    """Header line, keys, and the blank and comment lines that belong to what follows."""
    lines = chunk.splitlines(keepends=True)
    start = 1 if lines and HEADER.fullmatch(lines[0]) else 0
    end = len(lines)
    while end > start and EMPTY.fullmatch(lines[end - 1]):
        end -= 1
    return "".join(lines[:start]), "".join(lines[start:end]), "".join(lines[end:])


def _names(header: str) -> list[str]:
    names: list[str] = []
    data: object = tomllib.loads(header)
    while data:
        if isinstance(data, list):
            data = data[0]
        elif isinstance(data, dict):
            name, data = next(iter(data.items()))
            names.append(name)
    return names
