"""The browser's recount equals Python's, to the customer and the cent, whatever is moved."""

import base64
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from analytics.classify.grid import grid_of
from analytics.cube.cells import MEASURES, cells_from, pair_cell_steps
from analytics.cube.pack import packed
from analytics.cube.recount import migrate
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from analytics.standard.model import Aggregation, Dimension, MissingPoints, Standard, Tier
from analytics.vocabulary import Kind
from pages.ui.live.component import script
from pages.ui.live.message import shape_of
from tests.population import customers, loaded
from tests.strategies import METHODS, standards

BLOCKS, DRAFTS = 30, 80
"""Random pairs of standards, and drafts over each: 2,400 in all."""
LARGE = 1 << 51
"""Forty amounts of this size pass what a double can hold."""
RECOUNT = """({ block, told, drafts }) => {
  const bytes = Uint8Array.from(atob(block), (letter) => letter.charCodeAt(0));
  const signatures = unpack(bytes);
  const counters = new Map();
  return drafts.map(({ method, metric, kinds }) => {
    const name = `${method}|${metric}`;
    if (!counters.has(name)) counters.set(name, recounter(signatures, { ...told, method, metric }));
    const numbers = kinds.map((kind, at) => ({ ...kind, scales: told.kinds[at].scales }));
    const answer = counters.get(name)(numbers);
    return answer.trouble ? null : exactAnswer(answer);
  });
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """A blank page with the component's arithmetic in it."""
    page = browser.new_page()
    page.add_script_tag(content=script("count/unpack", "count/recount"))
    return page


@dataclass(frozen=True)
class Trial:
    """A draft as a standard, and as the numbers that the browser has in its hand."""

    standard: Standard
    numbers: dict[str, Any]


def drafted(draft: Standard, chance: np.random.Generator) -> Trial:
    """The draft with other entry scores, weights, points and method; round ones, so that scores meet entries."""
    round_ = chance.random() < 0.6
    weights = [0, 10, 20, 50] if round_ else [0, *chance.integers(0, 1001, 3).tolist()]
    if chance.random() < 0.06:
        weights = [0]
    names = [name for name, _ in draft.dimensions]
    method = str(chance.choice(METHODS))
    metric = str(chance.choice(names)) if method == "single" else None
    entries = {kind: _entries(draft, chance, round_=round_) for kind in Kind}
    dimension = {name: _moved(each, weights, chance) for name, each in draft.dimensions}
    tiers = list(draft.tier)
    for rank in range(1, len(tiers)):
        given = {kind.value: _points(entries[kind][rank - 1]) for kind in Kind}
        tiers[-1 - rank] = _entered(tiers[-1 - rank], given)
    aggregation = Aggregation.model_validate({"method": method, "metric": metric})
    standard = draft.model_copy(update={"tier": tuple(tiers), "dimension": dimension, "aggregation": aggregation})
    kinds = []
    for kind in Kind:
        scales = [each.scale(kind) for _, each in standard.dimensions]
        kinds.append(
            {
                "entries": list(standard.entries(kind)),
                "weights": [scale.weight if scale else 0 for scale in scales],
                "points": [[*scale.points, scale.missing_points] if scale else None for scale in scales],
            }
        )
    return Trial(standard, {"method": method, "metric": metric, "kinds": kinds})


def redrawn(trial: Trial, chance: np.random.Generator) -> Trial:
    """The same draft with other lines: in the browser only those between the old and the new are carried over."""
    tiers, kinds = list(trial.standard.tier), []
    for kind, numbers in zip(Kind, trial.numbers["kinds"], strict=True):
        entries = _entries(trial.standard, chance, round_=chance.random() < 0.6)
        if chance.random() < 0.4:
            pairs = zip(entries, numbers["entries"], strict=True)
            entries = [new if chance.random() < 0.5 else old for new, old in pairs]
        kinds.append(numbers | {"entries": entries})
        for rank, basis in enumerate(entries, 1):
            tiers[-1 - rank] = _entered(tiers[-1 - rank], {kind.value: _points(basis)})
    return Trial(trial.standard.model_copy(update={"tier": tuple(tiers)}), trial.numbers | {"kinds": kinds})


def _entered(tier: Tier, entries: dict[str, Decimal]) -> Tier:
    assert tier.entry
    return tier.model_copy(update={"entry": tier.entry.model_copy(update=entries)})


def _entries(draft: Standard, chance: np.random.Generator, *, round_: bool) -> list[int]:
    """Hundredths of a point; crossed ones too."""
    found = (
        chance.integers(0, 101, len(draft.tier) - 1) * 100
        if round_
        else chance.integers(0, 10_001, len(draft.tier) - 1)
    )
    return [int(each) for each in (found if chance.random() < 0.2 else np.sort(found))]


def _points(basis: int) -> Decimal:
    return Decimal(basis) / 100


def _moved(dimension: Dimension, weights: list[int], chance: np.random.Generator) -> Dimension:
    update = {}
    for kind in Kind:
        scale = dimension.scale(kind)
        if scale is None:
            continue
        tens = chance.integers(0, 11, len(scale.bands)) * 10
        bands = tuple(
            band.model_copy(update={"points": int(points)}) for band, points in zip(scale.bands, tens, strict=True)
        )
        missing = (
            "not_assessable" if scale.missing_points is None else MissingPoints(points=int(chance.integers(0, 101)))
        )
        moved = {"weight": int(chance.choice(weights)), "bands": bands, "missing": missing}
        update[kind.value] = scale.model_copy(update=moved)
    return dimension.model_copy(update=update)


def expected(cells: Any, law: tuple, draft: tuple) -> dict[str, Any] | None:
    """Python's recount, as the browser writes it."""
    try:
        sums = migrate(cells, law, draft).sums.sum(axis=2)
    except TierdeskError:  # all weights of a kind are zero
        return None
    return {measure: np.vectorize(str)(sums[place]).tolist() for place, measure in enumerate(MEASURES)}


@settings(max_examples=BLOCKS, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), seed=st.integers(0, 2**32))
def test_the_browser_counts_what_python_counts(contract, page, data, seed):
    law, draft = data.draw(standards(contract)), data.draw(standards(contract))
    grids = grid_of(law, contract), grid_of(draft, contract)
    edges = tuple(edge for _, each in draft.dimensions for edge in each.edges(Kind.PERSON))
    rows = customers(contract, 250, seed, edges)
    for row in rows[:40]:
        row["assets"] = LARGE - row["position"]
    cells = cells_from(DuckDBEngine(loaded(contract, rows)).fetch(pair_cell_steps(*grids, "facts")))
    chance = np.random.default_rng(seed)
    trials = [drafted(draft, chance) for _ in range(DRAFTS // 4)]
    trials = [each for trial in trials for each in (trial, *(redrawn(trial, chance) for _ in range(3)))]
    given = {
        "block": base64.b64encode(packed(cells, (law, grids[0]), (draft, grids[1]))).decode(),
        "told": shape_of(law, draft, contract, "en"),
        "drafts": [trial.numbers for trial in trials],
    }
    found = page.evaluate(RECOUNT, given)
    for trial, answer in zip(trials, found, strict=True):
        assert answer == expected(cells, (law, grids[0]), (trial.standard, grids[1])), trial.numbers
