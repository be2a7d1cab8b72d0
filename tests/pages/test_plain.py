"""Words that people wrote are shown as they wrote them: no link, picture, heading or list comes of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pages.ui.frame import JOINER, plain

ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
FOUND_LATE = (
    re.compile(r"(https?://|www(?=\.))([-.\w]+)", re.IGNORECASE),
    re.compile(r"([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)", re.ASCII),
    re.compile(r":material/\w+:"),
    re.compile(r":[-+\w]+:", re.ASCII),
)
"""What Streamlit's page looks for in the finished text, where an escape is gone: links, addresses, icons, emoji."""
PIECES = some.sampled_from(
    ["www.", "http://", "HTTPS://", "evil.com", "a@b.co", ":material/home_work:", ":smile:", ":red[", "<b>", "&amp;"]
) | some.sampled_from(
    ["]", "(", ")", "_", "*", "`", "#", "-", "==", "1.", "12)", "\\", "$", "~~", "|", "\n", " ", "高", "5:3"]
)


def seen(markdown: str) -> str:
    """What is left once Markdown has taken its escapes."""
    return ESCAPED.sub(r"\1", markdown)


@given(some.lists(PIECES, max_size=12).map("".join) | some.text(max_size=40))
def test_it_reads_as_it_was_written_on_one_line(words: str) -> None:
    words = words.replace(JOINER, "")
    assert seen(plain(words)).replace(JOINER, "") == " ".join(words.split())


@given(some.lists(PIECES, max_size=12).map("".join))
def test_nothing_in_it_is_found_late(words: str) -> None:
    assert [sign.pattern for sign in FOUND_LATE if sign.search(seen(plain(words)))] == []


@given(some.lists(PIECES, max_size=12).map("".join))
def test_no_sign_of_markdown_stands_without_its_escape(words: str) -> None:
    left = re.sub(r"\\.", "?", plain(words))
    assert not re.search(r"[\\`*_{}\[\]<>#$~|&]|:[A-Za-z]|\n", left)
    assert not re.match(r"[-+=]|\d+[.)]", plain(words))


@pytest.mark.parametrize("words", ["High: 60 instead of 80 (−20), from 15:30", "高端：准入分 60，原为 80"])
def test_everyday_words_stay_as_they_are(words: str) -> None:
    assert plain(words) == words
