"""Tables: frames with headers in words, numbers aligned right, and downloads that no spreadsheet can run."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from analytics.intake.export import safe
from pages.ui.words import NOTHING, say

ROW, HEAD, MOST_ROWS = 35, 38, 14
"""Pixels of a row and of the header, and how many rows show before the table scrolls."""


def table(
    frame: pd.DataFrame, headers: Mapping[str, str], *, right: Sequence[str] = (), wide: Sequence[str] = ()
) -> None:
    """Show a frame's columns in the order of ``headers``, which maps ids to words.

    ``right`` names columns that hold numbers already written as text; real numbers are aligned right anyway.
    ``wide`` names the columns that get the room that is left.
    """
    st.dataframe(
        frame[list(headers)],
        hide_index=True,
        column_config=_columns(frame, headers, right, wide),
        height=_height(frame),
        row_height=ROW,
        placeholder=NOTHING,
    )


def choose(
    frame: pd.DataFrame, headers: Mapping[str, str], *, key: str, right: Sequence[str] = (), wide: Sequence[str] = ()
) -> int | None:
    """Show a frame as :func:`table` does and return the row that the visitor has chosen."""
    event = st.dataframe(
        frame[list(headers)],
        hide_index=True,
        column_config=_columns(frame, headers, right, wide),
        height=_height(frame),
        row_height=ROW,
        placeholder=NOTHING,
        on_select="rerun",
        selection_mode="single-row",
        key=key,
    )
    rows = event.selection.rows
    return int(rows[0]) if rows and rows[0] < len(frame) else None


def csv(frame: pd.DataFrame, headers: Mapping[str, str]) -> bytes:
    """The columns as CSV that Excel opens as UTF-8 and never as a formula."""
    shown = frame[list(headers)].rename(columns=dict(headers))
    safe = shown.apply(lambda column: column.map(safe_cell))
    return str(safe.to_csv(index=False)).encode("utf-8-sig")


def safe_cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return safe(value) if isinstance(value, str) else value


def csv_name(*parts: str) -> str:
    """A file name out of what the file is, without anything that a file system would not take."""
    return "_".join(re.sub(r"[^\w.-]+", "-", part).strip("-") for part in parts if part) + ".csv"


def download(frame: pd.DataFrame, headers: Mapping[str, str], file_name: str, *, key: str) -> None:
    """A button that downloads the columns as CSV."""
    st.download_button(
        say("frame.download"),
        csv(frame, headers),
        file_name=file_name,
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=key,
    )


def _columns(
    frame: pd.DataFrame, headers: Mapping[str, str], right: Sequence[str], wide: Sequence[str]
) -> dict[str, Any]:
    return {
        name: st.column_config.Column(
            label,
            width="large" if name in wide else None,
            alignment="right" if name in right or pd.api.types.is_numeric_dtype(frame[name]) else None,
        )
        for name, label in headers.items()
    }


def _height(frame: pd.DataFrame) -> int:
    return HEAD + ROW * max(1, min(len(frame), MOST_ROWS))
