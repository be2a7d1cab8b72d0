"""Customers' files as they lie on the disk: which belong together, their hash, their encoding, their header."""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analytics.intake import dates
from analytics.intake.checks import Window
from analytics.intake.mapping import Mapping
from analytics.store.reading import refusals

SAMPLE = 1 << 20
BLOCK = 1 << 22
SUFFIXES = {"csv": (".csv", ".txt", ".tsv", ".dat"), "parquet": (".parquet", ".pq")}
csv.field_size_limit(1 << 24)
_NAME_PARTS = {
    "{period}": r"(?P<period>\d{4}(?:-?(?:[Qq][1-4]|[Hh][12]|\d{2}))?)",
    "{as_of}": r"(?P<as_of>\d{4}-?\d{2}-?\d{2})",
}


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that are imported together, in one act; ``window`` is what their names or the mapping say of the date."""

    paths: tuple[Path, ...]
    window: Window

    @property
    def name(self) -> str:
        """The file's name, or the folder's with the number of files."""
        first = self.paths[0]
        return first.name if len(self.paths) == 1 else f"{first.parent.name}/ ({len(self.paths)})"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """``sha256`` of the bytes (of several files: of their hashes), ``n_lines`` by line ends, ``size`` in bytes."""

    sha256: str
    n_lines: int
    size: int


def batches(path: Path, mapping: Mapping) -> tuple[Batch, ...]:
    """The files of a path: one file, or all of a folder, grouped by the period in their names where they have one."""
    if not path.exists():
        raise refusals.not_found(path.name)
    paths = (
        sorted(each for each in path.iterdir() if each.suffix.lower() in SUFFIXES[mapping.file.format])
        if path.is_dir()
        else [path]
    )
    if not paths:
        raise refusals.empty_folder(path.name, SUFFIXES[mapping.file.format])
    groups: dict[Window, list[Path]] = {}
    for each in paths:
        groups.setdefault(_window(each.name, mapping), []).append(each)
    return tuple(Batch(tuple(group), window) for window, group in groups.items())


def _window(name: str, mapping: Mapping) -> Window:
    """The date and period that the mapping or the file's name states; ``None`` where each row says its own."""
    as_of, period = mapping.snapshot.as_of, mapping.snapshot.period
    if mapping.file.name is not None:
        found = re.fullmatch(_name_pattern(mapping.file.name), name)
        if found is None:
            raise refusals.wrong_name(name, mapping.file.name)
        parts = found.groupdict()
        period = parts.get("period") or period
        if "as_of" in parts:
            as_of = dates.compact_date(parts["as_of"])
            if as_of is None:
                raise refusals.wrong_name(name, mapping.file.name)
    if as_of is None and mapping.snapshot.as_of_column is None and period is not None:
        as_of = dates.period_end(period)
        if as_of is None:
            raise refusals.wrong_name(name, mapping.file.name or period)
    if period is None and as_of is not None and mapping.snapshot.cycle is not None:
        period = dates.period_name(as_of, mapping.snapshot.cycle)
    return Window(as_of, period)


def _name_pattern(template: str) -> str:
    parts = re.split(r"(\{period\}|\{as_of\}|\*)", template)
    return "".join(_NAME_PARTS.get(part, ".*" if part == "*" else re.escape(part)) for part in parts)


def fingerprint(paths: tuple[Path, ...], advance: Callable[[float], None]) -> Fingerprint:
    """Hash and count the lines of the files in one pass; ``advance`` gets the share that is done."""
    total = max(1, sum(path.stat().st_size for path in paths))
    hashes, done, lines = [], 0, 0
    for path in paths:
        digest, last = hashlib.sha256(), b"\n"
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
                lines += block.count(b"\n")
                last = block[-1:]
                done += len(block)
                advance(done / total)
        lines += last != b"\n"
        hashes.append(digest.hexdigest())
    whole = hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
    return Fingerprint(whole, lines, done)


def encoding_of(path: Path, wanted: str) -> str:
    """``utf-8`` or ``gb18030``; raises ``INTAKE-003`` where the file is neither, or is not what the mapping says."""
    windows = _windows(path)
    if windows[0].startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in windows[0]:
        raise refusals.wrong_encoding(
            path.name, wanted, "UTF-16" if b"\0" in windows[0][:4] or windows[0][:1] in b"\xff\xfe" else ""
        )
    is_utf8 = all(_decodes(window, "utf-8") for window in windows)
    is_ascii = all(window.isascii() for window in windows)
    is_gb = is_utf8 or all(_decodes(window, "gb18030") for window in windows)
    if wanted == "gb18030" and is_utf8 and not is_ascii:
        raise refusals.wrong_encoding(path.name, wanted, "UTF-8")
    if wanted == "gb18030" or (wanted == "auto" and not is_utf8 and is_gb):
        return "gb18030"
    if not is_utf8:
        raise refusals.wrong_encoding(path.name, wanted, "GB18030" if is_gb else "")
    return "utf-8"


