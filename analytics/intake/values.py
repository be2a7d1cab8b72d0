"""One column of a file as SQL: the value by pattern and cast, and the reason where there is none.

Every value goes two ways. The fast way reads the raw text as it stands; what it cannot read is trimmed, missing words
are taken out, and it is read once more. Only what is still unread is diagnosed, so a clean file costs one pattern and
one cast a field. Texts are never cast before their pattern has matched.
"""

import datetime
import re
from dataclasses import dataclass
from functools import cached_property

from analytics.intake import dates, reasons
from analytics.intake.contract import GREATEST_MONEY, Column
from analytics.intake.mapping import Mapping, Rule, currency_scale
from analytics.intake.units import Ratio, money_decimals, money_unit, time_ratio, time_unit
from analytics.steps import quote

EARLIEST = datetime.date(1850, 1, 1)
MOST_DIGITS = 15
_NOT_FINITE = r"(?i)[+-]?(nan|inf(inity)?|1\.#(inf|ind|qnan).*|∞)"
_HUGE = r"[+-]?[0-9](\.[0-9]+)?e\+(1[6-9]|[2-9][0-9]|[0-9]{3})"
"""How a Parquet file's double is written that is beyond every amount."""
_ANY_NUMBER = r"[+-]?[0-9]*\.?[0-9]+|[+-]?[0-9]+\."


