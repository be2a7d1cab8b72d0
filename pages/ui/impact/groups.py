"""Groups in words: what groupings and their groups are called, in which order they come, and which a snapshot has."""

import tomllib
from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from analytics.cube.groupings import (
    ELSEWHERE,
    INDUSTRY,
    NOT_KNOWN,
    PRIOR_LABEL,
    PRIOR_TIER,
    REGION,
    Grouping,
    LeftOut,
    grouping_of,
    offered,
)
from analytics.desks.whatif import bench
from analytics.desks.whatif.bench import Side
from analytics.settings import HOME
from analytics.vocabulary import Kind, Text
from pages.ui import cached
from pages.ui.pickers import Context
from pages.ui.regions import region_name
from pages.ui.words import say, to

TIER, KIND = "tier", "kind"
"""Groupings that every migration answers by itself, beside those of the facts."""


def grouping_name(name: str) -> str:
    """What a grouping is called."""
    if name in (TIER, KIND):
        return say(f"impact.by_{name}")
    return to(PRIOR_LABEL if name == PRIOR_TIER else _grouping(name).label)


def kind_of(name: str) -> Kind | None:
    """The kind of customer that a grouping speaks of; ``None`` for both."""
    return None if name in (TIER, KIND, PRIOR_TIER) else _grouping(name).kind


def group_name(name: str, group: str) -> str:
    """What a group of a grouping of the facts is called."""
    if name == REGION:
        return region_name(group)
    grouping = _grouping(name)
    if group == NOT_KNOWN:
        return say("impact.not_known", what=to(grouping.label))
    if group == ELSEWHERE and grouping.kind is not None:
        return to(next(kind for kind in Kind if kind is not grouping.kind).label)
    if name == INDUSTRY:
        known = _industries().get(group)
        return to(known) if known else group
    return to(dict(grouping.words)[group])


def in_order(name: str, groups: tuple[str, ...]) -> list[str]:
    """The groups that a choice offers: in their own order or by name, the unknown last, the other kind left out."""
    places = [group for group, _ in _grouping(name).words]

    def rank(group: str) -> tuple[bool, int, str]:
        return group == NOT_KNOWN, places.index(group) if group in places else 0, group_name(name, group)

    return sorted((group for group in groups if group != ELSEWHERE), key=rank)


def offered_by(here: Context, *, fairness: bool = False) -> tuple[tuple[Grouping, ...], tuple[LeftOut, ...]]:
    """Groupings that the page's snapshot answers, and those that it does not; sex for fairness only."""
    found, lacking = offered(cached.house().contract, here.snapshot.columns)
    allowed = [each for each in found if fairness or not each.fairness_only]
    return tuple(allowed), tuple(each for each in lacking if fairness or not each.grouping.fairness_only)


def left_out(lacking: Sequence[LeftOut]) -> None:
    """Say which groupings the snapshot cannot answer, and why."""
    if lacking:
        names = [say("impact.lacking", name=to(each.grouping.label), reason=to(each.reason)) for each in lacking]
        st.markdown(f":small[{say('impact.left_out', names=' · '.join(names))}]")


def groups_of(here: Context, name: str) -> list[str]:
    """The groups of a grouping that the page's snapshot has, in the order of a choice."""
    side = Side(here.snapshot.snapshot_id, here.standard)
    return in_order(name, bench.counted(cached.house(), side, side, grouping=(name,)).cells.groups)


def part_of(name: str, group: str | None) -> tuple[Grouping, str] | None:
    """What lists of customers are narrowed to: a grouping and one of its groups."""
    return None if group is None else (_grouping(name), group)


def _grouping(name: str) -> Grouping:
    return grouping_of(cached.house().contract, name)


@lru_cache(maxsize=1)
def _industries() -> dict[str, Text]:
    tables = tomllib.loads((HOME / "data" / "reference" / "industries.toml").read_text(encoding="utf-8"))
    return {section["code"]: Text(section["zh"], section["en"]) for section in tables["industry"]}
