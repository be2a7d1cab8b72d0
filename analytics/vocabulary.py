"""The words that all rooms share: languages, customer kinds, outcomes and units.

Bounds are inclusive below everywhere in Tierdesk: a value that equals a lower bound is inside.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

LANGUAGES = ("zh", "en")
BASIS = 100
"""Scores and entry scores are compared in hundredths of a point."""


@dataclass(frozen=True, slots=True)
class Text:
    """One message in the languages of the house."""

    zh: str
    en: str

    def to(self, language: str) -> str:
        """The text in ``language``; anything that is not Chinese reads English."""
        return self.zh if language == "zh" else self.en

    def __str__(self) -> str:
        return self.en


class Kind(StrEnum):
    """Who a customer is. The order is the order of the ``kind`` code in every table."""

    PERSON = "person"
    ENTERPRISE = "enterprise"

    @property
    def label(self) -> Text:
        return {"person": Text("个人", "Persons"), "enterprise": Text("企业", "Enterprises")}[self.value]

    @property
    def code(self) -> int:
        """The integer that stands for the kind in the tables: 1, 2."""
        return list(Kind).index(self) + 1


class Outcome(IntEnum):
    """Every customer of a run has exactly one."""

    CLASSIFIED = 0
    NOT_ASSESSABLE = 1
    EXCLUDED = 2
    MANUAL = 3

    @property
    def label(self) -> Text:
        return {
            Outcome.CLASSIFIED: Text("已分层", "Classified"),
            Outcome.NOT_ASSESSABLE: Text("不可评定", "Not assessable"),
            Outcome.EXCLUDED: Text("不参与分层", "Excluded"),
            Outcome.MANUAL: Text("仅人工评定", "Manual only"),
        }[self]


@dataclass(frozen=True, slots=True)
class Unit:
    """How many of the stored integers make one of what people write.

    ``scale`` 100 for money: tables hold minor units (fen, haléř, cent).
    """

    scale: int
    label: Text
    money: bool = False


UNITS: dict[str, Unit] = {
    "yuan": Unit(100, Text("元", "yuan"), money=True),
    "crown": Unit(100, Text("克朗", "crowns"), money=True),
    "new_taiwan_dollar": Unit(100, Text("新台币元", "NT dollars"), money=True),
    "us_dollar": Unit(100, Text("美元", "US dollars"), money=True),
    "euro": Unit(100, Text("欧元", "euros"), money=True),
    "point": Unit(1, Text("分", "points")),
    "year": Unit(10, Text("年", "years")),
    "full_year": Unit(1, Text("岁", "years")),
    "day": Unit(1, Text("天", "days")),
    "person": Unit(1, Text("人", "persons")),
    "level": Unit(1, Text("级", "level")),
}
CURRENCIES: dict[str, str] = {
    "CNY": "yuan",
    "CZK": "crown",
    "TWD": "new_taiwan_dollar",
    "USD": "us_dollar",
    "EUR": "euro",
}
