"""What a stage found: refused rows and remarks by code and column, and amounts that look like another unit."""

import datetime
from collections.abc import Sequence

from analytics.intake import reasons
from analytics.intake.contract import Contract
from analytics.intake.mapping import Mapping
from analytics.intake.masking import as_row, masked
from analytics.intake.reasons import REASONS, code_of
from analytics.steps import quote
from analytics.store.intake_tables import Finding
from analytics.store.reading.staging import Part, Stage

HOLDINGS = ("savings_balance", "investment_balance", "insurance_value")
"""What financial assets are made of."""
NEAR = "assets <= other * 2 AND other <= assets * 2"
FAR = "(assets // 5000 >= other AND assets // 20000 <= other) OR (other // 5000 >= assets AND other // 20000 <= assets)"
"""SQL: one amount is about 10,000 times the other."""
SAMPLE_OF = 50_000
"""Customers that are enough to see that a whole file changed its unit."""


def findings(stage: Stage, contract: Contract, mapping: Mapping, columns: Sequence[str]) -> list[Finding]:
    """Every finding of a stage whose refused rows are told already."""
    return [*_refusals(stage, contract, mapping), *_notes(stage, contract), *_mixed_units(stage, columns)]


def _refusals(stage: Stage, contract: Contract, mapping: Mapping) -> list[Finding]:
    rows = stage.cursor.execute(
        f"""SELECT period, split_part(told, ':', 1) AS code, split_part(told, ':', 2) AS name, count(*), min(line),
                   arg_min(content, (file, line))
            FROM (SELECT file, period, line, content, unnest(string_split(reasons, ' ')) AS told
                  FROM {stage.table("refused")})
            GROUP BY ALL ORDER BY code, name, period"""
    ).fetchall()
    found = []
    for period, code, name, n_rows, line, content in rows:
        example = _example(name, content, contract, mapping)
        found.append(Finding(period, code, name, REASONS[code].weight.value, n_rows, line, example))
    return found


def _example(name: str, content: str, contract: Contract, mapping: Mapping) -> str | None:
    """The value as the file has it; masked where the column is personal, and never a whole line."""
    if name not in mapping.column:
        return None
    source = mapping.column[name].source
    value = as_row(content).get(source or "")
    if value is None:
        return None
    return masked(value) if contract[name].personal else value[:60]


def _notes(stage: Stage, contract: Contract) -> list[Finding]:
    rows = stage.cursor.execute(
        f"""SELECT period, split_part(told, ':', 1) AS code, split_part(told, ':', 2) AS name, count(*), min(row)
            FROM (SELECT period, rowid AS row, unnest(string_split(notes, ' ')) AS told
                  FROM {stage.table("staged")} WHERE notes IS NOT NULL AND reasons IS NULL)
            GROUP BY ALL ORDER BY code, name, period"""
    ).fetchall()
    found = []
    for period, code, name, n_rows, row in rows:
        value = _staged_value(stage, name, row)
        example = masked(value) if value is not None and contract[name].personal else value
        found.append(Finding(period, code, name, REASONS[code].weight.value, n_rows, None, example))
    return found


def _staged_value(stage: Stage, name: str, row: int) -> str | None:
    found = stage.cursor.execute(
        f"SELECT CAST({name} AS VARCHAR) FROM {stage.table('staged')} WHERE rowid = ?", [row]
    ).fetchone()
    return None if found is None or found[0] is None else str(found[0])


def _mixed_units(stage: Stage, columns: Sequence[str]) -> list[Finding]:
    """Rows whose assets are about 10,000 times what they are held against, where most rows agree with it."""
    held = [name for name in HOLDINGS if name in columns]
    against = [] if not held else [" + ".join(f"COALESCE({name}, 0)" for name in held)]
    against += ["assets_point"] if "assets_point" in columns else []
    if "assets" not in columns:
        return []
    found: dict[str | None, Finding] = {}
    for other in against:
        rows = stage.cursor.execute(
            f"""SELECT period, count(*) FILTER ({FAR}), count(*) FILTER ({NEAR}), count(*)
                FROM (SELECT period, assets, {other} AS other FROM {stage.table("staged")} WHERE reasons IS NULL)
                WHERE assets > 0 AND other > 0 GROUP BY period"""
        ).fetchall()
        for period, n_far, n_near, n_all in rows:
            if n_far and n_far * 1000 >= n_all and n_near * 2 >= n_all - n_far:
                code = code_of(reasons.MIXED_UNITS)
                weight = REASONS[code].weight.value
                if period not in found or found[period].n_rows < n_far:
                    found[period] = Finding(period, code, "assets", weight, n_far, None, None)
    return list(found.values())


def in_future(parts: Sequence[Part], today: datetime.date) -> list[Finding]:
    """Periods whose date has not come yet: a slip of the pen, or figures that are planned."""
    code = code_of(reasons.FUTURE_SNAPSHOT)
    return [
        Finding(part.period, code, "", REASONS[code].weight.value, part.n_lines, None, str(part.as_of))
        for part in parts
        if part.as_of is not None and part.as_of > today
    ]


def unit_changed(stage: Stage, period: str, n_accepted: int, earlier_facts: str) -> list[Finding]:
    """Whether the assets of an earlier snapshot's customers have become about 10,000 times as much, or as little."""
    step = max(1, n_accepted // SAMPLE_OF)
    row = stage.cursor.execute(
        f"""SELECT count(*) FILTER ({FAR}), count(*)
            FROM (SELECT s.assets, f.assets AS other
                  FROM (SELECT customer_id, assets FROM {stage.table("staged")}
                        WHERE reasons IS NULL AND period = {quote(period)} AND rowid % {step} = 0) AS s
                  JOIN customer AS c USING (customer_id) JOIN {earlier_facts} AS f USING (position))
            WHERE assets > 0 AND other > 0"""
    ).fetchone()
    n_far, n_all = row or (0, 0)
    if n_all < 5 or n_far * 2 < n_all:
        return []
    code = code_of(reasons.UNIT_CHANGED)
    return [Finding(period, code, "assets", REASONS[code].weight.value, n_accepted * n_far // n_all, None, None)]
