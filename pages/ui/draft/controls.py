"""The controls of the bench: every number of a standard that decides a tier, by slider or typed.

The sketch is the one truth. Each widget is told to show it before it is drawn, and says what it was moved to from its
own callback, so slider and field cannot differ.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.desks.whatif.drafts import edge_steps
from analytics.standard.model import Band, Dimension, Scale, Standard
from analytics.standard.numbers import quantity
from analytics.vocabulary import UNITS, Kind, Unit
from pages.ui import cached, session
from pages.ui.draft import sketch
from pages.ui.draft.sketch import Number, Sketch
from pages.ui.words import number as written
from pages.ui.words import say, to

POINT = UNITS["point"]
TABS = ("entries", "weights", "bands", "gates")
BESIDE_LIVE = ("edges", "gates")
"""The tabs beside the live bench, which has the other numbers in its own hand."""


@dataclass(frozen=True)
class Place:
    """One number of a standard: where it stands, what it is called, its unit and what stood there before."""

    path: str
    label: str
    stood: Number
    unit: Unit = POINT
    reference: str = ""


@dataclass(frozen=True)
class Reach:
    """Between what a number may be moved; ``fine`` is the step of the field."""

    low: Number
    high: Number
    step: Number
    fine: Number


WIDEST = Decimal(9 * 10**13)
"""Amounts up to here keep their last fen in a browser's numbers."""
HUNDRED = Reach(0, 100, 1, 1)
SCORES = Reach(Decimal(0), Decimal(100), Decimal("0.5"), Decimal("0.5"))


def controls(base: Standard, held: Sketch, tabs: tuple[str, ...] = TABS) -> None:
    """Draw :data:`TABS`, or those beside the live bench, for one kind of customer."""
    kinds = {kind.value: to(kind.label) for kind in Kind if base.scales(kind)}
    usual = next(iter(kinds))
    kind = Kind(
        st.segmented_control(
            say("impact.kind"),
            list(kinds),
            format_func=kinds.__getitem__,
            default=usual,
            required=True,
            key="bench.kind",
        )
        or usual
    )
    drawn = dict(zip((*TABS, "edges"), (_entries, _weights, _bands, _gates, _edges), strict=True))
    key = f"bench.tab.{len(tabs)}"
    for name, tab in zip(
        tabs, st.tabs([say(f"bench.tab_{name}") for name in tabs], key=key, on_change="rerun"), strict=True
    ):
        if tab.open:
            with tab:
                drawn[name](base, held, kind)


def _entries(base: Standard, held: Sketch, kind: Kind) -> None:
    st.markdown(f":small[{say('bench.entries_help')}]")
    for at, tier in enumerate(base.tier):
        stood = tier.entry.of(kind) if tier.entry else None
        if stood is not None:
            label = say("bench.entry_of", tier=to(tier.name.text))
            place = Place(f"tier[{at}].entry.{kind}", label, stood, reference=tier.reference)
            _moved_by_hand(held, place, SCORES)


def _weights(base: Standard, held: Sketch, kind: Kind) -> None:
    total = 0
    for name, dimension in base.dimension.items():
        scale = dimension.scale(kind)
        if scale:
            path = f"dimension.{name}.{kind}.weight"
            total += int(_now(held, path, scale.weight))
            reference = scale.reference or dimension.reference
            _moved_by_hand(held, Place(path, to(dimension.label.text), scale.weight, reference=reference), HUNDRED)
    key = "bench.weights_whole" if total == 100 else "bench.weights_part"
    st.markdown(say(key, total=total))


def _edges(base: Standard, held: Sketch, kind: Kind) -> None:
    """Where bands begin; their points are in the live bench's own hand."""
    names = [name for name, scale in base.scales(kind) if any(band.from_ is not None for band in scale.bands)]
    if not names:
        st.markdown(say("bench.edges_none"))
        return
    path, dimension, scale = _dimension_in_hand(base, names, kind)
    places = [place for place, band in enumerate(scale.bands) if band.from_ is not None]
    lines = {place: _band_line(held, path, dimension, scale, place) for place in places}
    _edge(held, path, dimension, scale, _band_in_hand(path, lines, scale.reference))


def _bands(base: Standard, held: Sketch, kind: Kind) -> None:
    path, dimension, scale = _dimension_in_hand(base, [name for name, _ in base.scales(kind)], kind)
    places = range(len(scale.bands) + (scale.missing_points is not None))
    lines = {place: _band_line(held, path, dimension, scale, place) for place in places}
    at = _band_in_hand(path, lines, scale.reference)
    if scale.missing_points is None:
        st.markdown(f":small[{say('bench.missing_refuses')}]")
    if at == len(scale.bands):
        place = Place(f"{path}.missing.points", say("bench.points_missing"), scale.missing_points or 0)
        _moved_by_hand(held, place, HUNDRED)
        return
    band = scale.bands[at]
    if band.from_ is not None:
        _edge(held, path, dimension, scale, at)
    label = say("bench.points")
    _moved_by_hand(held, Place(f"{path}.bands[{at}].points", label, band.points, reference=band.reference), HUNDRED)


