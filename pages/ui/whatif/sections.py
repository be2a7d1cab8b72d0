"""The questions under the bench, as tabs: only the open one is worked out."""

from collections.abc import Callable

import streamlit as st

from pages.ui.whatif.cliffs import cliffs
from pages.ui.whatif.fairness import fairness
from pages.ui.whatif.goal import goal_seek
from pages.ui.whatif.moves import moves
from pages.ui.whatif.robustness import robustness
from pages.ui.whatif.scenarios import scenarios
from pages.ui.whatif.sweep import sweep
from pages.ui.whatif.view import View
from pages.ui.words import say

SECTIONS: dict[str, Callable[[View], None]] = {
    "moves": moves,
    "fairness": fairness,
    "cliffs": cliffs,
    "robustness": robustness,
    "sweep": sweep,
    "goal": goal_seek,
    "scenarios": scenarios,
}


def sections(view: View) -> None:
    """Draw the tabs, and what the open one answers."""
    view = view.of_part
    tabs = st.tabs([say(f"bench.section_{name}") for name in SECTIONS], key="bench.section", on_change="rerun")
    for tab, draw in zip(tabs, SECTIONS.values(), strict=True):
        if tab.open:
            with tab:
                draw(view)
