"""The fine grid of a snapshot (L0): made beside classification, or when it is first asked for; read from then on."""

import threading
from functools import lru_cache

from analytics.classify.grid import Grid
from analytics.cube.groupings import Grouping
from analytics.cube.layers.bins import Bins, bins_of
from analytics.cube.layers.fine import Fine
from analytics.desks.data.snapshots import kept_groupings
from analytics.desks.house import House
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.errors import TierdeskError
from analytics.store import slabs
from analytics.store.connect import Store
from analytics.store.snapshots import facts_table
from analytics.vocabulary import Text

_making = threading.Lock()


def fine_grid(house: House, snapshot_id: str, grid: Grid) -> Fine:
    """Everyone's fine codes, for every grid that reads what ``grid`` reads; raises ``LAYER-001`` on a full disk."""
    with house.store.read() as cursor:
        groupings = kept_groupings(cursor, snapshot_id, house.contract)
    return _kept(house.store, snapshot_id, bins_of(grid, house.contract), groupings)


@lru_cache(maxsize=8)
def _kept(store: Store, snapshot_id: str, bins: Bins, groupings: tuple[Grouping, ...]) -> Fine:
    groups = {grouping.name: grouping.value for grouping in groupings}
    folder = slabs.slab_folder(store, snapshot_id, bins, groups)
    with _making:
        found = slabs.read(folder, bins)
        if found is not None:
            return found
        with store.read() as cursor:
            rows = DuckDBEngine(cursor).stream(bins.steps(facts_table(snapshot_id), groups))
            try:
                slabs.write(folder, bins, groups, rows)
            except OSError as error:
                raise _not_written(folder.parent.name) from error
    made = slabs.read(folder, bins)
    assert made is not None, f"{folder} was written and cannot be read"
    return made


def _not_written(folder: str) -> TierdeskError:
    return TierdeskError(
        "LAYER-001",
        Text(f"试算所需的明细层无法写入 {folder}。", f"What the bench needs could not be written to {folder}."),
        Text(
            "运行结果已保存，没有数据受影响；请腾出磁盘空间或检查权限后重新打开试算。",
            "Results are kept. Free disk space or mend permissions, then open the bench again.",
        ),
    )
