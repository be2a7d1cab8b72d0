"""Everything that a user can set, from one file with environment overrides.

``tierdesk.toml`` beside ``app.py`` holds the settings; ``TIERDESK_<NAME>`` in the environment overrides each.
``TIERDESK_SETTINGS`` names another file.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from analytics.errors import TierdeskError
from analytics.vocabulary import LANGUAGES, Text

HOME = Path(__file__).resolve().parent.parent
ENGINES = ("duckdb",)


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths are relative to the project's root unless absolute."""

    store: Path = Path("var/tierdesk.duckdb")
    """The store's file."""
    demo: Path = Path("var/demo")
    """Where the demo bank's files are made."""
    rules: Path = Path("rules.toml")
    """The standard in force, kept in step with the last publication."""
    address: str = "127.0.0.1"
    """Address that the app listens on."""
    port: int = 8501
    """Port that the app listens on."""
    language: str = "auto"
    """zh, en, or auto: the browser decides."""
    engine: str = "duckdb"
    """The engine that classifies."""
    memory: str = "4GB"
    """Memory that the engine may use before it spills to disk."""
    threads: int = 0
    """Threads that the engine may use; 0 for all cores."""
    demo_customers: int = 50_000
    """Customers of the demo bank that `make run` makes."""
    demo_quarters: int = 8
    """Quarters of the demo bank."""

    def path(self, name: str) -> Path:
        """A path setting as an absolute path."""
        value: Path = getattr(self, name)
        return value if value.is_absolute() else HOME / value


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from the file and the environment; raises ``SETTINGS-001`` to ``-003``."""
    environment = os.environ if environment is None else environment
    file = Path(environment.get("TIERDESK_SETTINGS", HOME / "tierdesk.toml"))
    stated = _read(file)
    settings = Settings()
    chosen: dict[str, Any] = {}
    for field in fields(Settings):
        value = environment.get(f"TIERDESK_{field.name.upper()}", stated.pop(field.name, None))
        if value is not None:
            chosen[field.name] = _cast(field.name, value, getattr(settings, field.name))
    settings = replace(settings, **chosen)
    if stated:
        raise _refuse(next(iter(stated)), "", [field.name for field in fields(Settings)])
    if settings.language not in (*LANGUAGES, "auto"):
        raise _refuse("language", settings.language, [*LANGUAGES, "auto"])
    if settings.engine not in ENGINES:
        raise _refuse("engine", settings.engine, ENGINES)
    return settings


def _read(file: Path) -> dict[str, object]:
    if not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TierdeskError(
            "SETTINGS-001",
            Text(f"设置文件 {file.name} 无法读取：{error}。", f"{file.name} cannot be read: {error}."),
            Text("请按说明修改该行。", "Mend that line; the README lists every setting."),
        ) from error


def _cast(name: str, value: object, default: object) -> object:
    try:
        if isinstance(default, Path):
            return Path(str(value)).expanduser()
        if isinstance(default, int):
            return int(str(value))
        return str(value)
    except ValueError as error:
        raise _refuse(name, str(value), ["0, 1, 2, …"]) from error


def _refuse(name: str, value: str, allowed: object) -> TierdeskError:
    words = ", ".join(map(str, allowed if isinstance(allowed, (list, tuple)) else [allowed]))
    return TierdeskError(
        "SETTINGS-002",
        Text(f"设置 {name} 不可用：{value or '无此名称'}。", f"Setting {name}: {value or 'there is no such setting'}."),
        Text(f"可用：{words}。", f"Allowed: {words}."),
    )
