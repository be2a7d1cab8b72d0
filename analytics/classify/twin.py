"""The standard as plain SQL: an independent statement of the policy that anyone can run on the facts.

It never builds a key. That it gives every customer the same outcome, tier, score and reasons as the engine is
proved by tests on the whole population.
"""

from collections.abc import Iterable

from analytics.classify.grid import Flag, Grid
from analytics.classify.keys import predicate, source_value
from analytics.classify.verdict import gates_of, score_base
from analytics.intake.contract import Contract
from analytics.standard.model import Gate, Scale, Standard
from analytics.steps import Step
from analytics.vocabulary import BASIS, Kind, Outcome


def twin_steps(standard: Standard, grid: Grid, contract: Contract, facts: str) -> tuple[Step, ...]:
    """Steps that end in position, outcome, tier, score, reasons for every row of ``facts``."""
    axes = {axis.name: source_value(axis.source) for axis in grid.axes}
    names = [name for name, _ in standard.dimensions]
    points = [f"{_points(standard, name, axes[name], contract)} AS p{place}" for place, name in enumerate(names)]
    absent = [f"{_absent(standard, name, axes[name])} AS m{place}" for place, name in enumerate(names)]
    met = [f"{_met(flag)} AS g{place}" for place, flag in enumerate(grid.flags[: len(standard.gate)])]
    columns = ", ".join(["position", "kind", *points, *absent, *met])
    gates, top = gates_of(standard), len(standard.tier) - 1
    return (
        Step("scored", f"SELECT {columns}\nFROM {facts}"),
        Step(
            "summed", f"SELECT *, {_refused(standard, names)} AS refused, {_score(standard, names)} AS raw\nFROM scored"
        ),
        Step("ranked", f"SELECT *, {_tier(standard)} AS scored_tier\nFROM summed"),
        Step("bounded", f"SELECT *, {_cap(standard, gates)} AS cap, {_floor(standard, gates)} AS low\nFROM ranked"),
        Step("settled", f"SELECT *, {_least(0)} AS lowest, {_least(top)} AS highest\nFROM bounded"),
        Step("judged", f"SELECT *, {_outcome(gates)} AS outcome\nFROM settled"),
        Step(
            "twin",
            "SELECT position, outcome, "
            f"CASE WHEN outcome = {Outcome.CLASSIFIED.value} THEN lowest ELSE -1 END AS tier, "
            "CASE WHEN refused = 1 THEN -1 ELSE raw END AS score, "
            f"{_reasons(len(names), len(gates))} AS reasons\nFROM judged",
        ),
    )


def _by_kind(parts: Iterable[tuple[Kind, str]], otherwise: str) -> str:
    whens = [f"WHEN kind = {kind.code} THEN {part}" for kind, part in parts]
    return f"CASE {' '.join(whens)} ELSE {otherwise} END" if whens else otherwise


def _points(standard: Standard, name: str, value: str, contract: Contract) -> str:
    dimension = standard.dimension[name]
    parts = []
    for kind in Kind:
        scale = dimension.scale(kind)
        if scale:
            codes = contract[next(iter(dimension.source))]
            tests = _band_tests(scale, dimension.edges(kind), value, codes.code_of if scale.is_qualitative else None)
            parts.append((kind, f"CASE WHEN {value} IS NULL THEN {scale.missing_points or 0} {tests} END"))
    return _by_kind(parts, "0")


def _band_tests(scale: Scale, edges: tuple[int, ...], value: str, code_of: object) -> str:
    if callable(code_of):
        whens = [
            f"WHEN {value} IN ({', '.join(str(code_of(code)) for code in band.codes)}) THEN {band.points}"
            for band in scale.bands
        ]
        return " ".join(whens)
    whens = [f"WHEN {value} >= {edge} THEN {points}" for edge, points in zip(edges, scale.points[1:], strict=True)]
    return " ".join([*reversed(whens), f"ELSE {scale.points[0]}"])


def _absent(standard: Standard, name: str, value: str) -> str:
    kinds = [kind for kind in Kind if standard.dimension[name].scale(kind)]
    return _by_kind([(kind, f"CASE WHEN {value} IS NULL THEN 1 ELSE 0 END") for kind in kinds], "0")


