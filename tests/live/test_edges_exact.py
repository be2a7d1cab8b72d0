"""The browser's recount of a dimension in the hand equals Python's, wherever its edges stand; so do its amounts."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from analytics.classify.grid import Grid, grid_of
from analytics.cube.cells import MEASURES, cells_from, pair_cell_steps
from analytics.cube.layers.bins import bins_of
from analytics.cube.layers.hand_pack import packed_hand
from analytics.cube.layers.resting import rest_layer
from analytics.cube.pack import SPLIT, packed, unpacked
from analytics.cube.recount import migrate
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from analytics.intake.contract import Contract
from analytics.standard.model import MissingPoints, Standard
from analytics.standard.numbers import quantity
from analytics.standard.parse import validate
from analytics.vocabulary import UNITS, Kind
from pages.ui.live.component import script
from pages.ui.live.labels import labels_in
from pages.ui.live.message import numbers_of, shape_of
from pages.ui.live.settled import stored_in
from tests.fine_grids import fine_of, moved
from tests.population import customers, loaded
from tests.strategies import standard_data

BLOCKS, DRAFTS = 40, 20
"""Random pairs of standards, and drafts over each: 800 in all."""
LARGE = 1 << 49
"""Forty amounts of this size pass what a double can hold."""
COUNT = """({ block, told, at, place, drafts }) => {
  const read = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const hand = unpackHand(read(block));
  const recount = handRecounter(hand, told, at, place);
  return drafts.map(({ numbers, whole }) => {
    const kinds = numbers.map((kind, each) => ({ ...kind, scales: told.kinds[each].scales }));
    const everybody = recounter(unpack(read(whole)), told)(kinds);
    if (everybody.trouble) return null;
    const mine = recount(kinds, edgeColumns(hand, kinds[at].edges[place]));
    const answer = withHand(everybody, mine, at);
    const people = mine.columns.reduce((sum, each) => sum + each, 0);
    return { answer: exactAnswer(answer), bars: answer.bars.join() === everybody.bars.join(), people };
  });
}"""
WRITE = """({ labels, unit, stored }) => {
  const write = amounts(labels);
  return stored.map((each) => [write.quantity(each, unit), write.stored(write.plain(each, unit), unit)]);
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A blank page with the component's arithmetic in it."""
    page = browser.new_page()
    page.add_script_tag(content=script("count/unpack", "count/recount", "count/hand", "count/amounts"))
    yield page
    page.close()


@dataclass(frozen=True)
class InHand:
    """A draft, and the dimension of a kind whose edges are moved over the bounds that it has."""

    standard: Standard
    kind: Kind
    name: str
    bounds: list[int]

    def moved(self, chance: np.random.Generator) -> Standard:
        """Other edges; by chance other points, another weight, other entry scores."""
        dimension = self.standard.dimension[self.name]
        scale = dimension.scale(self.kind)
        assert scale is not None
        edges = sorted(chance.choice(self.bounds, len(scale.bands) - 1, replace=False).tolist())
        froms = [None, *(Decimal(edge) / stored_in(dimension) for edge in edges)]
        bands = [band.model_copy(update={"from_": new}) for band, new in zip(scale.bands, froms, strict=True)]
        update: dict[str, Any] = {"bands": tuple(bands)}
        if chance.random() < 0.4:
            points = chance.integers(0, 101, len(bands)).tolist()
            update["bands"] = tuple(
                band.model_copy(update={"points": each}) for band, each in zip(bands, points, strict=True)
            )
            update["weight"] = int(chance.choice([0, 10, 35, 1000]))
            if scale.missing_points is not None:
                update["missing"] = MissingPoints(points=int(chance.integers(0, 101)))
        changed = dimension.model_copy(update={self.kind.value: scale.model_copy(update=update)})
        tiers = self._tiers(chance) if chance.random() < 0.4 else self.standard.tier
        return self.standard.model_copy(
            update={"dimension": self.standard.dimension | {self.name: changed}, "tier": tiers}
        )

    def _tiers(self, chance: np.random.Generator) -> tuple[Any, ...]:
        tiers = list(self.standard.tier)
        lines = np.sort(chance.integers(0, 10_001, len(tiers) - 1)).tolist()
        for rank, basis in enumerate(lines, 1):
            entry = tiers[-1 - rank].entry
            assert entry is not None
            update = {self.kind.value: Decimal(basis) / 100}
            tiers[-1 - rank] = tiers[-1 - rank].model_copy(update={"entry": entry.model_copy(update=update)})
        return tuple(tiers)


def expected(rows: Any, law: tuple[Standard, Grid], draft: Standard, contract: Contract) -> tuple[Any, str]:
    """Python's recount of a draft as the browser writes it, on the draft's own grid, and that grid's block."""
    grid = grid_of(draft, contract)
    cells = cells_from(DuckDBEngine(rows).fetch(pair_cell_steps(law[1], grid, "facts")))
    block = base64.b64encode(packed(cells, law, (draft, grid))).decode()
    try:
        sums = migrate(cells, law, (draft, grid)).sums.sum(axis=2)
    except TierdeskError:  # all weights of a kind are zero
        return None, block
    return {measure: np.vectorize(str)(sums[place]).tolist() for place, measure in enumerate(MEASURES)}, block


@settings(max_examples=BLOCKS, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), seed=st.integers(0, 2**32), keep=st.sampled_from([1, 1, 3]))
def test_wherever_the_edges_stand_the_browser_counts_what_python_counts(contract, page, data, seed, keep):
    plain = data.draw(standard_data(contract))
    law = validate(plain, contract)
    draft = data.draw(moved(plain, law, contract))
    handy = [(name, kind) for name, body in draft.dimension.items() for kind in Kind if body.edges(kind)]
    assume(handy)
    name, kind = data.draw(st.sampled_from(handy))
    grids = grid_of(law, contract), grid_of(draft, contract)
    people = customers(contract, 250, seed, draft.dimension[name].edges(kind))
    for row in people[:40]:
        row["assets"] = LARGE - row["position"]
    rows = loaded(contract, people)
    found = rest_layer(fine_of(bins_of(grids[0], contract), rows), (law, grids[0]), (draft, grids[1]), kind, name)
    assume(found is not None)
    assert found is not None
    block = packed_hand(found[0], keep)
    _, arrays = unpacked(block)
    bounds = (arrays["boundHigh"].astype(np.int64) * SPLIT + arrays["boundLow"].astype(np.int64)).tolist()
    chance = np.random.default_rng(seed)
    hand = InHand(draft, kind, name, bounds)
    trials = [draft, *(hand.moved(chance) for _ in range(DRAFTS - 1))]
    told = [expected(rows, (law, grids[0]), trial, contract) for trial in trials]
    given = {
        "block": base64.b64encode(block).decode(),
        "told": shape_of(law, draft, contract, "en"),
        "at": list(Kind).index(kind),
        "place": [each for each, _ in draft.dimensions].index(name),
        "drafts": [
            {"numbers": numbers_of(law, trial)["now"], "whole": whole}
            for trial, (_, whole) in zip(trials, told, strict=True)
        ],
    }
    of_kind = sum(row["kind"] == list(Kind).index(kind) + 1 for row in people)
    for trial, answer, (counted, _) in zip(trials, page.evaluate(COUNT, given), told, strict=True):
        wanted = counted and {"answer": counted, "bars": True, "people": of_kind}
        assert answer == wanted, numbers_of(law, trial)["now"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["yuan", "point", "year", "full_year"])
