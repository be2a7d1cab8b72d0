"""Names that must lead somewhere: columns, units, codes, tiers, dimensions, figures.

Works on plain data, so that a file with faults of shape still tells its faults of reference.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from analytics.errors import nearest, shown
from analytics.intake.contract import Column, Contract
from analytics.standard.faults import Fault
from analytics.standard.figures import FIGURES
from analytics.vocabulary import CURRENCIES, UNITS, Kind, Text

Data = Mapping[str, Any]


def reference_faults(data: Data, contract: Contract) -> list[Fault]:
    """Every name that leads nowhere and every figure that is unknown, absent or out of its range."""
    return [
        *_unique_ids(data),
        *_dimension_faults(data, contract),
        *_gate_faults(data, contract),
        *_amount_faults(data, contract),
        *_service_faults(data),
        *_figure_faults(data),
    ]


def _table(value: object) -> Data:
    return value if isinstance(value, Mapping) else {}


def _tables(value: object) -> list[Data]:
    return [_table(item) for item in value] if isinstance(value, Sequence) and not isinstance(value, str) else []


def _words(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list | tuple) else []


def _unknown(path: str, name: object, names: Iterable[str], what: Text) -> Fault:
    known = sorted(names)
    return Fault(
        "STANDARD-013",
        path,
        Text(f"没有这个{what.zh}", f"names no {what.en}"),
        value=shown(name),
        allowed=Text("、".join(known), ", ".join(known)),
        nearest=nearest(str(name), known),
    )


def _scorable(contract: Contract) -> list[Column]:
    """What a standard may read. The kind is left out: scales and gates are said for each kind anyway."""
    return [column for column in contract.facts if column.scorable and column.name != "kind"]


def _unique_ids(data: Data) -> Iterator[Fault]:
    for section in ("tier", "gate", "category"):
        items = _tables(data.get(section))
        yield from _used_twice([(f"{section}[{at}].id", item.get("id")) for at, item in enumerate(items)])
    subtiers = [
        (f"tier[{at}].subtier[{n}].id", item.get("id"))
        for at, tier in enumerate(_tables(data.get("tier")))
        for n, item in enumerate(_tables(tier.get("subtier")))
    ]
    yield from _used_twice(subtiers)


def _used_twice(ids: Sequence[tuple[str, object]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for path, item_id in ids:
        if isinstance(item_id, str):
            if item_id in seen:
                yield Fault("STANDARD-014", path, Text("编号重复", "is used twice"), shown(item_id))
            seen.add(item_id)


def _dimension_faults(data: Data, contract: Contract) -> Iterator[Fault]:
    for name, body in _table(data.get("dimension")).items():
        yield from _one_dimension(f"dimension.{name}", _table(body), data, contract)
    metric = _table(data.get("aggregation")).get("metric")
    if isinstance(metric, str) and metric not in _table(data.get("dimension")):
        yield _unknown("aggregation.metric", metric, _table(data.get("dimension")), Text("维度", "dimension"))


def _one_dimension(path: str, dimension: Data, data: Data, contract: Contract) -> Iterator[Fault]:
    source = dimension.get("source")
    columns = [source] if isinstance(source, str) else list(_table(source))
    usable = [column.name for column in _scorable(contract) if column.is_amount or column.codes]
    if len(columns) > 1 or any(coefficient != 100 for coefficient in _table(source).values()):
        usable = [name for name in usable if contract[name].is_amount]
    for column in columns:
        if column not in usable:
            yield _column_fault(f"{path}.source", column, usable, contract)
    unit = dimension.get("unit")
    if isinstance(unit, str) and unit not in UNITS:
        yield _unknown(f"{path}.unit", unit, UNITS, Text("单位", "unit"))
    elif isinstance(unit, str) and columns and all(column in usable for column in columns):
        yield from _unit_faults(f"{path}.unit", unit, columns, data, contract)
    if columns and all(column in usable for column in columns):
        yield from _code_faults(path, dimension, columns[0], contract)


def _column_fault(path: str, column: object, allowed: Sequence[str], contract: Contract) -> Fault:
    if isinstance(column, str) and column in contract:
        guarded = contract[column] not in _scorable(contract)
        return Fault(
            "STANDARD-015",
            path,
            Text("该字段不得用于评分", "may not be scored: it is personal, a grouping, or guarded by law")
            if guarded
            else Text("该字段的类型不能用在这里", "is a column of a type that does not fit here"),
            value=column,
            allowed=Text("、".join(allowed), ", ".join(allowed)),
        )
    return _unknown(path, column, allowed, Text("字段", "column"))


def _unit_faults(path: str, unit: str, columns: Sequence[str], data: Data, contract: Contract) -> Iterator[Fault]:
    currency = _table(data.get("standard")).get("currency")
    money = CURRENCIES.get(currency) if isinstance(currency, str) else None
    for name in columns:
        column = contract[name]
        wanted = money if column.is_money else (column.unit or "level")
        if wanted and unit != wanted:
            yield Fault(
                "STANDARD-016",
                path,
                Text(f"与字段 {name} 的单位不符", f"is not the unit of {name}"),
                value=unit,
                allowed=Text(wanted, wanted),
            )


def _code_faults(path: str, dimension: Data, column_name: str, contract: Contract) -> Iterator[Fault]:
    column = contract[column_name]
    for kind in Kind:
        scale = _table(dimension.get(kind.value))
        here = f"{path}.{kind.value}.bands"
        bands = [(f"{here}[{at}]", band) for at, band in enumerate(_tables(scale.get("bands")))]
        if not column.codes:
            yield from (
                Fault(
                    "STANDARD-017",
                    place,
                    Text("该字段是数值，须写 from", "needs from: its column is a number"),
                )
                for place, band in bands
                if "codes" in band
            )
        elif bands:
            yield from _banded_codes(here, bands, column)


def _banded_codes(path: str, bands: Sequence[tuple[str, Data]], column: Column) -> Iterator[Fault]:
    """Every code of a column stands in exactly one band."""
    known = [code.id for code in column.codes]
    seen: set[str] = set()
    for place, band in bands:
        if "codes" not in band or "from" in band or "below" in band:
            message = Text("该字段是代码，须写 codes", "needs codes alone: its column is coded")
            yield Fault("STANDARD-017", place, message)
        for code in _words(band.get("codes")):
            if code not in known:
                yield _unknown(f"{place}.codes", code, known, Text("代码", "code"))
            elif code in seen:
                yield Fault("STANDARD-021", f"{place}.codes", Text("代码已属另一档", "stands in two bands"), code)
            seen.add(code)
    left = ", ".join(code for code in known if code not in seen)
    if left:
        yield Fault(
            "STANDARD-020",
            path,
            Text(f"代码 {left} 不属于任何一档", f"leave out the codes {left}"),
            example=Text(
                f"{column.zh}为 {left} 的客户没有分值",
                f"a customer whose {column.en.lower()} is {left} has no points",
            ),
        )


def _gate_faults(data: Data, contract: Contract) -> Iterator[Fault]:
    tiers = [str(tier.get("id")) for tier in _tables(data.get("tier"))]
    usable = [column.name for column in _scorable(contract)]
    for place, gate in enumerate(_tables(data.get("gate"))):
        path = f"gate[{place}]"
        named = gate.get("tier")
        if gate.get("effect") in ("cap", "floor"):
            if named is None:
                yield Fault("STANDARD-010", f"{path}.tier", Text("缺少必填项", "is missing"))
            elif named not in tiers:
                yield _unknown(f"{path}.tier", named, tiers, Text("层级", "tier"))
        elif named is not None:
            message = Text("此类门槛不写层级", "has no use with this effect")
            yield Fault("STANDARD-018", f"{path}.tier", message, shown(named))
        for at, condition in enumerate(_tables(gate.get("when"))):
            column = condition.get("column")
            where = f"{path}.when[{at}]"
            if column not in usable:
                yield _column_fault(f"{where}.column", column, usable, contract)
                continue
            yield from _condition_faults(where, condition, str(column), contract)


def _condition_faults(path: str, condition: Data, column_name: str, contract: Contract) -> Iterator[Fault]:
    column = contract[column_name]
    tests = {"code": ("in",), "label": ("in",), "flag": ("is",)}.get(column.type, ("at_least", "below"))
    for test in ("at_least", "below", "in", "is"):
        if test in condition and test not in tests:
            wanted = " / ".join((*tests, "missing"))
            yield Fault(
                "STANDARD-019",
                f"{path}.{test}",
                Text("与字段类型不符", "does not fit the type of its column"),
                value=column_name,
                allowed=Text(wanted, wanted),
            )
    known = [code.id for code in column.codes]
    for code in _words(condition.get("in")) if known else ():
        if code not in known:
            yield _unknown(f"{path}.in", code, known, Text("代码", "code"))


def _amount_faults(data: Data, contract: Contract) -> Iterator[Fault]:
    usable = [column.name for column in contract.facts if column.is_amount]
    places = [(f"category[{at}]", item) for at, item in enumerate(_tables(data.get("category")))]
    for at, tier in enumerate(_tables(data.get("tier"))):
        places += [(f"tier[{at}].subtier[{n}]", item) for n, item in enumerate(_tables(tier.get("subtier")))]
    for path, item in places:
        if "column" in item and item["column"] not in usable:
            yield _column_fault(f"{path}.column", item["column"], usable, contract)


def _service_faults(data: Data) -> Iterator[Fault]:
    tiers = [str(tier.get("id")) for tier in _tables(data.get("tier"))]
    service = _table(data.get("service"))
    for name in service:
        if name not in tiers:
            yield _unknown(f"service.{name}", name, tiers, Text("层级", "tier"))
    for tier in tiers:
        if tier not in service:
            yield Fault("STANDARD-010", f"service.{tier}", Text("缺少必填项", "is missing"))


def _figure_faults(data: Data) -> Iterator[Fault]:
    for section, names in FIGURES.items():
        figures = _table(data.get(section))
        for name in figures:
            if name not in names:
                yield _unknown(f"{section}.{name}", name, names, Text("参数", "figure"))
        for name, (least, greatest) in names.items():
            if section in data and name not in figures:
                yield Fault("STANDARD-010", f"{section}.{name}", Text("缺少必填项", "is missing"))
            value = _table(figures.get(name)).get("value")
            number = isinstance(value, int | Decimal) and not isinstance(value, bool)
            if number and Decimal(str(value)).is_finite() and not least <= Decimal(str(value)) <= greatest:
                yield Fault(
                    "STANDARD-011",
                    f"{section}.{name}.value",
                    Text("超出范围", "is out of its range"),
                    value=shown(value),
                    allowed=Text(f"{least} 至 {greatest}", f"{least} to {greatest}"),
                )
