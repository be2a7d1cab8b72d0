"""The standard as a value: what ``rules.toml`` says, and nothing that it does not.

One boundary rule for everything here: a bound is inclusive below. Numbers are kept as people write them
(``Decimal``) and become integers of the stored unit on the way to an engine; nothing is ever compared as a
float.
"""

import contextlib
import datetime
import re
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    model_validator,
)
from pydantic_core import PydanticCustomError

from analytics.standard.figures import FIGURES
from analytics.vocabulary import BASIS, CURRENCIES, UNITS, Kind, Text, Unit

POINTS = 100
FINEST = Decimal("0.000001")
ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
VERSION = r"^[0-9A-Za-z][0-9A-Za-z._-]{0,31}$"
HASH = r"^([0-9a-f]{64})?$"
NAME = r"^[A-Za-z][A-Za-z0-9_]{0,39}$"


def _number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise PydanticCustomError("number", "a number must stand here")
    number = Decimal(value)
    if not number.is_finite():
        raise PydanticCustomError("finite", "a finite number must stand here")
    if abs(number) >= Decimal(10) ** 15:
        raise PydanticCustomError("magnitude", "a number below 10^15 must stand here")
    if number != number.quantize(FINEST):
        raise PydanticCustomError("precision", "a number with at most six decimals must stand here")
    return number.normalize() if number % 1 else abs(number.quantize(Decimal(1))) * (-1 if number < 0 else 1)


def _date(value: object) -> object:
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        with contextlib.suppress(ValueError):
            return datetime.date.fromisoformat(value)
    if type(value) is datetime.date:
        return value
    raise PydanticCustomError("date_type", "a date must stand here")


def _coefficients(value: object) -> object:
    return {value: 100} if isinstance(value, str) else value


Number = Annotated[Decimal, BeforeValidator(_number)]
Name = Annotated[StrictStr, Field(pattern=NAME)]
Points = Annotated[StrictInt, Field(ge=0, le=POINTS)]
Weight = Annotated[StrictInt, Field(ge=0, le=1000)]
Reference = StrictStr


class Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Words(Rule):
    """A label in both languages."""

    zh: Annotated[StrictStr, Field(min_length=1, max_length=200)]
    en: Annotated[StrictStr, Field(min_length=1, max_length=200)]

    @property
    def text(self) -> Text:
        return Text(self.zh, self.en)


class Head(Rule):
    """``[standard]``: what the standard calls itself. ``baseline`` is the hash of the version it replaces."""

    name: Words
    version: Annotated[StrictStr, Field(pattern=VERSION)]
    effective: Annotated[datetime.date, BeforeValidator(_date)]
    review_cycle: Literal["quarter", "half_year"]
    currency: Literal["CNY", "CZK", "TWD", "USD", "EUR"]
    baseline: Annotated[StrictStr, Field(pattern=HASH)] = ""


class Aggregation(Rule):
    """How points become a score.

    ``weighted_sum``: sum(w p) / sum(w); ``highest``: the most points of any dimension; ``all_of``: the
    fewest, so that a tier needs every dimension; ``single``: those of the dimension named by ``metric``.
    ``highest`` and ``all_of`` leave out dimensions of weight 0.
    """

    method: Literal["weighted_sum", "highest", "all_of", "single"]
    metric: Name | None = None
    reference: Reference = ""


class PerKind(Rule):
    """A number for each customer kind; a kind that is left out has none."""

    person: Number | None = None
    enterprise: Number | None = None

    def of(self, kind: Kind) -> Decimal | None:
        value: Decimal | None = getattr(self, kind.value)
        return value


class Subtier(Rule):
    """A finer name within a tier, by one amount; it never changes the tier. The last that is met counts."""

    id: Name
    name: Words
    column: Name
    at_least: PerKind
    reference: Reference = ""


class Tier(Rule):
    """One tier. ``entry`` is the lowest score, in points, that qualifies; the lowest tier has none."""

    id: Name
    name: Words
    outward: Words
    entry: PerKind | None = None
    subtier: Annotated[tuple[Subtier, ...], Field(max_length=6)] = ()
    reference: Reference = ""

    def entry_basis(self, kind: Kind) -> int:
        """The entry score in hundredths of a point; 0 where there is none."""
        entry = self.entry.of(kind) if self.entry else None
        return int((entry or Decimal(0)) * BASIS)


class Band(Rule):
    """From ``from`` on (inclusive), up to the next band: these points. Or: these codes, these points."""

    points: Points
    from_: Number | None = Field(default=None, alias="from")
    below: Number | None = None
    codes: tuple[StrictStr, ...] = ()
    reference: Reference = ""


class MissingPoints(Rule):
    """Stated points for a missing value; the reasons say that it was missing."""

    points: Points


class Scale(Rule):
    """The bands of one dimension for one customer kind."""

    weight: Weight
    missing: Literal["not_assessable"] | MissingPoints
    bands: Annotated[tuple[Band, ...], Field(min_length=1, max_length=60)]
    reference: Reference = ""

    @property
    def missing_points(self) -> int | None:
        """Points of a missing value; ``None`` where it makes the customer not assessable."""
        return self.missing.points if isinstance(self.missing, MissingPoints) else None

    @property
    def points(self) -> tuple[int, ...]:
        return tuple(band.points for band in self.bands)

    @property
    def is_qualitative(self) -> bool:
        return any(band.codes for band in self.bands)