def test_amounts_are_written_and_read_as_python_does(page, language, name):
    unit, chance = UNITS[name], np.random.default_rng(7)
    sizes = [10**power * factor for power in range(17) for factor in (1, 2, 5, 25, 123)]
    stored = [0, *sizes, *(-size for size in sizes), *chance.integers(-(10**16), 10**16, 200).tolist()]
    many = unit.label.to(language)
    told = {
        "per": unit.scale,
        "one": many.removesuffix("s") if language == "en" else many,
        "many": many,
        "money": unit.money,
    }
    asked = {"labels": labels_in(language, "CNY"), "unit": told, "stored": [str(each) for each in stored]}
    wanted = [[quantity(Decimal(each) / unit.scale, unit, language), str(each)] for each in stored]
    limit = 10**15 * unit.scale
    for each, found, right in zip(stored, page.evaluate(WRITE, asked), wanted, strict=True):
        assert found == (right if abs(each) < limit else [right[0], None])


@pytest.mark.parametrize(
    ("language", "typed", "stored"),
    [
        ("zh", "50万", "50000000"),
        ("zh", "1.5 亿", "15000000000"),
        ("en", "1.25m", "125000000"),
        ("en", " 500,000.5 ", "50000050"),
        ("en", "−3k", "-300000"),
        ("en", "0.005", None),
        ("en", "1e5", None),
        ("en", "", None),
        ("en", "half a million", None),
        ("en", "1" * 19, None),
        ("en", "50万", None),
    ],
)
def test_what_is_typed_is_read_exactly_or_not_at_all(page, language, typed, stored):
    unit = {"per": 100, "one": "yuan", "many": "yuan", "money": True}
    asked = {"labels": labels_in(language, "CNY"), "unit": unit, "typed": typed}
    assert page.evaluate("({ labels, unit, typed }) => amounts(labels).stored(typed, unit)", asked) == stored
