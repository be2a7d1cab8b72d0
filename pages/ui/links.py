"""Typed links: every page's address pins what it shows, and nothing in an address is trusted."""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from urllib.parse import urlencode

import streamlit as st

from analytics.errors import TierdeskError
from analytics.vocabulary import Kind, Text

PAGES = ("overview", "bench", "migration", "publish", "customer", "intake", "runs")
ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
HASH = re.compile(r"[0-9a-f]{8,64}")
STATE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")
LABEL = re.compile(r"[^\x00-\x1f\x7f]{1,64}")
SHORT_HASH = 16
"""Digits of a standard's hash in an address: enough to name one, short enough to read."""


def _is(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value) is not None


CHECKS: dict[str, Callable[[str], bool]] = {
    "snapshot": _is(ID),
    "standard": _is(HASH),
    "from_snapshot": _is(ID),
    "from_standard": _is(HASH),
    "was": _is(STATE),
    "now": _is(STATE),
    "kind": lambda value: value in set(Kind),
    "region": _is(LABEL),
    "customer": _is(LABEL),
    "proposal": _is(ID),
    "scenario": _is(ID),
}

NAMES = {
    "snapshot": Text("快照", "snapshot"),
    "standard": Text("标准", "standard"),
    "from_snapshot": Text("对照快照", "snapshot to compare with"),
    "from_standard": Text("对照标准", "standard to compare with"),
    "was": Text("原层级", "tier before"),
    "now": Text("新层级", "tier now"),
    "kind": Text("客户类型", "kind of customer"),
    "region": Text("地区", "region"),
    "customer": Text("客户编号", "customer"),
    "proposal": Text("提案编号", "proposal"),
    "scenario": Text("方案编号", "scenario"),
}
"""What each parameter is called where one is of the wrong form."""


@dataclass(frozen=True, slots=True)
class Link:
    """A page and what it shows. ``from_*`` is the other side of a migration, ``was`` and ``now`` its states."""

    page: str
    snapshot: str | None = None
    standard: str | None = None
    from_snapshot: str | None = None
    from_standard: str | None = None
    was: str | None = None
    now: str | None = None
    kind: str | None = None
    region: str | None = None
    customer: str | None = None
    proposal: str | None = None
    scenario: str | None = None

    @property
    def file(self) -> str:
        return f"pages/{self.page}.py"

    def to_query(self) -> dict[str, str]:
        """The link as query parameters; hashes are cut to what names them."""
        given = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "page"}
        return {
            name: value[:SHORT_HASH] if name.endswith("standard") else value
            for name, value in given.items()
            if value is not None
        }


def parse(page: str, query: dict[str, str]) -> Link:
    """A link out of query parameters; raises ``LINK-001`` for a value of the wrong form.

    Names that are none of ours are left alone. That a value names something that exists is for the reader of the
    link to see.
    """
    given = {name: query[name].strip() for name in CHECKS if query.get(name, "").strip()}
    for name, value in given.items():
        if not CHECKS[name](value):
            raise TierdeskError(
                "LINK-001",
                Text(f"链接中的{NAMES[name].zh}不可用。", f"The link's {NAMES[name].en} is not usable."),
                Text("请从左侧菜单重新打开此页。", "Open the page anew from the menu on the left."),
            )
    return Link(page, **given)


def current(page: str) -> Link:
    """The link that the visitor's address bar holds for ``page``; raises ``LINK-001``."""
    return parse(page, dict(st.query_params.items()))


def pin(link: Link) -> None:
    """Write a link into the address bar, so that copying it shows the same elsewhere."""
    wanted = link.to_query()
    for name in CHECKS:
        if name in wanted and st.query_params.get(name) != wanted[name]:
            st.query_params[name] = wanted[name]
        if name not in wanted and name in st.query_params:
            del st.query_params[name]


def go(link: Link, label: str, *, icon: str | None = None, help: str | None = None) -> None:
    """Draw a link to a page."""
    st.page_link(link.file, label=label, icon=icon, help=help, query_params=link.to_query() or None)


def address(link: Link) -> str:
    """The whole address of a link as another browser would need it; without the host where that is not known."""
    base = re.sub(r"/[^/]*$", "", st.context.url or "")
    return f"{base}/{link.page}?{urlencode(link.to_query())}"


def jump(link: Link) -> None:
    """Leave for another page at once."""
    st.switch_page(link.file, query_params=link.to_query())
