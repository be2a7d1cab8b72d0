"""The signatures of a snapshot as one block of bytes, for the bench in the browser.

Holds what a draft on the same grid and gates can't change; weights, points, entry scores and aggregation come beside
it and are free. Layout, little-endian: 4 bytes with the length of the header, the header as JSON, then the arrays at
the offsets that the header names, each aligned to 8 bytes.

Money is split so that the browser's doubles add it exactly: ``amount = high * 2^26 + low`` with ``0 <= low < 2^26``.
"""

import json

import numpy as np
import numpy.typing as npt

from analytics.classify.grid import Grid, Ints
from analytics.classify.verdict import full_ladders, judge
from analytics.cube.cells import Cells
from analytics.standard.model import Standard

SPLIT = 1 << 26
LARGEST = 2 * 1024 * 1024
"""Bytes that a browser is sent at most; beyond it the population comes with coarser groups."""


def packed(cells: Cells, law: tuple[Standard, Grid], draft: tuple[Standard, Grid]) -> bytes:
    """The block for a law and the grid of a draft: one entry for each pair of signature and state under the law.

    Arrays: ``kind`` (0 persons), ``before`` (state under the law), ``ladder`` (row of ``ladders``), ``count``,
    ``assetsHigh``, ``assetsLow``, ``contributionHigh``, ``contributionLow`` and one ``band<place>`` a dimension, in
    the order of the header's ``dimensions``; ``ladders`` is (rows, tiers + 1), the last column for an unknown score.
    """
    standard, grid = draft
    before = judge(*law, cells.before).state(len(law[0].tier))
    entries, index = np.unique(np.stack([cells.after, before]), axis=1, return_inverse=True)
    sums = np.zeros((len(cells.sums), entries.shape[1]), np.int64)
    for place, values in enumerate(cells.sums):
        np.add.at(sums[place], index, values)
    digits = grid.digits(entries[0])
    table, ladder = np.unique(full_ladders(standard, grid, entries[0]), axis=1, return_inverse=True)
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "count": sums[0].astype(np.uint32),
        **_split("assets", sums[1]),
        **_split("contribution", sums[2]),
        "kind": digits.kind.astype(np.uint8),
        "before": entries[1].astype(np.uint8),
        "ladder": ladder.astype(np.uint8),
        "ladders": np.ascontiguousarray(table.T).astype(np.uint8),
    }
    arrays |= {f"band{place}": bands.astype(np.uint8) for place, bands in enumerate(digits.bands)}
    return _block({"n": entries.shape[1], "dimensions": [axis.name for axis in grid.axes]}, arrays)


def _split(name: str, amounts: Ints) -> dict[str, npt.NDArray[np.generic]]:
    high, low = np.divmod(amounts, SPLIT)
    return {f"{name}High": high.astype(np.int32), f"{name}Low": low.astype(np.uint32)}


def _block(header: dict[str, object], arrays: dict[str, npt.NDArray[np.generic]]) -> bytes:
    places, offset = {}, 0
    for name, array in arrays.items():
        places[name] = {"offset": offset, "type": array.dtype.name, "shape": list(array.shape)}
        offset += -(-array.nbytes // 8) * 8
    text = json.dumps(header | {"arrays": places}, separators=(",", ":")).encode()
    text += b" " * (-(4 + len(text)) % 8)
    body = b"".join(array.tobytes() + b"\0" * (-array.nbytes % 8) for array in arrays.values())
    return len(text).to_bytes(4, "little") + text + body


def unpacked(block: bytes) -> tuple[dict[str, object], dict[str, npt.NDArray[np.generic]]]:
    """Header and arrays of a block: the reference reading, for tests."""
    length = int.from_bytes(block[:4], "little")
    header = json.loads(block[4 : 4 + length])
    arrays = {}
    for name, place in header["arrays"].items():
        start = 4 + length + place["offset"]
        count = int(np.prod(place["shape"]))
        values = np.frombuffer(block, np.dtype(place["type"]), count, start)
        arrays[name] = values.reshape(place["shape"])
    return header, arrays
