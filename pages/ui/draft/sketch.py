"""The draft in the hand of one visitor: what is said anew of a standard, step by step, with a way back.

There is one sketch for every standard that a visitor has worked on, so looking elsewhere loses nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from analytics.desks.whatif import drafts
from analytics.desks.whatif.drafts import Draft
from analytics.standard.change import Override
from analytics.standard.model import Standard
from pages.ui import cached, session

STEPS_BACK = 100
Number = int | Decimal
Overrides = tuple[Override, ...]
State = tuple[str | None, Overrides]


@dataclass(frozen=True)
class Sketch:
    """``opened`` is the text of a rules.toml that stands in for the baseline's own.

    ``past`` and ``future`` are what undo and redo lead to, the nearest last.
    """

    baseline: str
    opened: str | None = None
    overrides: Overrides = ()
    past: tuple[State, ...] = ()
    future: tuple[State, ...] = ()

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
    put_all(baseline, (Override(path, value),), {} if stood is None else {path: stood})


def put_all(baseline: str, said: Overrides, stood: Mapping[str, Number]) -> None:
    """Say numbers anew, all in one step; saying what stood there takes a word back, unless a wider one covers it."""
    sketch = current(baseline)
    places = {each.path for each in said}
    others = tuple(each for each in sketch.overrides if each.path not in places)
    wider = tuple(f"{each.path}{sign}" for each in others for sign in ".[")
    new = (each for each in said if each.value != stood.get(each.path) or each.path.startswith(wider))
    changed = (*others, *new)
    if set(map(_written, changed)) != set(map(_written, sketch.overrides)):
        _keep(sketch, sketch.opened, changed)


def _written(override: Override) -> tuple[str, str]:
    return override.path, repr(override.value)


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
        *past, (opened, overrides) = sketch.past
        future = (*sketch.future, (sketch.opened, sketch.overrides))
        session.remember(f"sketch.{baseline}", Sketch(baseline, opened, overrides, tuple(past), future))


def redo(baseline: str) -> None:
    """One step forth again."""
    sketch = current(baseline)
    if sketch.future:
        *future, (opened, overrides) = sketch.future
        past = (*sketch.past, (sketch.opened, sketch.overrides))
        session.remember(f"sketch.{baseline}", Sketch(baseline, opened, overrides, past, tuple(future)))


def base_text(sketch: Sketch) -> str:
    """The text that the overrides are said over."""
    return sketch.opened if sketch.opened is not None else cached.house().stored(sketch.baseline).source


def base_of(sketch: Sketch) -> Standard | None:
    """The standard that the overrides are said over; ``None`` where its text cannot be read."""
    return _drawn(base_text(sketch), ()).standard


def standard_of(sketch: Sketch) -> Standard | None:
    """What the sketch says, as a standard: a part of :func:`draft_of` that takes a tenth of its time."""
    return _read(base_text(sketch), sketch.overrides)


def draft_of(sketch: Sketch) -> Draft:
    """What the sketch says, read and checked."""
    return _drawn(base_text(sketch), sketch.overrides)


def _keep(sketch: Sketch, opened: str | None, overrides: Iterable[Override]) -> None:
    past = (*sketch.past, (sketch.opened, sketch.overrides))[-STEPS_BACK:]
    changed = replace(sketch, opened=opened, overrides=tuple(overrides), past=past, future=())
    session.remember(f"sketch.{sketch.baseline}", changed)


@lru_cache(maxsize=128)
def _drawn(source: str, overrides: Overrides) -> Draft:
    return drafts.draft_over(cached.house(), source, overrides)


@lru_cache(maxsize=128)
def _read(source: str, overrides: Overrides) -> Standard | None:
    return drafts.standard_over(cached.house(), source, overrides)
