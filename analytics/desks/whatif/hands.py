"""One dimension of a draft in the hand: its rest layer (A(d)), and the parcel that lets a browser drag its edges."""

from dataclasses import dataclass, replace
from functools import lru_cache

from analytics.classify.grid import grid_of
from analytics.cube.layers.hand_pack import packed_hand
from analytics.cube.layers.rest_layer import RestLayer
from analytics.cube.layers.resting import Resting, rest_layer
from analytics.cube.pack import LARGEST, Parcel, parcel
from analytics.desks.house import House
from analytics.desks.runs.fine_grid import fine_grid
from analytics.errors import TierdeskError
from analytics.standard.canon import standard_hash
from analytics.standard.model import Standard
from analytics.vocabulary import Kind

COARSEST = 64
"""Of the places that an edge may have, one in so many at least stays."""


def layer_in_hand(
    house: House, snapshot_id: str, law: Standard, draft: Standard, kind: Kind, name: str
) -> tuple[RestLayer, Resting] | None:
    """The rest layer of one dimension and kind; ``None`` where its edges cannot be dragged.

    That is where it has none, where the law does not measure the same, or where it would be too large.
    """
    if name not in law.dimension or not draft.dimension[name].edges(kind):
        return None
    return _layer(_Wish(house, snapshot_id, law, draft, kind, name))


def hand_parcel(
    house: House, snapshot_id: str, law: Standard, draft: Standard, kind: Kind, name: str, most: int = LARGEST
) -> Parcel | None:
    """The same for the browser, with fewer places for an edge where there would be too much to send."""
    found = layer_in_hand(house, snapshot_id, law, draft, kind, name)
    keep = 1
    while found is not None and keep <= COARSEST:
        try:
            return parcel(packed_hand(found[0], keep), most)
        except TierdeskError as error:
            if error.code != "BENCH-001":
                raise
            keep *= 2
    return None


def basis_of(draft: Standard, kind: Kind, name: str) -> str:
    """Names all of a draft that such a parcel is made of: not entry scores, nor what the dimension itself says."""
    dimension = draft.dimension[name]
    scale = dimension.scale(kind)
    assert scale is not None
    bands = tuple(band.model_copy(update={"from_": None, "points": 0}) for band in scale.bands)
    open_scale = scale.model_copy(update={"bands": bands, "weight": 0, "missing": "not_assessable"})
    still = dimension.model_copy(update={kind.value: open_scale})
    tiers = tuple(tier.model_copy(update={"entry": None}) for tier in draft.tier)
    update = {"dimension": draft.dimension | {name: still}, "tier": tiers}
    return standard_hash(draft.model_copy(update=update))


@dataclass(frozen=True)
class _Wish:
    """Names a layer by what it is counted from: see :func:`basis_of`."""

    house: House
    snapshot_id: str
    law: Standard
    draft: Standard
    kind: Kind
    name: str
    beyond: tuple[int, ...] = ()
    """Edges that a layer must have a column for though they are no mark that anybody stands near."""

    def __hash__(self) -> int:
        return hash(self._name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Wish) and self._name == other._name

    @property
    def _name(self) -> tuple[object, ...]:
        kept = self.house.store.path, self.snapshot_id, standard_hash(self.law)
        return (*kept, basis_of(self.draft, self.kind, self.name), self.kind, self.name, self.beyond)


def _layer(wish: _Wish) -> tuple[RestLayer, Resting] | None:
    found = _counted(wish)
    edges = wish.draft.dimension[wish.name].edges(wish.kind)
    if found is not None and not set(edges) <= set(found[0].bounds.tolist()):
        found = _counted(replace(wish, beyond=tuple(sorted(set(edges) - set(found[0].bounds.tolist())))))
    if found is None:
        return None
    layer, resting = found
    hand = replace(layer.draft, standard=wish.draft, grid=grid_of(wish.draft, wish.house.contract))
    assert set(edges) <= set(layer.bounds.tolist()), "every edge has a column to begin with"
    return replace(layer, draft=hand), resting


@lru_cache(maxsize=4)
def _counted(wish: _Wish) -> tuple[RestLayer, Resting] | None:
    """Counted with the law's bands, so that it does not matter which of a name's drafts came first."""
    contract = wish.house.contract
    law, draft = wish.law, with_bands_of(wish.draft, wish.law, wish.kind, wish.name)
    judged = (law, grid_of(law, contract)), (draft, grid_of(draft, contract))
    fine = fine_grid(wish.house, wish.snapshot_id, judged[0][1])
    return rest_layer(fine, *judged, wish.kind, wish.name, wish.beyond)


def with_bands_of(draft: Standard, law: Standard, kind: Kind, name: str) -> Standard:
    """A draft with a law's bands of one dimension and kind."""
    dimension, scale = draft.dimension[name], law.dimension[name].scale(kind)
    return draft.model_copy(
        update={"dimension": draft.dimension | {name: dimension.model_copy(update={kind.value: scale})}}
    )
