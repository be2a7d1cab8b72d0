"""Read what somebody names on the command line."""

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
