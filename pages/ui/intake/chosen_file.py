"""The first step of an import: a file that is sent, or one that lies on the server, and its first rows."""

from pathlib import Path

import pandas as pd
import streamlit as st

from analytics.desks.data import uploads
from analytics.desks.data.intake import Preview
from analytics.intake.contract import Contract
from analytics.intake.masking import masked
from pages.ui import cached, session, tables
from pages.ui.words import NOTHING, count, names, say

SENT, ROUND = "intake.sent", "intake.round"
WAYS = ("upload", "folder")
ROWS_SHOWN = 5


def choose() -> Path | None:
    """The file that the visitor wants to bring in."""
    with st.container(border=True):
        st.markdown(f"**{say('intake.file')}**  \n:small[{say('intake.file_note')}]")
        way = st.segmented_control(
            say("intake.from"),
            WAYS,
            default="upload",
            format_func=names("intake.from_", WAYS).__getitem__,
            required=True,
            key="intake.from",
            label_visibility="collapsed",
        )
        return _sent() if way == "upload" else _lying()


def used() -> None:
    """Empty the box of sent files: the import has taken its file over."""
    session.forget(SENT)
    session.remember(ROUND, session.recall(ROUND, 0) + 1)


def first_rows(look: Preview, contract: Contract) -> None:
    """The beginning of the file as text; what the suggestion takes for personal is masked."""
    personal = {
        rule.source for name, rule in look.mapping.column.items() if name in contract and contract[name].personal
    }
    ids = [f"c{at}" for at in range(len(look.header))]
    hidden = [name in personal for name in look.header]
    rows = []
    for row in look.rows[:ROWS_SHOWN]:
        shown = [masked(value) if hide else value for value, hide in zip(map(_text, row), hidden, strict=False)]
        rows.append(shown + [NOTHING] * (len(ids) - len(shown)))
    facts = {"format": look.format.upper(), "encoding": look.encoding.upper(), "columns": count(len(look.header))}
    st.markdown(f"**{say('intake.rows')}**  \n:small[{say('intake.looks_like', **facts)}]")
    tables.table(pd.DataFrame(rows, columns=ids), dict(zip(ids, look.header, strict=True)))


def _text(value: str | None) -> str:
    return NOTHING if value is None else value


def _sent() -> Path | None:
    file = st.file_uploader(
        say("intake.upload"),
        type=[suffix.removeprefix(".") for suffix in uploads.SUFFIXES],
        key=f"intake.upload.{session.recall(ROUND, 0)}",
    )
    known, path = session.recall(SENT, ("", Path()))
    if file is None:
        return None
    if known != file.file_id or not path.is_file():
        if known:
            uploads.discard(cached.settings(), path)
        path = uploads.keep(cached.settings(), file.name, file.getvalue())
        session.remember(SENT, (file.file_id, path))
    return path


def _lying() -> Path | None:
    settings = cached.settings()
    folders = say("frame.and").join(f"`{folder.name}`" for folder in uploads.folders(settings))
    files = uploads.offered(settings)
    if not files:
        st.markdown(say("intake.folder_empty", folder=folders))
        return None
    labels = {path: f"{path.parent.name}/{path.name}" for path in files}
    return st.selectbox(
        say("intake.folder", folder=folders),
        files,
        index=None,
        format_func=labels.__getitem__,
        placeholder=say("intake.choose"),
        key="intake.folder",
        width=520,
    )
