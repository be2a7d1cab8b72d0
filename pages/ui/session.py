"""What one visitor has chosen. Nothing else in the house touches ``st.session_state``."""

import datetime
from typing import TypeVar, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from analytics.desks.people import PEOPLE
from analytics.errors import TierdeskError
from analytics.standard.model import Gate
from analytics.vocabulary import LANGUAGES
from pages.ui import cached

Value = TypeVar("Value")
KEPT = "tierdesk."
"""Prefix of what is kept; widgets have keys of their own, which Streamlit forgets when a page is left."""


def recall(key: str, default: Value) -> Value:
    """What was kept under ``key`` in this session, or ``default``."""
    return cast(Value, st.session_state.get(KEPT + key, default))


def remember(key: str, value: object) -> None:
    """Keep a value for this session; pages name theirs ``<page>.<what>``."""
    st.session_state[KEPT + key] = value


def forget(key: str) -> None:
    """Keep nothing under ``key`` any more."""
    st.session_state.pop(KEPT + key, None)


def show(widget: str, value: object) -> None:
    """Let a widget that is about to be drawn show ``value``: the one truth is kept elsewhere."""
    st.session_state[widget] = value


def shown(widget: str) -> object:
    """What a widget shows, for its own ``on_change``."""
    return st.session_state.get(widget)


def language() -> str:
    """The visitor's language: their choice, then ``?lang``, then the settings, then the browser."""
    browser = "zh" if (st.context.locale or "").lower().startswith("zh") else "en"
    if (linked := st.query_params.get("lang", "")) in LANGUAGES:
        remember("language.linked", linked)  # the menu's links do not carry it on
    wished = (recall("language", ""), recall("language.linked", ""), _stated())
    return next((each for each in wished if each in LANGUAGES), browser)


def _stated() -> str:
    try:
        return cached.settings().language
    except TierdeskError:  # the page says it, in the browser's language
        return "auto"


def choose_language(language: str) -> None:
    """Keep the visitor's own choice, which wins over a link's and the browser's."""
    remember("language", language)
    st.query_params.pop("lang", None)


def zone() -> datetime.tzinfo:
    """The visitor's time zone, or UTC where the browser does not say."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.UTC


def actor() -> str:
    """Id of the person whom the visitor plays."""
    ids = [person.id for person in PEOPLE]
    chosen = recall("actor", ids[0])
    return chosen if chosen in ids else ids[0]


def sees_restricted() -> bool:
    """Whether the visitor may read the gates that are kept from marketing and from customers."""
    return actor().endswith(".risk")


def hides(gate: Gate) -> bool:
    """Whether a gate's words are kept from the visitor, who then reads ``frame.restricted`` instead."""
    return gate.restricted and not sees_restricted()


def choose_actor(person_id: str) -> None:
    remember("actor", person_id)
