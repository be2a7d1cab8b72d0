"""kill -9 in the middle of classifying and publishing: nothing that was answered is lost, nothing is half done."""

import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from analytics.desks import publishing
from analytics.desks.data.snapshots import kept_groupings
from analytics.desks.house import open_house
from analytics.desks.verification import verify
from analytics.standard.canon import standard_hash
from analytics.standard.parse import parse_toml
from analytics.store import runs
from tests.houses import ROOT, settings_in


def killed(folder, work, draw, pace):
    """Start a child, kill it at a random moment, and return what it had been answered and how long it worked.

    ``pace`` is how long a first answer takes on this machine, ``None`` to wait for one.
    """
    command = [sys.executable, "-m", "tests.desks.crash_child", str(folder), work, str(draw.randrange(10**9))]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        start, first = time.monotonic(), ""
        if pace is None:
            first = child.stdout.readline()
        else:
            time.sleep(draw.uniform(0, 3 * pace))
        worked = time.monotonic() - start
        child.send_signal(signal.SIGKILL)
        lines = (first + child.stdout.read()).splitlines(keepends=True)
        return [line.split() for line in lines if line.endswith("\n")], worked


def sound(folder, answered):
    """The store opens, proves itself, holds every answered act, and rules.toml heals to the law."""
    house = open_house(settings_in(folder))
    try:
        publishing.settle(house)
        assert [proof for proof in verify(house) if not proof.holds] == []
        with house.store.read() as cursor:
            kept = {("run", run.run_id) for run in runs.all_runs(cursor)}
            tables = {row[0] for row in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            layers = cursor.execute("SELECT snapshot_id, grid_hash FROM key_layer").fetchall()
            expected = {
                runs.cells_table(snapshot, grid, grouping)
                for snapshot, grid in layers
                for grouping in kept_groupings(cursor, snapshot, house.contract)
            }
        kept |= {("proposal", each.proposal_id) for each in publishing.every_proposal(house)}
        kept |= {("publication", each.standard_hash) for each in publishing.history(house)}
        assert {tuple(act) for act in answered} <= kept
        expected |= {
            f"{name}_{snapshot}_{grid}" for snapshot, grid in layers for name in ("keys", "cells", "cellkeys", "mix")
        }
        assert expected == {name for name in tables if name.startswith(("keys_", "cells_", "cellkeys_", "mix_"))}
        law = publishing.in_force(house).publication.standard_hash
        written = house.settings.path("rules").read_text(encoding="utf-8")
        assert standard_hash(parse_toml(written, house.contract)) == law
    finally:
        house.store.close()


def kill_many(built_house, folder, work, times, seed):
    for name in ("tierdesk.duckdb", "rules.toml"):
        shutil.copy(built_house / name, folder / name)
    draw = random.Random(seed)
    answered, pace = killed(folder, work, draw, None)
    assert answered
    for _ in range(times):
        answered += killed(folder, work, draw, pace)[0]
        sound(folder, answered)


@pytest.mark.parametrize("work", ["classify", "publish"])
def test_a_kill_loses_nothing_and_leaves_nothing_half_done(built_house, tmp_path, work):
    kill_many(built_house, tmp_path, work, times=5, seed=3)


@pytest.mark.prove
@pytest.mark.parametrize("work", ["classify", "publish"])
def test_a_hundred_kills(built_house, tmp_path, work):
    kill_many(built_house, tmp_path, work, times=100, seed=11)
