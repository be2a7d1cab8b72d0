"""The words and number signs of the live bench in one language."""

from analytics.vocabulary import CURRENCIES, LANGUAGES, UNITS
from pages.ui.words import load

MYRIADS = [[10**12, "万亿"], [10**8, "亿"], [10**4, "万"]]
SIGNS: dict[str, dict[str, object]] = {
    "zh": {"locale": "zh-CN", "steps": MYRIADS[1:], "myriads": MYRIADS, "list_sign": "、", "colon": "：", "gap": ""},
    "en": {
        "locale": "en-GB",
        "steps": [[10**9, "bn"], [10**6, "m"], [10**3, "k"]],
        "myriads": [],
        "list_sign": ", ",
        "colon": ": ",
        "gap": " ",
    },
}
EXACT_UP_TO = 10_000_000
"""Counts below are written to the last customer."""
NOTHING = "–"


def labels_in(language: str, currency: str) -> dict[str, object]:
    """Every word of the bench; lists are by measure: customers, assets, contribution."""
    assert language in LANGUAGES
    unit = UNITS[CURRENCIES[currency]]
    label = unit.label.to(language)
    words = {key: text.to(language).replace("{unit}", label) for key, text in load("live").items()}
    money = {
        "zh": {"money": "{value}" + label, "exact_money": "{value} " + label},
        "en": {"money": currency + " {value}", "exact_money": currency + " {value}"},
    }
    measures = ("customers", "assets", "contribution")
    return {
        **words,
        **SIGNS[language],
        **money[language],
        "scale": unit.scale,
        "exact_up_to": EXACT_UP_TO,
        "nothing": NOTHING,
        "measures": [words[f"measure_{name}"] for name in measures],
        "units": [words[f"unit_{name}"] for name in measures],
        "distributions": [words[f"distribution_{name}"] for name in measures],
    }
