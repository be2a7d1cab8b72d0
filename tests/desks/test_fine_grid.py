"""The fine grid is kept beside the store, made once, and made anew where it is lost or damaged."""

import json
import shutil
from pathlib import Path

import pytest

from analytics.classify.grid import grid_of
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.runs import fine_grid
from analytics.desks.runs.classification import classify
from analytics.desks.whatif import bench
from analytics.desks.whatif.bench import Side
from analytics.errors import TierdeskError
from analytics.standard.change import Override, apply
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml, validate
from analytics.store import slabs


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    fine_grid._kept.cache_clear()
    bench._cached_cells.cache_clear()


def law_and_draft(house: House) -> tuple[Standard, Standard]:
    """The law, and a draft with an edge beside the ruler."""
    law = publishing.in_force(house)
    source = read_toml(house.stored(law.publication.standard_hash).source)
    move = Override("dimension.assets.person.bands[3].from", 481_234)
    return law.standard, validate(apply(source, [move]), house.contract)


def slab_folders(house: House) -> list[Path]:
    return sorted(house.store.path.with_suffix(".layers").iterdir())


def moved(house: House) -> list[int]:
    law, draft = law_and_draft(house)
    snapshot = snapshots.latest(house)[0].snapshot_id
    found = bench.compare(house, Side(snapshot, law), Side(snapshot, draft)).migration
    return [int(n) for n in found.sums.sum(axis=(1, 2)).reshape(-1)]


def test_a_draft_with_other_edges_makes_one_slab_and_finds_it_afterwards(house: House) -> None:
    shutil.rmtree(house.store.path.with_suffix(".layers"), ignore_errors=True)
    first = moved(house)
    (folder,) = slab_folders(house)
    written = (folder / slabs.HEAD).stat().st_mtime_ns
    fine_grid._kept.cache_clear()
    bench._cached_cells.cache_clear()
    assert moved(house) == first
    assert slab_folders(house) == [folder]
    assert (folder / slabs.HEAD).stat().st_mtime_ns == written


@pytest.mark.parametrize("harm", ["head", "no head", "array", "short", "zeros", "one bit", "gone"])
def test_a_slab_that_is_damaged_is_made_anew(house: House, harm: str) -> None:
    first = moved(house)
    folder = slab_folders(house)[0]
    if harm == "head":
        (folder / slabs.HEAD).write_text("{", encoding="utf-8")
    elif harm == "no head":
        (folder / slabs.HEAD).write_text("[]", encoding="utf-8")
    elif harm == "zeros":
        (folder / "amount0").write_bytes(b"\0" * (folder / "amount0").stat().st_size)
    elif harm == "one bit":
        data = bytearray((folder / "contribution").read_bytes())
        data[100] ^= 1
        (folder / "contribution").write_bytes(data)
    elif harm == "array":
        (folder / "assets").unlink()
    elif harm == "short":
        (folder / "assets").write_bytes(b"\0" * 80)
    else:
        shutil.rmtree(folder)
    fine_grid._kept.cache_clear()
    bench._cached_cells.cache_clear()
    assert moved(house) == first
    head = json.loads((folder / slabs.HEAD).read_text(encoding="utf-8"))
    assert head["n"] == snapshots.latest(house)[0].n_accepted


def test_a_disk_that_cannot_be_written_is_told_and_nothing_half_made_stays(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(house.store.path.with_suffix(".layers"), ignore_errors=True)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(TierdeskError) as told:
        moved(house)
    assert told.value.code == "LAYER-001"
    assert slab_folders(house) == []


def test_drafts_that_differ_in_edges_only_share_a_slab(house: House) -> None:
    law, draft = law_and_draft(house)
    snapshot = snapshots.latest(house)[0].snapshot_id
    grids = [grid_of(each, house.contract) for each in (law, draft)]
    assert grids[0] != grids[1]
    one, other = (fine_grid.fine_grid(house, snapshot, grid) for grid in grids)
    assert one is other
    assert one.n == snapshots.latest(house)[0].n_accepted


def test_a_run_is_kept_and_answered_though_the_bench_could_not_be_made_ready(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(house.store.path.with_suffix(".layers"), ignore_errors=True)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(slabs, "write", full)
    snapshot, (_, draft) = snapshots.latest(house)[0], law_and_draft(house)
    run = classify(house, snapshot.snapshot_id, draft, actor="a")
    assert run.n_customers == snapshot.n_accepted
    assert classify(house, snapshot.snapshot_id, draft, actor="a") == run


def test_groups_stand_in_the_same_order_whichever_way_they_were_counted(house: House) -> None:
    law, draft = law_and_draft(house)
    snapshot = snapshots.latest(house)[0].snapshot_id
    stored, fine = (
        bench.compare(house, Side(snapshot, law), Side(snapshot, each), grouping=["channel", "region"]).migration
        for each in (law, draft)
    )
    assert len(fine.groups) > 5
    assert fine.groups == stored.groups
