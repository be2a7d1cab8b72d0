"""The live bench in a browser: moved by mouse, finger and keys; the server hears what is settled, and checks it."""

import re
from decimal import Decimal
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from analytics.classify.grid import Grid, grid_of
from analytics.cube.cells import MEASURES, Cells
from analytics.cube.recount import migrate, staffing
from analytics.desks.house import load_contract
from analytics.settings import HOME
from analytics.standard.change import Override, apply
from analytics.standard.model import Standard
from analytics.standard.parse import read_toml, validate
from analytics.vocabulary import Kind
from tests.live.bank import signatures
from tests.live.conftest import Visit

N = 500
RULES = read_toml((HOME / "rules.toml").read_text(encoding="utf-8"))
TABLE = """() => {
  const hosts = [...document.querySelectorAll(".st-key-live_place *")];
  const bench = hosts.find((host) => host.shadowRoot?.querySelector(".bench"));
  return Object.fromEntries([...bench.shadowRoot.querySelectorAll("tr[data-cell]")].map((row) =>
    [row.dataset.cell, [...row.querySelectorAll("[data-exact]")].map((cell) => cell.dataset.exact)]));
}"""
"""The table for whoever reads, in which every figure stands in full."""
WATCH = """() => {
  const hosts = [...document.querySelectorAll(".st-key-live_place *")];
  const bench = hosts.find((host) => host.shadowRoot?.querySelector(".bench"));
  window.made = 0;
  new MutationObserver((changes) => {
    window.made += changes.filter((change) => [...change.addedNodes].some((node) => node.nodeType === 1)).length;
  }).observe(bench.shadowRoot, { childList: true, subtree: true });
}"""
"""Count elements that are made from now on."""


@cache
def bank() -> tuple[Standard, Grid, Cells]:
    contract = load_contract()
    law = validate(RULES, contract)
    grid = grid_of(law, contract)
    return law, grid, signatures(grid, N)


def recount(*overrides: Override) -> dict[str, list[str]]:
    """Python's answer for every cell: customers, assets, contribution."""
    law, grid, cells = bank()
    migration = migrate(cells, (law, grid), (validate(apply(RULES, overrides), load_contract()), grid))
    sums = migration.sums.sum(axis=2)
    return {
        f"{kind}|{before.id}|{after.id}": [str(int(sums[place, at, row, column])) for place in range(len(MEASURES))]
        for at, kind in enumerate(Kind)
        for row, before in enumerate(migration.before)
        for column, after in enumerate(migration.after)
    }


def shows(page: Page, *overrides: Override) -> None:
    """The page shows Python's figures in every cell that it has, and nobody stands in one that it has not."""
    wanted, found = recount(*overrides), page.evaluate(TABLE)
    assert found
    for cell, figures in wanted.items():
        assert found.get(cell, ["0", "0", "0"]) == figures, cell


def entry(page: Page, tier: str) -> Decimal:
    return Decimal(page.locator(f'.threshold[data-tier="{tier}"]').get_attribute("aria-valuenow") or "")


def grip(page: Page, tier: str) -> tuple[float, float]:
    page.locator(f'.threshold[data-tier="{tier}"] .grip').scroll_into_view_if_needed()
    box = page.locator(f'.threshold[data-tier="{tier}"] .grip').bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_line_that_is_dragged_moves_everybody_and_tells_the_server_once(open_bench):
    visit = open_bench()
    page = visit.page
    shows(page)
    x, y = grip(page, "MID")
    page.evaluate(WATCH)
    page.mouse.move(x, y)
    page.mouse.down()
    before = len(visit.sent)
    for step in range(1, 41):
        page.mouse.move(x - 3 * step, y)
    page.wait_for_function("() => true")
    moved = entry(page, "MID")
    up = page.locator('[data-gauge="up"] .value').inner_text()
    assert moved < 55
    assert up != "0"
    assert (len(visit.sent), page.evaluate("window.made")) == (before, 0)
    page.locator('.verdict[data-state="held"]').wait_for()
    page.mouse.up()
    visit.verdict("same")
    page.wait_for_timeout(300)
    assert len(visit.sent) == before + 1
    assert up == page.locator('[data-gauge="up"] .value').inner_text()
    shows(page, Override("tier[1].entry.person", moved))


