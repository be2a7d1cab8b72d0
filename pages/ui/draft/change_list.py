"""What a draft says anew, in sentences, and what is wrong with it: always visible, never in the way."""

from collections.abc import Sequence

import streamlit as st

from analytics.desks.whatif.drafts import Draft
from analytics.standard.diff import Change
from analytics.standard.faults import Fault
from analytics.standard.model import Standard
from pages.ui import session
from pages.ui.draft import restricted
from pages.ui.draft.places import place_in_words
from pages.ui.frame import plain
from pages.ui.words import say, to

FEW = 12


def change_list(changes: Sequence[Change], *, between: tuple[Standard, Standard], key: str, nothing: str) -> None:
    """Every change between two standards as a sentence; beyond a dozen the rest folds away.

    Changes of gates that are kept from the visitor are one sentence that says no more than how many they are.
    """
    if not changes:
        st.markdown(f":small[{nothing}]")
        return
    told = [plain(to(each.sentence)) for each in changes if not restricted.hides_change(each, *between)]
    if len(told) < len(changes):
        told.insert(0, say("frame.restricted_changes", n=len(changes) - len(told)))
    st.markdown("\n".join(f"- {each}" for each in told[:FEW]))
    if len(told) > FEW:
        with st.expander(say("bench.more_changes", n=len(told) - FEW), key=f"{key}.more"):
            st.markdown("\n".join(f"- {each}" for each in told[FEW:]))


def fault_list(draft: Draft, *, baseline: Standard, key: str) -> None:
    """A draft's faults with where, what and what to do; notes fold away."""
    if draft.faults:
        with st.container(border=True, key=f"{key}_faults"):
            st.markdown(f":material/error: **{say('bench.faults', n=len(draft.faults))}**")
            for fault in draft.faults:
                _fault(fault, draft, baseline)
    if draft.notes:
        with st.expander(say("bench.notes", n=len(draft.notes)), icon=":material/info:", key=f"{key}.notes"):
            for note in draft.notes:
                _fault(note, draft, baseline)


def _fault(fault: Fault, draft: Draft, baseline: Standard) -> None:
    """One fault: the sentence, then what may stand there, an example, and the place in the file."""
    where = f":small[{say('bench.fault_place', path=fault.path, code=fault.code)}]"
    if _is_hidden(fault, draft, baseline):
        st.markdown(f"**{say('frame.restricted')}**  \n{where}")
        return
    place = place_in_words(fault.path, draft.standard or baseline)
    gap = "：" if session.language() == "zh" else " – "
    lines = [f"**{plain(place)}**{gap}{plain(to(fault.message))}"]
    if fault.value:
        lines.append(say("bench.fault_value", value=plain(fault.value)))
    if fault.allowed:
        lines.append(say("bench.fault_allowed", allowed=plain(to(fault.allowed))))
    if fault.nearest:
        lines.append(say("bench.fault_nearest", name=plain(fault.nearest)))
    if fault.example:
        lines.append(say("bench.fault_example", example=plain(to(fault.example))))
    st.markdown("  \n".join([*lines, where]))


def _is_hidden(fault: Fault, draft: Draft, baseline: Standard) -> bool:
    """Whether a fault stands in a gate whose words are kept from the visitor, or names it."""
    if draft.standard is None and fault.path.startswith("gate"):
        return restricted.hides_text(baseline, draft)
    standard = draft.standard or baseline
    hidden = restricted.hidden_gates(standard, baseline)
    places = {f"gate[{at}]" for at, gate in enumerate(standard.gate) if gate.id in hidden}
    named = [gate for each in (standard, baseline) for gate in each.gate if gate.id in hidden]
    texts = (fault.message, fault.allowed, fault.example)
    said = " ".join([fault.value, *(f"{text.zh} {text.en}" for text in texts if text)])
    return fault.path.startswith(tuple(places)) or any(
        words in said for gate in named for words in (gate.id, gate.reason.zh, gate.reason.en)
    )
