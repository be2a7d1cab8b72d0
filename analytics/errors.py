"""The one base error: a stable code, what happened and where, and what to do."""

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
