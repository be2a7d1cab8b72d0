"""Publish: a draft becomes a proposal, a second person confirms it, and it is law from its date."""

import streamlit as st

from pages.ui import links, session
from pages.ui.frame import page
from pages.ui.publishing.history import publication_history
from pages.ui.publishing.proposals import open_proposals
from pages.ui.publishing.proposing import draft_proposal
from pages.ui.words import say

VIEWS = ("draft", "open", "history")


def chosen_view() -> str:
    """Which of the three the visitor looks at; a link to a proposal opens the proposals."""
    usual = "open" if links.current("publish").proposal else VIEWS[0]
    names = {name: say(f"publish.view_{name}") for name in VIEWS}
    session.show("publish.shown", session.recall("publish.view", usual))
    return str(
        st.segmented_control(
            say("publish.view"),
            VIEWS,
            format_func=names.__getitem__,
            required=True,
            key="publish.shown",
            on_change=lambda: session.remember("publish.view", session.shown("publish.shown")),
            label_visibility="collapsed",
        )
    )


def told() -> None:
    """What the last act did, said once."""
    words = session.recall("publish.told", "")
    if words:
        st.success(words, icon=":material/check_circle:")
        session.forget("publish.told")


with page("publish") as here:
    if here is not None:
        view = chosen_view()
        told()
        if view == "draft":
            draft_proposal(here)
        elif view == "open":
            open_proposals()
        else:
            publication_history(here)
