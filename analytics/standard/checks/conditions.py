"""What the conditions of a gate let a customer be: sets of values by column, to be crossed and compared."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from analytics.intake.contract import Column, Contract
from analytics.standard.checks.amounts import column_amount, limit, unit_of
from analytics.standard.checks.people import lower_first
from analytics.standard.model import Condition, Gate, Standard
from analytics.vocabulary import Text

FLAGS = frozenset({"true", "false"})
ENDLESS = 10**30


@dataclass(frozen=True, slots=True)
class Values:
    """Values of one column: missing or not, stored integers from ``low`` to ``high``, or words.

    ``words`` of ``None`` are any words, for a label with an open list.
    """

    missing: bool
    low: int = 0
    high: int = -1
    words: frozenset[str] | None = frozenset()

    @property
    def is_empty(self) -> bool:
        return not self.missing and self.low > self.high and self.words == frozenset()

    def __and__(self, other: "Values") -> "Values":
        words = other.words if self.words is None else self.words
        if self.words is not None and other.words is not None:
            words = self.words & other.words
        return Values(self.missing and other.missing, max(self.low, other.low), min(self.high, other.high), words)

    def __le__(self, other: "Values") -> bool:
        return (self & other).same(self)

    def same(self, other: "Values") -> bool:
        """Equal as sets: empty ranges are all one."""
        spans = [(value.low, value.high) if value.low <= value.high else None for value in (self, other)]
        return self.missing == other.missing and self.words == other.words and spans[0] == spans[1]


Met = Mapping[str, Values]


def anything(column: Column, standard: Standard) -> Values:
    """Every value that the contract allows."""
    missing = not column.required
    if column.type == "flag":
        return Values(missing, words=FLAGS)
    if column.type in ("money", "number"):
        unit = unit_of(column, standard)
        ends = [limit(column, unit, greatest=greatest) for greatest in (False, True)]
        low, high = (None if end is None else int(end * unit.scale) for end in ends)
        return Values(missing, -ENDLESS if low is None else low, ENDLESS if high is None else high)
    return Values(missing, words=frozenset(code.id for code in column.codes) if column.codes else None)


def met_by(gate: Gate, standard: Standard, contract: Contract) -> dict[str, Values]:
    """What a customer who meets every condition of a gate has in its columns; other columns are free."""
    met: dict[str, Values] = {}
    for condition in gate.when:
        column = contract[condition.column]
        before = met.get(column.name, anything(column, standard))
        met[column.name] = before & _asked(condition, column, standard)
    return met


def _asked(condition: Condition, column: Column, standard: Standard) -> Values:
    if condition.missing:
        return Values(True)
    full = replace(anything(column, standard), missing=False)
    if condition.is_ is not None:
        return replace(full, words=frozenset({str(condition.is_).lower()}))
    if condition.in_ is not None:
        return replace(full, words=frozenset(condition.in_))
    scale = unit_of(column, standard).scale
    low = full.low if condition.at_least is None else _first_at(condition.at_least, scale)
    high = full.high if condition.below is None else _first_at(condition.below, scale) - 1
    return full & Values(False, low, high, None)


def _first_at(number: Decimal, scale: int) -> int:
    """The least stored integer that is not below ``number``."""
    return int((number * scale).to_integral_value(ROUND_CEILING))


def possible(met: Met) -> bool:
    """Whether a customer can be like this."""
    return not any(values.is_empty for values in met.values())


def crossed(one: Met, other: Met) -> dict[str, Values]:
    """Customers of whom both are true."""
    both = dict(one)
    for column, values in other.items():
        both[column] = both[column] & values if column in both else values
    return both


def implies(one: Met, other: Met) -> bool:
    """Whether every customer of ``one`` is one of ``other``; both are possible."""
    return all(column in one and one[column] <= values for column, values in other.items())


def facts(met: Met, standard: Standard, contract: Contract) -> list[Text]:
    """One customer who is like this, in words."""
    return [_fact(contract[name], values, standard) for name, values in met.items()]


def _fact(column: Column, values: Values, standard: Standard) -> Text:
    if values.low <= values.high:
        full = anything(column, standard)
        stored = values.low if values.low > full.low else min(values.high, full.high)
        return column_amount(column, Decimal(stored) / unit_of(column, standard).scale, standard)
    name = lower_first(column.en)
    if values.words is None:
        return Text(f"{column.zh}任意", f"any {name}")
    if not values.words:
        return Text(f"无{column.zh}", f"no {name}")
    if column.type == "flag":
        yes = "true" in values.words
        return Text(f"{column.zh}为{'是' if yes else '否'}", f"{name}: {'yes' if yes else 'no'}")
    code = next((code for code in column.codes if code.id in values.words), None)
    word = min(values.words)
    return Text(f"{column.zh}为{code.zh if code else word}", f"{name} {lower_first(code.en) if code else word}")
