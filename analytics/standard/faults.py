"""A fault in a standard: where, what stands there, what is allowed, and a way out."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analytics.errors import TierdeskError
from analytics.vocabulary import Text


class Severity(StrEnum):
    """A ``FAULT`` keeps a standard from being used; a ``NOTE`` is something to look at."""

    FAULT = "fault"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a standard.

    ``path`` is the dotted place in ``rules.toml`` (``tier[1].entry.person``), ``value`` what stands there as
    text, ``allowed`` what may stand there, ``nearest`` the right name that looks most like it, ``example`` a
    customer who would meet the fault, in words.
    """

    code: str
    path: str
    message: Text
    value: str = ""
    allowed: Text | None = None
    nearest: str = ""
    example: Text | None = None
    severity: Severity = Severity.FAULT

    def to(self, language: str) -> str:
        """The fault as one sentence in ``language``."""
        chinese = language == "zh"
        parts = [f"{self.path}: {self.message.to(language)}"]
        if self.value:
            parts.append(f"现值 {self.value}" if chinese else f"found {self.value}")
        if self.allowed:
            parts.append(("允许 " if chinese else "allowed: ") + self.allowed.to(language))
        if self.nearest:
            parts.append(f"是否指 {self.nearest}" if chinese else f"did you mean {self.nearest}?")
        if self.example:
            parts.append(("例：" if chinese else "for example ") + self.example.to(language))
        return ("；" if chinese else "; ").join(parts)


class StandardFaults(TierdeskError):  # noqa: N818 - it is many faults, each with its own words
    """Every fault of a standard at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        n = len(self.faults)
        first = self.faults[0]
        super().__init__(
            "STANDARD-001",
            Text(
                f"标准有 {n} 处错误，第一处：{first.to('zh')}。",
                f"The standard has {n} fault{'s' if n > 1 else ''}; the first: {first.to('en')}.",
            ),
            Text("请按清单逐处修改后重试。", "Mend every line of the list and try again."),
        )


def shown(value: object) -> str:
    """What stands in a file, cut to 80 characters."""
    text = str(value)
    return text if len(text) <= 80 else text[:77] + "..."


def nearest(name: str, names: Iterable[str]) -> str:
    """The right name that looks most like ``name``, or an empty string."""
    found = difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)
    return found[0] if found else ""
