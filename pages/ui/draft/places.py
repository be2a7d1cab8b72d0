"""A dotted place of a standard in words: ``dimension.assets.person.bands[4].from`` is an asset band's lower bound."""

from analytics.errors import TierdeskError
from analytics.standard.model import Standard
from analytics.standard.paths import Step, steps
from analytics.vocabulary import Kind
from pages.ui.words import say, to

NAMED = ("weight", "entry", "from", "points", "missing", "service", "effect", "tier", "when")


def place_in_words(path: str, standard: Standard | None) -> str:
    """The place as its labels, the path itself where it has none."""
    try:
        parts = steps(path.replace("*", "every_one"))
    except TierdeskError:
        return path
    found = [word for at, part in enumerate(parts) if (word := _word(parts, at, part, standard))]
    return " · ".join(found) or path


def _word(parts: tuple[Step, ...], at: int, part: Step, standard: Standard | None) -> str:
    before = parts[at - 1] if at else ""
    if part == "tier" and not before:
        return ""
    if part == "every_one":
        return say("bench.place_every_dimension")
    if part in set(Kind):
        return to(Kind(str(part)).label)
    if part in NAMED:
        return say(f"bench.place_{part}")
    if before == "bands" and isinstance(part, int):
        return say("bench.place_band", n=part + 1)
    if standard is None:
        return "" if part in ("dimension", "bands") else str(part)
    if before == "dimension" and part in standard.dimension:
        return to(standard.dimension[str(part)].label.text)
    if before == "tier" and isinstance(part, int) and part < len(standard.tier):
        return to(standard.tier[part].name.text)
    if before == "gate" and isinstance(part, int) and part < len(standard.gate):
        return say("bench.place_gate", name=to(standard.gate[part].reason.text))
    return "" if part in ("dimension", "tier", "gate", "bands") else str(part)