def test_a_finger_drags_too(open_bench):
    visit = open_bench(width=820, touch=True)
    page = visit.page
    x, y = grip(page, "HIGH")
    session = page.context.new_cdp_session(page)
    before = len(visit.sent)
    for kind, at in (("touchStart", 0), *(("touchMove", step) for step in range(4, 60, 4)), ("touchEnd", None)):
        points = [] if at is None else [{"x": x - at, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    visit.verdict("same")
    moved = entry(page, "HIGH")
    assert moved < 75
    assert len(visit.sent) == before + 1
    shows(page, Override("tier[0].entry.person", moved))


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["ArrowRight"], "60.1"),
        (["ArrowLeft", "ArrowLeft"], "59.8"),
        (["Shift+ArrowUp"], "61"),
        (["PageDown"], "55"),
        (["PageUp", "PageUp", "PageUp", "PageUp"], "79.9"),
        (["Home"], "0"),
    ],
)
def test_keys_move_a_line_that_says_where_it_stands(open_bench, keys, expected):
    visit = open_bench()
    line = visit.page.locator('.threshold[data-tier="MID"]')
    assert (line.get_attribute("role"), line.get_attribute("aria-label")) == ("slider", "Entry score of Mid")
    line.focus()
    for key in keys:
        visit.page.keyboard.press(key)
    visit.verdict("same")
    assert entry(visit.page, "MID") == Decimal(expected)
    assert line.get_attribute("aria-valuetext") == f"{expected} points; the standard says 60"
    shows(visit.page, Override("tier[1].entry.person", Decimal(expected)))


def dial(page: Page, name: str, value: object) -> None:
    field = page.locator(f'[data-dial="{name}"] input[type="number"]')
    field.fill(str(value))
    field.blur()


def test_weights_points_and_kinds_are_typed_and_undone(open_bench):
    visit = open_bench()
    page = visit.page
    said: list[Override] = []

    def typed(name: str, value: int, path: str) -> None:
        dial(page, name, value)
        said.append(Override(path, value))
        visit.verdict("same")
        shows(page, *said)

    typed("weight.assets", 55, "dimension.assets.person.weight")
    typed("points.assets.3", 90, "dimension.assets.person.bands[3].points")
    page.get_by_role("button", name="Enterprises", exact=True).click()
    typed("weight.credit", 0, "dimension.credit.enterprise.weight")
    for act, left in (("undo", 2), ("undo", 1), ("redo", 2), ("undo", 1), ("undo", 0)):
        step(visit, act)
        shows(page, *said[:left])
    assert not can(page, "undo")
    assert not can(page, "reset")
    step(visit, "redo")
    step(visit, "reset")
    shows(page)
    step(visit, "undo")
    shows(page, *said[:1])
    assert can(page, "redo")
    dial(page, "weight.tenure", 9)
    visit.verdict("same")
    assert not can(page, "redo")


def test_a_number_that_cannot_stand_there_is_told_with_what_is_taken(open_bench):
    visit = open_bench()
    page = visit.page
    for name, value, taken, words in (
        ("entry.HIGH", 55, "60.01", "Above Mid, 60, and 100 at most: 60.01 is taken."),
        ("entry.HIGH", 101, "100", "Above Mid, 60, and 100 at most: 100 is taken."),
        ("entry.MID", -3, "0", "From 0 to below High, 100: 0 is taken."),
        ("entry.MID", "20.123", "20.12", "Two decimals at most: 20.12 is taken."),
        ("weight.assets", 150, "100", "From 0 to 100: 100 is taken."),
        ("points.assets.3", "60.4", "60", "Whole numbers only: 60 is taken."),
    ):
        dial(page, name, value)
        row = page.locator(f'[data-dial="{name}"]')
        row.locator(".hint", has_text=words).wait_for()
        assert row.locator("input[type=number]").input_value() == taken
    dial(page, "weight.assets", 40)
    page.locator('[data-dial="weight.assets"] .hint:empty').wait_for(state="attached")


