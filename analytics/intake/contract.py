"""The column contract as data: what a customer file says once its mapping has been applied."""

import tomllib
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from analytics.vocabulary import UNITS, Text, Unit

ColumnType = Literal["text", "label", "code", "money", "number", "date", "flag"]
GREATEST_MONEY = 10**15
"""Largest absolute amount of one customer in minor units (10 trillion yuan). Sums are kept in 64 bits: enough for a
billion customers with 92 million yuan each on average; DuckDB refuses a larger sum, it never wraps."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Meaning(Frozen):
    zh: str
    en: str


class Code(Frozen):
    """One entry of a closed list; stored as its place in the list, counted from 1."""

    id: str
    zh: str
    en: str


class Column(Frozen):
    """One column of the contract.

    Every row must have a value in a ``required`` column; a ``mapped`` one must be filled by the mapping, while
    single values may be missing: a missing amount is not zero, the customer is then not assessable.
    ``personal`` columns live apart from the facts; ``scorable`` is false for facts that no standard may read;
    ``restricted`` ones are shown to risk only.
    """

    name: str
    type: ColumnType
    zh: str
    en: str
    meaning: Meaning
    required: bool = False
    mapped: bool = False
    personal: bool = False
    scorable: bool = True
    restricted: bool = False
    unit: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    longest: int | None = None
    codes: tuple[Code, ...] = ()
    derived_from: str | None = None
    reference: str | None = None

    @property
    def label(self) -> Text:
        return Text(self.zh, self.en)

    @property
    def is_money(self) -> bool:
        return self.type == "money"

    @property
    def is_amount(self) -> bool:
        """Whether a standard can cut the column into bands by lower bounds."""
        return self.type in ("money", "number") and self.scorable

    @property
    def unit_of(self) -> Unit:
        """The unit of a number column; money has the unit of its currency, see :data:`UNITS`."""
        return UNITS[self.unit or "yuan"]

    def code_of(self, code_id: str) -> int:
        """The stored integer of a code; raises ``KeyError`` for an unknown one."""
        for place, code in enumerate(self.codes, 1):
            if code.id == code_id:
                return place
        raise KeyError(code_id)

    def code_label(self, stored: int) -> Text:
        """The words of a stored code."""
        code = self.codes[stored - 1]
        return Text(code.zh, code.en)


class Contract(Frozen):
    """All columns, in file order."""

    version: int
    columns: tuple[Column, ...]

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return any(column.name == name for column in self.columns)

    @property
    def facts(self) -> tuple[Column, ...]:
        """The columns of a snapshot's facts: everything that is not personal."""
        return tuple(column for column in self.columns if not column.personal)

    @property
    def profile(self) -> tuple[Column, ...]:
        """The personal columns, kept apart."""
        return tuple(column for column in self.columns if column.personal)


def parse_contract(text: str) -> Contract:
    """Read the contract's TOML; the file is ours, so a fault in it is a programming error."""
    data: Mapping[str, object] = tomllib.loads(text)
    columns = data["column"]
    assert isinstance(columns, dict)
    return Contract.model_validate(
        {"version": data["version"], "columns": [{"name": name, **body} for name, body in columns.items()]}
    )
