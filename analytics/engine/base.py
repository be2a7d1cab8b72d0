"""What every engine can do; pages and desks never ask which one it is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import pyarrow as pa

from analytics.cube.cells import CellKeys
from analytics.steps import Step

SPARSE = 1_000_000
"""Range of integers up to which DuckDB joins by plain look-up; beyond it a join costs five times as much."""


class Engine(Protocol):
    """Runs steps over the tables of one transaction."""

    name: str

    def create_keys(self, table: str, steps: Sequence[Step], size: int) -> CellKeys:
        """Make ``table`` of position, cell and category from steps that end in position, key and category.

        ``size`` is the number of keys that there could be. Up to :data:`SPARSE` of them a cell is the key itself;
        beyond it, the key's place among those that occur, so that joins by cell stay cheap.
        """
        ...

    def create(self, table: str, steps: Sequence[Step]) -> int:
        """Make ``table`` from the last step, in the order of its rows; returns how many rows it has."""
        ...

    def fetch(self, steps: Sequence[Step], tables: Mapping[str, pa.Table] | None = None) -> pa.Table:
        """The last step's rows. ``tables`` are small ones that the steps may read by name."""
        ...

    def stream(self, steps: Sequence[Step]) -> Iterator[pa.RecordBatch]:
        """The last step's rows, batch by batch, in any order."""
        ...
