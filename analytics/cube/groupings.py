"""What customers can be grouped by: how a group is read off the facts, and what it is called.

A group is a text. Those of a closed list are told here and by the contract; regions, industries and a bank's own words
stand for themselves. Nobody is left out: ``NOT_KNOWN`` is the group of missing values, ``ELSEWHERE`` that of customers
of the kind that a grouping does not speak of.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from analytics.errors import TierdeskError
from analytics.intake.contract import Column, Contract
from analytics.steps import quote
from analytics.vocabulary import Kind, Text

NOT_KNOWN, ELSEWHERE = "", "-"
SEPARATOR = "\x1f"
"""Stands between the groups of a combination; the contract's texts hold no control characters."""

AGE_EDGES = (18, 25, 35, 45, 55, 65)
"""First ages of the bands after the youngest. Eighteen is full capacity (Civil Code, article 17); from sixty-five on
the law asks for more care (domain: section 3). The decades between them are a choice."""
PRIOR_LABEL = Text("上期层级", "Tier in the period before")
REGION, AGE_BAND, INDUSTRY, CHANNEL, SEX, PRIOR_TIER = "region", "age_band", "industry", "channel", "sex", "prior_tier"


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to group customers.

    ``value`` is an SQL expression over facts ``f`` in the narrow subset, a text that is never NULL; ``beside`` joins
    what it reads besides. ``words`` names the groups of a closed list, in their order. ``kind`` is the one that it
    speaks of, ``None`` for both.
    """

    name: str
    label: Text
    column: str
    value: str
    words: tuple[tuple[str, Text], ...] = ()
    kind: Kind | None = None
    fairness_only: bool = False
    beside: str = ""

    @property
    def hash(self) -> str:
        """Eight digits that change with the meaning of the groups: tables of groups are named by it."""
        return hashlib.sha256(self.value.encode()).hexdigest()[:8]

    def where(self, group: str) -> str:
        """SQL condition over facts ``f``: those in one group."""
        return f"{self.value} = {quote(group)}"


BY_REGION = Grouping(REGION, Text("地区", "Region"), REGION, "COALESCE(f.region, '')")
"""The grouping that every layer has, whatever the files of its snapshot fill."""


@lru_cache(maxsize=4)
def groupings(contract: Contract) -> tuple[Grouping, ...]:
    """Every grouping that a snapshot's own facts answer, in the order in which pages offer them."""
    age, industry = contract["age"], _of_kind(Kind.ENTERPRISE, "COALESCE(f.industry, '')")
    return (
        BY_REGION,
        Grouping(AGE_BAND, Text("年龄段", "Age band"), age.name, _of_kind(Kind.PERSON, _age()), _ages(), Kind.PERSON),
        Grouping(INDUSTRY, contract["industry"].label, INDUSTRY, industry, kind=Kind.ENTERPRISE),
        _coded(contract["channel"], CHANNEL),
        _coded(contract["sex"], SEX, Kind.PERSON, fairness_only=True),
    )


def grouping_of(contract: Contract, name: str) -> Grouping:
    """A grouping by its name; raises ``RUN-005`` for one that does not exist."""
    for grouping in groupings(contract):
        if grouping.name == name:
            return grouping
    known = [each for each in groupings(contract) if not each.fairness_only]
    raise TierdeskError(
        "RUN-005",
        Text(f"没有名为 {name} 的分组。", f"There is no grouping {name!r}."),
        Text(
            f"可选：{'、'.join(each.label.zh for each in known)}。",
            f"Choose one of: {', '.join(each.name for each in known)}.",
        ),
    )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A grouping that a snapshot cannot answer, and why."""

    grouping: Grouping
    reason: Text


def offered(contract: Contract, filled: Iterable[str]) -> tuple[tuple[Grouping, ...], tuple[LeftOut, ...]]:
    """Groupings of a snapshot whose files filled these columns, and those left out."""
    columns = set(filled)
    here = [each for each in groupings(contract) if each.column in columns]
    lacking = [each for each in groupings(contract) if each.column not in columns]
    return tuple(here), tuple(LeftOut(each, _lacks(contract[each.column])) for each in lacking)


def _lacks(column: Column) -> Text:
    return Text(f"本期文件未提供「{column.zh}」", f"the files of this period do not fill {column.en.lower()!r}")


def split(group: str) -> tuple[str, ...]:
    """The groups that a combination is made of."""
    return tuple(group.split(SEPARATOR))


def joined(groups: Sequence[str]) -> str:
    """Groups as one group of their combination."""
    return SEPARATOR.join(groups)


def _coded(column: Column, name: str, kind: Kind | None = None, *, fairness_only: bool = False) -> Grouping:
    whens = " ".join(f"WHEN f.{column.name} = {at} THEN {quote(each.id)}" for at, each in enumerate(column.codes, 1))
    words = tuple((code.id, Text(code.zh, code.en)) for code in column.codes)
    value = _of_kind(kind, f"CASE {whens} ELSE '' END")
    return Grouping(name, column.label, column.name, value, words, kind, fairness_only)


def by_prior_tier(earlier_keys: str, states: str) -> Grouping:
    """The state in the period before: of the cell in its keys, by a small table ``states`` of cell and state.

    Customers who were not there are ``NEW``.
    """
    return Grouping(
        PRIOR_TIER,
        PRIOR_LABEL,
        "",
        "CASE WHEN e.position IS NULL THEN 'NEW' ELSE p.state END",
        beside=f" LEFT JOIN {earlier_keys} AS e ON k.position = e.position LEFT JOIN {states} AS p ON e.cell = p.cell",
    )


def _of_kind(kind: Kind | None, value: str) -> str:
    return value if kind is None else f"CASE WHEN f.kind = {kind.code} THEN {value} ELSE '{ELSEWHERE}' END"


def _age() -> str:
    whens = " ".join(f"WHEN f.age >= {edge} THEN '{edge}'" for edge in reversed(AGE_EDGES))
    return f"CASE WHEN f.age IS NULL THEN '' {whens} ELSE '0' END"


def _ages() -> tuple[tuple[str, Text], ...]:
    first, last = AGE_EDGES[0], AGE_EDGES[-1]
    between = [(str(low), Text(f"{low}–{high - 1} 岁", f"{low}–{high - 1}")) for low, high in pairwise(AGE_EDGES)]
    youngest, oldest = Text(f"{first} 岁以下", f"Under {first}"), Text(f"{last} 岁及以上", f"{last} and above")
    return (("0", youngest), *between, (str(last), oldest))