def _dimension_in_hand(base: Standard, names: list[str], kind: Kind) -> tuple[str, Dimension, Scale]:
    """The dimension that is chosen, and where the text says its bands."""
    names.sort(key=list(base.dimension).index)
    labels = {name: to(base.dimension[name].label.text) for name in names}
    name = st.selectbox(say("bench.dimension"), names, format_func=labels.__getitem__, key=f"bench.dimension.{kind}")
    scale = base.dimension[name].scale(kind)
    assert scale is not None
    return f"dimension.{name}.{kind}", base.dimension[name], scale


def _band_in_hand(path: str, lines: dict[int, str], reference: str) -> int:
    """The place of the band that is chosen; Streamlit would know it by its line, which every edit changes."""
    key = f"bench.band.{path}"
    chosen = session.recall(key, 0)
    session.show(key, chosen if chosen in lines else next(iter(lines)))
    return st.radio(
        say("bench.band"),
        list(lines),
        format_func=lines.__getitem__,
        key=key,
        on_change=_choose_band,
        args=(key,),
        help=reference or None,
    )


def _choose_band(key: str) -> None:
    session.remember(key, session.shown(key))


def _band_line(held: Sketch, path: str, dimension: Dimension, scale: Scale, at: int) -> str:
    """One band as it would stand now, with a mark where the sketch has moved it."""
    language = session.language()
    if at == len(scale.bands):
        now = _now(held, f"{path}.missing.points", scale.missing_points or 0)
        name = say("bench.band_missing")
        moved = held.said(f"{path}.missing.points") is not None
    else:
        band = scale.bands[at]
        now = _now(held, f"{path}.bands[{at}].points", band.points)
        name = _band_name(held, path, dimension, band, at, language)
        moved = any(held.said(f"{path}.bands[{at}].{part}") is not None for part in ("from", "points"))
    line = say("bench.band_line", name=name, points=now)
    return f"**{line}** ●" if moved else line


def _band_name(held: Sketch, path: str, dimension: Dimension, band: Band, at: int, language: str) -> str:
    if band.codes:
        column = cached.house().contract[next(iter(dimension.source))]
        labels = {code.id: code.zh if language == "zh" else code.en for code in column.codes}
        return say("bench.list_sign").join(labels.get(code, code) for code in band.codes)
    if band.from_ is None:
        return say("bench.band_lowest")
    edge = Decimal(_now(held, f"{path}.bands[{at}].from", band.from_))
    return say("bench.band_from", edge=quantity(edge, dimension.unit_of, language))


def _edge(held: Sketch, path: str, dimension: Dimension, scale: Scale, at: int) -> None:
    """The lower bound of a band: a slider over round amounts between its neighbours, and a field for any amount."""
    unit, language = dimension.unit_of, session.language()
    stood = [band.from_ or Decimal(0) for band in scale.bands[1:]]
    now = [Decimal(_now(held, f"{path}.bands[{n}].from", edge)) for n, edge in enumerate(stood, 1)]
    label = say("bench.edge", unit=to(unit.label))
    place = Place(f"{path}.bands[{at}].from", label, stood[at - 1], unit, scale.bands[at].reference)
    rests = {edge: quantity(edge, unit, language) for edge in edge_steps(now, at - 1, unit)}
    finest = Decimal(1) / unit.scale
    low = now[at - 2] + finest if at > 1 else -WIDEST
    high = now[at] - finest if at < len(now) else WIDEST
    with _row(held, place) as (left, right):
        key = f"bench.slide.{held.baseline[:8]}.{place.path}"
        session.show(key, now[at - 1])
        left.select_slider(
            place.label,
            list(rests),
            format_func=rests.__getitem__,
            key=key,
            on_change=_commit,
            args=(held.baseline, place, key),
            help=_help(place),
        )
        _field(right, held, place, Reach(min(low, now[at - 1]), max(high, now[at - 1]), finest, _step(unit)))
    st.markdown(f":small[{_between(low, high, unit)}]")


def _between(low: Decimal, high: Decimal, unit: Unit) -> str:
    """What may be typed, in words: an edge stays between its neighbours."""
    least, most = (quantity(each, unit, session.language()) for each in (low, high))
    if low == -WIDEST:
        return say("bench.edge_most", most=most) if high < WIDEST else ""
    return say("bench.edge_between", least=least, most=most) if high < WIDEST else say("bench.edge_least", least=least)


