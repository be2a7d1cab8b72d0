"""A Tierdesk of the test's own: a copied house, a server on a free port, an address."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.houses import ROOT

PATIENCE = 60.0
"""Seconds that a server may take until it answers its probe."""


@dataclass(frozen=True)
class Served:
    """Where the app answers, and the folder that its store and rules lie in."""

    base: str
    folder: Path

    def address(self, page: str, **query: str) -> str:
        """A page's address; the overview is served at the root only."""
        words = "&".join(f"{name}={value}" for name, value in query.items())
        return f"{self.base}/{'' if page == 'overview' else page}{'?' if words else ''}{words}"


@contextmanager
def served(built: Path, folder: Path) -> Iterator[Served]:
    """Copy a closed house into ``folder`` and serve it; the store is free again at the end."""
    for name in ("tierdesk.duckdb", "rules.toml"):
        shutil.copy(built / name, folder / name)
    port = _free_port()
    settings = {
        "TIERDESK_STORE": str(folder / "tierdesk.duckdb"),
        "TIERDESK_DEMO": str(folder / "demo"),
        "TIERDESK_RULES": str(folder / "rules.toml"),
        "TIERDESK_MEMORY": "1GB",
        "TIERDESK_PORT": str(port),
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait(f"http://127.0.0.1:{port}/healthz", server, folder / "server.log")
            yield Served(f"http://127.0.0.1:{port}", folder)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the probe answers; fails with the server's own words."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not come up:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}")
