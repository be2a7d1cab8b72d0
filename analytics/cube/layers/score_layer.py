"""The score layer (L2): every move of an entry score, answered without counting anybody again.

What gates make of a tier does not depend on entry scores. So each signature has a *ladder*: the state for every tier
that its score could give. Let ``F_t(s)`` be the population with scores below ``s``, each counted in the state that its
ladder gives for tier ``t``. Lowering the boundary of tier ``t`` to ``s`` turns ``t - 1`` into ``t`` for all with scores
of ``s`` and more; hence, with boundaries ``s_1 <= s_2 <= ...``::

    population by state = all(highest tier) + sum over t of (F_{t-1}(s_t) - F_t(s_t))

The bracket is one row of a table over the distinct scores, so an answer is one look-up and one addition for each
boundary: the same work for a thousand customers as for a billion. Everything is an integer.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analytics.classify.grid import Grid, Ints
from analytics.classify.verdict import NONE, judge, ladders, n_states, score_base
from analytics.cube.cells import Cells
from analytics.cube.recount import Migration, State, states_of
from analytics.standard.model import Standard
from analytics.vocabulary import BASIS, Kind


@dataclass(frozen=True)
class KindScores:
    """One kind. ``scores`` are the distinct numerators, ascending; ``base`` what they are fractions of.

    ``top`` (measures, groups, before, after) is the population where every score gives the highest tier; ``change``
    (tiers - 1, scores + 1, measures, groups, before, after) holds, at a place among the scores, what it takes to have
    only the scores from that place on in the tier.
    """

    scores: Ints
    base: int
    top: Ints
    change: Ints

    def at(self, entries: tuple[int, ...]) -> Ints:
        """Population by (measure, group, state before, state after) for entry scores in hundredths of a point.

        Entries that cross (a higher tier asking for less) are taken in ascending order, as counting how many of them a
        score reaches does.
        """
        answer = self.top.copy()
        for place, entry in enumerate(sorted(entries)):
            answer += self.change[place, np.searchsorted(BASIS * self.scores, entry * self.base)]
        return answer


@dataclass(frozen=True)
class ScoreLayer:
    """The population of a snapshot by score, for every kind; ``before`` is the state under the law."""

    before: tuple[State, ...]
    after: tuple[State, ...]
    groups: tuple[str, ...]
    kinds: tuple[KindScores, ...]

    def migration(self, entries: tuple[tuple[int, ...], ...]) -> Migration:
        """Who moves where under other entry scores, given by kind in hundredths of a point, lowest tier first."""
        sums = np.stack([kind.at(entry) for kind, entry in zip(self.kinds, entries, strict=True)], axis=1)
        return Migration(self.before, self.after, self.groups, sums)

    @cached_property
    def size(self) -> int:
        """Bytes of all tables."""
        return sum(kind.top.nbytes + kind.change.nbytes + kind.scores.nbytes for kind in self.kinds)


def score_layer(cells: Cells, law: tuple[Standard, Grid], draft: tuple[Standard, Grid]) -> ScoreLayer:
    """The layer of a draft over a snapshot's cells; its entry scores do not matter, all else of it does."""
    old = judge(*law, cells.before).state(len(law[0].tier))
    verdicts, steps = judge(*draft, cells.after), ladders(*draft, cells.after)
    kinds = []
    for place, kind in enumerate(Kind):
        mine = verdicts.kind == place
        axes = (cells.sums[:, mine], cells.group[mine], old[mine])
        shape = (len(cells.groups), n_states(law[0]), n_states(draft[0]))
        kinds.append(_of_kind(axes, verdicts.score[mine], steps[:, mine], shape, score_base(draft[0], kind)))
    return ScoreLayer(states_of(law[0]), states_of(draft[0]), cells.groups, tuple(kinds))


def _of_kind(
    axes: tuple[Ints, Ints, Ints], score: Ints, steps: Ints, shape: tuple[int, int, int], base: int
) -> KindScores:
    sums, group, old = axes
    scores, place = np.unique(np.where(score == NONE, 0, score), return_inverse=True)
    top = np.zeros((len(sums), *shape), np.int64)
    for measure, values in enumerate(sums):
        np.add.at(top[measure], (group, old, steps[-1]), values)
    change = np.zeros((len(steps) - 1, len(scores) + 1, len(sums), *shape), np.int64)
    for tier in range(len(steps) - 1):
        for measure, values in enumerate(sums):
            table = change[tier, 1:, measure]
            np.add.at(table, (place, group, old, steps[tier]), values)
            np.subtract.at(table, (place, group, old, steps[tier + 1]), values)
        np.cumsum(change[tier], axis=0, out=change[tier])
    return KindScores(scores, base, top, change)