def _step(unit: Unit) -> Decimal:
    """What one press of the field's arrows adds; money may be typed to its last decimal all the same."""
    return Decimal(1) if unit.money else Decimal(1) / unit.scale


def _gates(base: Standard, held: Sketch, kind: Kind) -> None:
    """The amounts of the gates: what caps or lifts a tier whatever the score."""
    st.markdown(f":small[{say('bench.gates_help')}]")
    house, drawn = cached.house(), 0
    for at, gate in enumerate(base.gate):
        if kind.value not in gate.kinds:
            continue
        for n, condition in enumerate(gate.when):
            for side in ("at_least", "below"):
                stood = getattr(condition, side)
                if stood is None:
                    continue
                drawn += 1
                if session.hides(gate):
                    st.markdown(say("frame.restricted"))
                    continue
                column = house.contract[condition.column]
                unit = base.currency_unit if column.is_money else column.unit_of
                fine = _step(unit)
                name = say(f"bench.gate_{side}", column=to(column.label), unit=to(unit.label))
                place = Place(f"gate[{at}].when[{n}].{side}", name, stood, unit, gate.clause)
                st.markdown(f"{to(gate.reason.text)}")
                top = max(stood * 3, Decimal(100))
                step = max(fine, Decimal(10) ** (len(str(int(top))) - 3))
                _moved_by_hand(held, place, Reach(Decimal(0), top, step, fine))
    if not drawn:
        st.markdown(say("bench.gates_none"))


def _moved_by_hand(held: Sketch, place: Place, reach: Reach) -> None:
    """A slider and a field for one number, and a way back to what it was."""
    now = _now(held, place.path, place.stood)
    low, high = min(reach.low, now), max(reach.high, now)
    with _row(held, place) as (left, right):
        key = f"bench.slide.{held.baseline[:8]}.{place.path}"
        whole = isinstance(reach.step, int)
        cast: Callable[[Number], int | float] = int if whole else float
        session.show(key, cast(now))
        left.slider(
            place.label,
            cast(low),
            cast(high),
            step=cast(reach.step),
            format="%d" if whole else "%g",
            key=key,
            on_change=_commit,
            args=(held.baseline, place, key),
            help=_help(place),
        )
        _field(right, held, place, Reach(low, 1000 if whole else 10**14, reach.step, reach.fine))


def _field(where: DeltaGenerator, held: Sketch, place: Place, reach: Reach) -> None:
    now = _now(held, place.path, place.stood)
    key = f"bench.type.{held.baseline[:8]}.{place.path}"
    whole = isinstance(place.stood, int) or (place.unit.scale == reach.fine == 1 and now % 1 == 0)
    cast: Callable[[Number], int | float] = int if whole else float
    session.show(key, cast(now))
    where.number_input(
        place.label,
        cast(reach.low),
        cast(reach.high),
        step=cast(reach.fine),
        format="%d" if whole else "%g",
        key=key,
        on_change=_commit,
        args=(held.baseline, place, key, reach),
        label_visibility="hidden",
    )


@contextmanager
def _row(held: Sketch, place: Place) -> Iterator[tuple[DeltaGenerator, DeltaGenerator]]:
    """Slider, field and the way back, side by side; the way back is there only where something was moved."""
    left, right, back = st.columns([10, 6, 2], vertical_alignment="bottom", gap="small")
    yield left, right
    if held.said(place.path) is not None:
        back.button(
            "",
            icon=":material/undo:",
            type="tertiary",
            key=f"bench.back.{held.baseline[:8]}.{place.path}",
            help=say("bench.back_to", value=_stood(place)),
            on_click=sketch.take_back,
            args=(held.baseline, place.path),
        )


def _commit(baseline: str, place: Place, key: str, reach: Reach | None = None) -> None:
    """A widget was moved: say so in the sketch; what lies out of its reach is let go."""
    value = session.shown(key)
    if isinstance(value, int | float | Decimal):
        number = Decimal(str(value))
        if reach and not reach.low <= number <= reach.high:
            return
        exact = int(number) if isinstance(place.stood, int) else number
        sketch.put(baseline, place.path, exact, place.stood)


def _now(held: Sketch, path: str, stood: Number) -> Number:
    said = held.said(path)
    return stood if said is None else said


def _stood(place: Place) -> str:
    if place.unit is POINT:
        return written(place.stood)
    return quantity(Decimal(place.stood), place.unit, session.language())


def _help(place: Place) -> str:
    """What stood there, and where the number comes from."""
    lines = [say("bench.stood", value=_stood(place))]
    if place.reference:
        lines.append(say("bench.reference", reference=place.reference))
    return "  \n".join(lines)
