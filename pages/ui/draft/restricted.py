"""What of a standard is kept from the visitor: the words of gates that are told to risk management only."""

from analytics.desks.whatif.drafts import Draft
from analytics.standard.diff import Change
from analytics.standard.model import Standard
from analytics.standard.paths import steps
from pages.ui import session


def hidden_gates(*standards: Standard | None) -> frozenset[str]:
    """Ids of the gates that any of the standards keeps from the visitor."""
    return frozenset(gate.id for each in standards if each for gate in each.gate if session.hides(gate))


def hides_place(path: str, standard: Standard, *others: Standard | None) -> bool:
    """Whether a place of ``standard`` lies in a gate that it, or one of the others, keeps from the visitor.

    The gates as a whole count as one that is kept, and so does a gate that the standard does not have.
    """
    section, *rest = steps(path)
    hidden = hidden_gates(standard, *others)
    if section != "gate" or not hidden:
        return False
    at = rest[0] if rest else None
    return not isinstance(at, int) or at >= len(standard.gate) or standard.gate[at].id in hidden


def hides_change(change: Change, before: Standard, after: Standard) -> bool:
    """Whether the sentence of a change would tell of a gate that either standard keeps from the visitor."""
    return hides_place(change.path, *((before, after) if change.after is None else (after, before)))


def hides_text(baseline: Standard, draft: Draft | None = None) -> bool:
    """Whether the whole text of a standard, or of a draft over it, is kept from the visitor: its gates stand in it.

    A text that cannot be read may have any gate in it, so there the word alone is enough.
    """
    if session.sees_restricted():
        return False
    if draft is not None and draft.standard is None and "restricted" in draft.source:
        return True
    return bool(hidden_gates(baseline, draft.standard if draft else None))
