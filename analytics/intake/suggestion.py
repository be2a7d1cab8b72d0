"""A first guess of a mapping from a file's header and some of its rows, for the screen that helps to write one."""

import re
from collections.abc import Sequence

from analytics.intake import dates
from analytics.intake.contract import Column, Contract
from analytics.intake.mapping import FALSE_WORDS, TRUE_WORDS, Mapping
from analytics.intake.units import money_unit, time_unit

FORMATS = (
    dates.ISO,
    "YYYY/M/D",
    "YYYYMMDD",
    "YYYY年M月D日",
    "D.M.YYYY",
    "DD/MM/YYYY",
    "MM/DD/YYYY",
    "YYYY.M.D",
)
SYNONYMS: dict[str, tuple[str, ...]] = {
    "customer_id": (
        "客户编号",
        "客户代码",
        "客户id",
        "cust_no",
        "cust_id",
        "custno",
        "customer_no",
        "client_id",
        "cif",
    ),
    "kind": (
        "客户类型",
        "客户类别",
        "对公对私",
        "公私标志",
        "cust_type",
        "customer_type",
        "kind",
        "segment_type",
    ),
    "name": ("姓名", "客户名称", "客户姓名", "户名", "企业名称", "cust_name", "customer_name", "full_name"),
    "id_type": ("证件种类", "证件类别", "cert_type", "id_kind", "document_type"),
    "id_number": ("证件号", "身份证号", "身份证号码", "统一社会信用代码", "cert_no", "id_no", "document_no"),
    "phone": ("手机", "手机号", "手机号码", "电话", "mobile", "phone_no", "tel"),
    "birth_date": ("生日", "出生年月日", "birthday", "dob", "date_of_birth", "birth"),
    "sex": ("gender",),
    "relationship_start": (
        "开户日期",
        "开户日",
        "建立关系日期",
        "入行日期",
        "open_date",
        "since",
        "start_date",
    ),
    "tenure": ("合作时间", "客户年限", "tenure_months", "tenure_years", "tenure_days"),
    "region": ("省份", "省", "所在地区", "province", "area", "district"),
    "branch": ("网点", "支行", "开户机构", "所属机构", "机构号", "branch_no", "org", "org_no"),
    "channel": ("开户渠道", "获客渠道"),
    "industry": ("所属行业", "行业代码", "industry_code"),
    "employees": ("员工人数", "职工人数", "staff", "headcount"),
    "assets": (
        "aum",
        "日均资产",
        "月日均",
        "季日均",
        "日均金融资产",
        "资产",
        "financial_assets",
        "assets_avg",
        "credit_limit",
    ),
    "assets_point": ("时点资产", "时点aum", "期末资产", "end_balance"),
    "contribution": ("贡献度", "综合贡献", "综合贡献度", "profit", "contribution_proxy"),
    "savings_balance": ("存款", "存款余额", "储蓄", "deposits", "deposit_balance", "savings"),
    "loan_balance": ("贷款", "loan", "loans", "loan_outstanding", "loan_outstanding_scheduled"),
    "investment_balance": ("理财", "理财余额", "投资", "investments", "wealth_balance"),
    "insurance_value": ("保险", "保单现金价值", "insurance"),
    "credit_score": ("信用分", "信用评级分", "score", "credit_rating_score"),
    "loan_class": ("五级分类", "贷款分类"),
    "days_past_due": ("逾期", "当前逾期天数", "dpd", "overdue_days"),
    "risk_level": ("风险等级", "风险测评", "风险承受等级", "risk_tolerance", "risk_profile"),
    "aml_grade": ("反洗钱等级", "洗钱等级", "aml", "aml_level"),
    "integrity_breach": ("失信", "失信标志"),
    "manual_only": ("人工评定",),
    "marketing_opt_out": ("退订", "营销退订", "opt_out"),
}
AS_OF_NAMES = (
    "快照日",
    "数据日期",
    "统计日期",
    "日期",
    "as_of",
    "as_of_date",
    "snapshot_date",
    "data_date",
    "etl_date",
    "stat_date",
)
PERIOD_NAMES = ("期次", "季度", "月份", "period", "quarter", "month", "yyyymm")
OWN_WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("kind", "person"): ("个人", "自然人", "对私", "P", "individual", "person", "retail", "1"),
    ("kind", "enterprise"): ("企业", "对公", "公司", "E", "C", "enterprise", "corporate", "company", "2"),
    ("sex", "female"): ("女", "F", "female", "2"),
    ("sex", "male"): ("男", "M", "male", "1"),
}
"""Words of banks for codes, beside the contract's own ids and labels."""
_UNIT = re.compile(
    r"[\(（\[【_]?\s*(万元|亿元|元|万|亿|分|fen|yuan|wan|yi|years?|months?|days?|年|月|天)\s*[\)）\]】]?$",
    re.IGNORECASE,
)


