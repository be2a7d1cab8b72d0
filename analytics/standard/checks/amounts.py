"""Amounts of a column: their unit, their limits, and whether the store can hold them."""

from collections.abc import Iterator
from decimal import Decimal

from analytics.intake.contract import GREATEST_MONEY, Column
from analytics.standard.checks.people import lower_first
from analytics.standard.faults import Fault
from analytics.standard.model import Standard
from analytics.standard.numbers import plain, quantity, quantity_text
from analytics.vocabulary import UNITS, Text, Unit


def unit_of(column: Column, standard: Standard) -> Unit:
    """The unit of an amount: money is in the standard's currency."""
    if column.is_money:
        return standard.currency_unit
    return UNITS[column.unit or "level"]


def column_amount(column: Column, number: Decimal, standard: Standard) -> Text:
    """``financial assets of 120,000 yuan``."""
    unit = unit_of(column, standard)
    zh, en = quantity(number, unit, "zh"), quantity(number, unit, "en")
    return Text(f"{column.zh} {zh}", f"{lower_first(column.en)} of {en}")


def limit(column: Column, unit: Unit, *, greatest: bool) -> Decimal | None:
    """The least or greatest value of a column, as people write it; ``None`` where there is no limit."""
    stated = column.maximum if greatest else column.minimum
    if stated is not None:
        return Decimal(stated)
    if column.is_money:
        return Decimal(GREATEST_MONEY if greatest else -GREATEST_MONEY) / unit.scale
    return None


def finer_than_stored(path: str, number: Decimal, unit: Unit) -> Iterator[Fault]:
    """A number that the store cannot hold: money finer than the minor unit, years finer than tenths."""
    if number * unit.scale % 1 == 0:
        return
    stored = Decimal(int(number * unit.scale)) / unit.scale
    finest = Decimal(1) / unit.scale
    near = quantity_text(stored, unit)
    yield Fault(
        "STANDARD-044",
        path,
        Text(
            f"精度高于存储单位 {plain(finest)} {unit.label.zh}",
            f"is finer than the {plain(finest)} that is stored",
        ),
        value=plain(number),
        allowed=Text(f"{plain(finest)} 的整数倍", f"a multiple of {plain(finest)}"),
        example=Text(
            f"恰为 {near.zh}的客户无法与该值区分",
            f"a customer with exactly {near.en} cannot be told from it",
        ),
    )
