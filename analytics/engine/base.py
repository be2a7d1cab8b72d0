"""What every engine can do; pages and desks never ask which one it is."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import pyarrow as pa

from analytics.classify.grid import Ints
from analytics.steps import Step


class Engine(Protocol):
    """Runs steps over the tables of one transaction."""

    name: str

    def create_keys(self, table: str, steps: Sequence[Step]) -> Ints:
        """Make ``table`` of position, cell and category from steps that end in position, key and category.

        A *cell* is the place of a key among the keys that occur, in ascending order, from 0: dense, so that later
        joins are cheap. Returns those keys.
        """
        ...

    def create(self, table: str, steps: Sequence[Step]) -> int:
        """Make ``table`` from the last step, in the order of its rows; returns how many rows it has."""
        ...

    def fetch(self, steps: Sequence[Step], tables: Mapping[str, pa.Table] | None = None) -> pa.Table:
        """The last step's rows. ``tables`` are small ones that the steps may read by name."""
        ...
