// What Python says of the settled state: the same, or other figures, which are then both shown.

function verdictLine(parent, bench) {
  const { labels } = bench;
  const line = html(parent, "p", { class: "verdict", role: "status", "aria-live": "polite" });
  const banner = html(parent.parentNode, "div", { class: "mismatch", role: "alert" });
  banner.hidden = true;

  function draw(data) {
    const verdict = data.verdict;
    const mine = verdict && verdict.id === bench.sent;
    const held = bench.dirty();
    let [state, text] = ["idle", labels.nothing_settled];
    if (held) [state, text] = ["held", labels.in_hand];
    else if (bench.sent && !mine) [state, text] = ["waiting", labels.checking];
    else if (mine && verdict.trouble) [state, text] = ["trouble", verdict.trouble];
    else if (mine && verdict.same) [state, text] = ["same", `✓ ${labels.checked}`];
    else if (mine) [state, text] = ["differs", labels.differs];
    tell(line, { text, "data-state": state, "data-of": mine && !held ? verdict.id : "" });
    const wrong = state === "differs";
    if (banner.hidden === wrong) banner.hidden = !wrong;
    if (wrong && banner.dataset.of !== verdict.id) fill(verdict);
  }

  /** Both figures of every cell that differs. */
  function fill(verdict) {
    banner.dataset.of = verdict.id;
    banner.replaceChildren();
    html(banner, "strong", { text: labels.mismatch });
    const table = html(banner, "table");
    const head = html(table, "tr");
    for (const text of [labels.cell, labels.browser, labels.server]) html(head, "th", { scope: "col", text });
    for (const { cell, browser, server } of verdict.cells) {
      const row = html(table, "tr");
      for (const text of [cell, browser, server]) html(row, "td", { text });
    }
    if (verdict.more) html(banner, "p", { text: filled(labels.more_cells, { n: verdict.more }) });
  }
  return { draw };
}
