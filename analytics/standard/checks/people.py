"""Example customers in words, so that a fault can be understood without arithmetic."""

from collections.abc import Sequence
from decimal import Decimal

from analytics.standard.model import Dimension
from analytics.standard.numbers import plain, quantity
from analytics.vocabulary import Kind, Text, Unit

ONE = {Kind.PERSON: Text("一位个人客户", "a person"), Kind.ENTERPRISE: Text("一家企业客户", "an enterprise")}
MANY = {Kind.PERSON: Text("个人客户", "persons"), Kind.ENTERPRISE: Text("企业客户", "enterprises")}


def lower_first(words: str) -> str:
    """``Financial assets`` within a sentence; abbreviations keep their capitals."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def with_value(kind: Kind, dimension: Dimension, number: Decimal) -> Text:
    """``a person with financial assets of 120,000 yuan``; ``number`` as people write it."""
    return with_amount(kind, dimension.label.text, number, dimension.unit_of)


def with_amount(kind: Kind, label: Text, number: Decimal, unit: Unit) -> Text:
    zh, en = quantity(number, unit, "zh"), quantity(number, unit, "en")
    one = ONE[kind]
    return Text(f"{one.zh}{label.zh}为 {zh}", f"{one.en} with {lower_first(label.en)} of {en}")


def with_facts(kind: Kind, facts: Sequence[Text]) -> Text:
    """A customer of whom several things are true at once."""
    one = ONE[kind]
    if not facts:
        return Text(f"任何{MANY[kind].zh}", f"any {one.en.split()[1]}")
    english = [fact.en for fact in facts]
    listed = english[0] if len(english) == 1 else f"{', '.join(english[:-1])} and {english[-1]}"
    return Text(f"{one.zh}：{'、'.join(fact.zh for fact in facts)}", f"{one.en} with {listed}")


def then(customer: Text, zh: str, en: str) -> Text:
    """A customer and what becomes of them."""
    return Text(f"{customer.zh}，{zh}", f"{customer.en} {en}")


def listed(numbers: Sequence[int | Decimal]) -> str:
    return ", ".join(plain(number) for number in numbers)
