"""The draft in the hand of one visitor: what is said anew of a standard, step by step, with a way back.

There is one sketch for every standard that a visitor has worked on, so looking elsewhere loses nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from analytics.desks import drafts
from analytics.desks.drafts import Draft
from analytics.standard.change import Override
from analytics.standard.model import Standard
from pages.ui import cached, session

STEPS_BACK = 100
Number = int | Decimal
Overrides = tuple[Override, ...]


@dataclass(frozen=True)
class Sketch:
    """``opened`` is the text of a rules.toml that stands in for the baseline's own; ``past`` is what undo needs."""

    baseline: str
    opened: str | None = None
    overrides: Overrides = ()
    past: tuple[tuple[str | None, Overrides], ...] = ()

    @property
    def is_fresh(self) -> bool:
        return self.opened is None and not self.overrides

    def said(self, path: str) -> Number | None:
        """What the sketch says of a place; ``None`` where it leaves the text as it is."""
        found = next((each.value for each in self.overrides if each.path == path), None)
        return found if isinstance(found, int | Decimal) else None


def current(baseline: str) -> Sketch:
    """The visitor's sketch over a standard."""
    kept: Sketch = session.recall(f"sketch.{baseline}", Sketch(baseline))
    return kept


def put(baseline: str, path: str, value: Number, stood: Number | None) -> None:
    """Say a number anew; saying what stood there before takes the word back."""
    sketch = current(baseline)
    others = tuple(each for each in sketch.overrides if each.path != path)
    changed = others if value == stood else (*others, Override(path, value))
    if changed != sketch.overrides:
        _keep(sketch, sketch.opened, changed)


def take_back(baseline: str, path: str) -> None:
    """Let one place say again what it said."""
    sketch = current(baseline)
    _keep(sketch, sketch.opened, tuple(each for each in sketch.overrides if each.path != path))


def reset(baseline: str) -> None:
    """Start again from the standard; undo still leads back."""
    sketch = current(baseline)
    if not sketch.is_fresh:
        _keep(sketch, None, ())


def open_text(baseline: str, text: str) -> None:
    """Work on the text of a rules.toml from here on."""
    _keep(current(baseline), text, ())


def undo(baseline: str) -> None:
    """One step back."""
    sketch = current(baseline)
    if sketch.past:
        opened, overrides = sketch.past[-1]
        session.remember(f"sketch.{baseline}", Sketch(baseline, opened, overrides, sketch.past[:-1]))


def base_text(sketch: Sketch) -> str:
    """The text that the overrides are said over."""
    return sketch.opened if sketch.opened is not None else cached.house().stored(sketch.baseline).source


def base_of(sketch: Sketch) -> Standard | None:
    """The standard that the overrides are said over; ``None`` where its text cannot be read."""
    return _drawn(base_text(sketch), ()).standard


def draft_of(sketch: Sketch) -> Draft:
    """What the sketch says, read and checked."""
    return _drawn(base_text(sketch), sketch.overrides)


def _keep(sketch: Sketch, opened: str | None, overrides: Iterable[Override]) -> None:
    past = (*sketch.past, (sketch.opened, sketch.overrides))[-STEPS_BACK:]
    changed = replace(sketch, opened=opened, overrides=tuple(overrides), past=past)
    session.remember(f"sketch.{sketch.baseline}", changed)


@lru_cache(maxsize=128)
def _drawn(source: str, overrides: Overrides) -> Draft:
    return drafts.draft_over(cached.house(), source, overrides)
