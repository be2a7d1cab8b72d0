"""Fine grids on disk: one folder of plain arrays for each snapshot and its bins, beside the store's file.

A slab holds nothing that is not in the store; one that is lost or damaged is made anew. Its name says what it was made
from, so that a stale one cannot be asked.
"""

import hashlib
import json
import mmap
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics import clock
from analytics.cube.layers.bins import Bins, Dictionary
from analytics.cube.layers.fine import Fine
from analytics.store.connect import Store

HEAD = "slab.json"


def slab_folder(store: Store, snapshot_id: str, bins: Bins, groups: Mapping[str, str]) -> Path:
    """Where a slab lies, or would; ``groups`` are the SQL expressions of its groups by name."""
    meaning = hashlib.sha256(repr(sorted(groups.items())).encode()).hexdigest()[:8]
    return store.path.with_suffix(".layers") / f"{snapshot_id}_{bins.hash}_{meaning}"


def read(folder: Path, bins: Bins) -> Fine | None:
    """A slab, its arrays left on disk until they are touched; ``None`` where there is none that is whole."""
    try:
        head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
        maps = {name: _mapped(folder / name) for name in head["arrays"]}
        arrays = {name: np.frombuffer(maps[name], np.dtype(kind)) for name, kind in head["arrays"].items()}
    except (OSError, ValueError, KeyError):
        return None
    if any(len(array) != head["n"] for array in arrays.values()):
        return None

    def release() -> None:
        for each in maps.values():
            each.madvise(mmap.MADV_DONTNEED)

    return Fine(bins, arrays, {name: tuple(words) for name, words in head["groups"].items()}, release)


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def write(folder: Path, bins: Bins, groups: Iterable[str], rows: Iterable[pa.RecordBatch]) -> None:
    """Encode rows as they come and keep them; a slab appears whole or not at all."""
    draft = folder.with_name(f".{folder.name}.{clock.new_id()}")
    draft.mkdir(parents=True)
    known, types, n = {name: Dictionary() for name in groups}, {}, 0
    try:
        for batch in rows:
            n += batch.num_rows
            for name, array in bins.encoded(batch, known).items():
                types[name] = array.dtype.name
                with (draft / name).open("ab") as file:
                    array.tofile(file)
        head = {"n": n, "arrays": types, "groups": {name: each.words for name, each in known.items()}}
        (draft / HEAD).write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def sweep(store: Store) -> None:
    """Remove what a process that was stopped left half written."""
    for left in store.path.with_suffix(".layers").glob(".*"):
        shutil.rmtree(left, ignore_errors=True)
