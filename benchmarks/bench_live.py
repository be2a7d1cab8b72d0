"""The live bench in Chromium: from a pointer event to the painted frame, and from letting go to Python's answer.

    python -m benchmarks.bench_live --customers 3000 --signatures 20000 200000

Drives the bench page of a served Tierdesk with a small demo bank, and the page of the component's own tests with large
blocks: a line is dragged, a weight is dragged, each pointer event is timed from its own time stamp to the task after
the frame that shows it. The server and the browser share the machine.
"""

import argparse
import os
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from analytics.desks.house import open_house
from analytics.desks.setup import setup
from tests.browser.served import Served
from tests.browser.served import served as app_served
from tests.houses import ROOT, settings_in
from tests.live.served import served

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
TIMED = """() => {
  window.frames_ms = [];
  const hosts = [...document.querySelectorAll('[class*="_place"] *')];
  const bench = hosts.find((host) => host.shadowRoot?.querySelector(".bench"));
  const timed = (event) => {
    const start = event.timeStamp;
    if (event.type === "pointermove" && event.buttons === 0) return;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.frames_ms.push(performance.now() - start);
      channel.port2.postMessage(0);
    });
  };
  for (const name of ["pointermove", "input"]) bench.shadowRoot.addEventListener(name, timed, true);
  const line = bench.shadowRoot.querySelector(".verdict");
  window.answers_ms = [];
  window.addEventListener("pointerup", (event) => { window.released = event.timeStamp; }, true);
  new MutationObserver(() => {
    if (line.dataset.state === "same" && window.released) {
      const start = window.released;
      window.released = 0;
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => window.answers_ms.push(performance.now() - start);
        channel.port2.postMessage(0);
      });
    }
  }).observe(line, { attributes: true });
}"""
EMPTY = """<p>0</p><script>
  window.frames_ms = [];
  addEventListener("pointermove", (event) => {
    const start = event.timeStamp;
    requestAnimationFrame(() => {
      document.querySelector("p").textContent = start;
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.frames_ms.push(performance.now() - start);
      channel.port2.postMessage(0);
    });
  });
</script>"""
PAUSE = 24
"""Milliseconds between pointer events: a hand's own pace, a little more than a frame."""


@dataclass(frozen=True)
class Row:
    """Milliseconds of one page: event to frame for each hand, release to answer; bytes that the server sent.

    ``edge`` is empty where the page has no band edges to drag.
    """

    name: str
    line: list[float]
    weight: list[float]
    edge: list[float]
    answer: list[float]
    received: int
    table: int


def drags(page: Page, target: str, rounds: int) -> list[float]:
    """Drag to and fro; the times of all pointer events of all rounds."""
    page.evaluate("window.frames_ms = []")
    for turn in range(rounds):
        page.locator(target).scroll_into_view_if_needed()
        box = page.locator(target).bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        if "range" in target:
            value = float(page.locator(target).input_value())
            x = box["x"] + 8 + (box["width"] - 16) * value / 100
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(1, 31):
            page.mouse.move(x + (step if turn % 2 == 0 else -step) * 3, y)
            page.wait_for_timeout(PAUSE)
        page.mouse.up()
        page.locator('.verdict[data-state="same"]').wait_for()
        page.wait_for_timeout(200)
    return [float(each) for each in page.evaluate("window.frames_ms")]


def measured(browser: Browser, address: str, name: str, rounds: int) -> Row:
    """One window on a page."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="en-GB")
    page = context.new_page()
    received = [0, 0]

    def came(size: int) -> None:
        received[0] += size
        received[1] = max(received[1], size)

    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: came(len(frame))))
    page.goto(address)
    page.locator(".gauges").wait_for(timeout=180_000)
    page.wait_for_timeout(2500)
    page.evaluate(TIMED)
    drags(page, '.threshold[data-tier="MID"] .grip', 2)
    page.evaluate("window.answers_ms = []")
    before = received[0]
    line = drags(page, '.threshold[data-tier="MID"] .grip', rounds)
    weight = drags(page, '[data-dial="weight.assets"] input[type="range"]', rounds)
    answer = [float(each) for each in page.evaluate("window.answers_ms")]
    sent = (received[0] - before) // (2 * rounds)
    edge = edge_drags(page, rounds) if page.locator(".edges").count() else []
    row = Row(name, line, weight, edge, answer, sent, received[1])
    context.close()
    return row


def edge_drags(page: Page, rounds: int) -> list[float]:
    """The same for an edge between two bands of the first dimension, once that is in the hand."""
    page.locator(".edges select").select_option(index=1)
    page.locator('.edges[data-state="ready"] .edge').first.wait_for()
    page.wait_for_timeout(500)
    drags(page, '.edge[data-edge="2"] .grip', 2)
    return drags(page, '.edge[data-edge="2"] .grip', rounds)


@contextmanager
def small_bank(folder: Path, customers: int) -> Iterator[Served]:
    """A Tierdesk with a demo bank of three quarters, served."""
    built, here = folder / "built", folder / "here"
    for each in (built, here):
        each.mkdir()
    shutil.copy(ROOT / "rules.toml", built / "rules.toml")
    house = open_house(replace(settings_in(built), demo_customers=customers))
    setup(house, lambda _: None)
    house.store.close()
    with app_served(built, here) as app:
        yield app


def floor(browser: Browser) -> list[float]:
    """The same on an empty page that writes one word a frame: what this machine takes at least."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.set_content(EMPTY)
    page.mouse.move(50, 50)
    page.mouse.down()
    for step in range(200):
        page.mouse.move(50 + step * 3, 50)
        page.wait_for_timeout(PAUSE)
    times = [float(each) for each in page.evaluate("window.frames_ms")]
    page.close()
    return times


def table(rows: list[Row], least: list[float]) -> str:
    """The figures as a Markdown table."""
    lines = [
        f"an empty page, event to frame, median / p90: {_pair(least)} ms",
        "",
        "| page | line: event to frame, median / p90 ms | weight: the same | band edge: the same "
        "| release to answer, median ms | largest message, bytes | bytes for each settled state |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        times = [_pair(each) if each else "–" for each in (row.line, row.weight, row.edge)]
        cells = [row.name, *times, f"{statistics.median(row.answer):.0f}"]
        lines.append(f"| {' | '.join([*cells, f'{row.table:,}', f'{row.received:,}'])} |")
    return "\n".join(lines)


def _pair(times: list[float]) -> str:
    return f"{statistics.median(times):.1f} / {statistics.quantiles(times, n=10)[-1]:.1f}"


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--customers", type=int, default=3000)
    said.add_argument("--signatures", type=int, nargs="*", default=[20_000, 200_000])
    said.add_argument("--rounds", type=int, default=8)
    given = said.parse_args()
    program = next(filter(None, [os.environ.get("CHROMIUM"), *map(shutil.which, PROGRAMS)]), None)
    rows = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        with small_bank(Path(folder), given.customers) as app:
            name = f"bench page, {given.customers:,} customers"
            rows.append(measured(browser, app.address("bench", lang="en"), name, given.rounds))
        with served(Path(folder) / "server.log") as address:
            for size in given.signatures:
                rows.append(
                    measured(browser, f"{address}/?lang=en&n={size}", f"alone, {size:,} signatures", given.rounds)
                )
        least = floor(browser)
        browser.close()
    print(table(rows, least))


if __name__ == "__main__":
    main()
