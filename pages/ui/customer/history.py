"""One customer over time: score and tier in every period, judged by one standard."""

import pandas as pd

from analytics.charts.score import Mark, over_time
from analytics.desks.customers import Past
from analytics.standard.model import Standard
from analytics.vocabulary import BASIS
from pages.ui import figure_card
from pages.ui.words import NOTHING, day, number, say, to


def draw(past: tuple[Past, ...], standard: Standard) -> None:
    """Score and tier in every period, under the one standard."""
    found = [each.explanation for each in past]
    tiers = [_place(each, standard) for each in past]
    scores = [None if each is None or each.score is None else each.score for each in found]
    pairs = zip(scores, tiers, strict=True)
    details = [NOTHING if score is None else f"{number(score)} {tier}" for score, tier in pairs]
    texts = ["" if score is None else number(score) for score in scores]
    kind = next(each.kind for each in found if each is not None)
    entries = zip(standard.tiers_up[1:], standard.entries(kind), strict=True)
    marks = [
        Mark(say("customer.entry", tier=to(tier.name.text), points=number(entry / BASIS)), entry / BASIS)
        for tier, entry in entries
    ]
    figure = over_time(
        [each.period for each in past],
        [None if score is None else float(score) for score in scores],
        texts,
        details,
        marks,
        title=say("customer.history"),
        note=say("customer.history_note", version=standard.standard.version),
        alt=say("customer.history_alt", first=details[0], last=details[-1]),
    )
    columns = {"period": [each.period for each in past], "as_of": [day(each.as_of) for each in past], "tier": tiers}
    columns["score"] = [NOTHING if score is None else number(score) for score in scores]
    headers = {name: say(f"customer.{name}") for name in columns}
    figure_card.show(figure, pd.DataFrame(columns), headers, key="history")


def _place(past: Past, standard: Standard) -> str:
    if past.explanation is None:
        return say("customer.absent")
    tier = past.explanation.tier
    return to(past.explanation.outcome.label if tier is None else standard.tiers_up[tier].name.text)
