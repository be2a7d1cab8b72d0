"""A fault in a standard: where, what stands there, what is allowed, and a way out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analytics.errors import TierdeskError, told
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
        return told(
            self.path,
            self.message,
            language,
            value=self.value,
            allowed=self.allowed,
            nearest=self.nearest,
            example=self.example,
        )


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
