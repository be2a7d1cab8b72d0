"""Write a file whole or not at all."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from analytics import clock

WRITING = threading.Lock()
"""Sessions of one process write rules.toml one after the other."""


def write_atomically(path: Path, text: str) -> None:
    """Replace a file in one step that a crash can't cut in half: write beside it, flush to disk, rename.

    Raises ``OSError`` and leaves the file as it was where the disk is full or the folder can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path, encoding="utf-8", newline="\n") as file:
        file.write(text)


@contextmanager
def whole(path: Path, *, encoding: str, newline: str) -> Iterator[TextIO]:
    """A text file that takes its place, on disk, when the block ends; where that fails it leaves no trace."""
    beside = path.with_name(f".{path.name}.{clock.new_id()}")
    try:
        with beside.open("w", encoding=encoding, newline=newline) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
