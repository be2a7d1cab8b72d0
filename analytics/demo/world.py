"""The country that the bank lives in: provinces by population, branches, industries."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analytics.demo.plan import Floats, Ints

REFERENCE = Path(__file__).resolve().parents[2] / "data" / "reference"
BRANCHES = 60

INDUSTRY_SHARES = {
    "A": 4, "B": 1, "C": 20, "D": 1, "E": 9, "F": 31, "G": 4, "H": 4, "I": 6, "J": 1,
    "K": 4, "L": 7, "M": 4, "N": 1, "O": 1, "P": 0.6, "Q": 0.5, "R": 0.6, "S": 0.2, "T": 0.1,
}  # fmt: skip
"""Per cent of the enterprises; invented, in the order of size that a branch network sees."""


@dataclass(frozen=True, slots=True)
class World:
    """Lists are in code order; ``region_of_branch`` and the weights hold places in those lists."""

    regions: tuple[str, ...]
    region_weights: Floats
    branches: tuple[str, ...]
    region_of_branch: Ints
    industries: tuple[str, ...]
    industry_weights: Floats

    def branches_of(self, *regions: str) -> Ints:
        """Places of the branches that belong to the regions."""
        wanted = [self.regions.index(region) for region in regions]
        return np.flatnonzero(np.isin(self.region_of_branch, wanted))


def load_world(reference: Path = REFERENCE) -> World:
    """Read the reference tables and share the branches out by population, at least one a province."""
    tables = tomllib.loads((reference / "regions.toml").read_text(encoding="utf-8"))
    regions = [region for region in tables["region"] if "population" in region]
    weights = np.array([region["population"] for region in regions], dtype=np.float64)
    sections = tomllib.loads((reference / "industries.toml").read_text(encoding="utf-8"))["industry"]
    shares = np.array([INDUSTRY_SHARES[section["code"]] for section in sections], dtype=np.float64)
    return World(
        regions=tuple(region["code"] for region in regions),
        region_weights=weights / weights.sum(),
        branches=tuple(f"B{number:03d}" for number in range(1, BRANCHES + 1)),
        region_of_branch=np.repeat(np.arange(len(regions)), _branch_counts(weights)),
        industries=tuple(section["code"] for section in sections),
        industry_weights=shares / shares.sum(),
    )


def _branch_counts(weights: Floats) -> Ints:
    """One branch a region, the others by the largest average population (Sainte-Lague)."""
    counts = np.ones(len(weights), dtype=np.int64)
    for _ in range(BRANCHES - len(weights)):
        counts[np.argmax(weights / (2 * counts + 1))] += 1
    return counts
