"""A place of a standard in words: no index and no name of the file is left where a label is known."""

import pytest

from analytics.desks.house import House
from analytics.standard.model import Standard
from pages.ui import session
from pages.ui.draft.places import place_in_words


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        (
            "gate[2].when[0].at_least",
            "门槛「当前逾期达到 90 天」 · 逾期天数不低于",
            "Gate “A payment is 90 days or more overdue” · Days past due at least",
        ),
        (
            "gate[3].when[0].below",
            "门槛「信用评分低于 500」 · 信用评分低于",
            "Gate “The credit score is below 500” · Credit score below",
        ),
        (
            "gate[2].when",
            "门槛「当前逾期达到 90 天」 · 条件",
            "Gate “A payment is 90 days or more overdue” · condition",
        ),
        (
            "gate[2].when[0]",
            "门槛「当前逾期达到 90 天」 · 逾期天数",
            "Gate “A payment is 90 days or more overdue” · Days past due",
        ),
        (
            "gate[2].when[7].at_least",
            "门槛「当前逾期达到 90 天」 · 第 8 个条件",
            "Gate “A payment is 90 days or more overdue” · condition 8",
        ),
    ],
)
def test_conditions_of_a_gate_are_told_by_their_column(
    bank: House, house_standard: Standard, monkeypatch: pytest.MonkeyPatch, path: str, zh: str, en: str
) -> None:
    for language, words in (("zh", zh), ("en", en)):
        monkeypatch.setattr(session, "language", lambda language=language: language)
        assert place_in_words(path, house_standard) == words


def test_a_gate_of_a_text_that_cannot_be_read_is_told_by_its_number(
    bank: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "language", lambda: "zh")
    assert place_in_words("gate[2].when[0].at_least", None) == "第 3 道门槛 · 第 1 个条件"
