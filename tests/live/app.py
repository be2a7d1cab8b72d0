"""The live bench alone on a page: ``?n=20000&lang=en``; ``?wrong=yes`` lets Python find one customer more."""

import gc
import json

import streamlit as st

from analytics.classify.grid import Grid, grid_of
from analytics.cube.cells import Cells
from analytics.cube.pack import packed
from analytics.cube.recount import migrate
from analytics.desks.house import load_contract
from analytics.errors import TierdeskError
from analytics.settings import HOME
from analytics.standard.change import apply
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml, validate
from pages.ui.live.component import Carried, carry, live_bench
from pages.ui.live.message import draft_message
from pages.ui.live.settled import overrides, settled_of, trouble_of, verdict_of
from pages.ui.live.words import labels_in
from tests.live.bank import signatures

CONTRACT = load_contract()
RULES = read_toml((HOME / "rules.toml").read_text(encoding="utf-8"))


@st.cache_resource
def bank(n: int) -> tuple[Standard, Grid, Cells, bytes]:
    """The law, its grid, a population and the block that the browser gets."""
    law = validate(RULES, CONTRACT)
    grid = grid_of(law, CONTRACT)
    cells = signatures(grid, n)
    block = packed(cells, (law, grid), (law, grid))
    gc.collect()
    gc.freeze()  # as the real server does when it warms up
    return law, grid, cells, block


def check(raw: dict[str, object]) -> dict[str, object]:
    """Python's verdict on a settled state."""
    law, grid, cells, _ = bank(N)
    settled = settled_of(raw, law)
    if settled is None:
        return {"id": raw["id"], "same": False, "cells": [], "more": 0}
    draft = validate(apply(RULES, overrides(settled, law)), CONTRACT)
    try:
        migration = migrate(cells, (law, grid), (draft, grid))
    except TierdeskError as error:
        return trouble_of(settled, error.message.to(LANGUAGE))
    if st.query_params.get("wrong"):
        migration.sums[0, 0, 0, 0, 0] += 1
    return verdict_of(settled, migration, LANGUAGE)


@st.fragment
def bench(carried: Carried) -> None:
    """What a settled state runs; below it what the server has heard."""
    law = bank(N)[0]
    told = draft_message(law, law, CONTRACT, LANGUAGE)
    settled = live_bench(carried, told, labels_in(LANGUAGE, "CNY"), key="live", check=check)
    heard = {name: settled[name] for name in ("id", "entries", "weights")} if settled else None
    st.html(f'<output id="heard" style="font-size: 10px">{json.dumps(heard)}</output>')


st.set_page_config(layout="wide")
LANGUAGE = st.query_params.get("lang", "zh")
N = int(st.query_params.get("n", "20000"))
st.title("阈值试算" if LANGUAGE == "zh" else "Threshold bench")
bench(carry(bank(N)[3], key="live"))
