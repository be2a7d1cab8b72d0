"""Write docs/errors.md from the code: every code with its first words, so that the page cannot rot.

python tools/error_codes.py          # print
python tools/error_codes.py --write  # bring docs/errors.md up to date
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from analytics.intake import reasons  # noqa: E402 - the tool is run by path

CODE = re.compile(r"[A-Z]+-\d{3}")
HEAD = """# Error codes

Each error says what is wrong, where, and what to do; its code is stable. This page is made from the code by
`python tools/error_codes.py --write`. `…` stands for what the message fills in.

| code | 中文 | English |
|---|---|---|
"""


CHOSEN_BY_CASE = {
    "STANDARD-002": ("标准文件不是合法的 TOML", "The standard is not valid TOML"),
    "STANDARD-003": ("标准不是合法的 JSON", "The standard is not valid JSON"),
    "STANDARD-015": ("该字段不得用于评分,或类型不符", "may not be scored, or is of a type that does not fit"),
    "STANDARD-018": ("此类门槛不写层级", "has no use with this effect"),
    "STANDARD-042": ("下限未递增,有空档或重叠", "does not start above the band before: empty or overlapping"),
    "STANDARD-043": ("上限与下一档下限不符,有空档或重叠", "disagrees with the next start: a gap or an overlap"),
    "STANDARD-050": ("权重之和不是 100", "do not sum to 100"),
    "STANDARD-051": ("权重全部为零", "are all zero"),
    "STANDARD-071": ("满足者全部受限,下限从不生效", "never lifts anybody: all it admits are capped"),
    "STANDARD-072": ("与上限门槛相遇时以上限为准(提示)", "meets a cap, which prevails (a note)"),
    "STANDARD-074": ("在该层级不起作用(提示)", "does nothing at that tier (a note)"),
}
"""Codes whose words the code picks case by case; said here once in general."""


def found() -> Iterator[tuple[str, str, str]]:
    """Code, Chinese and English words of every place that names a code together with a text."""
    for file in sorted((ROOT / "analytics").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _of_call(node)


def _of_call(node: ast.Call) -> Iterator[tuple[str, str, str]]:
    arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
    constants = [str(each.value) for each in arguments if isinstance(each, ast.Constant)]
    codes = [value for value in constants if CODE.fullmatch(value)]
    for code in codes[:1]:
        texts = [each for each in arguments if isinstance(each, ast.Call) and getattr(each.func, "id", "") == "Text"]
        words = [_words(part) for part in texts[0].args] if texts and len(texts[0].args) == 2 else ["", ""]
        yield code, words[0], words[1]


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(part) for part in node.values)
    return str(node.value).replace("|", "/") if isinstance(node, ast.Constant) else "…"


def every_code() -> set[str]:
    """Every code that stands anywhere in the code."""
    text = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "analytics").rglob("*.py"))
    return set(re.findall(r'"([A-Z]+-\d{3})"', text))


def page() -> str:
    """The page as it should stand."""
    rows: dict[str, tuple[str, str]] = {}
    for code, chinese, english in found():
        if not rows.get(code, ("", ""))[1]:
            rows[code] = (chinese, english)
    for code in every_code():
        rows.setdefault(code, ("", ""))
    rows |= CHOSEN_BY_CASE
    rows |= {each.code: (each.message.zh, each.message.en) for each in reasons.REASONS.values()}
    return HEAD + "".join(f"| {code} | {zh} | {en} |\n" for code, (zh, en) in sorted(rows.items()))


if __name__ == "__main__":
    if "--write" in sys.argv:
        (ROOT / "docs" / "errors.md").write_text(page(), encoding="utf-8")
    else:
        sys.stdout.write(page())
