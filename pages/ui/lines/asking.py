"""What the questions about lines ask of the desk, and the choice of kind that they share."""

from decimal import Decimal

import streamlit as st

from analytics.cube.sensitivity.lines import Line
from analytics.cube.sweep.dials import Dial
from analytics.desks.whatif.bench import Side
from analytics.desks.whatif.sensitivity import Asked
from analytics.intake.contract import Contract
from analytics.standard.model import Standard
from analytics.standard.numbers import quantity, score
from analytics.vocabulary import Kind
from pages.ui import cached, session
from pages.ui.impact.figures import Scope
from pages.ui.words import say, to


def asked_of(sides: tuple[Side, Side], scope: Scope) -> Asked:
    """A law and a draft, and the part of the population that is looked at, as the desk is asked about it."""
    return Asked(cached.house(), *sides, scope.grouping, scope.group, scope.kind)


def chosen_kind(draft: Standard, scope: Scope, *, key: str) -> Kind:
    """The kind that the scope shows, else the one that the visitor chooses among those with bands."""
    if scope.kind is not None:
        return scope.kind
    kinds = {kind.value: to(kind.label) for kind in Kind if draft.scales(kind)}
    usual = next(iter(kinds))
    chosen = st.segmented_control(
        say("impact.kind"),
        list(kinds),
        format_func=kinds.__getitem__,
        default=usual,
        required=True,
        key=f"{key}.kind",
    )
    return Kind(chosen or usual)


def line_name(standard: Standard, line: Line) -> str:
    """A line in words: a tier's entry score, or a dimension's amount."""
    if line.sort == "entry":
        tier = next(tier for tier in standard.tier if tier.id == line.name)
        return say("cliffs.entry_line", tier=to(tier.name.text), score=score(line.amount))
    return f"{to(standard.dimension[line.name].label.text)} {amount_in_words(standard, line.name, line.amount)}"


def amount_in_words(standard: Standard, name: str, amount: int) -> str:
    """An amount of a dimension in its unit; ``amount`` is as the grid has it."""
    dimension = standard.dimension[name]
    factor = dimension.unit_of.scale * (100 if dimension.is_composite else 1)
    return quantity(Decimal(amount) / factor, dimension.unit_of, session.language())


def dial_name(standard: Standard, contract: Contract, dial: Dial) -> str:
    """A number of a standard in words, with whom it is about."""
    who = to(dial.kind.label) if dial.kind else say("impact.everyone")
    if dial.sort == "entry":
        tier = next(tier for tier in standard.tier if tier.id == dial.name)
        return f"{who} · {say('bench.entry_of', tier=to(tier.name.text))}"
    if dial.sort == "gate":
        gate = standard.gate[dial.place]
        column = contract[gate.when[dial.condition].column]
        unit = standard.currency_unit if column.is_money else column.unit_of
        amount = say(f"bench.gate_{dial.side}", column=to(column.label), unit=to(unit.label))
        return f"{who} · {to(gate.reason.text)} · {amount}"
    name = f"{who} · {to(standard.dimension[dial.name].label.text)}"
    return name if dial.sort == "weight" else f"{name} · {_band(standard, contract, dial)}"


def _band(standard: Standard, contract: Contract, dial: Dial) -> str:
    """The band that a number belongs to, in words."""
    assert dial.kind is not None, "a band is one kind's"
    dimension = standard.dimension[dial.name]
    scale = dimension.scale(dial.kind)
    if dial.sort == "missing" or scale is None:
        return say("bench.band_missing")
    band = scale.bands[dial.place]
    if band.codes:
        column = contract[next(iter(dimension.source))]
        return say("bench.list_sign").join(to(column.code_label(column.code_of(code))) for code in band.codes)
    if dial.place == 0:
        return say("bench.band_lowest")
    return say("bench.band_from", edge=amount_in_words(standard, dial.name, dimension.edges(dial.kind)[dial.place - 1]))