def suggest(header: Sequence[str], sample: Sequence[Sequence[str | None]], contract: Contract) -> Mapping:
    """A mapping that reads the columns whose names are known; ``sample`` holds some rows of the file as text.

    It is a proposal: required columns that no name hints at are left out, and the parser will say so.
    """
    values = {
        name: [row[place] for row in sample if place < len(row) and row[place]] for place, name in enumerate(header)
    }
    taken: dict[str, dict[str, object]] = {}
    used: set[str] = set()
    for column in contract.columns:
        source = _source(column, [name for name in header if name not in used])
        if source is not None:
            used.add(source)
            taken[column.name] = _rule(column, source, [str(value) for value in values[source]])
    snapshot = _moment([name for name in header if name not in used])
    return Mapping.model_validate({"snapshot": snapshot, "column": taken})


def _source(column: Column, names: Sequence[str]) -> str | None:
    wanted = [_plain(word) for word in (column.name, column.zh, column.en, *SYNONYMS.get(column.name, ()))]
    by_name = {_plain(name): name for name in reversed(names)}
    exact = next((by_name[word] for word in wanted if word in by_name), None)
    if exact is not None:
        return exact
    bare = {_plain(_UNIT.sub("", name)): name for name in reversed(names)}
    return next((bare[word] for word in wanted if word in bare), None)


def _plain(name: str) -> str:
    return re.sub(r"[\s_\-]+", "", name).lower()


def _rule(column: Column, source: str, values: Sequence[str]) -> dict[str, object]:
    rule: dict[str, object] = {"from": source}
    unit = _UNIT.search(source)
    if unit and column.is_money and (known := money_unit(unit[1].lower())) and known != "major":
        rule["unit"] = known
    if unit and column.unit in ("year", "full_year") and (known := time_unit(unit[1].lower())) and known != "years":
        rule["unit"] = known
    if column.type == "date" and (formats := _formats(values)) and formats != [dates.ISO]:
        rule["dates"] = formats
    if column.type == "code" and (codes := _codes(column, values)):
        rule["codes"] = codes
    if column.type == "flag":
        odd = {value for value in values if value.lower() not in (*TRUE_WORDS, *FALSE_WORDS)}
        if odd:
            rule["codes"] = dict.fromkeys(sorted(odd), "")
    return rule


def _formats(values: Sequence[str]) -> list[str]:
    """The formats that are needed to read the sample, most useful first, none of which contradicts another."""
    left, chosen = list(values), list[str]()
    while left:
        best = max(FORMATS, key=lambda each: sum(bool(re.fullmatch(dates.pattern(each), value)) for value in left))
        rest = [value for value in left if not re.fullmatch(dates.pattern(best), value)]
        if len(rest) == len(left) or dates.clash((*chosen, best)):
            break
        chosen.append(best)
        left = rest
    return chosen


def _codes(column: Column, values: Sequence[str]) -> dict[str, str]:
    """What the file's words mean, where they are not the contract's own ids; unknown words stay out."""
    ids = {code.id for code in column.codes}
    found = set(values)
    if found <= ids:
        return {}
    words: dict[str, str] = {}
    for code in column.codes:
        own = OWN_WORDS.get((column.name, code.id), ())
        for word in (code.id, code.zh, code.en, *own):
            words.setdefault(word.lower(), code.id)
    return {value: words[value.lower()] for value in sorted(found) if value.lower() in words}


def _moment(names: Sequence[str]) -> dict[str, object]:
    plain = {_plain(name): name for name in reversed(names)}
    as_of = next((plain[_plain(word)] for word in AS_OF_NAMES if _plain(word) in plain), None)
    period = next((plain[_plain(word)] for word in PERIOD_NAMES if _plain(word) in plain), None)
    moment: dict[str, object] = {}
    if as_of is not None:
        moment["as_of_column"] = as_of
        moment |= {"period_column": period} if period is not None else {"cycle": "quarter"}
    return moment


def to_toml(mapping: Mapping) -> str:
    """The mapping as TOML that :func:`analytics.intake.mapping.parse_mapping` reads back to the same mapping."""
    body = mapping.model_dump(by_alias=True, exclude_defaults=True)
    parts = []
    for name in ("file", "snapshot", "values"):
        if name in body:
            parts.append(f"[{name}]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in body[name].items()))
    for name, rule in body["column"].items():
        lines = "".join(f"{key} = {_toml(value)}\n" for key, value in rule.items() if value is not None)
        parts.append(f"[column.{_key(name)}]\n{lines}")
    return "\n".join(parts)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _text(value: str) -> str:
    plain = value.replace("\\", "\\\\").replace('"', '\\"')
    escaped = "".join(f"\\u{ord(letter):04x}" if ord(letter) < 32 or ord(letter) == 127 else letter for letter in plain)
    return f'"{escaped}"'


def _toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case dict():
            return "{ " + ", ".join(f"{_key(str(key))} = {_toml(each)}" for key, each in value.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(_toml(each) for each in value) + "]"
        case _:
            return str(value)