def _windows(path: Path) -> list[bytes]:
    """The file's beginning, and pieces of its middle and end that begin and end at line ends."""
    size = path.stat().st_size
    with path.open("rb") as file:
        windows = [file.read(SAMPLE)]
        for place in (size // 3, size // 2, size * 2 // 3, size - SAMPLE // 4):
            if place > SAMPLE:
                file.seek(place)
                piece = file.read(SAMPLE // 4)
                windows.append(piece.split(b"\n", 1)[-1])
    if size > len(windows[0]):
        windows = [window.rpartition(b"\n")[0] or window[:0] if len(window) < SAMPLE else window for window in windows]
        windows[0] = windows[0].rpartition(b"\n")[0] or windows[0]
    return windows


def _decodes(window: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)("strict").decode(window, final=False)
    except UnicodeDecodeError:
        return False
    return True


def to_utf8(path: Path, target: Path, encoding: str, advance: Callable[[float], None]) -> None:
    """Write the file anew in UTF-8, strictly; raises ``INTAKE-003`` at the first byte that is not of its encoding."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    total, done = max(1, path.stat().st_size), 0
    with path.open("rb") as source, target.open("w", encoding="utf-8", newline="") as out:
        while True:
            block = source.read(BLOCK)
            try:
                out.write(decoder.decode(block, final=not block))
            except UnicodeDecodeError as error:
                raise refusals.wrong_encoding(path.name, encoding, "", at=done + error.start) from error
            if not block:
                return
            done += len(block)
            advance(done / total)


def beginning(path: Path, encoding: str) -> str:
    """The text of a file's first lines: whole lines of its first megabyte, or all of a shorter file."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    text = codecs.getincrementaldecoder(encoding)("strict").decode(sample).removeprefix("\ufeff")
    return text if len(sample) < SAMPLE or "\n" not in text else text.rpartition("\n")[0] + "\n"


def header_of(path: Path, encoding: str, mapping: Mapping) -> tuple[str, ...]:
    """Names of a text file's columns (numbers from 1 without a header); raises ``INTAKE-002``, ``-004`` to ``-006``."""
    text = beginning(path, encoding)
    if not text.strip():
        raise refusals.empty_file(path.name)
    fields = first_record(text, mapping.file.delimiter, mapping.file.quote)
    if not mapping.file.header:
        return tuple(str(place) for place in range(1, len(fields) + 1))
    names = tuple(field.strip() for field in fields)
    _fits(path.name, text, names, mapping)
    return names


def _fits(file_name: str, text: str, names: tuple[str, ...], mapping: Mapping) -> None:
    wanted = set(mapping.sources)
    if missing := wanted - set(names):
        for other in ",;\t|\x01":
            fields = {field.strip() for field in first_record(text, other, mapping.file.quote)}
            if other != mapping.file.delimiter and len(fields & wanted) > len(wanted - missing):
                raise refusals.wrong_delimiter(file_name, mapping.file.delimiter, other)
        raise refusals.missing_columns(file_name, [name for name in mapping.sources if name in missing], names)
    if doubled := [name for place, name in enumerate(names) if name in names[:place]]:
        raise refusals.doubled_columns(file_name, list(dict.fromkeys(doubled)))


def first_record(text: str, delimiter: str, quote: str) -> list[str]:
    """The first line of a text file, taken apart."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote or None, quoting=_quoting(quote)
    )
    try:
        return next((record for record in reader if record), [])
    except csv.Error:
        return []


def count_records(paths: tuple[Path, ...], mapping: Mapping) -> int | None:
    """Records of UTF-8 text files by Python's own reader, empty lines aside; ``None`` where it loses its way."""
    quote, total = mapping.file.quote, 0
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(
                file, delimiter=mapping.file.delimiter, quotechar=quote or None, quoting=_quoting(quote)
            )
            try:
                total += sum(1 for record in reader if record) - mapping.file.header
            except csv.Error:
                return None
    return total


def has_two_line_ends(path: Path) -> bool:
    """Whether some lines end in CRLF and some in LF alone."""
    n_all, n_pairs, last = 0, 0, b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            n_all += block.count(b"\n")
            n_pairs += block.count(b"\r\n") + (last == b"\r" and block[:1] == b"\n")
            last = block[-1:]
    return 0 < n_pairs < n_all


def _quoting(quote: str) -> Literal[0, 3]:
    return csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE
