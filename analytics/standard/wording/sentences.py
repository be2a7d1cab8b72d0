"""One difference between two standards as one sentence in each language."""

from typing import Any

from analytics.standard.paths import join
from analytics.standard.wording.dimensions import dimension_words
from analytics.standard.wording.gates import gate_words
from analytics.standard.wording.others import (
    aggregation_words,
    category_words,
    figure_words,
    head_words,
    service_words,
)
from analytics.standard.wording.phrases import Phrases
from analytics.standard.wording.tiers import tier_words
from analytics.standard.wording.told import Rest, Told, anything
from analytics.vocabulary import Text

SECTIONS = {
    "standard": head_words,
    "aggregation": aggregation_words,
    "tier": tier_words,
    "dimension": dimension_words,
    "gate": gate_words,
    "category": category_words,
    "service": service_words,
}


def sentence(old: Phrases, new: Phrases, place: Rest, before: Any, after: Any) -> Text:  # noqa: ANN401 - plain data
    """The difference at a place in words; there is a sentence for every place."""
    section, *rest = place
    told = Told(old, new, tuple(rest), before, after)
    if section in SECTIONS and rest:
        return SECTIONS[str(section)](told)
    if rest:
        return figure_words(told, str(section))
    if section in ("tier", "gate", "category"):
        return SECTIONS[str(section)](told)
    return anything(told, Text(f"{join(place)} ", join(place)))
