"""Fine grids over small tables of facts, and drafts whose edges stand wherever an edge can stand."""

from copy import deepcopy
from decimal import Decimal
from typing import Any

import numpy as np
from hypothesis import strategies as st

from analytics.classify.grid import grid_of
from analytics.cube.layers.bins import Bins, Dictionary
from analytics.cube.layers.fine import Fine
from analytics.cube.layers.ruler import ruler_of
from analytics.intake.contract import Contract
from analytics.standard.model import Standard
from analytics.standard.parse import validate
from analytics.steps import statement
from analytics.vocabulary import Kind


def fine_of(bins: Bins, rows: Any, block: int = 100) -> Fine:
    """The fine grid over a DuckDB table of facts, encoded in small batches."""
    regions = Dictionary()
    reader = rows.sql(statement(bins.steps("facts", {"region": "COALESCE(region, '')"}))).to_arrow_reader(block)
    parts = [bins.encoded(batch, {"region": regions}) for batch in reader]
    arrays = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return Fine(bins, arrays, {"region": regions.words})


@st.composite
def moved(draw: st.DrawFn, data: dict[str, Any], law: Standard, contract: Contract) -> Standard:
    """A draft of a law with other edges: on a mark of the ruler, between marks, beside the law's, or just anywhere."""
    draft = deepcopy(data)
    axes = {axis.name: axis for axis in grid_of(law, contract).axes}
    for name, body in draft["dimension"].items():
        ruler = ruler_of(axes[name], contract) if law.dimension[name].edges(Kind.PERSON) else None
        scale = law.dimension[name].unit_of.scale * (100 if law.dimension[name].is_composite else 1)
        for kind in (kind for kind in Kind if kind.value in body):
            bands = body[kind.value]["bands"]
            edges = [_stored(band["from"], scale) for band in bands if "from" in band]
            if not edges or ruler is None or "codes" in bands[0]:
                continue
            near = {edge + by for edge in edges for by in (-1, 0, 1)}
            near |= {mark for edge in edges for mark in (ruler.before(edge), ruler.after(edge)) if mark is not None}
            pool = st.one_of(st.sampled_from(sorted(near)), st.integers(min(edges) - 500, max(edges) + 500))
            chosen = draw(st.lists(pool, min_size=len(edges), max_size=len(edges), unique=True).map(sorted))
            for band, edge in zip(bands[1:], chosen, strict=True):
                band["from"] = Decimal(edge) / scale
    return validate(draft, contract)


def _stored(amount: Decimal | int, scale: int) -> int:
    return int(Decimal(amount) * scale)