def test_staff_of_everybody_is_called_so_beside_figures_of_one_kind(open_bench):
    page = open_bench().page
    titles = page.locator('[data-gauge="managers"] .title, [data-gauge="cost"] .title')
    assert titles.all_inner_texts() == ["Managers", "Service cost a year"]
    page.get_by_role("button", name="This kind only").click()
    page.get_by_text("Managers · all customers").wait_for()
    page.get_by_text("Service cost a year · all customers").wait_for()


def test_those_without_a_score_are_told_by_where_they_stand(open_bench):
    note = open_bench().page.locator(".histogram .note").inner_text()
    found = re.search(r"; ([\d,]+) more lack values and have no score \((.+?)\)", note)
    assert found
    parts = [int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*\d|\d", found[2])]
    assert sum(parts) == int(found[1].replace(",", "")) > 0


def step(visit: Visit, act: str) -> None:
    assert can(visit.page, act)
    visit.page.locator(f'[data-act="{act}"]').click()
    visit.verdict("same")


def can(page: Page, act: str) -> bool:
    return page.locator(f'[data-act="{act}"]').get_attribute("aria-disabled") == "false"


def test_steps_that_are_asked_for_at_once_are_all_taken(open_bench):
    visit = open_bench()
    for name, value in (("entry.MID", 61), ("entry.MID", 62), ("entry.HIGH", 83)):
        dial(visit.page, name, value)
        visit.verdict("same")
    visit.page.evaluate("""() => {
      const hosts = [...document.querySelectorAll(".st-key-live_place *")];
      const bench = hosts.find((host) => host.shadowRoot?.querySelector(".bench"));
      for (let turn = 0; turn < 3; turn += 1) bench.shadowRoot.querySelector('[data-act="undo"]').click();
    }""")
    visit.page.locator('[data-act="undo"][aria-disabled="true"]').wait_for()
    shows(visit.page)


def test_a_draft_that_is_put_on_the_bench_elsewhere_is_shown_and_can_be_undone(open_bench):
    visit = open_bench()
    dial(visit.page, "entry.HIGH", 70)
    visit.verdict("same")
    visit.page.get_by_role("button", name="mild").click()
    visit.page.locator('.threshold[data-tier="MID"][aria-valuenow="50"]').wait_for()
    shows(visit.page, Override("tier[1].entry.person", 50))
    step(visit, "undo")
    shows(visit.page, Override("tier[0].entry.person", 70))


def test_a_number_that_the_server_says_while_another_is_in_the_hand_is_kept_with_it(open_bench):
    visit = open_bench()
    page = visit.page
    x, y = grip(page, "HIGH")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y)
    page.evaluate(
        """() => [...document.querySelectorAll("button")].find((each) => each.innerText === "mild").click()"""
    )
    page.locator('.threshold[data-tier="MID"][aria-valuenow="50"]').wait_for()
    page.mouse.move(x + 40, y)
    page.mouse.up()
    visit.verdict("same")
    assert entry(page, "MID") == 50
    assert entry(page, "HIGH") > 80
    shows(page, Override("tier[1].entry.person", 50), Override("tier[0].entry.person", entry(page, "HIGH")))


def test_entries_that_cross_are_told_calmly_and_can_be_dragged_back(open_bench):
    visit = open_bench()
    page = visit.page
    page.get_by_role("button", name="crossed").click()
    page.locator('.verdict[data-state="trouble"]').wait_for()
    assert page.locator(".calm").inner_text().startswith("Entry scores of Persons cross")
    assert not page.locator(".gauges").is_visible()
    assert not page.locator(".matrix").is_visible()
    x, y = grip(page, "MID")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 200, y, steps=5)
    page.mouse.up()
    visit.verdict("same")
    assert entry(page, "MID") < entry(page, "HIGH") == 80
    shows(page, Override("tier[1].entry.person", entry(page, "MID")))


def test_weights_that_are_all_zero_give_a_calm_word_and_no_numbers(open_bench):
    visit = open_bench()
    page = visit.page
    for name in ("assets", "contribution", "credit", "risk_capacity", "tenure"):
        dial(page, f"weight.{name}", 0)
    page.locator('.verdict[data-state="trouble"]').wait_for()
    assert page.locator(".calm").inner_text().startswith("All weights of Persons are zero")
    assert "nobody can be scored" in page.locator(".sum").inner_text()
    assert not page.locator(".gauges").is_visible()
    dial(page, "weight.tenure", 10)
    visit.verdict("same")
    names = ("assets", "contribution", "credit", "risk_capacity")
    shows(page, *(Override(f"dimension.{name}.person.weight", 0) for name in names))


