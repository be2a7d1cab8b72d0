"""A fault in a mapping: where, what stands there, what is allowed, and the nearest right name."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.errors import TierdeskError, told
from analytics.vocabulary import Text


@dataclass(frozen=True, slots=True)
class MappingFault:
    """One thing wrong with a mapping; ``path`` is the dotted place in the file (``column.assets.unit``)."""

    path: str
    message: Text
    value: str = ""
    allowed: Text | None = None
    nearest: str = ""

    def to(self, language: str) -> str:
        """The fault as one sentence in ``language``."""
        return told(self.path, self.message, language, value=self.value, allowed=self.allowed, nearest=self.nearest)


class MappingFaults(TierdeskError):  # noqa: N818 - it is many faults, each with its own words
    """Every fault of a mapping at once."""

    def __init__(self, faults: Sequence[MappingFault]) -> None:
        self.faults = tuple(faults)
        n = len(self.faults)
        first = self.faults[0]
        super().__init__(
            "INTAKE-020",
            Text(
                f"映射有 {n} 处错误，第一处：{first.to('zh')}。",
                f"The mapping has {n} fault{'s' if n > 1 else ''}; the first: {first.to('en')}.",
            ),
            Text("请按清单逐处修改后重试。", "Mend every line of the list and try again."),
        )


def unreadable(problem: str) -> TierdeskError:
    """The mapping is not TOML; ``problem`` is the parser's word, with line and column."""
    return TierdeskError(
        "INTAKE-021",
        Text(f"映射文件不是合法的 TOML：{problem}。", f"The mapping is not valid TOML: {problem}."),
        Text(
            "请检查该行的引号、括号与逗号；等号左边的中文要加引号。",
            "Look at the quotes, brackets and commas of that line; Chinese words before an = need quotes.",
        ),
    )
