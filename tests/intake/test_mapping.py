"""The mapping: read whole, faulted whole, and guessed from a header."""

import pytest

from analytics.errors import TierdeskError
from analytics.intake.contract import Contract
from analytics.intake.faults import MappingFaults
from analytics.intake.mapping import parse_mapping
from analytics.intake.suggestion import suggest, to_toml
from tests.intake.papers import MAPPING, ROOT

FAULTY = """
[file]
delimiter = ",,"
name = "customers.csv"
[snapshot]
period = "some day"
cycle = "weekly"
currency = "XYZ"
[values]
unit = "bushel"
dates = ["YYYY-MM-DD", "MM/DD/YYYY", "DD/MM/YYYY", "yyyy"]
[column.customer_id]
from = "id"
value = "7"
[column.kind]
from = "kind"
codes = { P = "persn" }
[column.assetz]
from = "assets"
[column.tenure]
from = "t"
unit = "fortnights"
[column.region]
from = "r"
unit = "yuan"
dates = ["YYYY-MM-DD"]
"""


def test_every_fault_of_a_mapping_is_told_at_once(contract: Contract) -> None:
    with pytest.raises(MappingFaults) as caught:
        parse_mapping(FAULTY, contract)

    assert [fault.path for fault in caught.value.faults] == [
        "file.delimiter",
        "file.name",
        "snapshot.currency",
        "snapshot.cycle",
        "snapshot.as_of",
        "snapshot.period",
        "values.unit",
        "values.dates",
        "values.dates",
        "column.customer_id",
        "column.kind.codes.P",
        "column.assetz",
        "column.tenure.unit",
        "column.region.unit",
        "column.region.dates",
        "column.assets",
    ]
    assert "did you mean person?" in caught.value.faults[10].to("en")
    assert "是否指 assets" in caught.value.faults[11].to("zh")
    assert caught.value.code == "INTAKE-020"


def test_an_unknown_word_names_the_right_one(contract: Contract) -> None:
    with pytest.raises(MappingFaults) as caught:
        parse_mapping(MAPPING + 'unitt = "wan"\n[file]\nencodin = "utf-8"\nheader = 3', contract)

    faults = {fault.path: fault.nearest for fault in caught.value.faults}
    assert faults == {"column.assets.unitt": "unit", "file.encodin": "encoding", "file.header": ""}


def test_a_wrong_value_says_in_both_languages_what_is_allowed(contract: Contract) -> None:
    with pytest.raises(MappingFaults) as caught:
        parse_mapping(MAPPING + '[file]\nformat = "xls"\nheader = 3\n[values]\nmissing = "-"', contract)

    told = {fault.path: (fault.to("zh"), fault.to("en")) for fault in caught.value.faults}
    assert told["file.format"][1] == "file.format: this cannot stand here; found xls; allowed: csv, parquet"
    assert "允许 true 或 false" in told["file.header"][0]
    assert "允许 方括号中的列表" in told["values.missing"][0]


def test_what_is_not_toml_says_where(contract: Contract) -> None:
    with pytest.raises(TierdeskError, match=r"INTAKE-021.*line 2"):
        parse_mapping("[file]\nformat = csv", contract)


def test_layout_and_comments_do_not_change_the_hash(contract: Contract) -> None:
    one = parse_mapping(MAPPING, contract)
    other = parse_mapping("# a comment\n" + MAPPING.replace("\n\n", "\n"), contract)

    assert one.sha256 == other.sha256
    assert one.sha256 != parse_mapping(MAPPING + 'unit = "wan"', contract).sha256


@pytest.mark.parametrize("example", ["demo", "berka", "uci"])
def test_the_examples_are_read_and_written_back(example: str, contract: Contract) -> None:
    mapping = parse_mapping((ROOT / "examples" / example / "mapping.toml").read_text(encoding="utf-8"), contract)

    assert mapping == parse_mapping(to_toml(mapping), contract)


def test_odd_words_survive_being_written(contract: Contract) -> None:
    odd = MAPPING.replace('"kind"', '"kind \\" \\\\ \\t ="') + 'codes = { }\nmissing = ["N/A", "—", "\\u0001"]\n'
    mapping = parse_mapping(odd.replace("codes = { }\n", ""), contract)

    assert mapping == parse_mapping(to_toml(mapping), contract)


def test_a_chinese_header_is_guessed_with_units_codes_and_dates(contract: Contract) -> None:
    header = [
        "客户号",
        "客户类型",
        "姓名",
        "出生日期",
        "金融资产(万元)",
        "贷款余额（元）",
        "合作年限(月)",
        "逾期天数",
        "备注",
        "数据日期",
    ]
    rows = [["1", "个人", "张三", "1980/1/31", "12.5", "0", "14", "0", "", "2025-12-31"]]
    rows += [["2", "企业", "某公司", "", "1.0", "", "", "", "x", "2025-12-31"]]

    mapping = suggest(header, rows, contract)

    assert parse_mapping(to_toml(mapping), contract) == mapping
    assert {name: rule.source for name, rule in mapping.column.items()} == {
        "customer_id": "客户号",
        "kind": "客户类型",
        "name": "姓名",
        "birth_date": "出生日期",
        "tenure": "合作年限(月)",
        "assets": "金融资产(万元)",
        "loan_balance": "贷款余额（元）",
        "days_past_due": "逾期天数",
    }
    assert mapping.column["assets"].unit == "ten_thousand"
    assert mapping.column["tenure"].unit == "months"
    assert mapping.column["kind"].codes == {"个人": "person", "企业": "enterprise"}
    assert mapping.column["birth_date"].dates == ("YYYY/M/D",)
    assert mapping.snapshot.as_of_column == "数据日期"


def test_an_english_header_is_guessed_too(contract: Contract) -> None:
    header = ["cust_no", "customer_type", "AUM_wan", "open_date", "tenure_months", "dpd", "period", "as_of"]

    mapping = suggest(header, [["1", "individual", "3", "20200131", "3", "0", "2025Q4", "2025-12-31"]], contract)

    assert mapping.column["customer_id"].source == "cust_no"
    assert mapping.column["assets"].source == "AUM_wan"
    assert mapping.column["assets"].unit == "ten_thousand"
    assert mapping.column["relationship_start"].dates == ("YYYYMMDD",)
    assert mapping.snapshot.period_column == "period"
