"""A gate's amount over its whole range.

Its customers are counted with the gate as it would be without that amount, and with the amount's column as one more
axis; whether the gate is met at a position can then be read off the slot of that axis. Where it is met and where it is
not, each signature has one state, so the curve is again two tables by slot and their running sums.
"""

from dataclasses import dataclass, replace

import numpy as np

from analytics.classify.grid import Axis, Digits, Grid, Ints, Slots, grid_of
from analytics.classify.verdict import gates_of, judge, judge_digits, n_states
from analytics.cube.cells import Cells
from analytics.cube.recount import states_of
from analytics.cube.sensitivity.crowd import Population, of_group
from analytics.cube.sweep.curve import Curve, switched
from analytics.cube.sweep.dials import Dial
from analytics.cube.sweep.parts import Judged
from analytics.intake.contract import Contract
from analytics.standard.model import Gate, Standard
from analytics.vocabulary import Kind

AMOUNT = "amount of the gate"
"""Name of the axis that a sweep adds; no dimension can be called so."""


@dataclass(frozen=True)
class GateSweep:
    """How a gate's amount is swept: the gate that is left without it, and the grid that tells the amounts apart."""

    dial: Dial
    standard: Standard
    contract: Contract

    @property
    def gate(self) -> Gate:
        return self.standard.gate[self.dial.place]

    @property
    def grid(self) -> Grid:
        """The grid on which the sweep is counted; its last axis has the amounts."""
        grid = grid_of(self._without_amount, self.contract)
        positions = self.dial.positions
        none = (0,) * (len(positions) + 2)
        slots = Slots(none, none, positions)
        column = self.gate.when[self.dial.condition].column
        return replace(grid, axes=(*grid.axes, Axis(AMOUNT, ((column, 100),), (slots,) * len(Kind))))

    @property
    def _without_amount(self) -> Standard:
        when = list(self.gate.when)
        left = when[self.dial.condition].model_copy(update={self.dial.side: None})
        if left.at_least is None and left.below is None:
            del when[self.dial.condition]
        else:
            when[self.dial.condition] = left
        gates = list(self.standard.gate)
        gates[self.dial.place] = self.gate.model_copy(update={"when": tuple(when)})
        return self.standard.model_copy(update={"gate": tuple(gates)})

    def curve(self, population: Population, law: Judged, group: str | None = None) -> Curve:
        """The curve of everybody or of one group."""
        grid = self.grid
        cells = of_group(population(grid), group)
        met, unmet = (self._placed(cells, law, grid, met=met) for met in (True, False))
        if self.dial.side == "at_least":
            lower, upper = unmet, met
        else:
            lower, upper = met, unmet
        lower[-1] = upper[-1] = unmet[-1]  # a missing amount meets nothing
        sums = switched(lower, upper, np.array(self.dial.positions), self.dial.positions)
        return Curve(self.dial, states_of(law[0]), states_of(self.standard), sums)

    def _placed(self, cells: Cells, law: Judged, grid: Grid, *, met: bool) -> Ints:
        """(slots, measures, kinds, states before, states after) where the amount is met, or is not."""
        keys, index = np.unique(cells.after, return_inverse=True)
        inner, digits, slot = self._taken_apart(grid, keys, met=met)
        new = judge_digits(self.standard, inner, keys, digits).state(len(self.standard.tier))[index]
        old = judge(*law, cells.before).state(len(law[0].tier))
        shape = (len(Kind), n_states(law[0]), n_states(self.standard))
        found = np.zeros((len(self.dial.positions) + 2, len(cells.sums), *shape), np.int64)
        for measure, values in enumerate(cells.sums):
            np.add.at(found[:, measure], (slot[index], digits.kind[index], old, new), values)
        return found

    def _taken_apart(self, grid: Grid, keys: Ints, *, met: bool) -> tuple[Grid, Digits, Ints]:
        """The grid without the added axis, the digits with the gate's condition set, and the slot of the amount."""
        digits, radix = grid.digits(keys), len(self.dial.positions) + 2
        units = np.array([grid.units(kind)[0][-1] for kind in range(len(Kind))])
        offsets = np.array([grid.offset(kind) for kind in range(len(Kind))])
        slot = (keys - offsets[digits.kind]) // units[digits.kind] % radix
        place = [gate.id for gate in gates_of(self.standard)].index(self.gate.id)
        kinds = np.array([kind.value in self.gate.kinds for kind in Kind])[digits.kind]
        others = digits.flag(place) if grid.flags[place].tests[0] or grid.flags[place].tests[1] else kinds
        bits = np.where(others & kinds & met, 1 << place, 0)
        flags = (digits.flags & ~(1 << place)) | bits
        inner = replace(grid, axes=grid.axes[:-1])
        return inner, Digits(digits.kind, digits.bands[:-1], flags), slot
