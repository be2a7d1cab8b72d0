"""The live bench alone on a page: ``?n=20000&lang=en``; ``?wrong=yes`` lets Python find one customer more, and with
``?hands=none`` there are band edges, but no dimension of which they can be dragged.

Everything but the population is the real thing: sketch, recount, news. There is no store.
"""

import gc
from types import SimpleNamespace
from typing import Any

import streamlit as st

from analytics.classify.grid import Grid, grid_of
from analytics.cube.cells import Cells
from analytics.cube.pack import Parcel, packed, parcel
from analytics.cube.recount import migrate, staffing
from analytics.desks.house import load_contract
from analytics.desks.whatif.bench import Trial
from analytics.desks.whatif.drafts import trouble_of
from analytics.errors import TierdeskError
from analytics.settings import HOME
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml, validate
from pages.ui import cached
from pages.ui.draft import sketch
from pages.ui.live import mount
from pages.ui.live.mount import Recount
from tests.live.bank import signatures

CONTRACT = load_contract()
TEXT = (HOME / "rules.toml").read_text(encoding="utf-8")
LAW = "law"
DRAFTS = {
    "crossed": ("person = 60", "person = 90"),
    "mild": ("person = 60", "person = 50"),
    "idle": ("value = 80, unit", "value = 0, unit"),
}
HOUSE: Any = SimpleNamespace(contract=CONTRACT, stored=lambda name: SimpleNamespace(name=name, source=TEXT))


@st.cache_resource
def bank(n: int) -> tuple[Standard, Grid, Cells, Parcel]:
    """The law, its grid, a population and the parcel that the browser gets."""
    law = validate(read_toml(TEXT), CONTRACT)
    grid = grid_of(law, CONTRACT)
    cells = signatures(grid, n)
    sent = parcel(packed(cells, (law, grid), (law, grid)))
    gc.collect()
    gc.freeze()  # as the real server does when it warms up
    return law, grid, cells, sent


def recount(draft: Standard) -> Recount:
    """Python's count of a draft, or why there is none."""
    law, grid, cells, _ = bank(N)
    trouble = trouble_of(draft)
    if trouble is not None:
        return Recount(None, trouble)
    try:
        migration = migrate(cells, (law, grid), (draft, grid))
    except TierdeskError as error:
        return Recount(None, error)
    if st.query_params.get("wrong"):
        migration.sums[0, 0, 0, 0, 0] += 1
    staff = [staffing(each, migration.distribution("after").tolist()) for each in (law, draft)]
    return Recount(Trial(migration, staff[0], staff[1]), None)


@st.fragment
def bench() -> None:
    """What a settled state runs."""
    mount.hear(LAW, "live")
    held = sketch.current(LAW)
    draft = sketch.standard_of(held)
    assert draft is not None
    hands = (lambda kind, name: None) if st.query_params.get("hands") else None
    mount.live(bank(N)[3], bank(N)[0], draft, held, recount(draft), key="live", hands=hands)


def another_draft(name: str) -> None:
    """Somebody else's draft is put on the bench: entries that cross, entries that do not, a manager of nobody."""
    sketch.open_text(LAW, TEXT.replace(*DRAFTS[name], 1))


st.set_page_config(layout="wide")
cached.house = lambda: HOUSE  # type: ignore[assignment]
N = int(st.query_params.get("n", "20000"))
st.title("阈值试算" if st.query_params.get("lang", "zh") == "zh" else "Threshold bench")
bench()
for name in DRAFTS:
    st.button(name, on_click=another_draft, args=(name,))
