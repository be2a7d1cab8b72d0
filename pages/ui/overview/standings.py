"""What a kept result looks like: who stands where, how that has gone over time, and what keeps others out."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.charts.palette import state_colours
from analytics.charts.shares import shares
from analytics.charts.trend import Layer, trend
from analytics.desks.runs.results import Cause, Place, Standing
from analytics.vocabulary import Outcome
from pages.ui import figure_card, frame, session, tables
from pages.ui.words import count, exact_money, money, names, say, share, to

MEASURES = ("customers", "assets", "contribution")


def who_and_what(now: Standing, currency: str) -> None:
    """The main picture: who is in each tier, and what they hold; the numbers behind it."""
    places, totals = _shown([now]), {name: now.total(name) for name in MEASURES}
    layers = []
    for place in places:
        values = [(getattr(place, name), totals[name]) for name in MEASURES]
        layers.append(_layer(now, place, values))
    note = say(
        "overview.shares_note",
        period=now.snapshot.period,
        customers=count(totals["customers"]),
        assets=money(totals["assets"], currency),
        contribution=money(totals["contribution"], currency),
    )
    first = layers[0]
    alt = say("overview.shares_alt", tier=first.name, customers=first.texts[0], assets=first.texts[1])
    rows = [say(f"overview.{name}") for name in MEASURES]
    figure = shares(rows, layers, title=say("overview.shares_title"), note=note, alt=alt)
    figure_card.show(figure, *_numbers(places, layers, currency), key="shares")


@st.fragment
def over_time(standings: list[Standing], *, version: str, n_absent: int) -> None:
    """Shares of the tiers, period by period, by the measure that the visitor chooses."""
    with frame.boundary("overview"):
        measure = st.segmented_control(
            say("overview.measure"),
            MEASURES,
            default="assets",
            format_func=names("overview.", MEASURES).__getitem__,
            required=True,
            key="overview.measure",
        )
        places, periods = list(reversed(_shown(standings))), [each.snapshot.period for each in standings]
        layers = []
        for place in places:
            values = [(getattr(_same(each, place), measure), each.total(measure)) for each in standings]
            layers.append(_layer(standings[-1], place, values))
        columns = {layer.name: list(layer.texts) for layer in reversed(layers)}
        headers = {"period": say("overview.period")} | {name: name for name in columns}
        numbers = pd.DataFrame({"period": periods, **columns})
        figure_card.show(_trend(periods, layers, measure, version), numbers, headers, key="trend")
        if n_absent:
            st.markdown(say("overview.trend_missing", n=n_absent))


def _trend(periods: list[str], layers: list[Layer], measure: str, version: str) -> Any:
    top = layers[-1]
    facts = {"tier": top.name, "before": top.texts[0], "after": top.texts[-1], "measure": say(f"overview.of_{measure}")}
    figure = trend(
        periods,
        layers,
        title=say("overview.trend_title", measure=facts["measure"]),
        note=say("overview.trend_note", version=version, measure=facts["measure"]),
        alt=say("overview.trend_alt", first=periods[0], last=periods[-1], **facts),
    )
    figure.update_layout(uniformtext={"minsize": 11, "mode": "hide"})  # no number is better than a tiny one
    return figure


def causes(now: Standing, found: tuple[Cause, ...]) -> None:
    """What keeps customers out of the tiers or limits them, in words."""
    with st.container(border=True):
        if not found:
            st.markdown(f"**{say('overview.causes_title')}**  \n{say('overview.causes_none')}")
            return
        st.markdown(f"**{say('overview.causes_title')}**  \n:small[{say('overview.causes_note')}]")
        listed = pd.DataFrame(
            {
                "outcome": [_outcome(cause) for cause in found],
                "customers": [count(cause.customers) for cause in found],
                "customers_share": [share(cause.customers, now.total(), 2) for cause in found],
                "cause": [reason(cause) for cause in found],
            }
        )
        headers = {name: say(f"overview.{name}") for name in listed.columns}
        tables.table(listed, headers, right=("customers", "customers_share"), wide=("cause",))


def reason(cause: Cause) -> str:
    """A cause as this visitor may read it: restricted gates are named to risk management only."""
    if cause.gate is not None and session.hides(cause.gate):
        return say("frame.restricted")
    return to(cause.words)


def _shown(standings: list[Standing]) -> list[Place]:
    """Tiers, highest first, then the other outcomes that occur."""
    last = standings[-1]
    others = [each for each in last.others if any(_same(one, each).customers for one in standings)]
    return [*last.tiers, *others]


def _same(standing: Standing, place: Place) -> Place:
    return next(each for each in standing.places if each.state.id == place.state.id)


def _layer(standing: Standing, place: Place, values: list[tuple[int, int]]) -> Layer:
    colours = state_colours([each.state.rank for each in standing.places])
    at = [each.state.id for each in standing.places].index(place.state.id)
    parts = tuple(max(0.0, part / whole) if whole > 0 else 0.0 for part, whole in values)
    return Layer(to(place.state.label), colours[at], parts, tuple(share(*value) for value in values))


def _numbers(places: list[Place], layers: list[Layer], currency: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """The exact numbers behind the main picture, and their headers."""
    columns: dict[str, list[str]] = {"place": [layer.name for layer in layers]}
    for at, name in enumerate(MEASURES):
        amounts = [getattr(place, name) for place in places]
        columns[name] = [exact_money(each, currency) if at else count(each) for each in amounts]
        columns[f"{name}_share"] = [layer.texts[at] for layer in layers]
    headers = {name: say(f"overview.{name}") for name in columns}
    return pd.DataFrame(columns), headers


def _outcome(cause: Cause) -> str:
    limited = cause.outcome is Outcome.CLASSIFIED
    return say("overview.limited") if limited else to(cause.outcome.label)
