"""What the live bench is told beside the block, as plain data: what it is made of, and what stands in it now."""

from collections.abc import Sequence

from analytics.charts.palette import DOWN, INK, OTHER, PAPER, SOFT, STILL, UP, state_colours, tier_colours
from analytics.cube.cells import MEASURES
from analytics.cube.recount import Migration, State, states_of
from analytics.intake.contract import Contract
from analytics.standard.model import Dimension, Scale, Standard
from analytics.standard.numbers import quantity
from analytics.vocabulary import Kind, Text
from pages.ui.live.settled import stored_in

Message = dict[str, object]
LOWEST = Text("最低档", "Lowest band")
MISSING = Text("缺失值", "Missing value")
LISTED = {"zh": "、", "en": ", "}
WAYS = {"up": UP, "down": DOWN, "other": OTHER, "still": STILL, "stay": "#E1E6EB", "stream": "#B4BDC6"}
HUES = WAYS | {"ink": INK, "soft": SOFT, "paper": PAPER}


def shape_of(law: Standard, draft: Standard, contract: Contract, language: str) -> Message:
    """Tiers, kinds, states, staff, colours of a draft against a law: all that none of its numbers changes."""
    old, new = states_of(law), states_of(draft)
    return {
        "method": draft.aggregation.method,
        "metric": draft.aggregation.metric,
        "tiers": [{"id": tier.id, "label": tier.name.text.to(language)} for tier in draft.tiers_up],
        "dimensions": [name for name, _ in draft.dimensions],
        "kinds": [_kind(draft, kind, contract, language) for kind in Kind],
        "before": _states(old, language),
        "after": _states(new, language),
        "staff": {"before": _staff(law), "after": _staff(draft)},
        "colours": {
            "tiers": list(tier_colours(len(draft.tier))),
            "before": list(state_colours([state.rank for state in old])),
            "after": list(state_colours([state.rank for state in new])),
            **HUES,
        },
    }


def numbers_of(law: Standard, draft: Standard) -> Message:
    """``now`` are the draft's numbers by kind, ``stood`` the law's.

    A number that the law does not have (another tier, band or dimension) stands as the draft has it.
    """
    return {"now": [_numbers(draft, kind) for kind in Kind], "stood": [_stood(law, draft, kind) for kind in Kind]}


def answer_of(migration: Migration) -> Message:
    """Python's count as text, exact, (kinds, before, after) by measure: what the browser's own is held against."""
    return {
        measure: [[[str(cell) for cell in row] for row in kind] for kind in migration.sums[place].sum(axis=1).tolist()]
        for place, measure in enumerate(MEASURES)
    }


def _kind(draft: Standard, kind: Kind, contract: Contract, language: str) -> Message:
    scales: list[Message | None] = []
    for _, dimension in draft.dimensions:
        scale = dimension.scale(kind)
        label = dimension.label.text.to(language)
        told: Message | None = None
        if scale is not None:
            unit = None if _edges(dimension, kind) is None else _unit(dimension, language)
            bands = _bands(dimension, scale, contract, language)
            if unit is not None:
                bands[1:-1] = [None] * (len(bands) - 2)
            told = {"label": label, "bands": bands, "unit": unit}
        scales.append(told)
    return {"id": kind.value, "label": kind.label.to(language), "scales": scales}


def _bands(dimension: Dimension, scale: Scale, contract: Contract, language: str) -> list[str | None]:
    """What each band is called, the missing one last."""
    column = contract[next(iter(dimension.source))]
    codes = {code.id: (code.zh if language == "zh" else code.en) for code in column.codes}
    names: list[str | None] = []
    for band in scale.bands:
        if band.codes:
            names.append(LISTED[language].join(codes.get(code, code) for code in band.codes))
        else:
            known = band.from_
            names.append(LOWEST.to(language) if known is None else quantity(known, dimension.unit_of, language))
    return [*names, MISSING.to(language)]


def _unit(dimension: Dimension, language: str) -> Message:
    """How many stored make one, what one and many are called."""
    unit = dimension.unit_of
    many = unit.label.to(language)
    one = many.removesuffix("s") if language == "en" else many
    return {"per": stored_in(dimension), "one": one, "many": many, "money": unit.money}


def _edges(dimension: Dimension, kind: Kind) -> list[str] | None:
    """Edges in stored units, as text: a browser's numbers end at 2^53. ``None`` where not every band has one."""
    scale, edges = dimension.scale(kind), dimension.edges(kind)
    if scale is None or scale.is_qualitative or len(edges) != len(scale.bands) - 1:
        return None
    return [str(edge) for edge in edges]


def _numbers(standard: Standard, kind: Kind) -> Message:
    """Entry scores in hundredths, weights, points and edges by dimension; points of a missing value stand last."""
    scales = [dimension.scale(kind) for _, dimension in standard.dimensions]
    return {
        "entries": list(standard.entries(kind)),
        "weights": [scale.weight if scale else 0 for scale in scales],
        "points": [[*scale.points, scale.missing_points] if scale else None for scale in scales],
        "edges": [_edges(dimension, kind) for _, dimension in standard.dimensions],
    }


def _stood(law: Standard, draft: Standard, kind: Kind) -> Message:
    weights, points, edges = [], [], []
    for name, dimension in draft.dimensions:
        scale = dimension.scale(kind)
        before = law.dimension[name].scale(kind) if name in law.dimension else None
        known = before or scale
        weights.append(known.weight if scale and known else 0)
        points.append(_stood_points(before, scale) if scale else None)
        edges.append(_stood_edges(law.dimension.get(name), dimension, kind))
    same_tiers = [tier.id for tier in law.tier] == [tier.id for tier in draft.tier]
    entries = (law if same_tiers else draft).entries(kind)
    return {"entries": list(entries), "weights": weights, "points": points, "edges": edges}


def _stood_edges(law: Dimension | None, draft: Dimension, kind: Kind) -> list[str] | None:
    """The law's edges where it has as many, and measures the same."""
    now = _edges(draft, kind)
    before = _edges(law, kind) if law and now and (law.source, law.unit) == (draft.source, draft.unit) else None
    return before if before and now and len(before) == len(now) else now


def _stood_points(before: Scale | None, scale: Scale) -> list[int | None]:
    """The law's points where it has as many bands; a missing value keeps whether it has points at all."""
    known = before if before and len(before.bands) == len(scale.bands) else scale
    both = known.missing_points is not None and scale.missing_points is not None
    return [*known.points, known.missing_points if both else scale.missing_points]


def _states(states: Sequence[State], language: str) -> list[Message]:
    return [{"id": state.id, "label": state.label.to(language), "rank": state.rank} for state in states]


def _staff(standard: Standard) -> list[Message]:
    """Caseload and yearly cost (minor units) of one customer, by state."""
    scale = standard.currency_unit.scale
    found: list[Message] = []
    for place, tier in enumerate(standard.tiers_up):
        service = standard.service[tier.id]
        caseload, cost = int(service.caseload.value), int(service.cost.value * scale)
        found.append({"state": place, "caseload": caseload, "cost": cost})
    return found
