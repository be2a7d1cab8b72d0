"""Made-up signatures in any number, with a population that looks like a bank's: many small, few large."""

import numpy as np

from analytics.classify.grid import Grid, Ints
from analytics.cube.cells import Cells
from analytics.vocabulary import Kind

ENTERPRISES = 0.08
"""Share of signatures that are enterprises'."""


def signatures(grid: Grid, n: int, seed: int = 1) -> Cells:
    """Cells of ``n`` distinct keys of a grid, as far as it has that many."""
    chance = np.random.default_rng(seed)
    sizes = [round(n * (1 - ENTERPRISES)), n - round(n * (1 - ENTERPRISES))]
    keys = np.concatenate([_keys(grid, kind, size, chance) for kind, size in enumerate(sizes)])
    rank = chance.permutation(len(keys)) + 1
    count = np.maximum(1, (5_000_000 / n * (n / rank) ** 0.6).astype(np.int64))
    wealth = _wealth(grid, keys)
    assets = (count * np.exp(chance.normal(12.0, 0.6, len(keys)) + 5.5 * wealth) * 100).astype(np.int64)
    contribution = (assets * chance.normal(0.006, 0.004, len(keys))).astype(np.int64)
    region = np.zeros(len(keys), np.int64)
    return Cells(keys, keys, region, ("",), np.stack([count, assets, contribution]))


def _keys(grid: Grid, kind: int, n: int, chance: np.random.Generator) -> Ints:
    """Keys whose slots hang together: who is high in one dimension is likely to be in another."""
    found = np.empty(0, np.int64)
    spread, most = 0.14, min(n, grid.size(kind) * 9 // 10)
    if most == 0:
        return found
    while len(found) < most:
        size = 4 * n
        latent = chance.beta(1.6, 2.6, size)
        key = np.zeros(size, np.int64)
        for axis in grid.axes:
            slots = axis.slots[kind]
            if slots is None:
                continue
            place = np.clip(latent + chance.normal(0, spread, size), 0, 0.999)
            slot = (place * (slots.radix - 1)).astype(np.int64)
            slot = np.where(chance.random(size) < 0.004, slots.radix - 1, slot)
            key = key * slots.radix + slot
        for _ in grid.free(kind):
            key = key * 2 + (chance.random(size) < spread - 0.13)
        found, spread = np.unique(np.concatenate([found, key + grid.offset(kind)])), min(spread * 1.15, 0.5)
    return np.sort(chance.choice(found, most, replace=False))


def _wealth(grid: Grid, keys: Ints) -> np.ndarray:
    """How far up a key stands on its dimensions, 0 to 1."""
    digits = grid.digits(keys)
    total = np.zeros(len(keys))
    for place, axis in enumerate(grid.axes):
        for kind in range(len(Kind)):
            slots = axis.slots[kind]
            if slots:
                total += np.where(digits.kind == kind, digits.bands[place] / max(slots.band), 0.0)
    return np.asarray(total / len(grid.axes))
