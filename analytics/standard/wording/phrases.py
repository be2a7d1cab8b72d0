"""Parts of a standard in words: conditions, effects, bands, amounts, each in both languages."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from analytics.intake.contract import Contract
from analytics.standard.checks.amounts import unit_of
from analytics.standard.checks.people import MANY, lower_first
from analytics.standard.model import Band, Condition, Dimension, Gate, Standard
from analytics.standard.numbers import plain, quantity_text
from analytics.standard.toml_text import value_text
from analytics.vocabulary import Kind, Text

NOTHING = Text("无", "nothing")
METHODS = {
    "weighted_sum": Text("加权求和", "the weighted sum"),
    "highest": Text("取最高维度", "the highest dimension"),
    "all_of": Text("各维度均须达标", "all dimensions"),
    "single": Text("单一指标", "a single metric"),
}
EFFECTS = {
    "cap": Text("上限", "cap"),
    "floor": Text("下限", "floor"),
    "exclude": Text("排除", "exclude"),
    "manual": Text("人工评定", "manual"),
}
WORDS = {
    "quarter": Text("季度", "quarter"),
    "half_year": Text("半年", "half year"),
    "latest": Text("最新值", "the latest value"),
    "month_average": Text("月日均", "the average of a month"),
    "quarter_average": Text("季日均", "the average of a quarter"),
    "half_year_average": Text("半年日均", "the average of half a year"),
    "year": Text("近十二个月", "twelve months"),
    "more": Text("越高越好", "more is better"),
    "less": Text("越低越好", "less is better"),
    "free": Text("不限", "free"),
}


def shown_text(value: object) -> Text:
    """A plain value as it stands in the file; nothing where there is none."""
    match value:
        case None:
            return NOTHING
        case bool():
            return Text("是" if value else "否", "yes" if value else "no")
        case Decimal() | int():
            return Text(plain(value), plain(value))
        case str():
            return Text(f"「{value}」", f"“{value}”")
        case list() | tuple() if all(isinstance(item, str) for item in value):
            return Text("、".join(value) or "无", ", ".join(value) or "nothing")
    text = " ".join(value_text(value).split())
    return Text(text, text)


def run(*parts: str) -> str:
    """Chinese set in one line: a blank stands beside Latin letters and digits only."""
    line = ""
    for part in parts:
        latin = (line[-1:].isascii() and line[-1:].isalnum()) or (part[:1].isascii() and part[:1].isalnum())
        line += f" {part}" if line and latin else part
    return line


def listed(items: Iterable[Text], zh: str = "、", en: str = ", ") -> Text:
    """Several things after each other."""
    found = list(items)
    return Text(zh.join(item.zh for item in found) or "无", en.join(item.en for item in found) or "nothing")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words for the parts of one standard, with the labels of the contract's columns."""

    standard: Standard
    contract: Contract

    def column(self, name: str) -> Text:
        return self.contract[name].label if name in self.contract else Text(name, name)

    def amount(self, column: str, number: Decimal | None) -> Text:
        """A number in the unit of a column."""
        if number is None or column not in self.contract:
            return shown_text(number)
        return quantity_text(Decimal(number), unit_of(self.contract[column], self.standard))

    def tier(self, tier_id: str | None) -> Text:
        """The name of a tier."""
        found = next((tier.name.text for tier in self.standard.tier if tier.id == tier_id), None)
        return found or Text(tier_id or "无", tier_id or "nothing")

    def dimension(self, name: str | None) -> Text:
        found = self.standard.dimension.get(name or "")
        return found.label.text if found else Text(name or "无", name or "nothing")

    def condition(self, test: Condition) -> Text:
        """``days past due at least 90 days``."""
        label = self.column(test.column)
        name = lower_first(label.en)
        if test.missing:
            return Text(f"缺少{label.zh}", f"{name} missing")
        if test.is_ is not None:
            return Text(f"{label.zh}为{'是' if test.is_ else '否'}", f"{name}: {'yes' if test.is_ else 'no'}")
        if test.in_ is not None:
            codes = self.codes(test.column, test.in_)
            return Text(f"{label.zh}为{codes.zh}", f"{name} {codes.en}")
        parts = []
        if test.at_least is not None:
            line = self.amount(test.column, test.at_least)
            parts.append(Text(f"不低于 {line.zh}", f"at least {line.en}"))
        if test.below is not None:
            line = self.amount(test.column, test.below)
            parts.append(Text(f"低于 {line.zh}", f"below {line.en}"))
        bounds = listed(parts, "且", " and ")
        return Text(f"{label.zh}{bounds.zh}", f"{name} {bounds.en}")

    def codes(self, column: str, ids: Iterable[str]) -> Text:
        """The labels of codes."""
        known = {code.id: Text(code.zh, code.en) for code in self.contract[column].codes}
        return listed((known.get(one, Text(one, one)) for one in ids), "、", " or ")

    def conditions(self, gate: Gate) -> Text:
        return listed((self.condition(test) for test in gate.when), "且", " and ")

    def kinds(self, ids: Iterable[str]) -> Text:
        return listed((MANY[Kind(one)] for one in ids), "、", " and ")

    def effect(self, gate: Gate) -> Text:
        """What becomes of a customer who meets a gate."""
        tier = self.tier(gate.tier)
        return {
            "cap": Text(f"最高为「{tier.zh}」", f"at most {tier.en}"),
            "floor": Text(f"最低为「{tier.zh}」", f"at least {tier.en}"),
            "exclude": Text("不参与分层", "no tier at all"),
            "manual": Text("转人工评定", "decided by people"),
        }[gate.effect]

    def band(self, dimension: Dimension, band: Band) -> Text:
        """``from 500,000 yuan, 65 points``."""
        if band.codes:
            codes = self.codes(next(iter(dimension.source)), band.codes)
            return Text(f"{codes.zh},{band.points} 分", f"{codes.en}, {band.points} points")
        if band.from_ is None:
            return Text(f"最低档，{band.points} 分", f"the lowest, {band.points} points")
        edge = quantity_text(band.from_, dimension.unit_of)
        return Text(f"{edge.zh}起，{band.points} 分", f"from {edge.en}, {band.points} points")
