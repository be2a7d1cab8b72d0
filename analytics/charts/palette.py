"""Colours, type and frame of every figure.

Tiers are one hue from dark (the highest) to light. Up is blue, down is orange, never red and green: in China
red means a rise, and one man in twelve cannot tell the two apart.
"""

import textwrap
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

INK = "#1B2733"
"""Text on white: 15:1."""
SOFT = "#4A5866"
"""Axis text on white: 7:1."""
LINE = "#D5DBE1"
PAPER = "#FFFFFF"
UP = "#2166AC"
DOWN = "#B35806"
OTHER = "#6B7785"
STILL = "#F2F4F6"
UP_MARK = "▲"
DOWN_MARK = "▼"
FONT = "'Source Sans', 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"

TIERS: dict[int, tuple[str, ...]] = {
    2: ("#0B3C5D", "#8CC5D9"),
    3: ("#0B3C5D", "#2E86AB", "#8CC5D9"),
    4: ("#062A43", "#1F6F94", "#6DB1CC", "#D3E4EC"),
    5: ("#041E32", "#14557A", "#3E93B8", "#8FC4DA", "#DCEAF1"),
}
OTHERS = ("#9AA5B1", "#B9C1CA", "#7D8996", "#D0D6DC", "#646F7B")
"""States that are no tier: not assessable, excluded, manual, new, closed."""


def tier_colours(n_tiers: int) -> tuple[str, ...]:
    """Colours from the lowest tier (light) to the highest (dark)."""
    if n_tiers in TIERS:
        return tuple(reversed(TIERS[n_tiers]))
    five = TIERS[5]
    places = [at * (len(five) - 1) / (n_tiers - 1) for at in range(n_tiers)]
    return tuple(reversed([_between(five, place) for place in places]))


def state_colours(ranks: Sequence[int | None]) -> tuple[str, ...]:
    """A colour for every state; ``ranks`` holds the rank of a tier (0 is the lowest), or ``None``."""
    tiers = tier_colours(max(2, sum(rank is not None for rank in ranks)))
    greys = iter(OTHERS * len(ranks))
    return tuple(next(greys) if rank is None else tiers[rank] for rank in ranks)


def ink_on(colour: str) -> str:
    """Black or white, whichever is read more easily on ``colour``."""
    return INK if _light(colour) > 0.32 else PAPER


def blend(colour: str, share: float, paper: str = STILL) -> str:
    """``share`` of a colour over a paper."""
    pairs = zip(_rgb(colour), _rgb(paper), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def see_through(colour: str, share: float) -> str:
    """A colour that lets what is behind it through."""
    red, green, blue = _rgb(colour)
    return f"rgba({red},{green},{blue},{share:.2f})"


def framed(figure: go.Figure, *, title: str, note: str, alt: str, height: int, **layout: Any) -> go.Figure:  # noqa: ANN401 - plotly's own options
    """The house's frame. Title, note (what the shares are of) and alt text travel in ``layout.meta``.

    Plotly can't wrap a title in a narrow card; whoever shows the figure writes the title above it.
    """
    margin = {"l": 8, "r": 8, "t": 8, "b": 8, **layout.pop("margin", {})}
    figure.update_layout(
        meta={"title": title, "note": note, "alt": alt},
        font={"family": FONT, "size": 14, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        margin=margin,
        height=height,
        hoverlabel={
            "bgcolor": PAPER,
            "bordercolor": LINE,
            "font": {"family": FONT, "size": 13, "color": INK},
        },
        showlegend=layout.pop("showlegend", False),
        **layout,
    )
    return figure


def title_of(figure: go.Figure) -> str:
    """What the figure shows."""
    return str(figure.layout.meta["title"])


def note_of(figure: go.Figure) -> str:
    """What its shares are shares of."""
    return str(figure.layout.meta["note"])


def alt_of(figure: go.Figure) -> str:
    """What the figure says, for whoever cannot see it."""
    return str(figure.layout.meta["alt"])


def wrapped(name: str, *, wide: int, narrow: int) -> str:
    """A label on several lines: words up to ``wide`` letters, Chinese up to ``narrow`` characters a line."""
    if name.isascii():
        return "<br>".join(textwrap.wrap(name, wide)) or name
    return "<br>".join(name[at : at + narrow] for at in range(0, len(name), narrow))


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _light(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    parts = [value / 255 for value in _rgb(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _between(colours: Sequence[str], place: float) -> str:
    low = min(int(place), len(colours) - 2)
    return blend(colours[low + 1], place - low, colours[low])
