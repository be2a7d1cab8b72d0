"""The canonical form of a standard and its hash.

Formatting, the order of tables, ``1.0`` against ``1`` and the composition of accents do not change it; a
weight, the order of a list or a word does.
"""

import datetime
import hashlib
import json
import weakref
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from analytics.standard.model import Standard

DOMAIN = "tierdesk standard 1\n"
_KNOWN: dict[int, tuple[weakref.ref[Standard], str]] = {}
"""Hashes by identity: a standard never changes, and much is named by its hash that must be fast."""


def canonical(standard: Standard) -> str:
    """One text for one meaning: JSON with sorted keys, plain numbers and no blanks."""
    return canonical_text(plain_data(standard))


def plain_data(standard: Standard) -> dict[str, Any]:
    """A standard as plain data, without what it does not say: what TOML would read, sources as tables."""
    data: dict[str, Any] = _with_lists(standard.model_dump(by_alias=True, exclude_defaults=True))
    return data


def _with_lists(value: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    match value:
        case Mapping():
            return {key: _with_lists(item) for key, item in value.items()}
        case list() | tuple():
            return [_with_lists(item) for item in value]
    return value


def canonical_text(value: Any) -> str:  # noqa: ANN401 - plain data of any shape
    """Plain data as canonical JSON; raises ``TypeError`` for what has no canonical form (floats among it)."""
    match value:
        case bool() | None | str():
            return json.dumps(value, ensure_ascii=False)
        case int():
            return str(value)
        case Decimal():
            return format(value.normalize(), "f") if value % 1 else str(int(value))
        case datetime.date():
            return json.dumps(value.isoformat())
        case Mapping():
            entries = (f"{canonical_text(key)}:{canonical_text(value[key])}" for key in sorted(value))
            return "{" + ",".join(entries) + "}"
        case list() | tuple():
            return "[" + ",".join(canonical_text(item) for item in value) + "]"
    raise TypeError(f"{type(value).__name__} has no canonical form")


def standard_hash(standard: Standard) -> str:
    """SHA-256 of the canonical form under the name of its kind; 64 hexadecimal digits."""
    name = id(standard)
    known = _KNOWN.get(name)
    if known is not None and known[0]() is standard:
        return known[1]
    found = hashlib.sha256((DOMAIN + canonical(standard)).encode()).hexdigest()
    _KNOWN[name] = weakref.ref(standard, lambda _: _KNOWN.pop(name, None)), found
    return found
