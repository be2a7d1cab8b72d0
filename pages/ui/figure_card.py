"""A figure in a card of its own: title and denominator above it, its numbers in a table behind it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analytics.charts.palette import alt_of, note_of, title_of
from pages.ui.tables import table
from pages.ui.words import say

BARE = {"displayModeBar": False, "responsive": True}


def show(figure: Any, frame: pd.DataFrame, headers: Mapping[str, str], *, key: str) -> None:
    """Draw a figure; ``frame`` holds the same numbers for whoever would rather read them."""
    with st.container(border=True, key=f"{key}_card"):
        with st.container(horizontal=True, vertical_alignment="top", wrap=False):
            st.markdown(f"**{title_of(figure)}**  \n:small[{note_of(figure)}]", width="stretch")
            with st.popover(
                say("impact.numbers"),
                icon=":material/table_rows:",
                help=say("impact.as_table"),
                type="tertiary",
                key=f"{key}_table",
            ):
                table(frame, headers, right=list(headers)[1:])
        st.plotly_chart(figure, theme=None, key=key, config=BARE, alt=alt_of(figure))
