"""The second step of an import: which column of the file becomes which column of the contract."""

from pathlib import Path
from typing import Literal

import pandas as pd
import streamlit as st

from analytics.desks.data import mapping_drafts
from analytics.desks.data.intake import Preview
from analytics.errors import TierdeskError
from analytics.intake.contract import Contract
from analytics.intake.mapping import Mapping, Rule, parse_mapping
from analytics.vocabulary import CURRENCIES, Text
from pages.ui import cached, frame, session
from pages.ui.words import NOTHING, moment, names, say, to

TEXT, ABOUT = "intake.text", "intake.about"
AREA, PERIOD, DAY, CURRENCY, UNIT = (f"intake.{name}" for name in ("area", "period", "day", "currency", "unit"))
UNITS = ("major", "ten_thousand", "minor")
WAYS = ("table", "text")
WIDTHS: dict[str, Literal["medium", "large"]] = {"column": "medium", "how": "medium", "meaning": "large"}
SUGGESTED = "suggested"


def edit(path: Path, look: Preview, contract: Contract) -> Mapping | None:
    """The mapping that the visitor has made of the suggestion; ``None`` while it has faults."""
    suggestion = mapping_drafts.begun(look.mapping, path.name)
    with st.container(border=True):
        st.markdown(f"**{say('intake.mapping')}**  \n:small[{say('intake.mapping_note')}]")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _begin(path, suggestion)
            way = st.segmented_control(
                say("intake.edit_as"),
                WAYS,
                default="table",
                format_func=names("intake.as_", WAYS).__getitem__,
                required=True,
                key="intake.edit_as",
            )
        text = session.recall(TEXT, "")
        if way == "text":
            _text(text)
        else:
            _table(text, suggestion, look, contract)
        try:
            return parse_mapping(text, contract)
        except TierdeskError as error:
            frame.tell(error)
            return None


def _begin(path: Path, suggestion: Mapping) -> None:
    """Choose what to begin with; another file or another beginning throws the edits away."""
    known = {each.intake_id: each for each in mapping_drafts.earlier(cached.house())}

    labels = {SUGGESTED: say("intake.suggested")}
    for each in known.values():
        labels[each.intake_id] = say("intake.earlier", file=each.file_name, moment=moment(each.loaded_at))
    begin = st.selectbox(
        say("intake.begin_with"), list(labels), format_func=labels.__getitem__, key="intake.begin", width=420
    )
    about = (str(path), begin)
    if session.recall(ABOUT, None) != about:
        session.remember(ABOUT, about)
        mapping = suggestion if begin == SUGGESTED else mapping_drafts.reused(known[begin], path.name)
        session.remember(TEXT, mapping_drafts.written(mapping))


def _text(text: str) -> None:
    session.show(AREA, text)
    st.text_area(
        say("intake.text"),
        key=AREA,
        height=420,
        on_change=lambda: session.remember(TEXT, str(session.shown(AREA))),
    )


def _table(text: str, suggestion: Mapping, look: Preview, contract: Contract) -> None:
    """Period, currency and unit, then one row a contract column with its source; an edit writes the text anew."""
    try:
        mapping = mapping_drafts.loose(text, contract)
    except TierdeskError:  # told below, with every fault
        return
    _moment(mapping)
    columns = contract.columns
    rules = [mapping.column.get(column.name) for column in columns]
    rows = pd.DataFrame(
        {
            "column": [f"{to(column.label)}{' *' if column.required else ''}" for column in columns],
            "source": [rule.source if rule else None for rule in rules],
            "how": ["" if rule is None else _how(rule) for rule in rules],
            "meaning": [to(Text(column.meaning.zh, column.meaning.en)) for column in columns],
        }
    )
    config = {
        name: st.column_config.TextColumn(say(f"intake.{name}"), disabled=True, width=width)
        for name, width in WIDTHS.items()
    }
    config["source"] = st.column_config.SelectboxColumn(say("intake.source"), options=list(look.header), width="medium")
    edited = st.data_editor(
        rows,
        hide_index=True,
        column_config=config,
        column_order=["column", "source", "how", "meaning"],
        height=420,
        placeholder=NOTHING,
        key=f"intake.table.{mapping.sha256[:12]}",
    )
    sources = {
        column.name: source if isinstance(source, str) else None
        for column, source in zip(columns, edited["source"], strict=True)
    }
    changed = mapping_drafts.rewired(mapping, sources, suggestion)
    if changed.sha256 != mapping.sha256:
        _keep(changed)
        st.rerun()


def _how(rule: Rule) -> str:
    """What the mapping says of a column beside its source."""
    parts = [] if rule.value is None else [say("intake.constant", value=rule.value)]
    if rule.unit:
        parts.append(say(f"intake.unit_{rule.unit}") if rule.unit in UNITS else rule.unit)
    parts += [f"{own} = {meaning}" for own, meaning in (rule.codes or {}).items()]
    return say("frame.and").join([*parts, *(rule.dates or ())])


def _moment(mapping: Mapping) -> None:
    moment_ = mapping.snapshot
    known = [mapping.file.name, moment_.as_of_column, moment_.period_column]
    with st.grid(4, min_column_width=180):
        if any(known) or moment_.cycle:
            source = say("frame.and").join(f"`{each}`" for each in (*known, moment_.cycle) if each)
            st.markdown(say("intake.moment_known", source=source))
        else:
            session.show(PERIOD, moment_.period or "")
            st.text_input(say("intake.period"), key=PERIOD, max_chars=40, on_change=_period, args=(mapping,))
            session.show(DAY, moment_.as_of)
            st.date_input(say("intake.as_of"), key=DAY, format="YYYY-MM-DD", on_change=_day, args=(mapping,))
        session.show(CURRENCY, moment_.currency if moment_.currency in CURRENCIES else None)
        st.selectbox(
            say("intake.currency"),
            list(CURRENCIES),
            index=None,
            key=CURRENCY,
            on_change=lambda: _keep(mapping_drafts.dated(mapping, currency=session.shown(CURRENCY) or "CNY")),
        )
        units = {mapping.values.unit: mapping.values.unit} | names("intake.unit_", UNITS)
        session.show(UNIT, mapping.values.unit)
        st.selectbox(
            say("intake.unit"),
            list(units),
            format_func=units.__getitem__,
            key=UNIT,
            on_change=lambda: _keep(mapping_drafts.measured(mapping, str(session.shown(UNIT)))),
        )


def _period(mapping: Mapping) -> None:
    _keep(mapping_drafts.dated(mapping, period=str(session.shown(PERIOD)).strip() or None))


def _day(mapping: Mapping) -> None:
    _keep(mapping_drafts.dated(mapping, as_of=session.shown(DAY)))


def _keep(mapping: Mapping) -> None:
    session.remember(TEXT, mapping_drafts.written(mapping))
