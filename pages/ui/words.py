"""What the screen says: words by key in the visitor's language, and numbers as people there write them.

``pages/ui/words/<file>.toml`` holds one table a sentence, ``[key]`` with ``zh`` and ``en``; its key here is
``<file>.<key>``. Numbers become text here and nowhere else in the pages.
"""

import datetime
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from analytics.desks.people import PEOPLE, person
from analytics.vocabulary import CURRENCIES, UNITS, Text
from pages.ui import session

FOLDER = Path(__file__).parent / "words"
LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}
STEPS = {"zh": ((10**8, "亿"), (10**4, "万")), "en": ((10**9, "bn"), (10**6, "m"), (10**3, "k"))}
"""From which size on a number is shortened, and by which sign."""
NOTHING = "–"


@lru_cache(maxsize=64)
def load(file: str) -> dict[str, Text]:
    """Every sentence of one words file."""
    tables = tomllib.loads((FOLDER / f"{file}.toml").read_text(encoding="utf-8"))
    return {key: Text(table["zh"], table["en"]) for key, table in tables.items()}


def text(key: str, **facts: object) -> Text:
    """A sentence in every language; raises ``KeyError`` for one that nobody has written."""
    file, _, name = key.partition(".")
    words = load(file)[name]
    return Text(words.zh.format(**facts), words.en.format(**facts)) if facts else words


def say(key: str, **facts: object) -> str:
    """A sentence in the visitor's language; ``facts`` fill its {places}."""
    return text(key, **facts).to(session.language())


def to(words: Text) -> str:
    """A text of the house in the visitor's language."""
    return words.to(session.language())


def who(person_id: str) -> str:
    """The name of somebody who acted; acts of the set-up and of schedulers are the system's."""
    known = person_id in {each.id for each in PEOPLE}
    return to(person(person_id).name) if known else say("frame.system")


def names(prefix: str, keys: Iterable[str]) -> dict[str, str]:
    """What choices are called: ``<prefix><key>`` of every key, in the visitor's language."""
    return {key: say(f"{prefix}{key}") for key in keys}


def count(number: int) -> str:
    """A whole number, all its digits grouped: 1,234,567."""
    return str(format_decimal(number, locale=_locale()))


def number(value: object, digits: int = 2) -> str:
    """A number with at most ``digits`` decimals."""
    return str(format_decimal(value, format=f"#,##0.{'#' * digits}", locale=_locale()))  # type: ignore[arg-type]


def short(number: int | float, digits: int = 1) -> str:
    """A number of three or four digits and a sign for its size: 123.5万, 1.2m."""
    language = session.language()
    for size, sign in STEPS[language]:
        if abs(number) >= size:
            return f"{_fixed(number / size, digits)}{sign}"
    return _fixed(number, 0)


def money(minor: int, currency: str) -> str:
    """An amount of minor units, shortened, with its unit in Chinese and its code in English."""
    value = short(abs(minor) / _scale(currency), 2)
    sign = "−" if minor < 0 and any(digit in value for digit in "123456789") else ""
    return f"{sign}{value}{_unit(currency)}" if session.language() == "zh" else f"{currency} {sign}{value}"


def exact_money(minor: int, currency: str) -> str:
    """An amount of minor units to the last digit."""
    value = format_decimal(Decimal(minor) / _scale(currency), format="#,##0.##", locale=_locale())
    return f"{value} {_unit(currency)}" if session.language() == "zh" else f"{currency} {value}"


def share(part: int | float, whole: int | float, digits: int = 1) -> str:
    """A part in percent of its whole; a dash where there is no whole, or a negative one that has no parts."""
    return f"{100 * part / whole + 0.0:.{digits}f}%" if whole > 0 else NOTHING


def day(date: datetime.date) -> str:
    return str(format_date(date, format="long", locale=_locale()))


def moment(when: datetime.datetime) -> str:
    """A moment of the store (UTC) in the visitor's zone, to the minute."""
    stamped = when if when.tzinfo else when.replace(tzinfo=datetime.UTC)
    local = stamped.astimezone(session.zone())
    pattern = "y年M月d日 HH:mm" if session.language() == "zh" else "d MMM y HH:mm"
    return str(format_datetime(local, format=pattern, locale=_locale()))


def duration(seconds: float) -> str:
    """A length of time: 0.42 s, 3.1 s, 2 min 5 s."""
    units = ("秒", "分") if session.language() == "zh" else (" s", " min")
    if seconds < 60:
        return f"{seconds:.2f}{units[0]}" if seconds < 1 else f"{seconds:.1f}{units[0]}"
    minutes, rest = divmod(round(seconds), 60)
    gap = "" if session.language() == "zh" else " "
    return f"{minutes}{units[1]}{gap}{rest}{units[0]}"


def _locale() -> str:
    return LOCALES[session.language()]


def _scale(currency: str) -> int:
    return UNITS[CURRENCIES[currency]].scale


def _unit(currency: str) -> str:
    return UNITS[CURRENCIES[currency]].label.to(session.language())


def _fixed(value: float, digits: int) -> str:
    return str(format_decimal(value, format=f"#,##0.{'0' * digits}" if digits else "#,##0", locale=_locale()))
