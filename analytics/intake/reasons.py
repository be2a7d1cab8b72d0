"""Why a row is refused or noted: stable codes with their words. A row keeps ``<code>:<column>``."""

from dataclasses import dataclass
from enum import StrEnum

from analytics.vocabulary import Text


class Weight(StrEnum):
    """``REJECT`` keeps a row out of the snapshot; ``WARNING`` is something to look at."""

    REJECT = "reject"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Reason:
    """One kind of finding; ``message`` reads after the column's label."""

    code: str
    message: Text
    weight: Weight


MISSING = 101
NOT_A_NUMBER = 102
TOO_FINE = 103
BELOW = 104
ABOVE = 105
NOT_FINITE = 106
UNKNOWN_CODE = 107
NOT_A_DATE = 108
IMPOSSIBLE_DATE = 109
FUTURE_DATE = 110
EARLY_DATE = 111
TOO_LONG = 112
NOT_A_FLAG = 113
DOUBLED = 114
NO_PERIOD = 116
FIELDS = 121
QUOTES = 122
LINE_TOO_LONG = 123
ID_FORM = 131
ID_CHECK = 132
ID_REGION = 133
ID_REGION_YEAR = 134
ID_DATE = 135
ID_OLD = 136
ID_FUTURE = 137
TAKEN_AS_MISSING = 201
MIXED_UNITS = 202
UNIT_CHANGED = 203
FUTURE_SNAPSHOT = 204
COMPANY_FORM = 211
COMPANY_CHECK = 212

_MESSAGES: dict[int, Text] = {
    MISSING: Text("必填而缺失", "is required and missing"),
    NOT_A_NUMBER: Text("不是普通数字", "is not a plain number"),
    TOO_FINE: Text("比最小单位更细", "is finer than the smallest unit"),
    BELOW: Text("低于下限", "is below the minimum"),
    ABOVE: Text("高于上限", "is above the maximum"),
    NOT_FINITE: Text("是无穷大或非数", "is infinite or not a number (NaN)"),
    UNKNOWN_CODE: Text("是未知代码", "is an unknown code"),
    NOT_A_DATE: Text("不符合约定的日期格式", "is not a date in the agreed formats"),
    IMPOSSIBLE_DATE: Text("是不存在的日期", "is a date that does not exist"),
    FUTURE_DATE: Text("晚于快照日", "lies after the snapshot's date"),
    EARLY_DATE: Text("早得不可信", "is too early to be true"),
    TOO_LONG: Text("文字过长", "is too long"),
    NOT_A_FLAG: Text("不是“是/否”", "is neither yes nor no"),
    DOUBLED: Text("在同一期内重复，所有重复行均不接收", "is doubled within the period; all its rows are refused"),
    NO_PERIOD: Text("无法确定所属期次或快照日", "does not say which period or date the row belongs to"),
    FIELDS: Text("字段数与表头不符", "the line has another number of fields than the header"),
    QUOTES: Text("引号使用有误", "the line's quotes are broken"),
    LINE_TOO_LONG: Text("整行过长", "the line is longer than two million bytes"),
    ID_FORM: Text("不是 18 位居民身份证号码", "is not a resident id of 18 characters"),
    ID_CHECK: Text("校验码错误", "has a wrong check character"),
    ID_REGION: Text("行政区划代码不存在", "names a region that does not exist"),
    ID_REGION_YEAR: Text("出生时尚无或已撤销该行政区划", "names a region that did not exist in the year of birth"),
    ID_DATE: Text("所含出生日期不存在", "holds a date of birth that does not exist"),
    ID_OLD: Text("是 15 位旧号码，已停用", "is an old number of 15 digits, no longer accepted"),
    ID_FUTURE: Text("所含出生日期晚于快照日", "holds a date of birth after the snapshot's date"),
    TAKEN_AS_MISSING: Text("超出范围，按缺失处理", "is out of range and was taken as missing"),
    MIXED_UNITS: Text(
        "与持有产品合计相差约一万倍，疑似元与万元混用",
        "differs from the holdings by about 10,000 times: yuan and ten thousand yuan may be mixed",
    ),
    UNIT_CHANGED: Text(
        "与上期同一客户相差约一万倍，疑似单位改变",
        "is about 10,000 times that of the same customers a period ago, or a 10,000th: the unit may have changed",
    ),
    FUTURE_SNAPSHOT: Text("快照日晚于今天", "the snapshot's date lies in the future"),
    COMPANY_FORM: Text("不符合统一社会信用代码的格式", "does not look like a unified social credit code"),
    COMPANY_CHECK: Text(
        "校验码不符（早期试点代码会如此）", "has a check character that does not fit, as pilot codes do"
    ),
}


def code_of(number: int) -> str:
    """The stable code that people and logs see: ``INTAKE-104``."""
    return f"INTAKE-{number}"


REASONS: dict[str, Reason] = {
    code_of(number): Reason(code_of(number), message, Weight.REJECT if number < 200 else Weight.WARNING)
    for number, message in _MESSAGES.items()
}
