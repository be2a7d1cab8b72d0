"""A population as one dimension sees it: few groups that no weight, points or edge of that dimension can part.

Everything else of a customer is three things: what the other dimensions add to the score (the *rest*), the ladder that
gates make, and where the law puts them. A setting of the dimension is worked out on these groups, never on customers.
"""

from dataclasses import dataclass

import numpy as np

from analytics.classify.grid import Grid, Ints
from analytics.classify.verdict import Bools, full_ladders, judge, n_states, points_of, refusals
from analytics.cube.cells import Cells
from analytics.cube.sensitivity.cuts import slots_of
from analytics.standard.model import Scale, Standard
from analytics.vocabulary import BASIS, Kind

Judged = tuple[Standard, Grid]


@dataclass(frozen=True, slots=True)
class Groups:
    """One row a group: numerator of the rest, slot of the dimension, ladder, lost score, state under the law, sums.

    ``lost``: another dimension's missing value refuses the score. ``sums`` is (measures, n).
    """

    rest: Ints
    slot: Ints
    ladder: Ints
    lost: Bools
    old: Ints
    sums: Ints


@dataclass(frozen=True, slots=True)
class Setting:
    """What is asked of the dimension: its weight, the points of each band (a missing value's last), bands by slot."""

    weight: int
    points: Ints
    bands: Ints


@dataclass(frozen=True)
class Parts:
    """The groups of one kind by one dimension. ``ladders`` is (tiers + 1, distinct ladders)."""

    standard: Standard
    kind: Kind
    name: str
    bands: Ints
    cuts: Ints
    groups: Groups
    ladders: Ints
    n_before: int

    @property
    def scale(self) -> Scale:
        scale = self.standard.dimension[self.name].scale(self.kind)
        assert scale is not None, "a dimension that the kind has"
        return scale

    @property
    def now(self) -> Setting:
        """The dimension as the standard has it."""
        points = np.array([*self.scale.points, self.scale.missing_points or 0])
        return Setting(self.scale.weight, points, self.bands)

    def states(self, setting: Setting) -> Ints:
        """The state of every group under a setting."""
        score, base = self._scores(setting)
        tier = np.zeros(len(score), np.int64)
        for entry in self.standard.entries(self.kind):
            tier += BASIS * score >= entry * base
        missing = self.groups.slot == len(self.bands) - 1
        unknown = self.groups.lost | (missing & self._refuses(setting.weight))
        found: Ints = self.ladders[np.where(unknown, len(self.ladders) - 1, tier), self.groups.ladder]
        return found

    def placed(self, setting: Setting) -> Ints:
        """(measures, states before, states after) under a setting."""
        states, groups = self.states(setting), self.groups
        found = np.zeros((len(groups.sums), self.n_before, n_states(self.standard)), np.int64)
        for measure, values in enumerate(groups.sums):
            np.add.at(found[measure], (groups.old, states), values)
        return found

    def placed_by_slot(self, setting: Setting) -> Ints:
        """The same apart for every slot: (slots, measures, states before, states after)."""
        states, groups = self.states(setting), self.groups
        found = np.zeros((len(self.bands), len(groups.sums), self.n_before, n_states(self.standard)), np.int64)
        for measure, values in enumerate(groups.sums):
            np.add.at(found[:, measure], (groups.slot, groups.old, states), values)
        return found

    @property
    def _counts(self) -> bool:
        """Whether the aggregation looks at the dimension at all."""
        aggregation = self.standard.aggregation
        return aggregation.method != "single" or aggregation.metric == self.name

    def _refuses(self, weight: int) -> bool:
        """Whether a missing value refuses a score."""
        counted = self._counts if self.standard.aggregation.method == "single" else weight > 0
        return self.scale.missing_points is None and counted

    def _scores(self, setting: Setting) -> tuple[Ints, int]:
        points, rest = setting.points[setting.bands][self.groups.slot], self.groups.rest
        match self.standard.aggregation.method:
            case "weighted_sum":
                others = self.standard.weight_sum(self.kind) - self.scale.weight
                return rest + setting.weight * points, others + setting.weight
            case "highest":
                return np.maximum(rest, points) if setting.weight else rest, 1
            case "all_of":
                return np.minimum(rest, points) if setting.weight else rest, 1
            case "single":
                return points if self._counts else rest, 1


def parts_of(kind: Kind, name: str, cells: Cells, law: Judged, draft: Judged) -> Parts:
    """The groups of one kind; ``cells`` are under the law's grid before and under the draft's after."""
    standard, grid = draft
    at, place = list(Kind).index(kind), [axis.name for axis in grid.axes].index(name)
    mine = (cells.after >= grid.offset(at)) & (cells.after < grid.offset(at) + grid.size(at))
    keys, index = np.unique(cells.after[mine], return_inverse=True)
    ladders, ladder = np.unique(full_ladders(standard, grid, keys), axis=1, return_inverse=True)
    lost = [gone for each, gone in refusals(standard, grid, grid.digits(keys)).items() if each != name]
    refused = np.any([np.zeros(len(keys), np.bool_), *lost], axis=0)
    columns = [_rest(standard, grid, keys, place), slots_of(grid, place, at, keys), ladder.reshape(-1), refused]
    old = judge(*law, cells.before[mine]).state(len(law[0].tier))
    rows, group = np.unique(np.stack([*(column[index] for column in columns), old]), axis=1, return_inverse=True)
    sums = np.zeros((len(cells.sums), rows.shape[1]), np.int64)
    for measure, values in enumerate(cells.sums[:, mine]):
        np.add.at(sums[measure], group.reshape(-1), values)
    slots = grid.axes[place].slots[at]
    assert slots is not None, "a dimension that the kind has"
    groups = Groups(rows[0], rows[1], rows[2], rows[3] == 1, rows[4], sums)
    return Parts(standard, kind, name, np.array(slots.band), np.array(slots.cuts), groups, ladders, n_states(law[0]))


def _rest(standard: Standard, grid: Grid, keys: Ints, place: int) -> Ints:
    """What all dimensions but one make of each score."""
    points, weights, *_ = points_of(standard, grid, grid.digits(keys))
    points, weights = np.delete(points, place, axis=0), np.delete(weights, place, axis=0)
    match standard.aggregation.method:
        case "weighted_sum" | "single":
            rest: Ints = (points * weights).sum(axis=0)
        case "highest":
            rest = np.where(weights > 0, points, 0).max(axis=0, initial=0)
        case "all_of":
            rest = np.where(weights > 0, points, 100).min(axis=0, initial=100)
    return rest
