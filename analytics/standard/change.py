"""A draft is a baseline and overrides: what is said anew, place by place. The baseline is never touched."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from analytics.errors import TierdeskError, nearest
from analytics.standard.canon import plain_data
from analytics.standard.layout import rewrite
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml
from analytics.standard.paths import Step, in_file_order, is_list, join, known_names, steps
from analytics.standard.toml_text import data_to_toml
from analytics.vocabulary import Text

Plain = None | bool | int | Decimal | str | datetime.date | Sequence["Plain"] | Mapping[str, "Plain"]
"""What stands in a TOML file; ``None`` where nothing is to stand."""

WHOLE = {"source", "missing", "codes", "in", "kinds", "at_least", "entry"}
"""Tables and lists that are replaced as a whole where they may be written in more than one way."""


@dataclass(frozen=True, slots=True)
class Override:
    """``value`` is to stand at ``path``; ``None`` takes away what stands there.

    One place past the end of a list adds to it; the path of a list replaces the whole list.
    """

    path: str
    value: Plain


def apply(data: Mapping[str, Any], overrides: Iterable[Override]) -> dict[str, Any]:
    """New data with the overrides in it, one after the other; raises ``STANDARD-030`` to ``-032``."""
    changed: dict[str, Any] = deepcopy(dict(data))
    for override in overrides:
        _put(changed, steps(override.path), deepcopy(override.value))
    return changed


def _put(data: dict[str, Any], parts: tuple[Step, ...], value: Plain) -> None:
    here: Any = data
    for at, part in enumerate(parts[:-1]):
        here = _entered(here, parts, at, part)
    last = parts[-1]
    if isinstance(here, list):
        if not isinstance(last, int) or last > len(here) or (last == len(here) and value is None):
            raise _no_place(parts, len(parts) - 1, (), len(here))
        if value is None:
            del here[last]
        else:
            here[last : last + 1] = [value]
    elif isinstance(here, dict) and isinstance(last, str):
        names = known_names(parts[:-1])
        if last not in here and names is not None and last not in names:
            raise _no_place(parts, len(parts) - 1, names)
        if value is None:
            here.pop(last, None)
        else:
            here[last] = value
    else:
        raise _no_place(parts, len(parts) - 1, here if isinstance(here, dict) else ())


def _entered(here: Any, parts: tuple[Step, ...], at: int, part: Step) -> Any:  # noqa: ANN401 - plain data
    """The value at one step further down; an empty table or list where one may stand and none does."""
    if isinstance(here, list) and isinstance(part, int) and part < len(here):
        return here[part]
    if isinstance(here, dict) and isinstance(part, str):
        names = known_names(parts[:at])
        if part not in here and names is not None and part in names:
            here[part] = [] if is_list(parts[: at + 1]) else {}
        if part in here:
            if part == "source" and isinstance(here[part], str):
                here[part] = {here[part]: 100}
            return here[part]
        raise _no_place(parts, at, [*here, *(names or ())])
    raise _no_place(parts, at, here if isinstance(here, dict) else (), len(here) if isinstance(here, list) else 0)


def _no_place(parts: tuple[Step, ...], at: int, names: Iterable[str], length: int = 0) -> TierdeskError:
    path, part = join(parts), parts[at]
    if isinstance(part, int):
        return TierdeskError(
            "STANDARD-032",
            Text(f"{path} 超出列表，该列表有 {length} 项", f"{path} is beyond its list of {length}"),
            Text("序号从 0 起；等于项数时在末尾添加。", "Places count from 0; the number of entries adds one."),
        )
    known = sorted(set(names))
    near = nearest(part, known)
    listed = (near,) if near else known[:12]
    return TierdeskError(
        "STANDARD-030",
        Text(f"标准中没有 {path}：无此名称 {part}", f"The standard has no {path}: there is no {part}"),
        Text(
            f"{'是否指' if near else '可用'}：{'、'.join(listed)}。" if listed else "请核对路径。",
            (f"Did you mean {near}?" if near else f"There is: {', '.join(listed)}.") if listed else "Look at the path.",
        ),
    )


def write(text: str, overrides: Iterable[Override]) -> str:
    """The text of a ``rules.toml`` with the overrides in it; comments and layout stay.

    ``parse_toml(write(text, overrides)) == validate(apply(read_toml(text), overrides))``.
    """
    return rewrite(text, apply(read_toml(text), overrides))


def to_toml(standard: Standard) -> str:
    """A fresh file that says what the standard says, without comments."""
    return data_to_toml(plain_data(standard))


def overrides_between(before: Standard, after: Standard) -> tuple[Override, ...]:
    """What turns one standard into the other: ``validate(apply(a, overrides_between(a, b))) == b``."""
    found = _between((), plain_data(before), plain_data(after))
    return tuple(sorted(found, key=lambda override: in_file_order(override.path)))


def _between(parts: tuple[Step, ...], before: Any, after: Any) -> Iterator[Override]:  # noqa: ANN401 - plain data
    if before == after:
        return
    whole = bool(parts) and parts[-1] in WHOLE
    if isinstance(before, dict) and isinstance(after, dict) and not whole:
        for name in (*before, *(name for name in after if name not in before)):
            if name not in after:
                yield Override(join((*parts, name)), None)
            else:
                yield from _between((*parts, name), before.get(name), after[name])
    elif _same_items(before, after) and not whole:
        for at, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from _between((*parts, at), old, new)
    else:
        yield Override(join(parts), after)


def _same_items(before: Any, after: Any) -> bool:  # noqa: ANN401 - plain data
    """Whether two lists of tables may be compared place by place."""
    if not (isinstance(before, list) and isinstance(after, list) and len(before) == len(after)):
        return False
    pairs = list(zip(before, after, strict=True))
    return all(isinstance(a, dict) and isinstance(b, dict) and a.get("id") == b.get("id") for a, b in pairs)
