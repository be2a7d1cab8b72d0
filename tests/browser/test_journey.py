"""From a file to a published standard in the browser, in Chinese, every number held against the desks."""

import tomllib
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from analytics.desks import publishing
from analytics.desks.data import intake, snapshots
from analytics.desks.house import House, open_house
from analytics.desks.runs import results
from analytics.desks.whatif import bench
from analytics.standard.change import Override, write
from analytics.standard.parse import parse_toml
from tests.browser.conftest import NewPage, settled
from tests.browser.served import served
from tests.houses import settings_in

LOWER, HIGH = "62.5", "tier[0].entry.person"
GOOD, BAD = 188, 12
HEADER = "客户编号,客户类型,姓名,日均资产,贡献度,信用评分,开户日期,风险等级"
GRADES = ("C1", "C2", "C3", "C4", "C5")


def bank_file() -> str:
    """200 persons: amounts in 万元, the last dozen unreadable in three ways."""
    rows = []
    for n in range(GOOD + BAD):
        number, kind, assets = f"N{n:04}", "个人", f"{1 + n * n % 977}.25"
        if n >= GOOD:
            number, kind, assets = [("", kind, assets), (number, "外星", assets), (number, kind, "许多")][n % 3]
        profit = f"{n * 13 % 60}.5"
        facts = (number, kind, "演示客户", assets, profit, 480 + n * 31 % 420, f"20{n % 25:02}-03-15", GRADES[n % 5])
        rows.append(",".join(map(str, facts)))
    return "\n".join([HEADER, *rows]) + "\n"


def metric(page: Page, label: str) -> Locator:
    """The number under a label."""
    card = page.get_by_test_id("stMetric").filter(has=page.get_by_text(label, exact=True))
    return card.get_by_test_id("stMetricValue").first


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()


def typed(page: Page, label: str, words: str) -> None:
    field = page.get_by_label(label, exact=True).and_(page.locator("input, textarea")).last
    field.fill(words)
    field.press("Tab")
    settled(page)


def menu(page: Page, name: str) -> None:
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    settled(page)


def import_it(page: Page, file: Path) -> None:
    """The suggestion lacks the period and takes the amounts for yuan: both are put right."""
    page.locator('input[type="file"]').set_input_files(file)
    typed(page, "期次（如 2025Q4）", "2026Q1")
    choose(page, "金额单位", "万元")
    expect(page.get_by_text(f"试读前 200 行：{GOOD} 行可接受，{BAD} 行将退回。")).to_be_visible()
    page.get_by_role("button", name="接入此文件").click()
    expect(page.get_by_text(f"2026Q1：200 行 = {GOOD} 接受 + {BAD} 退回")).to_be_visible()


def classify_it(page: Page) -> None:
    page.get_by_test_id("stMain").get_by_role("link", name="去评定").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("运行")
    settled(page)
    page.get_by_role("button", name="开始评定").click()
    expect(page.get_by_text("按标准 2026.1 评定 2026Q1 · 已完成")).to_be_visible()


def tiers(page: Page) -> list[int]:
    """What the overview counts, highest tier first."""
    menu(page, "总览")
    expect(page.get_by_text("快照 2026Q1")).to_be_visible()
    return [int(metric(page, name).inner_text().replace(",", "")) for name in ("高端", "中端", "低端")]


def moved_up(page: Page) -> int:
    """How many the bench lifts by the lower entry score, once the server has found the same."""
    menu(page, "阈值试算")
    field = page.locator('[data-dial="entry.HIGH"] input[type="number"]')
    field.fill(LOWER)
    field.press("Tab")
    page.locator('.verdict[data-state="same"]:not([data-of=""])').wait_for()
    expect(page.get_by_text("草案的改动（1）")).to_be_visible()
    settled(page)
    return int(page.locator('[data-gauge="up"] .value').inner_text().replace(",", ""))


def publish_it(page: Page) -> None:
    """One proposes, another confirms."""
    page.get_by_role("button", name="以此草案提案").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("提案与发布")
    settled(page)
    typed(page, "标题", "降低高端准入分")
    typed(page, "理由", "客户经理有余力")
    page.get_by_role("button", name="提交提案").click()
    confirm = page.get_by_role("button", name="确认发布")
    expect(confirm).to_be_disabled()
    choose(page, "以谁的身份操作", "赵敏")
    expect(confirm).to_be_enabled()
    confirm.click()
    expect(page.get_by_text("已发布：版本 2026.2")).to_be_visible()
    settled(page)
    newest = page.get_by_test_id("stDataFrame").first.locator("canvas table tbody tr").first
    expect(newest).to_contain_text("2026.2")
    expect(newest).to_contain_text("现行")


def test_a_file_becomes_a_snapshot_and_a_moved_threshold_becomes_law(
    built_house: Path, new_page: NewPage, tmp_path: Path
) -> None:
    file = tmp_path / "季末客户.csv"
    file.write_text(bank_file(), encoding="utf-8")
    before = (built_house / "rules.toml").read_text(encoding="utf-8")
    with served(built_house, tmp_path) as app:
        page = new_page("zh")
        page.goto(app.address("intake"))
        settled(page)
        import_it(page, file)
        classify_it(page)
        counted, lifted = tiers(page), moved_up(page)
        publish_it(page)
    house = open_house(settings_in(tmp_path))
    kept_what_was_shown(house, counted, lifted)
    house.store.close()
    after = (tmp_path / "rules.toml").read_text(encoding="utf-8")
    assert tomllib.loads(after)["tier"][0]["entry"] == {"person": float(LOWER), "enterprise": 80}
    assert [line for line in after.splitlines() if line.startswith("#")] == [
        line for line in before.splitlines() if line.startswith("#")
    ]


def kept_what_was_shown(house: House, counted: list[int], lifted: int) -> None:
    """Hold what the screen said against the store that it left behind."""
    snapshot, [now, was] = snapshots.latest(house)[0], publishing.history(house)
    assert (snapshot.period, snapshot.n_accepted, snapshot.n_rejected) == ("2026Q1", GOOD, BAD)
    assert intake.intakes(house.store)[0].loaded_by == "chen.committee"
    standing = results.standing(house, snapshot, was.standard_hash)
    assert standing is not None
    assert counted == [place.customers for place in standing.tiers]
    assert sum(counted) > 100
    old = house.standard(was.standard_hash)
    draft = parse_toml(write(house.stored(was.standard_hash).source, [Override(HIGH, Decimal(LOWER))]), house.contract)
    assert lifted == bench.trial(house, snapshot.snapshot_id, old, draft).migration.moved().up > 0
    assert publishing.in_force(house).publication == now
    assert (house.standard(now.standard_hash).standard.version, now.published_by) == ("2026.2", "zhao.risk")
    assert house.standard(now.standard_hash).tier == draft.tier
