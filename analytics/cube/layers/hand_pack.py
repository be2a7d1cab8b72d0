"""The rest layer of one dimension as a block of bytes, so that its edges can be dragged in the browser.

In the form of :mod:`analytics.cube.pack`. One entry for all that no edge, point or entry score can part:
the same column, rest of the score, gates met and state under the law.
"""

import numpy as np
import numpy.typing as npt

from analytics.classify.grid import Digits, Ints
from analytics.classify.verdict import ladders_of
from analytics.cube.layers.rest_layer import RestLayer
from analytics.cube.pack import block_of, merged, split

REFUSED = -(1 << 26)
"""Rest of a score that another dimension refuses; below zero with whatever this one adds."""


def packed_hand(layer: RestLayer, keep: int = 1) -> bytes:
    """The block; of the marks that no edge stands on only every ``keep``-th stays a place for one.

    Arrays: ``bound`` (lower bounds of the columns from the second on, in stored units, as high and low parts), and by
    entry ``column`` (the last one is of missing values), ``rest`` (numerator of the others' part of the score),
    ``ladder`` (row of ``ladders``), ``before``, and sums as in a block of signatures.
    """
    column_of, bounds = _coarser(layer, keep)
    rest, refused, _ = layer.draft.rest_of_score()
    ladder, table = _ladders(layer)
    classes, columns = np.nonzero(layer.sums[0])
    parts = [
        column_of[columns],
        np.where(refused == 1, 0, rest + 1)[classes],
        ladder[classes, columns],
        layer.before[classes, columns],
    ]
    first, entry = merged(parts)
    sums = np.zeros((len(layer.sums), len(first)), np.int64)
    for measure, values in enumerate(layer.sums):
        np.add.at(sums[measure], entry, values[classes, columns])
    column, score, steps, before = (part[first] for part in parts)
    arrays: dict[str, npt.NDArray[np.generic]] = {
        **split("bound", bounds),
        "count": sums[0].astype(np.uint32),
        **split("assets", sums[1]),
        **split("contribution", sums[2]),
        "rest": np.where(score == 0, REFUSED, score - 1).astype(np.int32),
        "column": column.astype(np.uint16),
        "before": before.astype(np.uint8),
        "ladder": steps.astype(np.uint8),
        "ladders": np.ascontiguousarray(table.T).astype(np.uint8),
    }
    return block_of({"n": len(first), "kind": layer.draft.kind.value, "dimension": layer.draft.name}, arrays)


def _coarser(layer: RestLayer, keep: int) -> tuple[Ints, Ints]:
    """The new column of every column, and the bounds that are left: the edges of both standards always are."""
    fixed = np.isin(layer.bounds, [*layer.law.edges, *layer.draft.edges])
    flags = layer.draft.flags(layer.bounds)
    fixed |= flags[1:-1] != flags[:-2]
    kept = fixed | (np.arange(len(layer.bounds)) % keep == 0)
    column_of = np.concatenate([[0], np.cumsum(kept)])
    return np.append(column_of, int(kept.sum()) + 1), layer.bounds[kept]


def _ladders(layer: RestLayer) -> tuple[Ints, Ints]:
    """(classes, columns) rows of a table of ladders, and the table (steps, rows)."""
    rest = layer.draft.rest
    flags, column = np.unique(layer.draft.flags(layer.bounds), return_inverse=True)
    met = (rest.flags[:, None] | flags[None, :]).reshape(-1)
    n = len(flags)
    digits = Digits(np.repeat(rest.kind, n), np.repeat(rest.bands, n, axis=1), met)
    table, row = np.unique(ladders_of(layer.draft.standard, digits), axis=1, return_inverse=True)
    return row.reshape(-1, n)[:, column], table
