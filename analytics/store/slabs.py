"""Fine grids on disk: one folder of plain arrays for each snapshot and its bins, beside the store's file.

A slab holds nothing that is not in the store; one that is lost or damaged is made anew. Its name says what it was made
from, so that a stale one cannot be asked.
"""

import hashlib
import json
import mmap
import os
import shutil
import zlib
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from analytics import clock
from analytics.cube.layers.bins import Array, Bins, Dictionary
from analytics.cube.layers.fine import Fine
from analytics.store.connect import Store

HEAD = "slab.json"
CHUNK = 1 << 24
"""Bytes that are held against a checksum at a time."""


def slab_folder(store: Store, snapshot_id: str, bins: Bins, groups: Mapping[str, str]) -> Path:
    """Where a slab lies, or would; ``groups`` are the SQL expressions of its groups by name."""
    meaning = hashlib.sha256(repr(sorted(groups.items())).encode()).hexdigest()[:8]
    return store.path.with_suffix(".layers") / f"{snapshot_id}_{bins.hash}_{meaning}"


def read(folder: Path, bins: Bins) -> Fine | None:
    """A slab, its arrays left on disk until they are touched; ``None`` where there is none that is whole.

    Each array is read once and held against its checksum, as a disk may lose what a process has written.
    """
    try:
        head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
        arrays = {name: _mapped(folder / name, **said) for name, said in head["arrays"].items()}
        groups = {name: tuple(words) for name, words in head["groups"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    whole = all(found is not None and len(found[1]) == head["n"] for found in arrays.values())
    if not arrays or not whole:
        return None
    known = {name: found for name, found in arrays.items() if found is not None}

    def release() -> None:
        for each, _ in known.values():
            each.madvise(mmap.MADV_DONTNEED)

    release()
    return Fine(bins, {name: array for name, (_, array) in known.items()}, groups, release)


def _mapped(path: Path, type: str, crc: int) -> tuple[mmap.mmap, Array] | None:
    """An array and the map that it lies in; ``None`` where its bytes are not those that were written."""
    with path.open("rb") as file:
        found = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    checked = 0
    for start in range(0, len(found), CHUNK):
        checked = zlib.crc32(found[start : start + CHUNK], checked)
    return (found, np.frombuffer(found, np.dtype(type))) if checked == crc else None


def write(folder: Path, bins: Bins, groups: Iterable[str], rows: Iterable[pa.RecordBatch]) -> None:
    """Encode rows as they come and keep them; a slab appears whole or not at all."""
    draft = folder.with_name(f".{folder.name}.{clock.new_id()}")
    draft.mkdir(parents=True)
    known, n = {name: Dictionary() for name in groups}, 0
    said: dict[str, dict[str, str | int]] = {}
    try:
        with ExitStack() as open_files:
            files: dict[str, BinaryIO] = {}
            for batch in rows:
                n += batch.num_rows
                for name, array in bins.encoded(batch, known).items():
                    if name not in files:
                        files[name] = open_files.enter_context((draft / name).open("wb"))
                        said[name] = {"type": array.dtype.name, "crc": 0}
                    data = array.tobytes()
                    said[name]["crc"] = zlib.crc32(data, int(said[name]["crc"]))
                    files[name].write(data)
            head = {"n": n, "arrays": said, "groups": {name: each.words for name, each in known.items()}}
            files[HEAD] = open_files.enter_context((draft / HEAD).open("wb"))
            files[HEAD].write(json.dumps(head, ensure_ascii=False).encode())
            for file in files.values():
                file.flush()
                os.fsync(file.fileno())
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def sweep(store: Store) -> None:
    """Remove what a process that was stopped left half written."""
    for left in store.path.with_suffix(".layers").glob(".*"):
        shutil.rmtree(left, ignore_errors=True)
