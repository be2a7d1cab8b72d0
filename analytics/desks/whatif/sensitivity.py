"""What the lines of a draft do to those who stand beside them: cliffs, robustness, sweeps, and the customers behind.

It changes nothing and keeps nothing; it notes every list that leaves.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.classify.grid import Grid, grid_of
from analytics.cube.groupings import REGION, Grouping, grouping_of
from analytics.cube.layers.ruler import Ruler, ruler_of
from analytics.cube.mover_words import told_step
from analytics.cube.sensitivity.crowd import Crowd, Population, crowd_of
from analytics.cube.sensitivity.edge_cliffs import Edges, Reach, cliff_grid, edge_lines, histogram_grid, windows
from analytics.cube.sensitivity.fragile import Danger, Fragile, Survival, dangers, fragile, fragile_table, survival
from analytics.cube.sensitivity.lines import Cliff, Histogram, Line, Mass
from analytics.cube.sensitivity.lists import WANTED, Within, beside_table, wanted_steps
from analytics.cube.sensitivity.robustness import Box, box_grid
from analytics.cube.sensitivity.score_cliffs import Scores
from analytics.cube.sweep.curve import Curve, sweep
from analytics.cube.sweep.dials import Dial, axis_of
from analytics.cube.sweep.gate import GateSweep
from analytics.desks.data.leaving import leave
from analytics.desks.data.regions import region_names
from analytics.desks.house import House
from analytics.desks.whatif import bench
from analytics.desks.whatif.bench import LISTED, Side
from analytics.engine.duckdb_engine import DuckDBEngine
from analytics.standard.canon import standard_hash
from analytics.standard.model import Standard
from analytics.steps import Step
from analytics.store.snapshots import facts_table, profile_table
from analytics.vocabulary import Kind, Text

NOW, ACROSS = Text("现层级", "Tier now"), Text("越线后层级", "Tier across the line")
TIPPED, TIPS = Text("可能变为", "Tier it may become"), Text("何种变动会改变层级", "What would tip it")
AROUND = 5
"""Distances that a histogram of scores shows on either side of its line."""


@dataclass(frozen=True)
class Asked:
    """A law, a draft on one snapshot, and the group and kind that are looked at: ``None`` for everybody."""

    house: House
    law: Side
    draft: Side
    grouping: str = REGION
    group: str | None = None
    kind: Kind | None = None

    @property
    def standard(self) -> Standard:
        return self.draft.standard

    @cached_property
    def grid(self) -> Grid:
        return grid_of(self.standard, self.house.contract)

    @cached_property
    def population(self) -> Population:
        """Everybody, parted by the grouping only where a group of it is looked at."""
        names = () if self.group is None else (self.grouping,)
        return bench.population(self.house, self.law, self.draft, names)

    def crowd(self, grid: Grid) -> Crowd:
        """The customers who are looked at, by their key under a grid."""
        everyone = crowd_of(self.population(grid), self.group)
        if self.kind is None:
            return everyone
        at = list(Kind).index(self.kind)
        first, last = np.searchsorted(everyone.keys, [grid.offset(at), grid.offset(at) + grid.size(at)])
        return everyone[np.arange(first, last)]

    @property
    def part(self) -> tuple[Grouping, str] | None:
        """The group as lists are narrowed to it."""
        return None if self.group is None else (grouping_of(self.house.contract, self.grouping), self.group)

    def ruler(self, name: str) -> Ruler:
        """The ruler of a dimension."""
        return ruler_of(axis_of(self.standard, self.house.contract, name), self.house.contract)


@dataclass(frozen=True, slots=True)
class Near:
    """How near a line is near: points, in hundredths, for entry scores, and a reach for amounts."""

    points: int
    reach: Reach


@dataclass(frozen=True)
class Listed:
    """A list of customers: the largest of them, how many there are, and what a whole file of them is made from."""

    rows: pa.Table
    total: int
    steps: tuple[Step, ...]
    tables: dict[str, pa.Table]


@dataclass(frozen=True)
class CliffMap:
    """The cliff of every line, entry scores first; and by kind, whoever would reach an entry score with a bit more."""

    cliffs: tuple[Cliff, ...]
    just_below: dict[Kind, Mass]


def cliff_map(asked: Asked, near: Near) -> CliffMap:
    """All lines of the draft, and who stands beside them."""
    scores = _scores(asked)
    found = [scores.cliff(line, near.points) for line in scores.lines()]
    for name in asked.standard.dimension:
        if lines := edge_lines(asked.standard, name):
            ruler = asked.ruler(name)
            edges = _edges(asked, cliff_grid(asked.grid, lines, ruler, near.reach), name)
            found += [edges.cliff(line, windows(line.amount, ruler, near.reach)) for line in lines]
    below = {kind: scores.just_below(kind, near.points) for kind in Kind if asked.standard.scales(kind)}
    among = (replace(cliff, bunching=replace(cliff.bunching, lines=len(found))) for cliff in found)
    return CliffMap(tuple(among), below)


def histogram(asked: Asked, line: Line, near: Near) -> Histogram:
    """Who stands where around one line."""
    if line.sort == "entry":
        around = AROUND * near.points
        return _scores(asked).histogram(line.kind, line.amount - around, line.amount + around)
    ruler = asked.ruler(line.name)
    edges = _edges(asked, histogram_grid(asked.grid, line, ruler, near.reach), line.name)
    return edges.histogram(line, windows(line.amount, ruler, near.reach))


def beside(
    asked: Asked, cliff: Cliff, near: Near, *, below: bool, only_changing: bool = False, limit: int = LISTED
) -> Listed:
    """The customers on one side of a line, largest assets first; perhaps only those who would change across it."""
    line = cliff.line
    low, high = (cliff.low, line.amount) if below else (line.amount, cliff.high)
    if line.sort == "entry":
        grid, side = asked.grid, _scores(asked).beside(line, low, high)
    else:
        grid = cliff_grid(asked.grid, (line,), asked.ruler(line.name), near.reach)
        side = _edges(asked, grid, line.name).beside(line, low, high)
    mass = cliff.below if below else cliff.above
    total = mass.changing if only_changing else mass.customers
    side = side.changing if only_changing else side
    within = Within(asked.grid.axes, line, low, high) if line.sort == "edge" else None
    return _listed(asked, grid, beside_table([side]), limit, total, within=within)


@dataclass(frozen=True)
class Robustness:
    """Whose tier survives weights, edges, and both; which dimension is the most dangerous; and who is fragile.

    Raises ``CLASSIFY-001`` where all weights of a kind are zero.
    """

    asked: Asked
    percent: int

    @cached_property
    def box(self) -> Box:
        contract = self.asked.house.contract
        grid = box_grid(self.asked.standard, contract)
        return Box(self.asked.crowd(grid), self.asked.standard, grid, contract, self.percent)

    @cached_property
    def survivals(self) -> dict[str, Survival]:
        """Where weights alone move, edges alone, and both."""
        moves = {"weights": (True, False), "edges": (False, True), "both": (True, True)}
        reached = {name: self.box.reached(weights=weights, edges=edges) for name, (weights, edges) in moves.items()}
        return {name: survival(self.box, self.box.survives(each)) for name, each in reached.items()}

    @cached_property
    def dangers(self) -> tuple[Danger, ...]:
        return dangers(self.box)

    @cached_property
    def fragile(self) -> Fragile:
        return fragile(self.box)

    def listed(self, language: str, *, limit: int = LISTED) -> Listed:
        """The fragile customers, largest assets first, with what would tip them."""
        table = fragile_table(self.box, self.fragile, language)
        total = int(self.fragile.sums[0].sum())
        return _listed(self.asked, self.box.grid, table, limit, total, tips=True)


def curve(asked: Asked, dial: Dial) -> Curve:
    """One number of the draft over its whole range."""
    law = asked.law.standard, grid_of(asked.law.standard, asked.house.contract)
    if dial.sort == "gate":
        return GateSweep(dial, asked.standard, asked.house.contract).curve(asked.population, law, asked.group)
    return sweep(dial, asked.population, law, (asked.standard, asked.grid), asked.group)


def list_csv(asked: Asked, listed: Listed, path: Path, *, actor: str, language: str, about: str) -> int:
    """Every customer of a list into a CSV in words; ``about`` says in the event what list it was."""
    has_tips = "tips" in listed.tables[WANTED].column_names
    told = told_step(
        asked.house.contract,
        (asked.standard, asked.standard),
        language,
        regions=region_names(),
        tiers=(NOW, TIPPED if has_tips else ACROSS),
        more=(("tips", TIPS),) if has_tips else (),
    )
    body = {
        "snapshot": asked.draft.snapshot_id,
        "standard": standard_hash(asked.standard),
        "about": about,
    }
    steps = (*listed.steps, told)
    return leave(asked.house, steps, listed.tables, path, actor=actor, kind="beside.exported", body=body)


def _scores(asked: Asked) -> Scores:
    return Scores(asked.crowd(asked.grid), asked.standard, asked.grid)


def _edges(asked: Asked, grid: Grid, name: str) -> Edges:
    return Edges(asked.crowd(grid), asked.standard, grid, name)


def _listed(
    asked: Asked,
    grid: Grid,
    table: pa.Table,
    limit: int,
    total: int,
    *,
    within: Within | None = None,
    tips: bool = False,
) -> Listed:
    snapshot = asked.draft.snapshot_id
    steps = wanted_steps(
        grid, facts_table(snapshot), profile_table(snapshot), part=asked.part, within=within, tips=tips
    )
    tables = {WANTED: table}
    page = Step("page", f"SELECT * FROM listed ORDER BY assets DESC NULLS LAST, customer_id LIMIT {limit}")
    with asked.house.store.read() as cursor:
        return Listed(DuckDBEngine(cursor).fetch([*steps, page], tables), total, tuple(steps), tables)