class Dimension(Rule):
    """What a customer is scored on. ``source``: a column, or columns with coefficients in percent."""

    label: Words
    source: Annotated[dict[Name, Annotated[StrictInt, Field(ge=1, le=1000)]], BeforeValidator(_coefficients)]
    unit: StrictStr
    window: Literal["latest", "month_average", "quarter_average", "half_year_average", "year"]
    direction: Literal["more", "less", "free"]
    person: Scale | None = None
    enterprise: Scale | None = None
    reference: Reference = ""

    def scale(self, kind: Kind) -> Scale | None:
        value: Scale | None = getattr(self, kind.value)
        return value

    @property
    def unit_of(self) -> Unit:
        return UNITS.get(self.unit, UNITS["level"])

    @property
    def is_composite(self) -> bool:
        """Whether the value is a sum of columns with coefficients."""
        return len(self.source) > 1 or next(iter(self.source.values())) != 100

    def edges(self, kind: Kind) -> tuple[int, ...]:
        """Lower bounds of the second band and up, in stored units (times 100 for a composite)."""
        scale = self.scale(kind)
        if scale is None or scale.is_qualitative:
            return ()
        factor = self.unit_of.scale * (100 if self.is_composite else 1)
        return tuple(int(band.from_ * factor) for band in scale.bands[1:] if band.from_ is not None)


class Condition(Rule):
    """One test on one column. A missing value meets no test but ``missing``."""

    column: Name
    at_least: Number | None = None
    below: Number | None = None
    in_: Annotated[tuple[StrictStr, ...], Field(min_length=1)] | None = Field(default=None, alias="in")
    is_: StrictBool | None = Field(default=None, alias="is")
    missing: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_kind_of_test(self) -> Self:  # noqa: N804 - after the fields, on the whole condition
        given = [self.at_least is not None or self.below is not None]
        given += [self.in_ is not None, self.is_ is not None, self.missing is not None]
        if sum(given) != 1:
            raise PydanticCustomError("condition", "one of at_least / below, in, is, missing must stand here")
        return self


class Gate(Rule):
    """What overrules a score when every condition is met: exclude > manual > cap > floor."""

    id: Name
    effect: Literal["cap", "floor", "exclude", "manual"]
    tier: Name | None = None
    kinds: Annotated[tuple[Literal["person", "enterprise"], ...], Field(min_length=1)]
    when: Annotated[tuple[Condition, ...], Field(min_length=1)]
    reason: Words
    clause: StrictStr = ""
    reference: Reference = ""
    restricted: StrictBool = False


class Category(Rule):
    """A business category: everyone whose balance reaches ``at_least`` carries the label."""

    id: Name
    name: Words
    column: Name
    at_least: PerKind
    reference: Reference = ""


class Figure(Rule):
    """A number with its unit and where it comes from."""

    value: Number
    unit: StrictStr
    reference: Reference = ""


class Service(Rule):
    """What a tier is served with: customers per manager, yearly cost of one customer, entitlements."""

    caseload: Figure
    cost: Figure
    entitlements: tuple[Words, ...] = ()


class Standard(Rule):
    """A whole standard. ``tier`` runs from the highest to the lowest."""

    format: Literal[1]
    standard: Head
    aggregation: Aggregation
    tier: Annotated[tuple[Tier, ...], Field(min_length=2, max_length=9)]
    dimension: Annotated[dict[Name, Dimension], Field(min_length=1, max_length=12)]
    gate: Annotated[tuple[Gate, ...], Field(max_length=24)] = ()
    category: Annotated[tuple[Category, ...], Field(max_length=6)] = ()
    service: dict[Name, Service] = {}
    transition: dict[str, Figure]
    review: dict[str, Figure]
    override: dict[str, Figure]
    drift: dict[str, Figure]
    appeal: dict[str, Figure]
    notice: dict[str, Figure]
    fairness: dict[str, Figure]
    governance: dict[str, Figure]
    retention: dict[str, Figure]

    @property
    def dimensions(self) -> tuple[tuple[str, Dimension], ...]:
        """Dimensions by name: the order in a file means nothing, so it may not change a key."""
        return tuple(sorted(self.dimension.items()))

    @property
    def tiers_up(self) -> tuple[Tier, ...]:
        """Tiers from the lowest to the highest; a tier's rank is its place here, from 0."""
        return tuple(reversed(self.tier))

    def rank(self, tier_id: str) -> int:
        """The rank of a tier, 0 for the lowest; raises ``ValueError`` for an unknown one."""
        return [tier.id for tier in self.tiers_up].index(tier_id)

    def scales(self, kind: Kind) -> tuple[tuple[str, Scale], ...]:
        """The scales that customers of ``kind`` have, by dimension name."""
        found = ((name, dimension.scale(kind)) for name, dimension in self.dimensions)
        return tuple((name, scale) for name, scale in found if scale is not None)

    def weight_sum(self, kind: Kind) -> int:
        return sum(scale.weight for _, scale in self.scales(kind))

    def entries(self, kind: Kind) -> tuple[int, ...]:
        """Entry scores in hundredths of a point, from the second-lowest tier up."""
        return tuple(tier.entry_basis(kind) for tier in self.tiers_up[1:])

    @property
    def currency_unit(self) -> Unit:
        return UNITS[CURRENCIES[self.standard.currency]]

    def figure(self, section: str, name: str) -> Decimal:
        """A number that people live by, such as ``figure("governance", "quorum")``."""
        assert name in FIGURES[section], f"{section}.{name} is not a figure"
        figures: dict[str, Figure] = getattr(self, section)
        return figures[name].value