@dataclass(frozen=True)
class Field:
    """A contract column with everything that decides how it is read. ``raw`` is the SQL of its text in the file."""

    column: Column
    rule: Rule
    mapping: Mapping
    raw: str
    typed: str | None = None
    """SQL of the stored value where the file's own type makes a pattern needless (Parquet), else ``None``."""

    @property
    def name(self) -> str:
        return self.column.name

    @property
    def missing(self) -> tuple[str, ...]:
        """Words that mean "no value", beside an empty field."""
        words = self.rule.missing if self.rule.missing is not None else self.mapping.values.missing
        return (*words, *(own for own, meaning in (self.rule.codes or {}).items() if meaning == ""))

    @property
    def keeps_rest(self) -> bool:
        """Whether a value out of range becomes a missing one instead of refusing the row."""
        return (self.rule.out_of_range or self.mapping.values.out_of_range) == "missing"

    @property
    def rounds(self) -> bool:
        return (self.rule.finer or self.mapping.values.finer) == "round"

    @property
    def formats(self) -> tuple[str, ...]:
        return self.rule.dates or self.mapping.values.dates

    @property
    def scale(self) -> int:
        """Stored integers in one of what people write."""
        return currency_scale(self.mapping.snapshot.currency) if self.column.is_money else self.column.unit_of.scale

    @cached_property
    def ratio(self) -> Ratio:
        """From the file's number to the stored integer."""
        if self.column.is_money:
            unit = money_unit(self.rule.unit or self.mapping.values.unit) or "major"
            return Ratio(10 ** money_decimals(unit, self.scale))
        if self.rule.unit is not None:
            return time_ratio(time_unit(self.rule.unit) or "years", self.scale)
        return Ratio(self.scale)

    @property
    def sql_type(self) -> str:
        return sql_type(self.column)

    def fast(self) -> str:
        """SQL: the value of the raw text as it stands."""
        if self.typed is not None:
            return self.typed
        words = [word for word in self.missing if self._looks_like_value(word)]
        value = self.read(self.raw)
        return f"CASE WHEN {self.raw} IN ({_listed(words)}) THEN NULL ELSE {value} END" if words else value

    def rest(self, value: str) -> str:
        """SQL: the trimmed text of what the fast way could not read, ``NULL`` where it means "no value"."""
        if self.typed is not None and self.column.type in ("label", "text"):
            return "NULL"
        words = _listed(["", *self.missing])
        return (
            f"CASE WHEN {value} IS NULL AND {self.raw} IS NOT NULL AND trim({self.raw}) NOT IN ({words}) "
            f"THEN trim({self.raw}) END"
        )

    def read(self, text: str) -> str:
        """SQL: the typed value of a text, ``NULL`` where the text is none of its kind."""
        if self.column.type in ("money", "number") and self.rule.codes is None:
            return f"CASE WHEN regexp_full_match({text}, {quote(self._pattern)}) THEN {self._number(text)} END"
        if self.column.type == "date":
            return dates.value(text, self.formats)
        if self.rule.codes is not None or self.column.type in ("code", "flag"):
            return self._coded(text)
        words = _listed(["", *self.missing])
        return f"CASE WHEN trim({text}) NOT IN ({words}) THEN trim({text}) END"

    def fault(self, value: str, rest: str, as_of: str) -> str:
        """SQL: the reason's number, 0 for none."""
        required = reasons.MISSING if self.column.required else 0
        unread = f"CASE WHEN {rest} IS NULL THEN {required} ELSE {self._diagnosis(rest)} END"
        cases = "".join(f" WHEN {test} THEN {reason}" for test, reason in self._bounds(value, as_of))
        return f"CASE WHEN {value} IS NULL THEN {unread}{cases} ELSE 0 END"

    def _bounds(self, value: str, as_of: str) -> list[tuple[str, int]]:
        column = self.column
        if column.type == "date":
            early = f"{value} < DATE '{EARLIEST}'"
            return [(f"{value} > {as_of}", reasons.FUTURE_DATE), (early, reasons.EARLY_DATE)]
        if column.type in ("text", "label"):
            return [(f"length({value}) > {column.longest}", reasons.TOO_LONG)] if column.longest else []
        if column.type not in ("money", "number"):
            return []
        tests = [] if column.minimum is None else [(f"{value} < {column.minimum * self.scale}", reasons.BELOW)]
        if column.maximum is not None:
            tests.append((f"{value} > {column.maximum * self.scale}", reasons.ABOVE))
        if self.typed is not None and column.is_money:
            tests += [
                (f"{value} < {-GREATEST_MONEY}", reasons.BELOW),
                (f"{value} > {GREATEST_MONEY}", reasons.ABOVE),
            ]
        return tests

    def _diagnosis(self, text: str) -> str:
        kind = self.column.type
        if kind == "date":
            shaped = dates.matches(text, self.formats)
            return f"CASE WHEN {shaped} THEN {reasons.IMPOSSIBLE_DATE} ELSE {reasons.NOT_A_DATE} END"
        if self.rule.codes is not None or kind == "code":
            return str(reasons.UNKNOWN_CODE)
        if kind == "flag":
            return str(reasons.NOT_A_FLAG)
        if kind in ("text", "label"):
            return "0"
        plain = self._plain(text)
        return f"""CASE
            WHEN regexp_full_match({text}, {quote(_NOT_FINITE)}) THEN {reasons.NOT_FINITE}
            WHEN regexp_full_match({plain}, {quote(_HUGE)}) THEN
                CASE WHEN starts_with({text}, '-') THEN {reasons.BELOW} ELSE {reasons.ABOVE} END
            WHEN NOT regexp_full_match({plain}, {quote(_ANY_NUMBER)}){self._misgrouped(text)}
                THEN {reasons.NOT_A_NUMBER}
            WHEN regexp_full_match({plain}, {quote(self._whole)}) THEN {reasons.TOO_FINE}
            WHEN starts_with({text}, '-') THEN {reasons.BELOW}
            ELSE {reasons.ABOVE} END"""

    def _misgrouped(self, text: str) -> str:
        """SQL: or a thousands separator stands where none belongs."""
        if not self._thousands:
            return ""
        mark = re.escape(self._thousands)
        grouped = rf"[+-]?[0-9]{{1,3}}({mark}[0-9]{{3}})+([^0-9{mark}][0-9]*)?"
        return f" OR (contains({text}, {quote(self._thousands)}) AND NOT regexp_full_match({text}, {quote(grouped)}))"

    @property
    def _whole(self) -> str:
        """Numbers of a size that can be stored, whatever their decimals."""
        return rf"[+-]?0*[0-9]{{1,{MOST_DIGITS - self.ratio.decimals}}}(\.[0-9]*)?|[+-]?\.[0-9]+"

    @cached_property
    def _pattern(self) -> str:
        """Plain numbers no finer than the unit; blanks around them are let through."""
        point = re.escape(self.rule.decimal or self.mapping.values.decimal)
        places = self.ratio.decimals
        if self.rounds:
            decimals = "[0-9]*"
        else:
            decimals = f"[0-9]{{0,{places}}}0*"
        whole = f"0*[0-9]{{1,{MOST_DIGITS - places}}}"
        if self._thousands:
            whole = rf"(?:{whole}|[0-9]{{1,3}}(?:{re.escape(self._thousands)}[0-9]{{3}}){{1,4}})"
        return rf"\s*[+-]?{whole}(?:{point}{decimals})?\s*"

    @property
    def _thousands(self) -> str:
        return self.rule.thousands if self.rule.thousands is not None else self.mapping.values.thousands

    def _plain(self, text: str) -> str:
        """SQL: the number with a point and without separators."""
        if self._thousands:
            text = f"replace({text}, {quote(self._thousands)}, '')"
        point = self.rule.decimal or self.mapping.values.decimal
        return text if point == "." else f"replace({text}, {quote(point)}, '.')"

    def _number(self, text: str) -> str:
        places = self.ratio.decimals
        exact = f"CAST({self._plain(text)} AS DECIMAL(18, {places}))"
        if self.ratio.over != 1:
            whole = f"CAST({exact} AS BIGINT) * {self.ratio.times} // {self.ratio.over}"
        else:
            whole = f"{exact} * {10**places}" if places else exact
        return f"CAST({whole} AS BIGINT)"

    def _coded(self, text: str) -> str:
        cases = "".join(f" WHEN {quote(own)} THEN {stored}" for own, stored in self._meanings())
        return f"CASE {text}{cases} END" if cases else "NULL"

    def _meanings(self) -> list[tuple[str, str]]:
        """The file's words and their stored values as SQL."""
        column, codes = self.column, self.rule.codes
        if codes is None and column.type == "code":
            codes = {code.id: code.id for code in column.codes}
        if codes is None:
            return [(each, "TRUE") for each in _cases(self.rule.true or self.mapping.values.true)] + [
                (each, "FALSE") for each in _cases(self.rule.false or self.mapping.values.false)
            ]
        return [(own, self._stored(meaning)) for own, meaning in codes.items() if own not in self.missing]

    def _stored(self, meaning: str | int) -> str:
        if self.column.type == "code":
            return str(self.column.code_of(str(meaning)))
        if self.column.type == "number":
            return str(int(meaning) * self.scale)
        if self.column.type == "flag":
            return "TRUE" if meaning else "FALSE"
        return quote(str(meaning))

    def _looks_like_value(self, word: str) -> bool:
        if self.column.type == "date":
            return any(re.fullmatch(dates.pattern(each), word) for each in self.formats)
        if self.column.type in ("money", "number") and self.rule.codes is None:
            return re.fullmatch(self._pattern, word) is not None
        return self.column.type == "flag"


def sql_type(column: Column) -> str:
    """The type that the store keeps a column in: integers as small as they fit, money as BIGINT minor units."""
    if column.type == "number":
        most = (column.maximum if column.maximum is not None else 10**9) * column.unit_of.scale
        return "SMALLINT" if most < 2**15 else "INTEGER" if most < 2**31 else "BIGINT"
    return {"code": "SMALLINT", "money": "BIGINT", "date": "DATE", "flag": "BOOLEAN"}.get(column.type, "VARCHAR")


def _cases(words: tuple[str, ...]) -> list[str]:
    """Each word as it stands, in capitals, and with a first capital."""
    return list(dict.fromkeys(each for word in words for each in (word, word.upper(), word.capitalize())))


def _listed(words: list[str]) -> str:
    return ", ".join(quote(word) for word in words)
