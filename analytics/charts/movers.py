"""Who rises and who falls, by whatever groups: down to the left in orange, up to the right in blue."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.charts.both_sides import Row, both_sides
from analytics.charts.palette import DOWN, DOWN_MARK, UP, UP_MARK

ROW = 34
"""Pixels that a group takes."""
ROOM = 2.1
"""Counts and shares are written beside the bars."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group: how much of it rises and falls (0 to 1 of the group), and how that is written."""

    name: str
    up: float
    down: float
    up_text: str
    down_text: str


def movers(groups: Sequence[Group], *, up: str, down: str, title: str, note: str, alt: str) -> go.Figure:
    """Bars of shares, first group on top."""
    rows = [
        Row(each.name, each.down, each.up, f"{DOWN_MARK} {each.down_text}", f"{UP_MARK} {each.up_text}")
        for each in groups
    ]
    return both_sides(
        rows, left=down, right=up, title=title, note=note, alt=alt, colours=(DOWN, UP), row=ROW, room=ROOM
    )
