"""Names of regions by their code, as far as the reference table knows them."""

import tomllib
from functools import lru_cache

from analytics.settings import HOME
from analytics.vocabulary import Text


@lru_cache(maxsize=1)
def region_names() -> dict[str, Text]:
    """Every region of the national code; a bank's own regions are not among them."""
    tables = tomllib.loads((HOME / "data" / "reference" / "regions.toml").read_text(encoding="utf-8"))
    return {region["code"]: Text(region["zh"], region["en"]) for region in tables["region"]}
