"""The live bench on the page: two inline components, one with the bench and one that carries its bytes.

The browser recounts at every pointer event; the server hears a settled state only, recounts and has the last word.
"""

import hashlib
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import streamlit as st

from analytics.cube.pack import LARGEST
from pages.ui import session

FOLDER = Path(__file__).parent
PARTS = (
    *("unpack", "recount", "numbers", "nodes", "sketch", "scope"),
    *("threshold", "histogram", "matrix", "flows", "distribution", "gauges"),
    *("controls", "table", "verdict", "main"),
)
"""The files of one module, in this order: an inline component has one script and imports nothing."""
NAME = 16
"""Characters of a block's name, which is made of its content."""
PLANES = 4
Settled = dict[str, object]


def script(*parts: str) -> str:
    """JavaScript files of this folder as one."""
    return "\n".join((FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in parts)


_BENCH = st.components.v2.component(
    "tierdesk.live_bench",
    html='<div class="bench"></div>\n<!-- filled by main.js -->',
    css=(FOLDER / "bench.css").read_text(encoding="utf-8"),
    js=script(*PARTS),
)
_CARRIER = st.components.v2.component("tierdesk.live_block", js=script("carrier"))


@dataclass(frozen=True)
class Carried:
    """A block that is on its way to the browser, under its name."""

    name: str


def carry(data: bytes, *, key: str) -> Carried:
    """Send a packed block. Outside of the bench's fragment the server leaves it alone at every settled state."""
    name, parcel = _parcel(data)
    _CARRIER(data=parcel, key=f"{key}.block", height=1)
    return Carried(name)


def live_bench(
    data: bytes | Carried,
    draft: Mapping[str, object],
    labels: Mapping[str, object],
    *,
    key: str,
    check: Callable[[Settled], dict[str, object]] | None = None,
) -> Settled | None:
    """Draw the bench over a packed block; returns the last settled state, as the browser sent it, or ``None``.

    ``check`` recounts a settled state and gives the verdict on the browser's answer; it is called once for each, and
    not for one that was settled over another block. Mount in a fragment: every settled state runs the script.
    """
    with st.container(gap=None, key=f"{key}_live"):
        carried = carry(data, key=key) if isinstance(data, bytes) else data
        settled = _settled(key)
        checked = settled is not None and settled.get("block") == carried.name
        told = {
            "block": carried.name,
            "draft": dict(draft),
            "labels": dict(labels),
            "heard": settled and settled.get("id"),
            "verdict": _verdict(key, settled, check) if checked and settled and check else None,
        }
        result = _BENCH(data=told, key=key, on_settled_change=_nothing)
    found = result.settled
    return dict(found) if isinstance(found, Mapping) else None


def _nothing() -> None:
    """A state that has a callback is there from the first run on."""


def _settled(key: str) -> Settled | None:
    """What the browser settled before this run."""
    state = session.shown(key)
    found = state.get("settled") if isinstance(state, Mapping) else None
    return dict(found) if isinstance(found, Mapping) else None


def _verdict(key: str, settled: Settled, check: Callable[[Settled], dict[str, object]]) -> dict[str, object]:
    """The verdict on a settled state, kept for reruns that have nothing to do with it."""
    nothing: dict[str, object] = {"id": ""}
    kept = session.recall(f"live.{key}", nothing)
    if kept["id"] != settled.get("id"):
        kept = check(settled)
        session.remember(f"live.{key}", kept)
    return kept


@lru_cache(maxsize=4)
def _parcel(data: bytes) -> tuple[str, bytes]:
    """Name of a block, and the block as it travels: deflated, its bytes laid out by significance.

    Raises ``ValueError`` for one that is larger than a browser is sent; coarser groups make a smaller one.
    """
    name = hashlib.blake2b(data, digest_size=NAME // 2).hexdigest()
    whole = np.frombuffer(data + b"\0" * (-len(data) % PLANES), np.uint8)
    parcel = name.encode() + zlib.compress(whole.reshape(-1, PLANES).T.tobytes(), 6)
    if len(parcel) > LARGEST:
        raise ValueError(f"the block takes {len(parcel):,} bytes, more than {LARGEST:,}: group more coarsely")
    return name, parcel
