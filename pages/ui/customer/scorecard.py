"""One customer's score in words: values, bands, points, and what would bring more."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from analytics.charts.score import Part, parts
from analytics.classify.explain import Explanation, Line
from analytics.desks.ways_up import Way, pieces, ways_up
from analytics.intake.contract import Column
from analytics.standard.model import Dimension, Gate, Standard
from analytics.vocabulary import Kind, Text, Unit
from pages.ui import cached, figure_card, session, tables
from pages.ui.regions import region_name
from pages.ui.words import NOTHING, exact_money, money, number, say, to

HEADERS = ("dimension", "value", "band", "points", "weight", "adds", "next")


def draw(standard: Standard, explanation: Explanation) -> None:
    """What each dimension adds, as a picture with its table; only the table where points are not summed."""
    numbers = table(standard, explanation)
    headers = {name: say(f"customer.{name}") for name in HEADERS}
    summed = pieces(standard, explanation)
    if not summed:
        with st.container(border=True):
            method = say(f"customer.method_{standard.aggregation.method}")
            st.markdown(f"**{say('customer.score_title')}**  \n:small[{method}]")
            tables.table(numbers, headers, right=("points", "weight", "adds"))
        return
    label = {name: to(dimension.label.text) for name, dimension in standard.dimensions}
    absent = {line.dimension for line in explanation.lines if line.points is None}
    bars = [
        Part(
            label[piece.dimension],
            float(piece.got),
            float(piece.possible),
            f"{say('customer.missing') if piece.dimension in absent else number(piece.got)} / {number(piece.possible)}",
        )
        for piece in summed
    ]
    known = explanation.score is not None
    score = number(explanation.score) if known else NOTHING
    figure = parts(
        bars,
        title=say("customer.score_title"),
        note=say("customer.score_note" if known else "customer.score_unknown", score=score),
        alt=say("customer.score_alt", score=score),
    )
    figure_card.show(figure, numbers, headers, key="score")


def table(standard: Standard, explanation: Explanation) -> pd.DataFrame:
    """One row a dimension, in words."""
    ways, shares = ways_up(standard, explanation), {}
    for piece in pieces(standard, explanation):
        shares[piece.dimension] = number(piece.got)
    rows = []
    for line in sorted(explanation.lines, key=lambda each: (-each.weight, each.dimension)):
        dimension = standard.dimension[line.dimension]
        rows.append(
            {
                "dimension": to(dimension.label.text),
                "value": value_of(dimension, line, standard),
                "band": band_of(dimension, line, explanation.kind, standard),
                "points": NOTHING if line.points is None else str(line.points),
                "weight": str(line.weight),
                "adds": shares.get(line.dimension, NOTHING),
                "next": _way(dimension, ways.get(line.dimension), standard),
            }
        )
    return pd.DataFrame(rows, columns=list(HEADERS))


def value_of(dimension: Dimension, line: Line, standard: Standard) -> str:
    """A dimension's value as people write it."""
    if line.value is None:
        return say("customer.missing")
    column = _coded(dimension)
    if column is not None:
        return to(column.code_label(line.value))
    return _amount(line.value, dimension.unit_of, standard, exact=True)


def band_of(dimension: Dimension, line: Line, kind: Kind, standard: Standard) -> str:
    """The band that the value falls into; its lower bound belongs to it."""
    scale = dimension.scale(kind)
    if scale is None or line.band is None:
        return NOTHING
    band = scale.bands[line.band]
    if band.codes:
        column = _coded(dimension)
        labels = [to(column.code_label(column.code_of(code))) if column else code for code in band.codes]
        return say("customer.or").join(labels)
    following = scale.bands[line.band + 1] if line.band + 1 < len(scale.bands) else None
    unit = dimension.unit_of
    low = None if band.from_ is None else _amount(int(band.from_ * unit.scale), unit, standard)
    above = following.from_ if following else None
    high = None if above is None else _amount(int(above * unit.scale), unit, standard)
    match low, high:
        case None, None:
            return say("customer.band_all")
        case None, _:
            return say("customer.band_below", high=high)
        case _, None:
            return say("customer.band_above", low=low)
    return say("customer.band_between", low=low, high=high)


def gate_words(gate: Gate) -> str:
    """A gate's reason as this visitor may read it."""
    if session.hides(gate):
        return say("frame.restricted")
    clause = f" · {gate.clause}" if gate.clause else ""
    return f"{to(gate.reason.text)}{clause}"


def fact_words(column: Column, value: object, standard: Standard) -> str:
    """A stored fact as people write it; restricted facts are for risk management only."""
    if column.restricted and not session.sees_restricted():
        return say("customer.hidden")
    if value is None:
        return say("customer.missing")
    if column.type == "code" and isinstance(value, int):
        return to(column.code_label(value))
    if column.type == "flag":
        return say("customer.yes" if value else "customer.no")
    if column.is_money and isinstance(value, int):
        return exact_money(value, standard.standard.currency)
    if column.type == "number" and isinstance(value, int):
        return _amount(value, column.unit_of, standard, exact=True)
    return region_name(str(value)) if column.name == "region" else str(value)


def facts(values: dict[str, object], standard: Standard) -> None:
    """Every stored fact of the customer, behind a click."""
    with st.expander(say("customer.facts"), icon=":material/description:"):
        columns = [column for column in cached.house().contract.facts if column.name in values]
        rows = {
            "fact": [to(column.label) for column in columns],
            "value": [fact_words(column, values[column.name], standard) for column in columns],
            "meaning": [to(Text(column.meaning.zh, column.meaning.en)) for column in columns],
        }
        tables.table(pd.DataFrame(rows), {name: say(f"customer.{name}") for name in rows}, wide=("meaning",))


def _way(dimension: Dimension, way: Way | None, standard: Standard) -> str:
    if way is None:
        return NOTHING
    edge = _amount(way.edge, dimension.unit_of, standard)
    words = "customer.way_enough" if way.is_enough else "customer.way"
    return say(words, edge=edge, gain=number(way.gain))


def _coded(dimension: Dimension) -> Column | None:
    """The column of codes that a dimension reads, if it reads one."""
    column = cached.house().contract[next(iter(dimension.source))]
    return column if column.type == "code" and len(dimension.source) == 1 else None


def _amount(stored: int, unit: Unit, standard: Standard, *, exact: bool = False) -> str:
    if unit.money:
        return (exact_money if exact else money)(stored, standard.standard.currency)
    return f"{number(Decimal(stored) / unit.scale)} {to(unit.label)}"
