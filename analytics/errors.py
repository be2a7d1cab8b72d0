"""The one base error: a stable code, what happened and where, and what to do."""

import difflib
from collections.abc import Iterable

from analytics.vocabulary import Text


class TierdeskError(Exception):
    """Anything that a user can mend.

    ``code`` is stable (``INTAKE-004``), ``message`` says what and where, ``hint`` what to do.
    Both are held in every language of the house; ``str()`` reads English.
    """

    def __init__(self, code: str, message: Text, hint: Text) -> None:
        super().__init__(message.en)
        self.code = code
        self.message = message
        self.hint = hint

    def to(self, language: str) -> str:
        """Code, message and hint as one paragraph in ``language``."""
        gap = "" if language == "zh" else " "
        return f"[{self.code}] {self.message.to(language)}{gap}{self.hint.to(language)}"

    def __str__(self) -> str:
        return self.to("en")


def told(
    path: str,
    message: Text,
    language: str,
    *,
    value: str,
    allowed: Text | None,
    nearest: str,
    example: Text | None = None,
) -> str:
    """A fault of a file as one sentence: where, what, what stands there, what may, and a way out."""
    chinese = language == "zh"
    parts = [f"{path}: {message.to(language)}"]
    if value:
        parts.append(f"实际为 {value}" if chinese else f"found {value}")
    if allowed:
        parts.append(("允许 " if chinese else "allowed: ") + allowed.to(language))
    if nearest:
        parts.append(f"是否指 {nearest}" if chinese else f"did you mean {nearest}?")
    if example:
        parts.append(("例：" if chinese else "for example ") + example.to(language))
    return ("；" if chinese else "; ").join(parts)


def shown(value: object) -> str:
    """What stands in a file, cut to 80 characters."""
    text = str(value)
    return text if len(text) <= 80 else text[:77] + "..."


def nearest(name: str, names: Iterable[str]) -> str:
    """The right name that looks most like ``name``, or an empty string."""
    found = difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)
    return found[0] if found else ""
