"""Words: both languages say the same things about the same facts, and numbers read as people there write them."""

import ast
import datetime
import re
import string
import tomllib
from pathlib import Path

import pytest

from pages.ui import session, words

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(words.FOLDER.glob("*.toml"))
CALLS = {"say", "text"}
CHINESE = "[\u4e00-\u9fff]"
BILINGUAL = {"language", "unit_ten_thousand"}
"""Sentences that show a word of the other language on purpose."""


def bare(sentence: str) -> str:
    """The sentence without its places and without marks."""
    return re.sub(r"\{[^}]*\}", "", sentence)


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_both_languages_say_the_same(file: Path) -> None:
    for key, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
        assert set(entry) == {"zh", "en"}, key
        assert places(entry["zh"]) == places(entry["en"]), key
        assert re.search(CHINESE, entry["zh"]) or not re.search("[A-Za-z]{2}", bare(entry["en"])), key
        if key not in BILINGUAL:
            assert not re.search(CHINESE, entry["en"]), key


def literal_keys() -> set[tuple[str, str]]:
    found = set()
    for file in [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add((file.name, first.value))
    return found


def test_every_sentence_that_a_page_asks_for_is_written() -> None:
    missing = []
    for file, key in literal_keys():
        room, _, name = key.partition(".")
        if not (words.FOLDER / f"{room}.toml").exists() or name not in words.load(room):
            missing.append(f"{file}: {key}")
    assert not missing


@pytest.fixture
def speak(monkeypatch: pytest.MonkeyPatch):
    return lambda language: monkeypatch.setattr(session, "language", lambda: language)


def test_numbers_in_chinese(speak) -> None:
    speak("zh")
    assert words.money(123_456_789_00, "CNY") == "1.23亿元"
    assert words.money(12_345_00, "CNY") == "1.23万元"
    assert words.money(-12_345_00, "CNY") == "−1.23万元"
    assert words.money(-1, "CNY") == "0元"
    assert words.exact_money(-123_456_01, "CNY") == "-123,456.01 元"
    assert words.share(1, 3) == "33.3%"
    assert words.share(1, 0) == "–"
    assert words.day(datetime.date(2025, 12, 31)) == "2025年12月31日"


def test_numbers_in_english(speak) -> None:
    speak("en")
    assert words.money(1_234_567_00, "CZK") == "CZK 1.23m"
    assert words.money(999_00, "CNY") == "CNY 999"
    assert words.exact_money(9_007_199_254_740_993, "CNY") == "CNY 90,071,992,547,409.93"
    assert words.count(1_234_567) == "1,234,567"
    assert words.duration(125) == "2 min 5 s"
