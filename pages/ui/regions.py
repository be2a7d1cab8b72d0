"""Names of regions: those of the national code where a bank uses it, else the bank's own."""

import tomllib
from functools import lru_cache

from analytics.settings import HOME
from analytics.vocabulary import Text
from pages.ui.words import say, to


@lru_cache(maxsize=1)
def _known() -> dict[str, Text]:
    tables = tomllib.loads((HOME / "data" / "reference" / "regions.toml").read_text(encoding="utf-8"))
    return {region["code"]: Text(region["zh"], region["en"]) for region in tables["region"]}


def region_name(region: str) -> str:
    """What a region is called; an empty text stands for customers without one."""
    if not region:
        return say("impact.no_region")
    known = _known().get(region)
    return to(known) if known else region
