"""Band edges on the bench page itself: dragged by mouse, finger and keys, typed, undone; Python has the last word."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from analytics.cube.cells import MEASURES
from analytics.cube.recount import Migration
from analytics.desks import publishing
from analytics.desks.data import snapshots
from analytics.desks.house import House
from analytics.desks.whatif import bench
from analytics.standard.change import Override, apply
from analytics.standard.parse import read_toml, validate
from analytics.vocabulary import Kind
from tests.browser.served import Served, served
from tests.houses import copied
from tests.live.conftest import LOCALES, Visit

ASSETS = "dimension.assets.person.bands[{}].from"
TABLE = """() => {
  const hosts = [...document.querySelectorAll(".st-key-bench_live_place *")];
  const bench = hosts.find((host) => host.shadowRoot?.querySelector(".bench"));
  return Object.fromEntries([...bench.shadowRoot.querySelectorAll("tr[data-cell]")].map((row) =>
    [row.dataset.cell, [...row.querySelectorAll("[data-exact]")].map((cell) => cell.dataset.exact)]));
}"""
Recount = Callable[..., Migration]
Opened = Callable[..., Visit]


@pytest.fixture(scope="module")
def app(built_house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The whole app over a small house; sketches belong to a visit, so that tests do not meet."""
    with served(built_house, tmp_path_factory.mktemp("edges")) as server:
        yield server


@pytest.fixture(scope="module")
def recount(built_house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Recount]:
    """Python's answer for a draft of the standard in force, on the latest snapshot."""
    house: House = copied(built_house, tmp_path_factory.mktemp("truth"))
    law, latest = publishing.in_force(house), snapshots.latest(house)[0].snapshot_id
    source = read_toml(house.stored(law.publication.standard_hash).source)

    def counted(*overrides: Override) -> Migration:
        draft = validate(apply(source, overrides), house.contract)
        return bench.trial(house, latest, law.standard, draft).migration

    yield counted
    house.store.close()


@pytest.fixture
def open_edges(browser: Browser, app: Served) -> Iterator[Opened]:
    """Open the bench with a dimension in the hand: ``open_edges("Credit", language="en", width=820)``."""
    contexts = []

    def opened(
        dimension: str = "Financial assets", language: str = "en", width: int = 1440, *, touch: bool = False
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 1000},
            locale=LOCALES[language],
            reduced_motion="reduce",
            has_touch=touch,
        )
        contexts.append(context)
        page = context.new_page()
        visit = Visit(page)
        page.on("websocket", visit.listen)
        page.goto(app.address("bench", lang=language))
        page.locator(".gauges").wait_for()
        page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
        page.locator(".edges select").select_option(label=dimension)
        ready(page)
        return visit

    yield opened
    for context in contexts:
        context.close()


def ready(page: Page) -> None:
    page.locator('.edges[data-state="ready"] .edge').first.wait_for()


def edge(page: Page, rank: int) -> int:
    return int(float(page.locator(f'.edge[data-edge="{rank}"][role]').get_attribute("aria-valuenow") or ""))


def grip(page: Page, rank: int) -> tuple[float, float]:
    handle = page.locator(f'.edge[data-edge="{rank}"] .grip')
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def shows(page: Page, migration: Migration) -> None:
    """The page shows Python's figures in every cell."""
    sums, found = migration.sums.sum(axis=2), page.evaluate(TABLE)
    assert found
    for at, kind in enumerate(Kind):
        for row, before in enumerate(migration.before):
            for column, after in enumerate(migration.after):
                wanted = [str(int(sums[place, at, row, column])) for place in range(len(MEASURES))]
                assert found.get(f"{kind}|{before.id}|{after.id}", ["0", "0", "0"]) == wanted


def moves(page: Page) -> tuple[str, str]:
    """How many go up and down, as the tiles say while the hand moves."""
    up, down = (page.locator(f'[data-gauge="{way}"] .value').inner_text() for way in ("up", "down"))
    return up, down


def counted_moves(migration: Migration) -> tuple[str, str]:
    sums = migration.sums[0].sum(axis=(0, 1))
    ways = {"up": 0, "down": 0}
    for row, before in enumerate(migration.before):
        for column, after in enumerate(migration.after):
            if before.rank is not None and after.rank is not None and before.rank != after.rank:
                ways["up" if after.rank > before.rank else "down"] += int(sums[row, column])
    return f"{ways['up']:,}", f"{ways['down']:,}"


