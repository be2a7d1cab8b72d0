"""The live bench on the page: an inline component, and two small ones that carry what it is told to it.

The browser recounts at every pointer event; the server hears a settled state only, recounts and has the last word.
What changes seldom and what changes always travel apart: the block (by the carrier), the shape and the words (with
the bench itself), and the news of a settled state (by the messenger). Streamlit sends nothing twice that is the same.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from analytics.cube.pack import Parcel
from pages.ui import session

FOLDER = Path(__file__).parent
PARTS = (
    *("count/unpack", "count/recount", "count/hand", "count/scope", "count/numbers", "count/amounts"),
    *("hand/sketch", "hand/message", "hand/hold"),
    *("pictures/nodes", "hand/threshold", "hand/edge", "hand/edge_field", "pictures/histogram", "pictures/edges"),
    *("pictures/matrix", "pictures/flows"),
    *("pictures/distribution", "pictures/gauges", "pictures/table"),
    *("hand/controls", "hand/history", "hand/verdict", "main"),
)
"""The files of one module, in this order: an inline component has one script and imports nothing."""
Message = Mapping[str, object]


def script(*parts: str) -> str:
    """JavaScript files of this folder as one."""
    return "\n".join((FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in parts)


_BENCH = st.components.v2.component(
    "tierdesk.live_bench",
    html='<div class="bench"></div>\n<!-- filled by main.js -->',
    css=(FOLDER / "bench.css").read_text(encoding="utf-8"),
    js=script(*PARTS),
)
_CARRIER = st.components.v2.component("tierdesk.live_block", js=script("carry/carrier"))
_MESSENGER = st.components.v2.component("tierdesk.live_news", js=script("carry/messenger"))


def live_bench(
    parcel: Parcel,
    shape: Message,
    news: Message,
    *,
    key: str,
    calls: Mapping[str, Callable[[], None]],
    hand: Callable[[], tuple[Message, Parcel | None]] | None = None,
) -> None:
    """Draw the bench over a parcel. ``shape`` is drawn once; ``news`` holds the numbers, and what Python makes of them.

    Of ``calls``, ``settled`` is called when the hand has come to rest (:func:`settled` then says how), ``answered``
    when the answer to that is on the screen and the hand still rests. Mount in a small fragment: both run it.
    ``hand`` gives the parcel of the dimension whose edges are wished for, and what is to be said of it; it is asked
    once all else is on its way.
    """
    name = _named(shape)
    with st.container(gap=None, key=f"{key.replace('.', '_')}_place"):
        _CARRIER(data=parcel.data, key=f"{key}.block", height=1)
        data = {"bench": key, "name": name, **shape}
        _BENCH(
            data=data,
            key=key,
            on_settled_change=calls["settled"],
            on_answered_change=calls["answered"],
            on_hand_change=calls["hand"],
        )
        told = {"bench": key, "block": parcel.name, "shape": name, **news}
        _MESSENGER(data=told, key=f"{key}.news", height=1)
        if hand is not None:
            _hand(key, *hand())


def _hand(key: str, said: Message, parcel: Parcel | None) -> None:
    if parcel is not None:
        _CARRIER(data=parcel.data, key=f"{key}.hand_block", height=1)
    told = {"bench": f"{key}.hand", "block": parcel and parcel.name, **said}
    _MESSENGER(data=told, key=f"{key}.hand_news", height=1)


def tell_faults(key: str, n: int) -> None:
    """Tell the bench how many faults keep its draft from being proposed: they are counted after it has answered."""
    _MESSENGER(data={"bench": f"{key}.faults", "n": n}, key=f"{key}.faults", height=1)


def settled(key: str) -> object:
    """What the browser settled last, as it sent it; ``None`` before it has."""
    return _said(key, "settled")


def in_hand(key: str) -> object:
    """The dimension whose edges the browser wishes to move, as it sent it; ``None`` where there is none."""
    return _said(key, "hand")


def _said(key: str, name: str) -> object:
    state = session.shown(key)
    return state.get(name) if isinstance(state, Mapping) else None


def _named(shape: Message) -> str:
    """A name made of the content."""
    return hashlib.blake2b(json.dumps(shape, sort_keys=True).encode(), digest_size=8).hexdigest()
