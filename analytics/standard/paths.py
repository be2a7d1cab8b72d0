"""Dotted places in a standard, such as ``tier[0].entry.person``, and which names may stand there."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from analytics.errors import TierdeskError
from analytics.standard.model import Standard
from analytics.vocabulary import Text

Step = str | int
ANY_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
STEP = re.compile(r"(?:^|\.)([A-Za-z0-9_-]+)|\[(\d{1,6})\]")


def steps(path: str) -> tuple[Step, ...]:
    """The names and places (from 0) of a dotted path; raises ``STANDARD-031`` where it is none."""
    found: list[Step] = []
    at = 0
    while at < len(path):
        match = STEP.match(path, at)
        if not match:
            break
        found.append(match[1] if match[1] is not None else int(match[2]))
        at = match.end()
    if at < len(path) or not found or isinstance(found[0], int):
        raise TierdeskError(
            "STANDARD-031",
            Text(f"“{path[:80]}”不是标准中的位置", f"“{path[:80]}” is no place in a standard"),
            Text("请写成 tier[0].entry.person 的形式。", "Write it like tier[0].entry.person."),
        )
    return tuple(found)


def join(parts: Sequence[Step]) -> str:
    """The dotted path of names and places; the inverse of :func:`steps`."""
    text = ""
    for part in parts:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def in_file_order(path: str) -> tuple[tuple[str, int], ...]:
    """A key that sorts ``gate[2]`` before ``gate[10]``."""
    return tuple((word, -1) if word else ("", int(place)) for word, place in ANY_STEP.findall(path))


def known_names(parts: Sequence[Step]) -> tuple[str, ...] | None:
    """The names that a table at this place may hold; ``None`` where any name may stand, or no table."""
    models = [model for model in _annotations_at(tuple(parts)) if _is_model(model)]
    names = {field.alias or name for model in models for name, field in model.model_fields.items()}
    return tuple(sorted(names)) if models else None


def is_list(parts: Sequence[Step]) -> bool:
    """Whether a list stands at this place."""
    return any(get_origin(annotation) in (list, tuple) for annotation in _annotations_at(tuple(parts)))


@cache
def _annotations_at(parts: tuple[Step, ...]) -> tuple[Any, ...]:
    """What the model says may stand at a place, unions taken apart."""
    found: tuple[Any, ...] = (Standard,)
    for part in parts:
        found = tuple(choice for one in found for inner in _inside(one, part) for choice in _choices(inner))
    return found


def _inside(annotation: Any, part: Step) -> Iterator[Any]:  # noqa: ANN401 - any annotation may come
    if _is_model(annotation) and isinstance(part, str):
        for name, field in annotation.model_fields.items():
            if part == (field.alias or name):
                yield field.annotation
    elif get_origin(annotation) is dict and isinstance(part, str):
        yield get_args(annotation)[1]
    elif get_origin(annotation) in (list, tuple) and isinstance(part, int):
        yield get_args(annotation)[0]


def _choices(annotation: Any) -> Iterator[Any]:  # noqa: ANN401 - any annotation may come
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _choices(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for inner in get_args(annotation):
            yield from _choices(inner)
    else:
        yield annotation


def _is_model(annotation: Any) -> bool:  # noqa: ANN401 - any annotation may come
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
