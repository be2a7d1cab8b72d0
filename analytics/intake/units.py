"""The units that files are written in, and what one of them is in stored integers."""

from dataclasses import dataclass

_MONEY: dict[str, tuple[str, ...]] = {
    "minor": ("minor", "fen", "分", "cent", "haléř"),
    "major": ("major", "yuan", "元", "人民币元", "crown", "Kč", "dollar", "euro"),
    "ten_thousand": ("ten_thousand", "wan", "万元", "万"),
    "hundred_million": ("hundred_million", "yi", "亿元", "亿"),
}
_TIME: dict[str, tuple[str, ...]] = {
    "years": ("years", "year", "年", "岁"),
    "months": ("months", "month", "月", "个月"),
    "days": ("days", "day", "天", "日"),
}
MONEY_WORDS = tuple(word for words in _MONEY.values() for word in words)
TIME_WORDS = tuple(word for words in _TIME.values() for word in words)


def money_unit(word: str) -> str | None:
    """``minor``, ``major``, ``ten_thousand`` or ``hundred_million``; ``None`` for an unknown word.

    >>> money_unit("万元")
    'ten_thousand'
    """
    return next((unit for unit, words in _MONEY.items() if word in words), None)


def time_unit(word: str) -> str | None:
    """``years``, ``months`` or ``days``; ``None`` for an unknown word."""
    return next((unit for unit, words in _TIME.items() if word in words), None)


def money_decimals(unit: str, scale: int) -> int:
    """Decimals of an amount that are exact in minor units: 2 for yuan, 6 for ten thousand yuan, 0 for fen."""
    factor = {"minor": 1, "major": scale, "ten_thousand": scale * 10**4, "hundred_million": scale * 10**8}[unit]
    return len(str(factor)) - 1


@dataclass(frozen=True, slots=True)
class Ratio:
    """A value of the file times ``times``, divided by ``over`` and rounded down, is the stored integer."""

    times: int
    over: int = 1

    @property
    def decimals(self) -> int:
        """Decimals of the file's value that are exact; only whole numbers are divided."""
        return len(str(self.times)) - 1 if self.over == 1 else 0


def time_ratio(unit: str, scale: int) -> Ratio:
    """From years, months or days to stored years, ``scale`` of which make a year; 365.2425 days are a year."""
    return {
        "years": Ratio(scale),
        "months": Ratio(scale, 12),
        "days": Ratio(scale * 10_000, 3_652_425),
    }[unit]
