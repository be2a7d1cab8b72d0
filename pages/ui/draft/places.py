"""A dotted place of a standard in words: ``dimension.assets.person.bands[4].from`` is an asset band's lower bound."""

from analytics.errors import TierdeskError
from analytics.standard.model import Standard
from analytics.standard.paths import Step, steps
from analytics.vocabulary import Kind
from pages.ui import cached
from pages.ui.words import say, to

NAMED = ("weight", "entry", "from", "points", "missing", "service", "effect", "tier", "when")
SIDES = ("at_least", "below")


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
    if (part == "tier" and not before) or (part == "when" and at < len(parts) - 1):
        return ""
    if parts[0] == "gate" and "when" in parts[:at]:
        return _tested(parts, at, standard)
    if part == "every_one":
        return say("bench.place_every_dimension")
    if part in set(Kind):
        return to(Kind(str(part)).label)
    if part in NAMED:
        return say(f"bench.place_{part}")
    return _numbered(before, part, standard) or _labelled(before, part, standard)


def _numbered(before: Step, part: Step, standard: Standard | None) -> str:
    """A band or a gate by its place; a gate that is known, by its reason."""
    if not isinstance(part, int):
        return ""
    if before == "bands":
        return say("bench.place_band", n=part + 1)
    if before != "gate":
        return ""
    if standard is None or part >= len(standard.gate):
        return say("bench.place_gate_number", n=part + 1)
    return say("bench.place_gate", name=to(standard.gate[part].reason.text))


def _labelled(before: Step, part: Step, standard: Standard | None) -> str:
    """A dimension or tier by its name; what has none, as it stands."""
    if standard and before == "dimension" and part in standard.dimension:
        return to(standard.dimension[str(part)].label.text)
    if standard and before == "tier" and isinstance(part, int) and part < len(standard.tier):
        return to(standard.tier[part].name.text)
    sections = ("dimension", "bands", "gate", *(("tier",) if standard else ()))
    return "" if part in sections else str(part)


def _tested(parts: tuple[Step, ...], at: int, standard: Standard | None) -> str:
    """A step inside the conditions of a gate, told once: ``days past due at least``."""
    match parts[1:]:
        case (int() as gate, "when", int() as n, *rest) if at == len(parts) - 1:
            tests = standard.gate[gate].when if standard and gate < len(standard.gate) else ()
            contract, side = cached.house().contract, rest[0] if rest else ""
            if n >= len(tests) or tests[n].column not in contract:
                return say("bench.place_test", n=n + 1)
            column = to(contract[tests[n].column].label)
            return say(f"bench.place_{side}", column=column) if side in SIDES else column
    return ""
