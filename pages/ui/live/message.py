"""What the live bench is told beside the block, as plain data: what it is made of, and what stands in it now."""

from collections.abc import Sequence

from analytics.charts.palette import DOWN, INK, OTHER, PAPER, SOFT, STILL, UP, state_colours, tier_colours
from analytics.cube.cells import MEASURES
from analytics.cube.recount import Migration, State, states_of
from analytics.intake.contract import Contract
from analytics.standard.model import Dimension, Scale, Standard
from analytics.standard.numbers import quantity
from analytics.vocabulary import Kind, Text

Message = dict[str, object]
LOWEST = Text("最低档", "Lowest band")
MISSING = Text("缺失值", "Missing value")
FROM = {"zh": "{edge}起", "en": "From {edge}"}
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
            told = {"label": label, "bands": _bands(dimension, scale, contract, language)}
        scales.append(told)
    return {"id": kind.value, "label": kind.label.to(language), "scales": scales}


def _bands(dimension: Dimension, scale: Scale, contract: Contract, language: str) -> list[str]:
    """What each band is called, the missing one last."""
    column = contract[next(iter(dimension.source))]
    codes = {code.id: (code.zh if language == "zh" else code.en) for code in column.codes}
    names = []
    for band in scale.bands:
        if band.codes:
            names.append(LISTED[language].join(codes.get(code, code) for code in band.codes))
        elif band.from_ is None:
            names.append(LOWEST.to(language))
        else:
            names.append(FROM[language].format(edge=quantity(band.from_, dimension.unit_of, language)))
    return [*names, MISSING.to(language)]


def _numbers(standard: Standard, kind: Kind) -> Message:
    """Entry scores in hundredths, weights and points by dimension; points of a missing value stand last."""
    scales = [dimension.scale(kind) for _, dimension in standard.dimensions]
    return {
        "entries": list(standard.entries(kind)),
        "weights": [scale.weight if scale else 0 for scale in scales],
        "points": [[*scale.points, scale.missing_points] if scale else None for scale in scales],
    }


def _stood(law: Standard, draft: Standard, kind: Kind) -> Message:
    weights, points = [], []
    for name, dimension in draft.dimensions:
        scale = dimension.scale(kind)
        before = law.dimension[name].scale(kind) if name in law.dimension else None
        known = before or scale
        weights.append(known.weight if scale and known else 0)
        points.append(_stood_points(before, scale) if scale else None)
    same_tiers = [tier.id for tier in law.tier] == [tier.id for tier in draft.tier]
    entries = (law if same_tiers else draft).entries(kind)
    return {"entries": list(entries), "weights": weights, "points": points}


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
