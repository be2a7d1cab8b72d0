"""A demo bank on disk, as the tests read it."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.demo import Manifest

ROOT = Path(__file__).resolve().parents[2]
CUSTOMERS = 12_000
CALENDAR = ["2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4"]


@dataclass(frozen=True)
class Bank:
    """A bank on disk; money reads as yuan."""

    folder: Path
    manifest: Manifest

    def table(self, quarter: str) -> pa.Table:
        return pq.read_table(self.folder / f"customers_{quarter}.parquet")

    def frame(self, quarter: str) -> pd.DataFrame:
        table = self.table(quarter)
        for place, field in enumerate(table.schema):
            if pa.types.is_decimal(field.type):
                table = table.set_column(place, field.name, table[field.name].cast(pa.float64()))
        return table.to_pandas()
