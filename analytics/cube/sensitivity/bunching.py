"""Bunching: whether more stand just above a line than their neighbours and chance would give.

Who can choose on which side of a line to stand comes to stand just above it. The count on either side of the line is
compared with a fair coin, or with a biased one where the windows next to these two say that numbers rise there anyway:
an exact binomial test in a window, as in Cattaneo, Frandsen and Titiunik (2015), "Randomization inference in the
regression discontinuity design", Journal of Causal Inference 3(1), and as rddensity does it beside McCrary's density
test (2008, Journal of Econometrics 142). What is more than expected is the excess mass of the bunching literature
(Kleven 2016, Annual Review of Economics 8).

Scores are discrete: only some sums of weights and points occur, so a single heavy score at the line can tip the test
without anybody's doing. Hence the *placebo* share of :mod:`analytics.cube.sensitivity.score_cliffs`.
"""

import math
from dataclasses import dataclass

import numpy as np

SURE = 0.01
"""A chance below this is no chance; the customary one in a hundred, of a false alarm at any of the lines looked at."""
NOTICED = 0.05
"""And an excess below a twentieth of what was expected is too small to matter, however sure. (choice)"""
MOST_TERMS = 200_000
"""Terms of a binomial tail that are added at most; far before, they are too small to count."""


@dataclass(frozen=True, slots=True)
class Bunching:
    """Customers in four windows of one width: the two beside the line, and the two beyond these.

    ``placebo``: of other places where a line could have been, the share where as much or more stands just above;
    ``None`` where nobody asked. ``lines`` says how many lines are looked at together: where there are fifty, one in a
    hundred at each would cry wolf every other time, so the chance is held against a fiftieth (Bonferroni).
    """

    far_below: int
    below: int
    above: int
    far_above: int
    placebo: float | None = None
    lines: int = 1

    @property
    def fair_share(self) -> float:
        """The share of the two inner windows that should stand above the line.

        A half, or more where numbers rise: with counts ``a, b | c, d`` of a smooth (log-linear) density ``c / b`` is
        the cube root of ``d / a``. Where numbers fall, a half is kept: the test then errs towards silence.
        """
        if not self.far_below or not self.far_above:
            return 0.5
        ratio = math.cbrt(self.far_above / self.far_below)
        return max(0.5, ratio / (1 + ratio))

    @property
    def excess(self) -> float:
        """Customers above the line beyond the fair share; negative where there are fewer."""
        return self.above - self.fair_share * (self.below + self.above)

    @property
    def chance(self) -> float:
        """The chance of as many or more above, were everybody's side drawn with the fair share."""
        return upper_tail(self.above, self.below + self.above, self.fair_share)

    @property
    def is_there(self) -> bool:
        """Whether it is sure, large enough to matter, and not what most other places show as well."""
        large = self.excess >= NOTICED * self.fair_share * (self.below + self.above)
        return self.chance < SURE / self.lines and large and (self.placebo is None or self.placebo <= NOTICED)


def upper_tail(successes: int, trials: int, share: float) -> float:
    """P(X >= successes) of a binomial with ``trials`` and ``share``, from its terms: each is a multiple of the last."""
    if successes <= 0:
        return 1.0
    if successes <= trials * share:
        return max(0.0, 1.0 - _sum(trials - successes + 1, trials, 1 - share))
    return _sum(successes, trials, share)


def _sum(first: int, trials: int, share: float) -> float:
    """The terms from ``first`` on, which is beyond the mean: they fall, and fast."""
    if first > trials:
        return 0.0
    log_term = math.lgamma(trials + 1) - math.lgamma(first + 1) - math.lgamma(trials - first + 1)
    log_term += first * math.log(share) + (trials - first) * math.log1p(-share)
    places = np.arange(first, min(trials, first + MOST_TERMS), dtype=np.float64)
    multiples = np.cumprod((trials - places) / (places + 1) * (share / (1 - share)))
    return float(min(1.0, math.exp(log_term) * (1.0 + multiples.sum())))
