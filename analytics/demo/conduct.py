"""How the customers behave: loans and arrears, credit, risk capacity, AML grade, integrity."""

from dataclasses import dataclass

import numpy as np

from analytics.demo.identity import Identity
from analytics.demo.plan import Bools, Floats, Ints, Quarter, Streams

LOAN_CLASSES = ("normal", "special_mention", "substandard", "doubtful", "loss")
RISK_LEVELS = ("C1", "C2", "C3", "C4", "C5")
AML_GRADES = ("low", "lower_mid", "mid", "upper_mid", "high")
WRITE_OFF_DAYS = 720
CLASS_DAYS = np.array([1, 91, 271, 361])
"""First day of each worse class, by the rules on risk classification of 2023: more than 90 days past due is
at least substandard, more than 270 at least doubtful, more than 360 a loss."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the bank has written down at the end of a quarter; codes are places in the lists above."""

    loan: Floats
    days_past_due: Ints
    loan_class: Ints
    credit_score: Ints
    risk_level: Ints
    aml_grade: Ints
    integrity_breach: Bools


class Conduct:
    """Conduct of one cohort on its way through the quarters."""

    def __init__(self, streams: Streams, who: Identity) -> None:
        size = who.size
        self._streams = streams
        self._who = who
        self._loan = _first_loans(streams, who)
        self._days = _first_arrears(streams, who) * (self._loan > 0)
        self._judgement = streams.of("loan judgement").random(size)
        self._credit_noise = 25.0 * streams.of("credit noise").standard_normal(size)
        self._risk = _risk_tastes(streams, who)
        self._aml = _first_grades(streams, who)
        self._breach = streams.of("breach").random(size) < 0.004

    def advance(self, quarter: Quarter) -> None:
        """One quarter on."""
        at, size = quarter.ordinal, self._who.size
        self._advance_loans(at)
        news = self._streams.of("credit", at).standard_normal(size)
        self._credit_noise = 0.9 * self._credit_noise + 11.0 * news
        profiled = self._streams.of("profiled", at).random(size) < 0.05
        change = 0.6 * self._streams.of("risk", at).standard_normal(size)
        self._risk = self._risk + np.where(profiled, change, 0.0)
        regraded = self._streams.of("regraded", at).random(size)
        step = np.where(regraded < 0.003, 1, np.where(regraded < 0.006, -1, 0))
        self._aml = np.clip(self._aml + step, 0, 4)
        self._breach = self._breach | (self._streams.of("breach", at).random(size) < 0.0003)

    def record(self) -> Record:
        return Record(
            loan=self._loan,
            days_past_due=self._days,
            loan_class=self._classes(),
            credit_score=self._scores(),
            risk_level=np.clip(np.rint(self._risk), 1, 5).astype(np.int64) - 1,
            aml_grade=self._aml,
            integrity_breach=self._breach,
        )

    def _advance_loans(self, at: int) -> None:
        """Repayment, new loans, arrears that begin, are cured or grow, and write-offs."""
        size = self._who.size
        appetite = np.where(self._who.is_enterprise, 0.012, 0.006)
        takes = (self._loan == 0) & (self._streams.of("loan taken", at).random(size) < appetite)
        repaid = self._streams.of("loan repaid", at).random(size) < 0.02
        kept = np.where(repaid, 0.0, self._loan * 0.988)
        self._loan = np.where(takes, _loan_sizes(self._streams, self._who, at), kept)
        begins = self._streams.of("arrears", at).random(size) < 0.012 * np.exp(-0.8 * self._who.prudence)
        first = 1 + (90 * self._streams.of("arrears days", at).random(size)).astype(np.int64)
        cured = self._streams.of("cured", at).random(size) < 0.5
        late = np.where(cured, 0, self._days + 91)
        self._days = np.where(self._days > 0, late, np.where(begins & ~takes, first, 0)) * (self._loan > 0)
        lost = self._days > WRITE_OFF_DAYS
        self._loan = np.where(lost, 0.0, self._loan)
        self._days = np.where(lost, 0, self._days)

    def _classes(self) -> Ints:
        """The class that the days demand; judgement makes a few one class worse, never better."""
        demanded = np.searchsorted(CLASS_DAYS, self._days, "right")
        worse = np.minimum(demanded + 1, len(LOAN_CLASSES) - 1)
        return np.where(self._judgement < np.where(demanded == 0, 0.012, 0.03), worse, demanded)

    def _scores(self) -> Ints:
        """0 to 1000 points: prudence, fortune and age lift, arrears and breaches pull down."""
        who = self._who
        score = 640.0 + 70.0 * who.prudence + 18.0 * who.fortune + 0.8 * (np.minimum(who.age, 65.0) - 45.0)
        score = score + self._credit_noise - 0.8 * np.minimum(self._days, 200) - 120.0 * self._breach
        return np.clip(np.rint(score), 0, 1000).astype(np.int64)


def _first_loans(streams: Streams, who: Identity) -> Floats:
    """Persons borrow most around 38; loans do not lean on assets."""
    chance = np.where(who.is_enterprise, 0.38, 0.42 * np.exp(-(((who.age - 38.0) / 16.0) ** 2)))
    is_minor = (who.age < 18.0) & ~who.is_enterprise
    borrows = (streams.of("borrows").random(who.size) < chance) & ~is_minor
    return np.where(borrows, _loan_sizes(streams, who, 0), 0.0)


def _loan_sizes(streams: Streams, who: Identity, at: int) -> Floats:
    """Yuan: two in five persons a mortgage, the others consumer loans; enterprises by their staff."""
    noise = streams.of("loan size", at).standard_normal(who.size)
    is_mortgage = streams.of("mortgage", at).random(who.size) < 0.4
    person = np.where(is_mortgage, 12.9 + 0.6 * noise, 10.2 + 0.9 * noise)
    firm = 11.4 + 0.8 * np.log(who.employees) + 0.8 * noise
    return np.asarray(np.exp(np.minimum(np.where(who.is_enterprise, firm, person), 21.0)))


def _first_arrears(streams: Streams, who: Identity) -> Ints:
    """As if the process of :meth:`Conduct.advance` had run for long: each quarter cures a half."""
    late = streams.of("arrears").random(who.size) < 0.024 * np.exp(-0.8 * who.prudence)
    first = 1 + (90 * streams.of("arrears days").random(who.size)).astype(np.int64)
    quarters = streams.of("arrears quarters").geometric(0.5, who.size) - 1
    return np.where(late, np.minimum(first + 91 * quarters, WRITE_OFF_DAYS), 0)


def _risk_tastes(streams: Streams, who: Identity) -> Floats:
    """1 to 5 and beyond; a year of age takes 0.035 off a person's."""
    aged = np.where(who.is_enterprise, 0.0, -0.035 * (who.age - 45.0))
    return np.asarray(2.9 + aged + 0.25 * who.fortune + 0.85 * streams.of("risk").standard_normal(who.size))


def _first_grades(streams: Streams, who: Identity) -> Ints:
    """Most are low; enterprises are rated a little higher."""
    chance = np.minimum(streams.of("aml").random(who.size) + 0.05 * who.is_enterprise, 0.99999)
    return np.searchsorted(np.array([0.70, 0.90, 0.97, 0.992]), chance, "right")
