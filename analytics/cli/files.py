"""Read and write what somebody names on the command line."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analytics.errors import TierdeskError
from analytics.vocabulary import Text


def read_text(path: Path) -> str:
    """A text file; raises ``FILE-001`` where it is not there or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TierdeskError(
            "FILE-001",
            Text(f"无法读取文件 {path.name}。", f"The file {path.name} cannot be read."),
            Text("请核对路径与编码（UTF-8）。", "Check its path and its encoding (UTF-8)."),
        ) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raises ``FILE-002`` where the block cannot write a file at ``path``."""
    try:
        yield
    except OSError as error:
        raise TierdeskError(
            "FILE-002",
            Text(f"无法写入文件 {path.name}。", f"The file {path.name} cannot be written."),
            Text("请核对文件夹、权限与剩余空间。", "Check its folder, the permissions and the free space."),
        ) from error


def require_writable(path: Path) -> None:
    """Raises ``FILE-002`` where there is no room for a file at ``path``; a file that is there stays as it is."""
    with writing(path), tempfile.TemporaryFile(dir=path.parent):
        if path.is_dir():
            raise IsADirectoryError(path)
