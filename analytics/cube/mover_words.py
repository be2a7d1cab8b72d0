"""The list of movers as people read it: words for codes, money in its main unit, scores in points.

For files that leave the house, in DuckDB's own words; no engine but the store's runs it.
"""

from collections.abc import Mapping, Sequence

from analytics.classify.verdict import score_base
from analytics.cube.recount import CLOSED_LABEL, NEW_LABEL, State, states_of
from analytics.intake.contract import Contract
from analytics.intake.export import harmless
from analytics.standard.model import Standard
from analytics.steps import Step, quote
from analytics.vocabulary import Kind, Text

ID, KIND = Text("客户号", "Customer"), Text("客户类型", "Kind")
WAS, NOW = Text("原层级", "Tier before"), Text("新层级", "Tier after")
REGION_CODE = Text("地区代码", "Region code")
SCORE_WAS, SCORE_NOW = Text("原得分", "Score before"), Text("新得分", "Score after")


def told_step(
    contract: Contract,
    standards: tuple[Standard, Standard],
    language: str,
    *,
    regions: Mapping[str, Text],
    tiers: tuple[Text, Text] = (WAS, NOW),
    more: Sequence[tuple[str, Text]] = (),
) -> Step:
    """Everyone of ``listed``, largest assets first. Scores are cut, not rounded, at two decimals.

    ``regions`` names regions by their code, one that it does not know keeps its own. ``tiers`` heads the two tiers;
    ``more`` names columns of texts that ``listed`` has besides, with what heads them.
    """
    before, after = standards
    columns = [
        (harmless("l.customer_id"), ID),
        (harmless("l.name"), contract["name"].label),
        (_words("kind", [(kind.code, kind.label) for kind in Kind], language), KIND),
        (_regions(regions, language), contract["region"].label),
        (harmless("l.region"), REGION_CODE),
        (harmless("l.branch"), contract["branch"].label),
        *((_main_unit(name), _in_unit(contract[name].label, after)) for name in ("assets", "contribution")),
        (_words("before", _states(before, NEW_LABEL), language), tiers[0]),
        (_words("after", _states(after, CLOSED_LABEL), language), tiers[1]),
        (_points("score_before", before), SCORE_WAS),
        (_points("score_after", after), SCORE_NOW),
        *((harmless(f"l.{name}"), label) for name, label in more),
    ]
    listed = ", ".join(f'{value} AS "{label.to(language)}"' for value, label in columns)
    return Step("told", f"SELECT {listed}\nFROM listed AS l ORDER BY l.assets DESC NULLS LAST, l.customer_id")


def _states(standard: Standard, absent: Text) -> list[tuple[int, Text]]:
    states: tuple[State, ...] = (*states_of(standard), State("ABSENT", absent, None))
    return [(place, state.label) for place, state in enumerate(states)]


def _words(column: str, labels: list[tuple[int, Text]], language: str) -> str:
    whens = " ".join(f"WHEN l.{column} = {code} THEN {quote(label.to(language))}" for code, label in labels)
    return f"CASE {whens} END"


def _regions(regions: Mapping[str, Text], language: str) -> str:
    whens = " ".join(f"WHEN {quote(code)} THEN {quote(name.to(language))}" for code, name in regions.items())
    return f"CASE l.region {whens} ELSE {harmless('l.region')} END" if whens else harmless("l.region")


def _in_unit(label: Text, standard: Standard) -> Text:
    """What heads an amount of money, with its unit."""
    unit = standard.currency_unit.label
    return Text(f"{label.zh}（{unit.zh}）", f"{label.en} ({unit.en})")


def _main_unit(column: str) -> str:
    return f"CAST(l.{column} AS DECIMAL(28, 0)) * CAST(0.01 AS DECIMAL(3, 2))"


def _points(column: str, standard: Standard) -> str:
    """Points out of a score's numerator; nothing where it has none."""
    whens = " ".join(
        f"WHEN l.kind = {kind.code} THEN l.{column} * 100 // {score_base(standard, kind) or 1}" for kind in Kind
    )
    points = f"CAST(CASE {whens} END AS DECIMAL(18, 0)) * CAST(0.01 AS DECIMAL(3, 2))"
    return f"CASE WHEN l.{column} < 0 THEN NULL ELSE {points} END"