def test_a_dragged_edge_is_answered_at_once_and_told_once(open_edges, recount):
    visit = open_edges()
    page = visit.page
    shows(page, recount())
    x, y = grip(page, 2)
    page.mouse.move(x, y)
    page.mouse.down()
    before, seen = len(visit.sent), set()
    for step in range(1, 9):
        page.mouse.move(x - 9 * step, y)
        page.wait_for_timeout(40)
        amount = edge(page, 2)
        seen.add(amount)
        assert moves(page) == counted_moves(recount(Override(ASSETS.format(3), amount)))
    assert len(seen) >= 4
    assert 200_000 < amount < 500_000
    assert moves(page) != ("0", "0")
    assert len(visit.sent) == before
    page.locator('.verdict[data-state="held"]').wait_for()
    page.mouse.up()
    visit.verdict("same")
    ready(page)
    assert edge(page, 2) == amount
    shows(page, recount(Override(ASSETS.format(3), amount)))
    for act, overrides in (("undo", []), ("redo", [Override(ASSETS.format(3), amount)]), ("reset", [])):
        page.locator(f'[data-act="{act}"]').click()
        visit.verdict("same")
        ready(page)
        shows(page, recount(*overrides))
        assert edge(page, 2) == (amount if overrides else 500_000)


def test_edges_do_not_cross(open_edges, recount):
    visit = open_edges()
    page = visit.page
    x, y = grip(page, 2)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 700, y, steps=6)
    page.mouse.up()
    visit.verdict("same")
    assert (edge(page, 1), edge(page, 2)) == (200_000, 210_000)
    shows(page, recount(Override(ASSETS.format(3), 210_000)))


