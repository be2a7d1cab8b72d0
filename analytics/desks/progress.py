"""How long work tells how far it is."""

from collections.abc import Callable

from analytics.vocabulary import Text

Progress = Callable[[float, Text], None]
"""Takes the share that is done, 0 to 1, and what is going on."""


def unwatched(share: float, words: Text) -> None:
    """Progress that nobody watches."""
    del share, words
