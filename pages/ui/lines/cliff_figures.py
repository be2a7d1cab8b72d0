"""The cliffs of one kind in words and figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pandas as pd

from analytics.charts.both_sides import Row, both_sides
from analytics.charts.lines.around import Bin, around
from analytics.cube.cells import MEASURES
from analytics.cube.sensitivity.bunching import NOTICED
from analytics.cube.sensitivity.lines import Cliff, Histogram, Mass
from analytics.desks.whatif import sensitivity
from analytics.desks.whatif.sensitivity import Asked, CliffMap, Near
from analytics.standard.numbers import score
from analytics.vocabulary import BASIS, Kind
from pages.ui.impact.figures import Drawn, Scope
from pages.ui.lines.asking import amount_in_words, line_name
from pages.ui.words import count, number, say, share


@dataclass(frozen=True)
class Told:
    """The map of one kind in words and figures."""

    asked: Asked
    scope: Scope
    near: Near
    kind: Kind

    def name(self, cliff: Cliff) -> str:
        return line_name(self.asked.standard, cliff.line)

    def finding(self, found: CliffMap, here: Sequence[Cliff]) -> str:
        """The finding in a sentence or three."""
        below = found.just_below[self.kind]
        words = [
            say(
                "cliffs.finding",
                n=count(below.customers),
                who=self.who,
                points=score(self.near.points),
                rise=count(below.changing),
            )
        ]
        edges = [cliff for cliff in here if cliff.line.sort == "edge" and cliff.below.changing]
        if edges:
            largest = max(edges, key=lambda cliff: cliff.below.changing)
            words.append(say("cliffs.finding_edge", line=self.name(largest), n=count(largest.below.changing)))
        bunched = [self.name(cliff) for cliff in here if cliff.bunching.is_there]
        sign = say("bench.list_sign")
        words.append(say("cliffs.bunched", lines=sign.join(bunched)) if bunched else say("cliffs.not_bunched"))
        return say("cliffs.gap").join(words)

    @property
    def who(self) -> str:
        """Whom the map shows, in words."""
        return replace(self.scope, kind=self.kind).who

    def value(self, mass: Mass) -> int:
        """The mass in the measure that the page shows."""
        return int(getattr(mass, self.scope.measure))

    def written(self, mass: Mass) -> str:
        return self.scope.write(self.value(mass))

    def map(self, here: Sequence[Cliff]) -> Drawn:
        """Every line with those below and above it."""
        rows = [
            Row(
                self.name(cliff),
                self.value(cliff.below),
                self.value(cliff.above),
                self.written(cliff.below),
                self.written(cliff.above),
                cliff.bunching.is_there,
            )
            for cliff in here
        ]
        headers = {"line": say("cliffs.line")}
        headers |= {name: say(f"cliffs.{name}") for name in ("below", "rise", "above", "fall", "excess", "verdict")}
        listed = [
            [
                self.name(cliff),
                self.written(cliff.below),
                count(cliff.below.changing),
                self.written(cliff.above),
                count(cliff.above.changing),
                signed(cliff.bunching.excess),
                say("cliffs.verdict_yes" if cliff.bunching.is_there else "cliffs.verdict_no"),
            ]
            for cliff in here
        ]
        figure = both_sides(
            rows,
            left=say("cliffs.below"),
            right=say("cliffs.above"),
            title=say("cliffs.map"),
            note=say("cliffs.map_note", who=self.who, unit=self.scope.unit()),
            alt="; ".join(f"{row.name}: {row.left_text} | {row.right_text}" for row in rows),
        )
        return figure, pd.DataFrame(listed, columns=list(headers)), headers

    def surroundings(self, cliff: Cliff, found: Histogram) -> Drawn:
        """Who stands where around one line."""
        line, factor = cliff.line, self._factor(cliff)
        bounds = [int(bound) / found.base / factor for bound in found.bounds]
        at, heights = line.amount / factor, self._heights(found)
        is_score = line.sort == "entry"
        span = self.span(cliff, found)
        width = (span[1] - span[0]) / 120 if is_score else 0.0
        names = [self._bin_name(cliff, found, place) for place in range(len(heights))]
        texts = [f"{name}<br>{self.scope.write(height)}" for name, height in zip(names, heights, strict=True)]
        bins = [
            Bin(
                low if is_score else (low + high) / 2,
                width or (high - low) * 0.94,
                height,
                text,
            )
            for (low, high), height, text in zip(pairwise(bounds), heights, texts, strict=True)
        ]
        marks = [span[0], at, span[1]] if at not in span else list(span)
        note = "cliffs.around_note" if is_score else "cliffs.around_edge_note"
        figure = around(
            bins,
            line=(at, self.name(cliff)),
            span=span,
            ticks=[(mark, self._position(cliff, round(mark * factor))) for mark in marks],
            title=say("cliffs.around", line=self.name(cliff)),
            note=say(note, who=self.who, unit=self.scope.unit()),
            alt=f"{say('cliffs.below')} {self.written(cliff.below)}; {say('cliffs.above')} {self.written(cliff.above)}",
        )
        headers = {"at": say("cliffs.where"), "n": self.scope.unit()}
        rows = [[name, self.scope.write(height)] for name, height in zip(names, heights, strict=True)]
        return figure, pd.DataFrame(rows, columns=list(headers)), headers

    def span(self, cliff: Cliff, found: Histogram) -> tuple[float, float]:
        """From where to where the surroundings reach."""
        factor = self._factor(cliff)
        if cliff.line.sort == "edge":
            return int(found.bounds[0]) / factor, int(found.bounds[-1]) / factor
        around_it = sensitivity.AROUND * self.near.points
        return max(0, cliff.line.amount - around_it) / factor, min(100 * BASIS, cliff.line.amount + around_it) / factor

    def _heights(self, found: Histogram) -> list[int]:
        return [int(value) for value in found.sums[MEASURES.index(self.scope.measure)]]

    def _factor(self, cliff: Cliff) -> int:
        """What the line's amount is divided by on the axis."""
        if cliff.line.sort == "entry":
            return BASIS
        dimension = self.asked.standard.dimension[cliff.line.name]
        return dimension.unit_of.scale * (100 if dimension.is_composite else 1)

    def _position(self, cliff: Cliff, amount: int) -> str:
        """A place on the axis in words."""
        if cliff.line.sort == "entry":
            return score(amount)
        return amount_in_words(self.asked.standard, cliff.line.name, amount)

    def _bin_name(self, cliff: Cliff, found: Histogram, place: int) -> str:
        if cliff.line.sort == "entry":
            return number(int(found.bounds[place]) / found.base / BASIS)
        low, high = (self._position(cliff, int(found.bounds[place + by])) for by in (0, 1))
        return f"{low} – {high}"

    def bunching(self, cliff: Cliff) -> str:
        """What the test says, in words."""
        found = cliff.bunching
        facts = {
            "above": count(found.above),
            "below": count(found.below),
            "expected": count(round(found.fair_share * (found.above + found.below))),
            "share": share(found.fair_share, 1, 0),
            "lines": count(found.lines),
        }
        key = "cliffs.bunching_yes" if found.is_there else "cliffs.bunching_no"
        words = [say(key, **facts)]
        if found.placebo is not None:
            words.append(say(placebo_words(found.placebo), share=share(found.placebo, 1, 0)))
        return f":small[{say('cliffs.gap').join(words)}]"


def placebo_words(placebo: float) -> str:
    """What the share of other scores that are as heavy says: where they are many, a heavy side proves nothing."""
    return "cliffs.placebo" if placebo > NOTICED else "cliffs.placebo_rare"


def signed(excess: float) -> str:
    """How many more, or with a minus sign fewer, than expected; no minus before nothing."""
    whole = round(excess)
    return f"{'−' if whole < 0 else ''}{count(abs(whole))}"