def test_one_customer_and_a_kind_with_nobody(open_bench):
    visit = open_bench(n=1)
    page = visit.page
    customers = page.locator("tr[data-cell] td:nth-child(4)").all_inner_texts()
    assert sum(each != "0" for each in customers) == 1
    dial(page, "entry.MID", 1)
    visit.verdict("same")
    page.get_by_role("button", name="Enterprises", exact=True).click()
    page.get_by_role("button", name="This kind only").click()
    assert page.locator(".histogram").get_by_text("Enterprises: nobody in this snapshot").is_visible()
    assert page.locator('[data-gauge="up"] .value').inner_text() == "0"
    assert page.locator('[data-gauge="up"] .sub').inner_text() == "– · assets –"
    dial(page, "entry.MID", 2)
    visit.verdict("same")


def test_a_caseload_below_one_customer_gives_no_number_of_managers(open_bench):
    visit = open_bench()
    visit.page.get_by_role("button", name="idle").click()
    visit.page.locator('[data-gauge="managers"] .value').get_by_text("–", exact=True).wait_for()
    assert visit.page.locator('[data-gauge="cost"] .value').inner_text().startswith("CNY ")
    dial(visit.page, "entry.MID", 61)
    visit.verdict("same")


def test_a_mismatch_is_shown_with_both_figures(open_bench):
    visit = open_bench(wrong="yes")
    dial(visit.page, "entry.MID", "61.25")
    visit.verdict("differs")
    banner = visit.page.locator(".mismatch")
    assert banner.get_attribute("role") == "alert"
    customers = int(recount(Override("tier[1].entry.person", Decimal("61.25")))["person|BASE|BASE"][0])
    assert banner.locator("td").all_inner_texts() == [
        "Customers · Persons · Basic → Basic",
        str(customers),
        str(customers + 1),
    ]


def test_a_dimension_whose_edges_cannot_be_dragged_says_why_and_what_to_do(open_bench):
    visit = open_bench(hands="none")
    page = visit.page
    assert page.locator(".edges .note").first.inner_text().startswith("Choose a dimension to see customers")
    page.locator(".edges select").select_option(label="Credit")
    page.locator('.edges[data-state="refused"]').wait_for()
    assert page.locator(".edges .note").first.inner_text() == (
        "Credit of Persons can't be dragged here: the standard does not score this dimension by the same values, or "
        "there are too many different customers. Move its edges under “Bands” below; the server recounts."
    )
    assert not page.locator(".edges .body").is_visible()
    dial(page, "entry.MID", 61)
    visit.verdict("same")
    shows(page, Override("tier[1].entry.person", 61))


def test_managers_and_cost_are_those_of_the_standard(open_bench):
    page = open_bench().page
    law, grid, cells = bank()
    staff = staffing(law, migrate(cells, (law, grid), (law, grid)).distribution("after").tolist())
    managers = sum(each.managers or 0 for each in staff)
    assert page.locator('[data-gauge="managers"] .value').inner_text() == f"{managers:,}"


@pytest.mark.parametrize("width", [1440, 820, 420])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_fits_and_speaks_one_language(open_bench, language, width):
    page = open_bench(language, width).page
    wide = "() => [document.documentElement.scrollWidth - innerWidth, " + (
        "...[...document.querySelectorAll('[data-testid=stMain]')].map((n) => n.scrollWidth - n.clientWidth)]"
    )
    assert page.evaluate(wide) == [0, 0]
    said = page.locator(".bench").inner_text()
    if language == "zh":
        assert re.findall("[A-Za-z]{2,}", re.sub("Shift|PageUp|PageDown", "", said)) == []
    else:
        assert re.findall("[\u4e00-\u9fff]", said) == []


def test_an_accessibility_check_finds_nothing(open_bench):
    visit = open_bench()
    visit.page.locator('.threshold[data-tier="MID"]').focus()
    visit.page.keyboard.press("PageDown")
    visit.verdict("same")
    found = Axe().run(visit.page, context=".st-key-live_place").response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