def _met(flag: Flag) -> str:
    parts = [
        (kind, f"CASE WHEN {predicate(tests)} THEN 1 ELSE 0 END")
        for kind, tests in zip(Kind, flag.tests, strict=True)
        if tests
    ]
    return _by_kind(parts, "0")


def _counts(standard: Standard, name: str, kind: Kind) -> bool:
    """Whether a dimension can move the score of a kind."""
    scale = standard.dimension[name].scale(kind)
    if scale is None:
        return False
    if standard.aggregation.method == "single":
        return name == standard.aggregation.metric
    return scale.weight > 0


def _refused(standard: Standard, names: list[str]) -> str:
    parts = []
    for kind in Kind:
        strict = [
            f"m{place} = 1"
            for place, name in enumerate(names)
            if _counts(standard, name, kind) and _missing_points(standard, name, kind) is None
        ]
        if not standard.scales(kind):
            parts.append((kind, "1"))
        else:
            parts.append((kind, f"CASE WHEN {' OR '.join(strict)} THEN 1 ELSE 0 END" if strict else "0"))
    return _by_kind(parts, "0")


def _missing_points(standard: Standard, name: str, kind: Kind) -> int | None:
    scale = standard.dimension[name].scale(kind)
    return scale.missing_points if scale else None


def _score(standard: Standard, names: list[str]) -> str:
    parts = []
    for kind in Kind:
        counted = [(place, name) for place, name in enumerate(names) if _counts(standard, name, kind)]
        parts.append((kind, _combined(standard, kind, counted)))
    return _by_kind(parts, "0")


def _combined(standard: Standard, kind: Kind, counted: list[tuple[int, str]]) -> str:
    columns = [f"p{place}" for place, _ in counted]
    match standard.aggregation.method:
        case "weighted_sum":
            weights = [standard.dimension[name].scale(kind).weight for _, name in counted]  # type: ignore[union-attr]
            return " + ".join(f"{weight} * {column}" for weight, column in zip(weights, columns, strict=True)) or "0"
        case "single":
            return columns[0] if columns else "0"
        case "highest":
            return f"GREATEST({', '.join(['0', *columns])})"
        case "all_of":
            return f"LEAST({', '.join(['100', *columns])})"


def _tier(standard: Standard) -> str:
    parts = []
    for kind in Kind:
        base = score_base(standard, kind)
        entries = list(enumerate(standard.entries(kind), 1))
        whens = [f"CASE WHEN {BASIS} * raw >= {entry * base} THEN 1 ELSE 0 END" for _, entry in entries]
        parts.append((kind, " + ".join(whens) or "0"))
    return _by_kind(parts, "0")


def _cap(standard: Standard, gates: tuple[Gate, ...]) -> str:
    top = len(standard.tier) - 1
    caps = [
        f"CASE WHEN g{place} = 1 THEN {standard.rank(gate.tier or '')} ELSE {top} END"
        for place, gate in enumerate(gates)
        if gate.effect == "cap"
    ]
    return f"LEAST({', '.join([str(top), *caps])})"


def _floor(standard: Standard, gates: tuple[Gate, ...]) -> str:
    floors = [
        f"CASE WHEN g{place} = 1 THEN {standard.rank(gate.tier or '')} ELSE 0 END"
        for place, gate in enumerate(gates)
        if gate.effect == "floor"
    ]
    return f"GREATEST({', '.join(['0', *floors])})"


def _least(unknown: int) -> str:
    return f"LEAST(cap, GREATEST(low, CASE WHEN refused = 1 THEN {unknown} ELSE scored_tier END))"


def _outcome(gates: tuple[Gate, ...]) -> str:
    whens = []
    for effect, outcome in (("exclude", Outcome.EXCLUDED), ("manual", Outcome.MANUAL)):
        met = [f"g{place} = 1" for place, gate in enumerate(gates) if gate.effect == effect]
        if met:
            whens.append(f"WHEN {' OR '.join(met)} THEN {outcome.value}")
    whens.append(f"WHEN lowest <> highest THEN {Outcome.NOT_ASSESSABLE.value}")
    return f"CASE {' '.join(whens)} ELSE {Outcome.CLASSIFIED.value} END"


def _reasons(n_dimensions: int, n_gates: int) -> str:
    bits = [f"{1 << place} * m{place}" for place in range(n_dimensions)]
    bits += [f"{1 << (n_dimensions + place)} * g{place}" for place in range(n_gates)]
    return " + ".join(bits)
