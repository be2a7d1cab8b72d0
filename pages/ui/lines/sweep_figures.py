"""A number over its range, in words and figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import pandas as pd

from analytics.charts.lines.curves import Series, curves
from analytics.charts.palette import DOWN, DOWN_MARK, INK, UP, UP_MARK, state_colours
from analytics.classify.grid import Ints
from analytics.cube.cells import MEASURES
from analytics.cube.recount import staffing
from analytics.cube.sweep.curve import Curve
from analytics.desks.whatif.sensitivity import Asked
from analytics.intake.contract import Contract
from analytics.standard.checks.people import MANY
from analytics.standard.model import Standard
from analytics.standard.numbers import plain, quantity
from analytics.vocabulary import Kind
from pages.ui import session
from pages.ui.impact.figures import Drawn, Scope, standing
from pages.ui.lines.asking import amount_in_words
from pages.ui.words import count, money, say, share, to

HUNDRED = 100
FACTS = ("tiers", "movers", "assets", "cost")


@dataclass(frozen=True)
class Told:
    """A curve of the draft, of whom the scope shows."""

    curve: Curve
    asked: Asked
    scope: Scope

    @property
    def standard(self) -> Standard:
        return self.asked.standard

    def position(self, position: int) -> str:
        """A position in words, with its unit."""
        return position_in_words(self.standard, self.asked.house.contract, self.curve, position)

    @cached_property
    def _of_scope(self) -> Ints:
        """(positions, measures, states before, states after) of the kind that the scope shows."""
        sums = self.curve.sums
        if self.scope.kind is not None:
            sums = sums[:, :, [list(Kind).index(self.scope.kind)]]
        found: Ints = sums.sum(axis=2)
        return found

    def tiers(self, measure: str = "customers") -> Ints:
        """(positions, states after)."""
        found: Ints = self._of_scope[:, MEASURES.index(measure)].sum(axis=1)
        return found

    def moved(self, way: int, measure: str = "customers") -> Ints:
        """(positions,): how much goes up (1) or down (-1)."""
        pairs = self.curve.at(0).direction == way
        found: Ints = self._of_scope[:, MEASURES.index(measure)][:, pairs].sum(axis=1)
        return found

    @cached_property
    def costs(self) -> list[int]:
        """The yearly service cost at every position, in minor units."""
        return [sum(each.cost for each in staffing(self.standard, row.tolist())) for row in self.tiers()]

    @property
    def finding(self) -> str:
        """The finding in a sentence."""
        tiers = self.tiers()
        spread = (tiers.max(axis=0) - tiers.min(axis=0))[: len(self.standard.tier)]
        if not spread.any():
            return say("sweep.nothing", who=self.scope.who, **self._ends)
        rank = max(range(len(spread)), key=lambda at: (int(spread[at]), at))
        return say(
            "sweep.finding",
            who=self.scope.who,
            tier=to(self.curve.after[rank].label),
            fewest=count(int(tiers[:, rank].min())),
            most=count(int(tiers[:, rank].max())),
            here=count(int(tiers[self.curve.now, rank])),
            now=self.position(self.curve.dial.at),
            **self._ends,
        )

    @property
    def _ends(self) -> dict[str, str]:
        positions = self.curve.dial.positions
        return {"low": self.position(positions[0]), "high": self.position(positions[-1])}

    def at(self, place: int) -> str:
        """One position in a sentence."""
        tiers, whole = self.tiers()[place], int(self.tiers()[place].sum())
        sign = say("sweep.list_sign")
        named = sign.join(
            say(
                "sweep.tier_share",
                tier=to(self.curve.after[at].label),
                n=count(int(tiers[at])),
                share=share(int(tiers[at]), whole),
            )
            for at in standing(self.curve.after, tiers.tolist())
        )
        return say(
            "sweep.at",
            position=self.position(self.curve.dial.positions[place]),
            tiers=named,
            up=count(int(self.moved(1)[place])),
            down=count(int(self.moved(-1)[place])),
            cost=money(self.costs[place], self.scope.currency),
        )

    def weights_at(self, place: int) -> str:
        """What the weights of the kind sum to at a position, where that is no hundred; nothing for other numbers."""
        dial = self.curve.dial
        if dial.sort != "weight" or dial.kind is None:
            return ""
        total = self.standard.weight_sum(dial.kind) - dial.at + dial.positions[place]
        return "" if total == HUNDRED else say("sweep.weight_sum", kind=to(MANY[dial.kind]), sum=total)

    def figures(self) -> list[tuple[str, Drawn]]:
        """Tiers, movers, assets that move, and cost."""
        tiers = self.tiers()
        ranks = range(len(self.standard.tier))
        colours = state_colours(list(ranks))
        upper = [
            (to(self.curve.after[rank].label), colours[rank], tiers[:, rank].tolist()) for rank in reversed(ranks[1:])
        ]
        ways = ((f"{UP_MARK} {say('impact.up')}", UP, 1), (f"{DOWN_MARK} {say('impact.down')}", DOWN, -1))
        movers = [(name, colour, self.moved(way).tolist()) for name, colour, way in ways]
        assets = [(name, colour, self.moved(way, "assets").tolist()) for name, colour, way in ways]
        cost = [(say("impact.cost"), INK, self.costs)]
        return [
            ("tiers", self._drawn("tiers", upper)),
            ("movers", self._drawn("movers", movers)),
            ("assets", self._drawn("assets", assets)),
            ("cost", self._drawn("cost", cost)),
        ]

    def _write(self, name: str, value: int) -> str:
        return count(value) if name in ("tiers", "movers") else money(value, self.scope.currency)

    def _drawn(self, name: str, lines: Sequence[tuple[str, str, list[int]]]) -> Drawn:
        positions = self.curve.dial.positions
        labels = [self.position(each) for each in positions]
        series = [
            Series(
                line,
                colour,
                values,
                [f"{label}: {self._write(name, value)}" for label, value in zip(labels, values, strict=True)],
            )
            for line, colour, values in lines
        ]
        most = max(max(values) for *_, values in lines)
        ends = [positions[0], positions[-1]]
        figure = curves(
            list(positions),
            series,
            now=self.curve.dial.at,
            now_text=say("sweep.now", position=self.position(self.curve.dial.at)),
            x_ticks=[(each, self.position(each)) for each in dict.fromkeys(ends)],
            y_ticks=[(each, without_zeros(self._write(name, each))) for each in round_marks(most)],
            title=say(f"sweep.{name}"),
            note=say("sweep.note", who=self.scope.who, group=self.scope.after),
            alt="; ".join(f"{line}: {self._write(name, values[self.curve.now])}" for line, _, values in lines),
        )
        headers = {"at": say("sweep.position")} | {f"s{at}": line for at, (line, *_) in enumerate(lines)}
        rows = [[label, *(self._write(name, values[at]) for *_, values in lines)] for at, label in enumerate(labels)]
        return figure, pd.DataFrame(rows, columns=list(headers)), headers

    def table(self) -> tuple[pd.DataFrame, dict[str, str]]:
        """Every position with all its numbers, for a file: money to the last digit."""
        tiers = self.tiers()
        places = standing(self.curve.after, tiers.max(axis=0).tolist())
        headers = {"at": say("sweep.position")}
        headers |= {f"s{at}": to(self.curve.after[at].label) for at in places}
        headers |= {"up": say("impact.up"), "down": say("impact.down")}
        headers |= {name: say(f"sweep.{name}") for name in ("assets_up", "assets_down", "cost")}
        columns: dict[str, list[object]] = {
            "at": [plain(self.curve.dial.value(each)) for each in self.curve.dial.positions]
        }
        columns |= {f"s{at}": tiers[:, at].tolist() for at in places}
        columns |= {"up": self.moved(1).tolist(), "down": self.moved(-1).tolist()}
        assets = {f"assets_{name}": self.moved(way, "assets").tolist() for name, way in (("up", 1), ("down", -1))}
        minor: dict[str, list[int]] = assets | {"cost": self.costs}
        scale = self.standard.currency_unit.scale
        columns |= {
            name: [f"{int(each) // scale}.{int(each) % scale:02d}" for each in values] for name, values in minor.items()
        }
        return pd.DataFrame(columns), headers


def round_marks(most: int) -> list[int]:
    """Round numbers from nothing up to ``most``, two to five steps apart: ones, twos or fives of a power of ten."""
    size = 10 ** max(0, len(str(most)) - 2)
    step = next(each for by in (1, 10) for each in (by * size, 2 * by * size, 5 * by * size) if most <= 5 * each)
    return list(range(0, most + 1, step))


def without_zeros(written: str) -> str:
    """A number without zeros at the end of its decimals: ``CNY 1.5m`` for ``CNY 1.50m``."""
    return re.sub(r"\.(\d*?)0+(?!\d)", lambda found: f".{found[1]}" if found[1] else "", written)


def position_in_words(standard: Standard, contract: Contract, curve: Curve, position: int) -> str:
    """A position of a dial with its unit."""
    dial = curve.dial
    if dial.sort == "edge":
        return amount_in_words(standard, dial.name, position)
    if dial.sort == "gate":
        column = contract[standard.gate[dial.place].when[dial.condition].column]
        unit = standard.currency_unit if column.is_money else column.unit_of
        return quantity(Decimal(dial.value(position)), unit, session.language())
    return plain(dial.value(position))
