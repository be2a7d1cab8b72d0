"""The live bench over the visitor's sketch: the sketch is the one truth, and the browser's hand moves it."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from analytics.cube.pack import Parcel
from analytics.desks.whatif.bench import Trial
from analytics.desks.whatif.hands import basis_of
from analytics.errors import TierdeskError
from analytics.standard.model import Standard
from analytics.vocabulary import Kind
from pages.ui import cached, session
from pages.ui.draft import sketch
from pages.ui.draft.sketch import Sketch
from pages.ui.live.component import Message, in_hand, live_bench, settled
from pages.ui.live.labels import labels_in
from pages.ui.live.message import answer_of, numbers_of, shape_of
from pages.ui.live.settled import movable, settled_of, wish_of
from pages.ui.words import say, to

Hands = Callable[[Kind, str], Parcel | None]
"""Gives the parcel of one dimension of a kind, so that its edges can be dragged; ``None`` where they cannot."""
ACTS = {"undo": sketch.undo, "redo": sketch.redo, "reset": sketch.reset}


@dataclass(frozen=True)
class Recount:
    """What Python makes of a draft: its count, or why there is none."""

    trial: Trial | None
    trouble: TierdeskError | None


def live(
    parcel: Parcel,
    law: Standard,
    draft: Standard,
    held: Sketch,
    found: Recount,
    *,
    key: str,
    rest: str = "",
    hands: Hands | None = None,
) -> None:
    """Draw the bench for a draft against a law; ``parcel`` is of a snapshot and these two, whatever they are.

    ``rest`` is the key of the fragment that is drawn anew once the answer to a settled state is on the screen.
    """
    language = session.language()
    shape = shape_of(law, draft, cached.house().contract, language)
    shape |= {"labels": labels_in(language, law.standard.currency), "holds": hands is not None}
    wish = wish_of(in_hand(key), draft)
    asked: Message | None = None
    if wish is not None:
        asked = {"kind": wish[0].value, "dimension": wish[1], "basis": basis_of(draft, *wish)}
    news = {
        "heard": session.recall(f"live.{key}", ""),
        **numbers_of(law, draft),
        "answer": found.trial and answer_of(found.trial.migration),
        "trouble": found.trouble and f"{to(found.trouble.message)} {to(found.trouble.hint)}",
        "rest": bool(rest),
        "hand": asked,
        "can": {"undo": bool(held.past), "redo": bool(held.future), "reset": not held.is_fresh},
    }
    calls = {
        "settled": lambda: hear(held.baseline, key),
        "answered": lambda: st.rerun(rest) if rest else None,
        "hand": lambda: None,
    }
    hand = (lambda: _in_hand(hands, wish, asked)) if hands and wish and asked else None
    live_bench(parcel, shape, news, key=key, calls=calls, hand=hand)


def _in_hand(hands: Hands, wish: tuple[Kind, str], asked: Message) -> tuple[Message, Parcel | None]:
    """What is said of the dimension in the hand, and its parcel; why there is none, where there is none."""
    try:
        parcel = hands(*wish)
    except TierdeskError as error:
        return {**asked, "why": f"{to(error.message)} {to(error.hint)}"}, None
    return {**asked, "why": say("live.edges_other")}, parcel


def hear(baseline: str, key: str) -> None:
    """Take what the hand settled into the sketch, once; what no longer fits the draft is let go."""
    held = sketch.current(baseline)
    draft = sketch.standard_of(held)
    said = settled_of(settled(key), draft)
    if said is None or said.id == session.recall(f"live.{key}", ""):
        return
    session.remember(f"live.{key}", said.id)
    if said.act in ACTS:
        ACTS[said.act](baseline)
    elif said.moved:
        base = sketch.base_of(held)
        sketch.put_all(baseline, said.moved, movable(base) if base else {})
