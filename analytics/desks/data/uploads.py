"""Files on their way in: those that lie in the server's folders, and those that a visitor has just sent."""

import re
import shutil
from pathlib import Path

from analytics import clock
from analytics.settings import Settings

INBOX = "inbox"
"""Folder beside the store where files may be put to be imported."""
UPLOADS = "uploads"
"""Folder beside the store where files that are sent wait; it is emptied when the house opens."""
SUFFIXES = (".csv", ".txt", ".tsv", ".parquet", ".pq")


def folders(settings: Settings) -> tuple[Path, ...]:
    """The server's folders that files can be chosen from."""
    return (settings.path("store").parent / INBOX, settings.path("demo"))


def offered(settings: Settings) -> list[Path]:
    """Files that can be chosen, by name."""
    found = [path for folder in folders(settings) if folder.is_dir() for path in folder.iterdir()]
    return sorted(path for path in found if path.is_file() and path.suffix.lower() in SUFFIXES)


def keep(settings: Settings, name: str, content: bytes) -> Path:
    """Put a file that was sent where it can be read; only the owner of the process may."""
    folder = _waiting(settings) / clock.new_id()
    folder.mkdir(mode=0o700, parents=True)
    path = folder / (re.sub(r"[^\w.\-]", "_", Path(name).name)[-120:].lstrip(".") or "file.csv")
    path.write_bytes(content)
    return path


def discard(settings: Settings, path: Path) -> None:
    """Remove a file that was sent: it holds customers' data. Files of the folders are left alone."""
    if path.is_relative_to(_waiting(settings)):
        shutil.rmtree(path.parent, ignore_errors=True)


def sweep(settings: Settings) -> None:
    """Remove what an earlier process has left behind."""
    shutil.rmtree(_waiting(settings), ignore_errors=True)


def _waiting(settings: Settings) -> Path:
    store = settings.path("store")
    return store.with_name(f"{store.stem}.{UPLOADS}")
