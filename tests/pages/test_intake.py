"""Intake: a file that is sent becomes a snapshot, and every row of it is accounted for."""

from pathlib import Path

from analytics.desks.data import intake, snapshots, uploads
from analytics.desks.house import House
from tests.pages.conftest import OPEN, words_of
from tests.pages.test_runs import wait

GOOD = "C{0},个人,{1},1000.50,12,600\n"
FILE = (
    "客户编号,客户类型,姓名,日均资产(元),贡献度,信用评分\n"
    + "".join(GOOD.format(at, "演示") for at in range(7))
    + "C7,个人,演示,abc,12,600\nC8,外星,演示,1,1,600\n=C9,个人,演示,1e400,1,600\n"
)


def test_a_sent_file_becomes_a_snapshot(bank: House, visit: OPEN) -> None:
    app = visit("intake")
    app.file_uploader[0].set_value(("客户_2026Q1.csv", FILE.encode("gb18030"), "text/csv")).run()
    assert not app.error
    assert "The first 10 rows: 7 would be accepted, 3 rejected." in words_of(app)
    next(button for button in app.button if button.label == "Import this file").click().run()
    wait()
    app.run()
    assert "2026Q1: 10 rows = 7 accepted + 3 rejected" in words_of(app)
    latest = snapshots.latest(bank)[0]
    assert (latest.period, latest.n_accepted, latest.n_rejected) == ("2026Q1", 7, 3)
    assert intake.intakes(bank.store)[0].loaded_by == "chen.committee"


def test_a_sent_file_does_not_stay(bank: House, place: Path) -> None:
    left = [path for path in place.rglob("*") if path.is_file() and uploads.UPLOADS in path.parent.parent.name]
    assert left == []


def test_an_empty_file_is_told(bank: House, visit: OPEN) -> None:
    app = visit("intake", language="zh")
    app.file_uploader[0].set_value(("empty.csv", b"", "text/csv")).run()
    assert ["INTAKE-" in error.value for error in app.error] == [True]
    assert not app.exception
