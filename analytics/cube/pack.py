"""The signatures of a snapshot as one block of bytes, for the bench in the browser.

Holds what a draft on the same grid and gates can't change; weights, points, entry scores and aggregation come beside
it and are free. Layout, little-endian: 4 bytes with the length of the header, the header as JSON, then the arrays at
the offsets that the header names, each aligned to 8 bytes.

Money is split so that the browser's doubles add it exactly: ``amount = high * 2^26 + low`` with ``0 <= low < 2^26``.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analytics.classify.grid import Grid, Ints
from analytics.classify.verdict import full_ladders, judge
from analytics.cube.cells import Cells
from analytics.errors import TierdeskError
from analytics.standard.model import Standard
from analytics.vocabulary import Text

SPLIT = 1 << 26
LARGEST = 2 * 1024 * 1024
"""Bytes that a browser is sent at most."""
NAME = 16
"""Characters of a block's name, which is made of its content."""
PLANES = 4
WIDEST = 1 << 62
"""Codes stay below this, so that 64 bits hold them."""


@dataclass(frozen=True)
class Parcel:
    """A block as it travels: its name, then the block deflated, its bytes laid out by significance."""

    name: str
    data: bytes


def parcel(block: bytes, most: int = LARGEST) -> Parcel:
    """A block made ready to travel; raises ``BENCH-001`` where it takes more than ``most`` bytes."""
    name = hashlib.blake2b(block, digest_size=NAME // 2).hexdigest()
    whole = np.frombuffer(block + b"\0" * (-len(block) % PLANES), np.uint8)
    data = name.encode() + zlib.compress(whole.reshape(-1, PLANES).T.tobytes(), 6)
    if len(data) > most:
        raise TierdeskError(
            "BENCH-001",
            Text(
                f"这份草案把客户分得太细，浏览器装不下：需要 {len(data):,} 字节，上限 {most:,} 字节。",
                f"The draft parts the population too finely for the browser: {len(data):,} bytes, at most {most:,}.",
            ),
            Text(
                "仍可用下面的滑块试算，由服务器重算；减少档数后可恢复拖动。",
                "The sliders below still work and the server recounts; with fewer bands, lines can be dragged again.",
            ),
        )
    return Parcel(name, data)


def packed(cells: Cells, law: tuple[Standard, Grid], draft: tuple[Standard, Grid]) -> bytes:
    """The block for a law and the grid of a draft: one entry for all that no weight, point or entry score can part.

    That is: the same kind, bands, state under the law and ladder under the draft. Entries ascend by these.

    Arrays: ``kind`` (0 persons), ``before`` (state under the law), ``ladder`` (row of ``ladders``), ``count``,
    ``assetsHigh``, ``assetsLow``, ``contributionHigh``, ``contributionLow`` and one ``band<place>`` a dimension, in
    the order of the header's ``dimensions``; ``ladders`` is (rows, tiers + 1), the last column for an unknown score.
    """
    standard, grid = draft
    keys, at = np.unique(cells.after, return_inverse=True)
    digits = grid.digits(keys)
    table, ladder = np.unique(full_ladders(standard, grid, keys), axis=1, return_inverse=True)
    before = judge(*law, cells.before).state(len(law[0].tier))
    parts = [digits.kind, *digits.bands, ladder.reshape(-1)]
    first, entry = merged([*(part[at] for part in parts), before])
    sums = np.zeros((len(cells.sums), len(first)), np.int64)
    for place, values in enumerate(cells.sums):
        np.add.at(sums[place], entry, values)
    kind, *bands, ladder = (part[at[first]].astype(np.uint8) for part in parts)
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "count": sums[0].astype(np.uint32),
        **split("assets", sums[1]),
        **split("contribution", sums[2]),
        "kind": kind,
        "before": before[first].astype(np.uint8),
        "ladder": ladder,
        "ladders": np.ascontiguousarray(table.T).astype(np.uint8),
    }
    arrays |= {f"band{place}": each for place, each in enumerate(bands)}
    return block_of({"n": len(first), "dimensions": [axis.name for axis in grid.axes]}, arrays)


def merged(columns: Iterable[Ints]) -> tuple[Ints, Ints]:
    """Rows of columns (whole numbers from 0 on) without repetition: the place of each distinct row, the row of each.

    Columns are written as digits of one number; where it would grow too large, the numbers so far are counted anew.
    """
    code, size = np.zeros(1, np.int64), 1
    for column in columns:
        radix = int(column.max(initial=0)) + 1
        if size * radix > WIDEST:
            found, code = np.unique(code, return_inverse=True)
            size = len(found)
        code, size = code * radix + column, size * radix
    _, first, entry = np.unique(code, return_index=True, return_inverse=True)
    return first, entry


def split(name: str, amounts: Ints) -> dict[str, npt.NDArray[np.generic]]:
    """Amounts in two parts that doubles add exactly."""
    high, low = np.divmod(amounts, SPLIT)
    return {f"{name}High": high.astype(np.int32), f"{name}Low": low.astype(np.uint32)}


def block_of(header: dict[str, object], arrays: dict[str, npt.NDArray[np.generic]]) -> bytes:
    """Header and arrays as one block."""
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
