"""Random standards for property tests: always ones that ``validate`` accepts, not always sound ones."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from analytics.intake.contract import Contract
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml, validate

RULES = Path(__file__).resolve().parent.parent / "rules.toml"
KINDS = ("person", "enterprise")
METHODS = ("weighted_sum", "highest", "all_of", "single")
RANGES: dict[str, tuple[int, int, int]] = {
    "assets": (-1_000, 20_000_000, 100),
    "contribution": (-5_000, 500_000, 100),
    "savings_balance": (-1_000, 2_000_000, 100),
    "loan_balance": (1, 5_000_000, 100),
    "investment_balance": (1, 5_000_000, 100),
    "insurance_value": (1, 1_000_000, 100),
    "credit_score": (1, 1_000, 1),
    "days_past_due": (1, 400, 1),
    "employees": (1, 5_000, 1),
    "tenure": (1, 400, 10),
}
"""Where lower bounds are drawn, as written (tenure: in tenths), and how many stored units make one."""
UNITS = {"credit_score": "point", "days_past_due": "day", "employees": "person", "tenure": "year"}
LABELS = ("资产", "客户", "等级", "分", "甲", "乙", "丙")


def words() -> st.SearchStrategy[dict[str, str]]:
    zh = st.lists(st.sampled_from(LABELS), min_size=1, max_size=3).map("".join)
    en = st.text("abc é'\"\\#[]", min_size=1, max_size=12)
    return st.fixed_dictionaries({"zh": zh, "en": en})


def standards(contract: Contract) -> st.SearchStrategy[Standard]:
    """Standards with 2 to 4 tiers, 1 to 4 dimensions of 1 to 6 bands a kind, every aggregation, gates.

    A third of them score one kind only. Weights of a kind sum to 100 and edges lie where customers are; tiers need not
    be reachable.
    """
    return standard_data(contract).map(lambda data: validate(data, contract))


@st.composite
def standard_data(draw: st.DrawFn, contract: Contract) -> dict[str, Any]:
    """The plain data of :func:`standards`, in a form that a TOML file may have."""
    base = house_data()
    tiers = draw(_tiers())
    dimensions = draw(_dimensions(contract))
    data = {name: value for name, value in base.items() if name not in ("tier", "dimension", "gate", "category")}
    data["standard"] = base["standard"] | {
        "name": draw(words()),
        "version": draw(st.from_regex(r"[0-9]{1,4}\.[1-9]", fullmatch=True)),
    }
    method = draw(st.sampled_from(METHODS))
    data["aggregation"] = {"method": method}
    if method == "single":
        both = [name for name, body in dimensions.items() if all(kind in body for kind in KINDS)]
        data["aggregation"]["metric"] = draw(st.sampled_from(both))
    only = draw(st.sampled_from([None, None, None, None, *KINDS]))
    if only:
        _leave_out(next(kind for kind in KINDS if kind != only), tiers, dimensions)
    data["tier"] = tiers
    data["dimension"] = dimensions
    data["gate"] = draw(_gates(contract, [tier["id"] for tier in tiers]))
    data["category"] = draw(_categories())
    data["service"] = {tier["id"]: draw(_service()) for tier in tiers}
    return data


def _leave_out(kind: str, tiers: list[dict[str, Any]], dimensions: dict[str, Any]) -> None:
    """Let a standard score the other kind only."""
    for tier in tiers:
        tier.get("entry", {}).pop(kind, None)
    for body in dimensions.values():
        body.pop(kind, None)


@cache
def house_data() -> dict[str, Any]:
    return read_toml(RULES.read_text(encoding="utf-8"))


@st.composite
def _tiers(draw: st.DrawFn) -> list[dict[str, Any]]:
    n = draw(st.integers(2, 4))
    entries = {kind: draw(_entries(n - 1)) for kind in KINDS}
    tiers: list[dict[str, Any]] = []
    for at in range(n):
        tier = {"id": f"T{n - at}", "name": draw(words()), "outward": draw(words())}
        if at < n - 1:
            tier["entry"] = {kind: entries[kind][at] for kind in KINDS}
        lines = draw(st.lists(_amount("assets"), max_size=2, unique=True).map(sorted))
        subtiers = [
            {"id": f"T{n - at}_{k}", "name": draw(words()), "column": "assets", "at_least": {"person": line}}
            for k, line in enumerate(lines)
        ]
        tiers.append(tier | ({"subtier": subtiers} if subtiers else {}))
    return tiers


def _entries(n: int) -> st.SearchStrategy[list[Decimal]]:
    """Entry scores from the highest tier down, in hundredths of a point."""
    scores = st.lists(
        st.one_of(st.integers(1, 100).map(lambda p: 100 * p), st.integers(1, 10_000)),
        min_size=n,
        max_size=n,
        unique=True,
    )
    return scores.map(lambda found: [Decimal(score) / 100 for score in sorted(found, reverse=True)])


@st.composite
def _amount(draw: st.DrawFn, column: str) -> Decimal:
    """An amount of a column, round as often as not."""
    low, high, scale = RANGES[column]
    if column == "tenure":
        return Decimal(draw(st.integers(low, high))) / 10
    number = draw(st.integers(low, high))
    step = draw(st.sampled_from([1, 100, 10_000]))
    rounded = number // step * step if abs(number) > 2 * step else number
    fen = draw(st.sampled_from([0, 0, 0, 1, 50])) if scale == 100 else 0
    return max(Decimal(low), Decimal(rounded)) + Decimal(fen) / 100


@st.composite
def _dimensions(draw: st.DrawFn, contract: Contract) -> dict[str, Any]:
    """The first has bands for both kinds; the others for one kind at least."""
    coded = ["risk_level", "loan_class"]
    columns = draw(st.lists(st.sampled_from([*RANGES, *coded]), min_size=1, max_size=4, unique=True))
    kinds = [KINDS] + [draw(st.sampled_from([KINDS, ("person",), ("enterprise",)])) for _ in columns[1:]]
    weights = {kind: draw(_weights(sum(kind in having for having in kinds))) for kind in KINDS}
    dimensions: dict[str, Any] = {}
    for column, having in zip(columns, kinds, strict=True):
        direction = draw(st.sampled_from(["more", "less", "free"]))
        money = column in contract and contract[column].is_money
        body: dict[str, Any] = {
            "label": draw(words()),
            "source": draw(_source(column)),
            "unit": "yuan" if money else UNITS.get(column, "level"),
            "window": draw(st.sampled_from(["latest", "quarter_average", "year"])),
            "direction": "free" if column in coded else direction,
        }
        for kind in having:
            bands = _coded_bands(contract, column) if column in coded else _bands(column, direction)
            body[kind] = {"weight": weights[kind].pop(), "missing": draw(_missing()), "bands": draw(bands)}
        dimensions[f"d_{column}"] = body
    return dimensions


def _source(column: str) -> st.SearchStrategy[str | dict[str, int]]:
    if column != "assets":
        return st.just(column)
    shares = st.integers(1, 200)
    sums = st.fixed_dictionaries({"assets": shares, "investment_balance": shares})
    return st.one_of(st.just(column), st.just(column), sums)


def _missing() -> st.SearchStrategy[str | dict[str, int]]:
    return st.one_of(st.just("not_assessable"), st.fixed_dictionaries({"points": st.integers(0, 100)}))


def _weights(n: int) -> st.SearchStrategy[list[int]]:
    """``n`` weights that sum to 100, some of them perhaps 0."""
    cuts = st.lists(st.integers(0, 100), min_size=n - 1, max_size=n - 1).map(sorted)
    return cuts.map(lambda found: [high - low for low, high in zip([0, *found], [*found, 100], strict=True)])


def _points(n: int, direction: str) -> st.SearchStrategy[list[int]]:
    points = st.lists(st.integers(0, 100), min_size=n, max_size=n)
    return points if direction == "free" else points.map(lambda p: sorted(p, reverse=direction == "less"))


@st.composite
def _bands(draw: st.DrawFn, column: str, direction: str) -> list[dict[str, Any]]:
    edges = draw(st.lists(_amount(column), max_size=5, unique=True).map(sorted))
    points = draw(_points(len(edges) + 1, direction))
    return [{"points": points[0]}] + [{"from": edge, "points": p} for edge, p in zip(edges, points[1:], strict=True)]


@st.composite
def _coded_bands(draw: st.DrawFn, contract: Contract, column: str) -> list[dict[str, Any]]:
    codes = [code.id for code in contract[column].codes]
    owner = draw(st.lists(st.integers(0, 2), min_size=len(codes), max_size=len(codes)))
    groups = [[code for code, group in zip(codes, owner, strict=True) if group == one] for one in range(3)]
    return [{"codes": group, "points": draw(st.integers(0, 100))} for group in groups if group]


@st.composite
def _condition(draw: st.DrawFn, contract: Contract) -> dict[str, Any]:
    column = draw(
        st.sampled_from([*RANGES, "loan_class", "aml_grade", "risk_level", "integrity_breach", "manual_only"])
    )
    if draw(st.integers(0, 5)) == 0:
        return {"column": column, "missing": True}
    match contract[column].type:
        case "code":
            codes = [code.id for code in contract[column].codes]
            return {"column": column, "in": draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))}
        case "flag":
            return {"column": column, "is": draw(st.booleans())}
    low, high = draw(st.lists(_amount(column), min_size=2, max_size=2, unique=True).map(sorted))
    tests = {"at_least": low, "below": high}
    names = draw(st.sampled_from([("at_least",), ("below",), ("at_least", "below")]))
    return {"column": column} | {name: tests[name] for name in names}


@st.composite
def _gates(draw: st.DrawFn, contract: Contract, tiers: list[str]) -> list[dict[str, Any]]:
    gates: list[dict[str, Any]] = []
    for at in range(draw(st.integers(0, 4))):
        effect = draw(st.sampled_from(["cap", "floor", "exclude", "manual"]))
        gate: dict[str, Any] = {"id": f"g{at}", "effect": effect}
        if effect in ("cap", "floor"):
            gate["tier"] = draw(st.sampled_from(tiers))
        gate["kinds"] = list(draw(st.sampled_from([KINDS, ("person",), ("enterprise",)])))
        gate["when"] = draw(st.lists(_condition(contract), min_size=1, max_size=2))
        gate["reason"] = draw(words())
        gate["restricted"] = draw(st.booleans())
        gates.append(gate)
    return gates


@st.composite
def _categories(draw: st.DrawFn) -> list[dict[str, Any]]:
    columns = ["savings_balance", "loan_balance", "investment_balance", "insurance_value"]
    chosen = draw(st.lists(st.sampled_from(columns), max_size=4, unique=True))
    return [
        {
            "id": f"c_{column}",
            "name": draw(words()),
            "column": column,
            "at_least": draw(st.fixed_dictionaries({}, optional={kind: _positive(column) for kind in KINDS})),
        }
        for column in chosen
    ]


def _positive(column: str) -> st.SearchStrategy[Decimal]:
    return _amount(column).filter(lambda number: number > 0)


def _service() -> st.SearchStrategy[dict[str, Any]]:
    figure = {"unit": st.just("-"), "reference": st.sampled_from(["", "(choice)"])}
    return st.fixed_dictionaries(
        {
            "caseload": st.fixed_dictionaries({"value": st.integers(1, 5_000), **figure}),
            "cost": st.fixed_dictionaries({"value": st.integers(0, 10_000), **figure}),
        },
        optional={"entitlements": st.lists(words(), max_size=3)},
    )
