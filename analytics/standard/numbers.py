"""Numbers in words: exact, with their unit, in the manner of each language."""

from decimal import Decimal

from analytics.vocabulary import BASIS, Text, Unit

WAN = Decimal(10) ** 4
YI = Decimal(10) ** 8


def plain(number: Decimal | int) -> str:
    """``1234567.50`` as ``1,234,567.5``; never rounded, never an exponent."""
    text = f"{Decimal(number):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: int, unit: Unit, language: str) -> str:
    """A stored integer in its unit: ``12 万元`` and ``120,000 yuan`` for 12,000,000 fen."""
    return quantity(Decimal(value) / unit.scale, unit, language)


def quantity(number: Decimal, unit: Unit, language: str) -> str:
    """A number as people write it, in its unit. Chinese counts money in 万 and 亿 where that stays short."""
    label = unit.label.to(language)
    if language == "zh":
        figure, myriads = _in_myriads(number) if unit.money else (number, "")
        return f"{plain(figure)} {myriads}{label}"
    return f"{plain(number)} {label.removesuffix('s') if abs(number) == 1 else label}"


def quantity_text(number: Decimal, unit: Unit) -> Text:
    """The same in both languages."""
    return Text(quantity(number, unit, "zh"), quantity(number, unit, "en"))


def score(basis: int) -> str:
    """Hundredths of a point as points: ``79.5`` for 7950."""
    return plain(Decimal(basis) / BASIS)


def _in_myriads(number: Decimal) -> tuple[Decimal, str]:
    for size, name in ((WAN * YI, "万亿"), (YI, "亿"), (WAN, "万")):
        if abs(number) >= size and number * 100 % size == 0:
            return number / size, name
    return number, ""
