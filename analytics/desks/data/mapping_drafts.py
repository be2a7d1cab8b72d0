"""A mapping on the screen: begun from a file's header or an earlier import, then edited column by column."""

import re
import tomllib
from collections.abc import Mapping as Table

from analytics.desks.house import House
from analytics.intake import dates
from analytics.intake.contract import Contract
from analytics.intake.mapping import Mapping, Rule, parse_mapping
from analytics.intake.suggestion import to_toml
from analytics.store import intake_tables
from analytics.store.intake_tables import Intake

PERIOD = re.compile(r"(?<![0-9A-Za-z])[0-9]{4}[-_]?[A-Za-z]?[0-9]{1,2}(?![0-9A-Za-z])")


def begun(suggestion: Mapping, file_name: str) -> Mapping:
    """The suggestion, with the period that the file's name tells where no column does."""
    moment = suggestion.snapshot
    if moment.period_column or moment.as_of_column or moment.cycle or suggestion.file.name:
        return suggestion
    for word in PERIOD.findall(file_name.replace("_", " ")):
        if dates.period_end(word):
            return suggestion.model_copy(update={"snapshot": moment.model_copy(update={"period": word})})
    return suggestion


def loose(text: str, contract: Contract) -> Mapping:
    """A mapping that is well formed, though it may still lack parts; raises what :func:`parse_mapping` raises."""
    try:
        return Mapping.model_validate(tomllib.loads(text))
    except ValueError:
        return parse_mapping(text, contract)


def reused(intake: Intake, file_name: str) -> Mapping:
    """The mapping of an earlier import for another file: a period that was stated by hand is not taken along."""
    mapping = Mapping.model_validate_json(intake.mapping)
    if mapping.snapshot.period is None:
        return mapping
    moment = mapping.snapshot.model_copy(update={"period": None, "as_of": None})
    return begun(mapping.model_copy(update={"snapshot": moment}), file_name)


def earlier(house: House) -> list[Intake]:
    """Imports whose mappings differ, latest first: any may be begun with."""
    with house.store.read() as cursor:
        every = intake_tables.every(cursor)
    return list({each.mapping_sha256: each for each in reversed(every)}.values())[::-1]


def rewired(mapping: Mapping, sources: Table[str, str | None], suggestion: Mapping) -> Mapping:
    """The mapping with other sources; a column's units and codes stay, or come from the suggestion, with its source."""
    columns = dict(mapping.column)
    for name, source in sources.items():
        rule = columns.get(name)
        if source is None:
            if rule is not None and rule.source is not None:
                del columns[name]
        elif rule is None or rule.source != source:
            guess = suggestion.column.get(name)
            columns[name] = guess if guess and guess.source == source else Rule.model_validate({"from": source})
    return mapping.model_copy(update={"column": columns})


def dated(mapping: Mapping, **parts: object) -> Mapping:
    """The mapping with another period, date or currency."""
    return mapping.model_copy(update={"snapshot": mapping.snapshot.model_copy(update=parts)})


def measured(mapping: Mapping, unit: str) -> Mapping:
    """The mapping with another unit of amounts."""
    return mapping.model_copy(update={"values": mapping.values.model_copy(update={"unit": unit})})


def written(mapping: Mapping) -> str:
    """The mapping as TOML."""
    return to_toml(mapping)
