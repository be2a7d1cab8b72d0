"""Robustness in words and figures."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.charts.both_sides import Row, both_sides
from analytics.charts.lines.falls import falls
from analytics.charts.trend import Layer
from analytics.classify.grid import Ints
from analytics.cube.cells import MEASURES
from analytics.cube.recount import states_of
from analytics.cube.sensitivity.fragile import Danger
from analytics.desks.whatif.sensitivity import Robustness
from analytics.vocabulary import Kind
from pages.ui.impact.figures import Drawn, Scope
from pages.ui.words import count, say, share, to

COLOURS = {"weights": "#8CC5D9", "edges": "#2E86AB", "both": "#0B3C5D"}


@dataclass(frozen=True)
class Told:
    """The robustness of a draft, of whom the scope shows."""

    found: Robustness
    scope: Scope

    @property
    def finding(self) -> str:
        """The finding in a sentence or two."""
        both = self.found.survivals["both"]
        people, assets = (
            share(int(both.surviving[at].sum()), int(both.everyone[at].sum()))
            for at in (MEASURES.index("customers"), MEASURES.index("assets"))
        )
        fragile = int(both.everyone[0].sum() - both.surviving[0].sum())
        words = [
            say(
                "robustness.finding",
                share=people,
                assets=assets,
                who=self.scope.who,
                percent=self.found.percent,
                n=count(fragile),
            )
        ]
        worst = self._worst()
        if worst is not None:
            danger, by_weight, n = worst
            what = "robustness.of_weight" if by_weight else "robustness.of_edges"
            words.append(say("robustness.worst", what=say(what, dimension=self.label(danger)), n=count(n)))
        return say("cliffs.gap").join(words)

    def _worst(self) -> tuple[Danger, bool, int] | None:
        """The single weight, or edges of one dimension, that can change most tiers."""
        ways = [(each, True, int(each.by_weight[0])) for each in self.found.dangers]
        ways += [(each, False, int(each.by_edges[0])) for each in self.found.dangers]
        worst = max(ways, key=lambda way: way[2])
        return worst if worst[2] else None

    def label(self, danger: Danger) -> str:
        return to(self.found.asked.standard.dimension[danger.dimension].label.text)

    def survival(self) -> Drawn:
        """Whose tier may change: everybody, by kind and by tier."""
        groups = self._groups()
        layers, columns = [], []
        for name, colour in COLOURS.items():
            found = self.found.survivals[name]
            at = MEASURES.index(self.scope.measure)
            fallen = found.everyone[at] - found.surviving[at]
            shares, texts = [], []
            for _, kinds, states in groups:
                part, whole = (int(table[kinds][:, states].sum()) for table in (fallen, found.everyone[at]))
                shares.append(part / whole if whole > 0 else 0.0)
                texts.append(f"{self.scope.write(part)} · {share(part, whole, 2)}")
            layers.append(Layer(say(f"robustness.{name}"), colour, tuple(shares), tuple(texts)))
            columns.append(texts)
        names = [name for name, _, _ in groups]
        figure = falls(
            names,
            layers,
            title=say("robustness.survival"),
            note=say("robustness.survival_note", unit=self.scope.unit(), percent=self.found.percent),
            alt="; ".join(f"{name}: {text}" for name, text in zip(names, columns[-1], strict=True)),
        )
        headers = {"group": say("robustness.group")} | {name: say(f"robustness.{name}") for name in COLOURS}
        rows = [list(row) for row in zip(names, *columns, strict=True)]
        return figure, pd.DataFrame(rows, columns=list(headers)), headers

    def _groups(self) -> list[tuple[str, list[int], list[int]]]:
        """What is shown apart: name, kinds and states of each group that has anybody in it."""
        everyone: Ints = self.found.survivals["both"].everyone[0]
        states = states_of(self.found.asked.standard)
        kinds, all_states = list(range(len(Kind))), list(range(len(states)))
        found = [(self.scope.who, kinds, all_states)]
        if self.scope.kind is None:
            found += [(to(kind.label), [at], all_states) for at, kind in enumerate(Kind)]
        tiers = [at for at, state in enumerate(states) if state.rank is not None][::-1]
        found += [(to(states[at].label), kinds, [at]) for at in tiers]
        return [(name, chosen, at) for name, chosen, at in found if everyone[chosen][:, at].sum()]

    def dangers(self) -> Drawn:
        """What each dimension alone can change, by its weight and by its edges."""
        at = MEASURES.index(self.scope.measure)
        rows = [
            Row(
                self.label(each),
                int(each.by_weight[at]),
                int(each.by_edges[at]),
                self.scope.write(int(each.by_weight[at])),
                self.scope.write(int(each.by_edges[at])),
            )
            for each in self.found.dangers
        ]
        left, right = say("robustness.by_weight", percent=self.found.percent), say("robustness.by_edges")
        figure = both_sides(
            rows,
            left=left,
            right=right,
            title=say("robustness.dangers"),
            note=say("robustness.dangers_note", who=self.scope.who, unit=self.scope.unit(), left=left, right=right),
            alt="; ".join(f"{row.name}: {left} {row.left_text}, {right} {row.right_text}" for row in rows),
        )
        headers = {"dimension": say("bench.dimension"), "left": left, "right": right}
        return figure, pd.DataFrame(_listed(rows), columns=list(headers)), headers


def _listed(rows: Sequence[Row]) -> list[list[str]]:
    return [[row.name, row.left_text, row.right_text] for row in rows]
