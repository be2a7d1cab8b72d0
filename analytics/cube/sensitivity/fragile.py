"""Robustness in numbers: how many tiers survive, which weight or edge is the most dangerous, and who is fragile."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from analytics.classify.grid import Ints
from analytics.classify.verdict import Bools, n_states
from analytics.cube.sensitivity.robustness import Box
from analytics.vocabulary import Kind, Text

WAYS = (-1, 1)
TOGETHER = Text("须多处同时变动", "only several at once")
SIGNS = {-1: "−", 1: "+"}


@dataclass(frozen=True, slots=True)
class Survival:
    """Everybody and those whose tier survives: (measures, kinds, states) each, states as they are."""

    everyone: Ints
    surviving: Ints


@dataclass(frozen=True, slots=True)
class Danger:
    """What one dimension alone can do: (measures,) of those whose tier its weight, or its edges, can change."""

    dimension: str
    by_weight: Ints
    by_edges: Ints


@dataclass(frozen=True, slots=True)
class Fragile:
    """Signatures whose tier does not survive weights and edges together.

    ``now``, ``worst`` and ``best`` are states; ``tips`` (causes, n) says which single cause is enough, in the order of
    :func:`causes`.
    """

    keys: Ints
    sums: Ints
    scores: Ints
    now: Ints
    worst: Ints
    best: Ints
    tips: Bools


def survival(box: Box, survives: Bools) -> Survival:
    """Sums by kind and tier of everybody and of those whose tier survives."""
    shape = (len(box.crowd.sums), len(Kind), n_states(box.standard))
    everyone, surviving = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    kinds = box.verdicts.kind
    for measure, values in enumerate(box.crowd.sums):
        np.add.at(everyone[measure], (kinds, box.states), values)
        np.add.at(surviving[measure], (kinds[survives], box.states[survives]), values[survives])
    return Survival(everyone, surviving)


def dangers(box: Box) -> tuple[Danger, ...]:
    """One dimension at a time, the one that can change most tiers first."""
    found = []
    for place, axis in enumerate(box.grid.axes):
        sums = [_fallen(box, causes) for causes in (_weights_of(box, place), _edges_of(box, place))]
        found.append(Danger(axis.name, *sums))
    return tuple(sorted(found, key=lambda each: -int(each.by_weight[0] + each.by_edges[0])))


def fragile(box: Box) -> Fragile:
    """Those whose tier does not survive weights and edges together."""
    reached = box.reached(weights=True, edges=True)
    falls = ~box.survives(reached)
    tips = [tip for place in range(len(box.grid.axes)) for tip in (*_weights_of(box, place), *_edges_of(box, place))]
    return Fragile(
        keys=box.crowd.keys[falls],
        sums=box.crowd.sums[:, falls],
        scores=box.verdicts.score[falls],
        now=box.states[falls],
        worst=box.at(reached.lowest)[falls],
        best=box.at(reached.highest)[falls],
        tips=np.stack([tip[falls] for tip in tips]),
    )


def causes(box: Box) -> tuple[Text, ...]:
    """What may tip somebody by itself, in words."""
    found = []
    for axis in box.grid.axes:
        label = box.standard.dimension[axis.name].label
        for way in WAYS:
            by = f"{SIGNS[way]}{box.percent}%"
            found.append(Text(f"「{label.zh}」权重 {by}", f"weight of {label.en} {by}"))
        found.append(Text(f"「{label.zh}」档线下移一格", f"bounds of {label.en} one step down"))
        found.append(Text(f"「{label.zh}」档线上移一格", f"bounds of {label.en} one step up"))
    return tuple(found)


def fragile_table(box: Box, found: Fragile, language: str) -> pa.Table:
    """By key: state now and the farthest from it, score, and what would tip it in words: what lists are made from.

    The state across is the worst one where that differs, else the best.
    """
    words = [cause.to(language) for cause in causes(box)]
    sign = "；" if language == "zh" else "; "
    tips = [sign.join(words[at] for at in np.flatnonzero(column)) for column in found.tips.T]
    return pa.table(
        {
            "key": found.keys,
            "before": found.now,
            "after": np.where(found.worst != found.now, found.worst, found.best),
            "score_before": found.scores,
            "score_after": found.scores,
            "tips": pa.array([tip or TOGETHER.to(language) for tip in tips], pa.string()),
        }
    )


def _weights_of(box: Box, place: int) -> tuple[Bools, ...]:
    """Whose tier changes where one weight goes down, then up."""
    return tuple(~box.survives(box.weight_alone(place, way)) for way in WAYS)


def _edges_of(box: Box, place: int) -> tuple[Bools, ...]:
    """Whose tier changes where the edges of one dimension go down, then up."""
    return tuple(~box.survives(box.edges_alone(place, way)) for way in WAYS)


def _fallen(box: Box, tips: tuple[Bools, ...]) -> Ints:
    falls = np.any(tips, axis=0)
    total: Ints = box.crowd.sums[:, falls].sum(axis=1)
    return total
