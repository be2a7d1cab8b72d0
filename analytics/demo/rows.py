"""The rows of one quarter as the bank records them, before they become a file."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.demo import conduct, identity, papers
from analytics.demo.conduct import Conduct, Record
from analytics.demo.identity import Identity, draw_identity
from analytics.demo.plan import Bools, Floats, Ints, Quarter, Streams, Values
from analytics.demo.wealth import Wealth
from analytics.demo.world import World

KINDS = ("person", "enterprise")
SEXES = ("female", "male")
LASTING_GAPS = {"credit_score": 0.03, "risk_level": 0.05, "relationship_start": 0.015, "phone": 0.01}
"""Shares of the customers that a fact is never known of."""
PASSING_GAPS = {"contribution": 0.02, "assets": 0.003, "credit_score": 0.005}
"""Shares of the customers that a fact is missing of in a quarter; ``assets_point`` goes with ``assets``."""


@dataclass(slots=True)
class Rows:
    """Columns by contract name, and which of their entries are empty.

    Money is whole fen, codes and labels are places in their lists, ``id_number_length`` says how many
    characters of ``id_number`` are in use.
    """

    values: dict[str, Values]
    missing: dict[str, Bools]

    def __len__(self) -> int:
        return len(self.values["kind"])

    def recorded(self, name: str) -> Bools:
        """Which entries of the column are not empty."""
        empty = self.missing.get(name)
        return np.ones(len(self), dtype=np.bool_) if empty is None else ~empty

    def taken(self, wanted: Bools) -> "Rows":
        return Rows(
            {name: values[wanted] for name, values in self.values.items()},
            {name: empty[wanted] for name, empty in self.missing.items()},
        )


def joined(parts: Sequence[Rows]) -> Rows:
    """The parts one below the other."""
    return Rows(
        {name: np.concatenate([part.values[name] for part in parts]) for name in parts[0].values},
        {name: np.concatenate([part.missing[name] for part in parts]) for name in parts[0].missing},
    )


def code_lists(world: World) -> dict[str, tuple[str, ...]]:
    """The words that the places of coded and labelled columns stand for."""
    return {
        "kind": KINDS,
        "name": papers.NAMES,
        "id_type": papers.ID_TYPES,
        "sex": SEXES,
        "region": world.regions,
        "branch": world.branches,
        "channel": identity.CHANNELS,
        "industry": world.industries,
        "loan_class": conduct.LOAN_CLASSES,
        "risk_level": conduct.RISK_LEVELS,
        "aml_grade": conduct.AML_GRADES,
    }


class Cohort:
    """Customers who came together: the founders (0) or the newcomers of a later quarter (1, 2, ...).

    ``index`` holds the founder's place that each customer's number is made of; a newcomer borrows it from the
    founder who brought them, so a smaller bank is a part of a larger one.
    """

    def __init__(self, streams: Streams, world: World, index: Ints, born: Quarter) -> None:
        self._streams = streams
        self._born = born
        self._who = draw_identity(streams, len(index), world, born.end, founders=streams.cohort == 0)
        self._wealth = Wealth(streams, self._who)
        self._conduct = Conduct(streams, self._who)
        self._fixed = _fixed_columns(streams, self._who, world, index)
        self._gaps = {
            name: streams.of(f"gap {name}").random(len(index)) < share for name, share in LASTING_GAPS.items()
        }

    def present(self, quarter: Quarter) -> Bools:
        return np.asarray(self._who.stays > quarter.ordinal - self._born.ordinal)

    def left(self, quarter: Quarter) -> int:
        """How many were seen the quarter before and are not seen any more."""
        return int((self._who.stays == quarter.ordinal - self._born.ordinal).sum())

    def rows(self, quarter: Quarter) -> Rows:
        """The customers still here; to be called for one quarter after the other."""
        if quarter != self._born:
            self._wealth.advance(quarter)
            self._conduct.advance(quarter)
        record = self._conduct.record()
        values = {**self._fixed, **self._finances(record, quarter), **_conduct_columns(record)}
        return Rows(values, self._missing(record, quarter)).taken(self.present(quarter))

    def _finances(self, record: Record, quarter: Quarter) -> dict[str, Values]:
        held = self._wealth.holdings(quarter)
        savings, investment, insurance = _fen(held.savings), _fen(held.investment), _fen(held.insurance)
        return {
            "assets": savings + investment + insurance,
            "assets_point": _fen(self._wealth.at_date(held.assets, quarter)),
            "contribution": _fen(self._wealth.contribution(held, record.loan, record.days_past_due, quarter)),
            "savings_balance": savings,
            "loan_balance": _fen(record.loan),
            "investment_balance": investment,
            "insurance_value": insurance,
        }

    def _missing(self, record: Record, quarter: Quarter) -> dict[str, Bools]:
        size, firm = self._who.size, self._who.is_enterprise
        passing = {
            name: self._streams.of(f"gap {name}", quarter.ordinal).random(size) < share
            for name, share in PASSING_GAPS.items()
        }
        return {
            **self._gaps,
            **passing,
            "credit_score": self._gaps["credit_score"] | passing["credit_score"],
            "assets_point": passing["assets"],
            "birth_date": firm,
            "sex": firm,
            "industry": ~firm,
            "employees": ~firm,
            "loan_class": record.loan == 0,
        }


def newcomer_index(streams: Streams, founders: Ints, rate: float) -> Ints:
    """Which founders bring a newcomer."""
    return founders[streams.of("arrival").random(len(founders)) < rate]


def _fixed_columns(streams: Streams, who: Identity, world: World, index: Ints) -> dict[str, Values]:
    number, length = papers.draw_id_numbers(streams, who, world, index, streams.cohort)
    return {
        "customer_id": papers.customer_ids(index, streams.cohort),
        "kind": who.is_enterprise.astype(np.int64),
        "name": papers.draw_names(streams, who),
        "id_type": papers.draw_id_types(streams, who),
        "id_number": number,
        "id_number_length": length,
        "phone": papers.phones(index, streams.cohort),
        "birth_date": who.birth,
        "sex": who.is_male.astype(np.int64),
        "relationship_start": who.start,
        "region": who.region,
        "branch": who.branch,
        "channel": who.channel,
        "industry": who.industry,
        "employees": who.employees,
        "manual_only": streams.of("manual").random(who.size) < 0.005,
        "marketing_opt_out": streams.of("opt out").random(who.size) < 0.06,
    }


def _conduct_columns(record: Record) -> dict[str, Values]:
    return {
        "credit_score": record.credit_score,
        "loan_class": record.loan_class,
        "days_past_due": record.days_past_due,
        "risk_level": record.risk_level,
        "aml_grade": record.aml_grade,
        "integrity_breach": record.integrity_breach,
    }


def _fen(yuan: Floats) -> Ints:
    return np.rint(yuan * 100.0).astype(np.int64)
