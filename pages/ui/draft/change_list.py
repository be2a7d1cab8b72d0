"""What a draft says anew, in sentences, and what is wrong with it: always visible, never in the way."""

import re
from collections.abc import Sequence

import streamlit as st

from analytics.standard.diff import Change
from analytics.standard.faults import Fault
from analytics.standard.model import Standard
from pages.ui import session
from pages.ui.draft.places import place_in_words
from pages.ui.words import say, to

FEW = 12
MARKS = re.compile(r"[\\`*_\[\]$<>~]|:(?=[A-Za-z])")
"""What Markdown would take for itself."""


def change_list(changes: Sequence[Change], *, key: str, nothing: str) -> None:
    """Every change as a sentence; beyond a dozen the rest folds away."""
    if not changes:
        st.markdown(f":small[{nothing}]")
        return
    st.markdown("\n".join(f"- {_plain(to(change.sentence))}" for change in changes[:FEW]))
    if len(changes) > FEW:
        with st.expander(say("bench.more_changes", n=len(changes) - FEW), key=f"{key}.more"):
            st.markdown("\n".join(f"- {_plain(to(change.sentence))}" for change in changes[FEW:]))


def fault_list(faults: Sequence[Fault], notes: Sequence[Fault] = (), *, standard: Standard | None, key: str) -> None:
    """Faults with where, what and what to do; notes fold away."""
    if faults:
        with st.container(border=True, key=f"{key}_faults"):
            st.markdown(f":material/error: **{say('bench.faults', n=len(faults))}**")
            for fault in faults:
                _fault(fault, standard)
    if notes:
        with st.expander(say("bench.notes", n=len(notes)), icon=":material/info:", key=f"{key}.notes"):
            for note in notes:
                _fault(note, standard)


def _fault(fault: Fault, standard: Standard | None) -> None:
    """One fault: the sentence, then what may stand there, an example, and the place in the file."""
    where = f":small[{say('bench.fault_place', path=fault.path, code=fault.code)}]"
    if standard is not None and _is_hidden(fault, standard):
        st.markdown(f"**{say('frame.restricted')}**  \n{where}")
        return
    place = place_in_words(fault.path, standard)
    gap = "：" if session.language() == "zh" else " – "
    lines = [f"**{_plain(place)}**{gap}{_plain(to(fault.message))}"]
    if fault.value:
        lines.append(say("bench.fault_value", value=_plain(fault.value)))
    if fault.allowed:
        lines.append(say("bench.fault_allowed", allowed=_plain(to(fault.allowed))))
    if fault.nearest:
        lines.append(say("bench.fault_nearest", name=_plain(fault.nearest)))
    if fault.example:
        lines.append(say("bench.fault_example", example=_plain(to(fault.example))))
    st.markdown("  \n".join([*lines, where]))


def _is_hidden(fault: Fault, standard: Standard) -> bool:
    """Whether a fault stands in a gate whose words are kept from the visitor, or names it."""
    hidden = {at: gate.id for at, gate in enumerate(standard.gate) if session.hides(gate)}
    texts = (fault.message, fault.allowed, fault.example)
    said = " ".join([fault.value, *(f"{text.zh} {text.en}" for text in texts if text)])
    return any(fault.path.startswith(f"gate[{at}]") or name in said for at, name in hidden.items())


def _plain(text: str) -> str:
    """A text whose signs Markdown leaves alone."""
    return MARKS.sub(r"\\\g<0>", text)
