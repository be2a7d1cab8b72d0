// What Python makes of the same draft: the same figures, or others, which are then both shown.

const LISTED = 8; // cells that differ are listed up to here; the rest is counted

/** Every cell in which two answers differ; a table that is missing differs in all of its cells. */
function differences(ours, theirs, { draft, labels }) {
  const found = [];
  ["customers", "assets", "contribution"].forEach((measure, at) => draft.kinds.forEach((kind, k) =>
    draft.before.forEach((before, row) => draft.after.forEach((after, column) => {
      const [browser, server] = [ours, theirs].map((answer) => answer?.[measure]?.[k]?.[row]?.[column] ?? labels.nothing);
      const cell = `${labels.measures[at]} · ${kind.label} · ${before.label} → ${after.label}`;
      if (browser !== server) found.push({ cell, browser, server });
    }))));
  return found;
}

function verdictLine(parent, bench) {
  const { labels } = bench;
  const faults = html(parent, "p", { class: "faults", role: "status" });
  const line = html(parent, "p", { class: "verdict", role: "status", "aria-live": "polite" });
  const banner = html(parent.parentNode, "div", { class: "mismatch", role: "alert" });
  banner.hidden = true;
  let judged = null;

  /** The browser's answer against Python's, once for each that Python gives. */
  function judge(answer, trouble) {
    const { news } = bench;
    if (judged?.news !== news || judged.hand !== (bench.mine && bench.hand)) {
      const wrong = trouble && !news.answer ? [] : differences(trouble ? null : exactAnswer(answer), news.answer, bench);
      if (!wrong.length && !trouble && bench.mine) { // the hand's block has a count of its own
        wrong.push(...differences(exactAnswer(withHand(answer, bench.mine, bench.view.hand)), news.answer, bench));
      }
      judged = { news, wrong, hand: bench.mine && bench.hand };
      if (wrong.length) fill(wrong);
    }
    return judged.wrong;
  }

  function draw(answer, trouble) {
    let [state, text] = ["same", `✓ ${labels.checked}`];
    if (bench.teller.dirty()) [state, text] = ["held", labels.in_hand];
    else if (bench.teller.waits() || !answer) [state, text] = ["waiting", labels.checking];
    else if (judge(answer, trouble).length) [state, text] = ["differs", labels.differs];
    else if (trouble) [state, text] = ["trouble", labels.not_counted];
    tell(line, { text, "data-state": state, "data-of": bench.news.heard });
    tell(faults, { text: bench.faults ? filled(labels.faults, { n: bench.faults }) : "" });
    const wrong = state === "differs";
    if (banner.hidden === wrong) banner.hidden = !wrong;
  }

  /** Both figures of every cell that differs. */
  function fill(wrong) {
    banner.replaceChildren();
    html(banner, "strong", { text: labels.mismatch });
    const table = html(banner, "table");
    const head = html(table, "tr");
    for (const text of [labels.cell, labels.browser, labels.server]) html(head, "th", { scope: "col", text });
    for (const { cell, browser, server } of wrong.slice(0, LISTED)) {
      const row = html(table, "tr");
      for (const text of [cell, browser, server]) html(row, "td", { text });
    }
    if (wrong.length > LISTED) html(banner, "p", { text: filled(labels.more_cells, { n: wrong.length - LISTED }) });
  }
  return { draw };
}