def test_a_finger_drags_an_edge(open_edges, recount):
    visit = open_edges(width=820, touch=True)
    page = visit.page
    x, y = grip(page, 1)
    session = page.context.new_cdp_session(page)
    for kind, at in (("touchStart", 0), *(("touchMove", step) for step in range(4, 40, 4)), ("touchEnd", None)):
        points = [] if at is None else [{"x": x - at, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    visit.verdict("same")
    assert 50_000 < edge(page, 1) < 200_000
    shows(page, recount(Override(ASSETS.format(2), edge(page, 1))))


def test_keys_move_an_edge_that_says_where_it_stands_and_keeps_the_focus(open_edges, recount):
    visit = open_edges()
    page = visit.page
    line = page.locator('.edge[data-edge="2"][role]')
    assert (line.get_attribute("role"), line.get_attribute("aria-label")) == ("slider", "Financial assets: edge 3")
    line.focus()
    for key, expected in (
        ("ArrowRight", 510_000),
        ("ArrowLeft", 500_000),
        ("ArrowDown", 490_000),
        ("PageUp", 590_000),
        ("PageDown", 490_000),
        ("Home", 210_000),
        ("End", 990_000),
    ):
        page.keyboard.press(key)
        visit.verdict("same")
        ready(page)
        assert edge(page, 2) == expected
        words = f"{expected:,} yuan; 40 points below it, 65 from it on; the standard says 500,000 yuan"
        assert line.get_attribute("aria-valuetext") == words
        assert line.evaluate("(node) => node.getRootNode().activeElement === node")
        shows(page, recount(Override(ASSETS.format(3), expected)))


def typed(page: Page, rank: int, text: str) -> None:
    field = page.locator(f'[data-dial="edge.{rank}"] input')
    field.fill(text)
    field.press("Enter")


def test_any_amount_can_be_typed_and_the_server_counts_it(open_edges, recount):
    visit = open_edges()
    page = visit.page
    typed(page, 2, "481,234.56")
    visit.verdict("same")
    ready(page)
    assert page.locator('[data-dial="edge.2"] input').input_value() == "481,234.56"
    assert page.locator('.edge[data-edge="2"][role]').get_attribute("aria-valuetext").startswith("481,234.56 yuan;")
    shows(page, recount(Override(ASSETS.format(3), Decimal("481234.56"))))
    page.locator('.edge[data-edge="2"][role]').focus()
    page.keyboard.press("ArrowLeft")
    visit.verdict("same")
    ready(page)
    assert edge(page, 2) == 480_000
    shows(page, recount(Override(ASSETS.format(3), 480_000)))
    page.locator('[data-dial="edge.2"] .back').click()
    visit.verdict("same")
    shows(page, recount())


def test_what_cannot_stand_there_is_refused_with_a_word(open_edges):
    visit = open_edges()
    page, before = visit.page, len(visit.sent)
    for rank, text, word in (
        (2, "200000", "Type an amount above 200,000 yuan and below 1,000,000 yuan."),
        (0, "200,000", "Type an amount below 200,000 yuan."),
        (2, "1m", "Type an amount above 200,000 yuan and below 1,000,000 yuan."),
        (5, "lots", "Type an amount above 2,000,000 yuan."),
        (2, "500000.001", "Type an amount above 200,000 yuan and below 1,000,000 yuan."),
    ):
        typed(page, rank, text)
        assert page.locator(".edges .hint").inner_text() == word
        stands = {0: "50,000", 2: "500,000", 5: "6,000,000"}[rank]
        assert page.locator(f'[data-dial="edge.{rank}"] input').input_value() == stands
    assert len(visit.sent) == before


def dial(page: Page, name: str, value: object) -> None:
    field = page.locator(f'[data-dial="{name}"] input[type="number"]')
    field.fill(str(value))
    field.blur()


def test_other_numbers_move_while_a_dimension_is_in_the_hand(open_edges, recount):
    visit = open_edges()
    page = visit.page
    said = [Override("dimension.credit.person.weight", 55)]
    dial(page, "weight.credit", 55)
    visit.verdict("same")
    shows(page, recount(*said))
    ready(page)
    for override, name in (
        (Override("tier[1].entry.person", 52), "entry.MID"),
        (Override("dimension.assets.person.weight", 60), "weight.assets"),
        (Override("dimension.assets.person.bands[2].points", 70), "points.assets.2"),
    ):
        dial(page, name, override.value)
        visit.verdict("same")
        said.append(override)
        shows(page, recount(*said))
    ready(page)
    x, y = grip(page, 1)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y, steps=4)
    page.wait_for_timeout(60)
    amount = edge(page, 1)
    assert amount < 200_000
    assert moves(page) == counted_moves(recount(*said, Override(ASSETS.format(2), amount)))
    page.mouse.up()
    visit.verdict("same")
    shows(page, recount(*said, Override(ASSETS.format(2), amount)))


def test_a_weight_that_moves_before_an_edge_is_answered_leaves_no_wrong_number(open_edges, recount):
    visit = open_edges()
    page = visit.page
    for weight in (55, 60, 65):
        page.locator('.edge[data-edge="2"][role]').focus()
        page.keyboard.press("PageDown")
        field = page.locator('[data-dial="weight.credit"] input[type="number"]')
        field.evaluate(
            """(node, value) => {
              node.value = value;
              node.dispatchEvent(new Event("input"));
              node.dispatchEvent(new Event("change"));
            }""",
            weight,
        )
        assert page.locator(".verdict").get_attribute("data-state") in ("held", "waiting")
        visit.verdict("same")
        page.locator('.verdict[data-state="same"]').wait_for()
        ready(page)
        amount = edge(page, 2)
        shows(page, recount(Override(ASSETS.format(3), amount), Override("dimension.credit.person.weight", weight)))
    assert amount == 210_000


def test_each_kind_has_its_own_dimension_in_the_hand(open_edges, recount):
    visit = open_edges("Credit")
    page = visit.page
    page.get_by_role("button", name="Enterprises", exact=True).click()
    assert page.locator(".edges select").input_value() == ""
    page.locator(".edges select").select_option(label="Years of relationship")
    ready(page)
    page.locator('.edge[data-edge="0"][role]').focus()
    page.keyboard.press("PageUp")
    visit.verdict("same")
    path = "dimension.tenure.enterprise.bands[1].from"
    shows(page, recount(Override(path, 2)))
    page.get_by_role("button", name="Persons", exact=True).click()
    page.locator('.edges[data-state="ready"] .note').get_by_text("Persons by Credit").wait_for()
    page.locator('.edge[data-edge="0"][role]').focus()
    page.keyboard.press("ArrowUp")
    visit.verdict("same")
    shows(page, recount(Override(path, 2), Override("dimension.credit.person.bands[1].from", 451)))


@pytest.mark.parametrize(("language", "dimension"), [("zh", "金融资产规模"), ("en", "Contribution")])
def test_it_fits_and_speaks_one_language(open_edges, language, dimension):
    page = open_edges(dimension, language).page
    card = page.locator(".edges")
    for width in (1440, 820, 420):
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_timeout(400)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
        assert card.evaluate("(node) => node.scrollWidth - node.clientWidth") == 0
    said = card.inner_text()
    if language == "zh":
        assert re.findall("[A-Za-z]{2,}", re.sub("PageUp|PageDown|Home|End", "", said)) == []
    else:
        assert re.findall("[\u4e00-\u9fff]", said) == []


def test_an_accessibility_check_finds_nothing(open_edges):
    visit = open_edges()
    visit.page.locator('.edge[data-edge="2"][role]').focus()
    visit.page.keyboard.press("PageDown")
    visit.verdict("same")
    found = Axe().run(visit.page, context=".st-key-bench_live_place").response["violations"]
    assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []
