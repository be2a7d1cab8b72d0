// The component: what is drawn when, what the server hears, and how both find together again after a rerun.

const BENCHES = new WeakMap();

/** Everything that outlives a rerun, for one place on the page. */
function benchAt(parentElement) {
  let bench = BENCHES.get(parentElement);
  if (!bench) {
    bench = { root: parentElement.querySelector(".bench"), parts: null, sent: null, turn: 0, frames: 0, inSight: new WeakMap() };
    bench.view = { hand: 0, scope: null, measure: 0, root: true, still: false, dimension: {} };
    bench.watch = new ResizeObserver(() => bench.redraw());
    bench.watch.observe(bench.root);
    bench.near = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) bench.inSight.set(target, isIntersecting);
      bench.redraw();
    }, { rootMargin: "80px" });
    bench.redraw = () => {
      bench.frames ||= requestAnimationFrame(() => { bench.frames = 0; paint(bench); });
    };
    bench.moved = bench.redraw;
    bench.wake = () => void loaded(bench);
    bench.dirty = () => Boolean(bench.sketch) && !same(bench.sketch.now, bench.sketch.settled);
    bench.who = () => (bench.view.scope === null ? bench.labels.everyone : bench.draft.kinds[bench.view.scope].label);
    bench.settle = () => { if (settle(bench.sketch)) tellServer(bench); };
    BENCHES.set(parentElement, bench);
  }
  return bench;
}

/** Widths are read once a frame, before anything is written; a picture that nobody sees waits until somebody does. */
function paint(bench) {
  if (!bench.parts) return;
  const { parts, recount, sketch } = bench;
  const answer = recount(sketch.now);
  const trouble = Boolean(answer.trouble);
  if (bench.root.dataset.trouble !== String(trouble)) bench.root.dataset.trouble = trouble;
  const seen = parts.pictures.filter((part) => bench.inSight.get(part.host) !== false);
  const widths = seen.map((part) => part.host.querySelector("svg[role]").clientWidth);
  parts.controls.draw();
  parts.history.draw();
  parts.verdict.draw(bench.data);
  if (trouble) {
    const who = answer.trouble.map((kind) => bench.draft.kinds[kind].label).join(bench.labels.list_sign);
    tell(parts.calm, { text: filled(bench.labels.all_zero, { who }) });
    return;
  }
  parts.gauges.draw(answer);
  seen.forEach((part, at) => part.draw(answer, widths[at]));
  if (!bench.dirty()) parts.table.draw(answer);
}

function tellServer(bench) {
  const { sketch, recount, setStateValue } = bench;
  bench.sent = `${Date.now().toString(36)}.${Math.random().toString(36).slice(2, 8)}`;
  setStateValue("settled", settledMessage(bench, recount(sketch.settled), bench.sent));
  bench.redraw();
}

/** Undo, redo, reset. */
function history(parent, bench) {
  const { labels } = bench;
  const bar = html(parent, "div", { class: "history", role: "group", "aria-label": labels.history });
  const button = (name, sign, act) => {
    const node = html(bar, "button", { type: "button", "data-act": name, text: `${sign} ${labels[name]}` });
    node.onclick = () => { if (act()) { tellServer(bench); bench.redraw(); } };
    return node;
  };
  const undo = button("undo", "↶", () => step(bench.sketch, "past", "future"));
  const redo = button("redo", "↷", () => step(bench.sketch, "future", "past"));
  const back = button("reset", "↺", () => reset(bench.sketch));
  return {
    draw: () => {
      const { past, future, now, stood } = bench.sketch;
      undo.disabled = !past.length;
      redo.disabled = !future.length;
      back.disabled = same(now, stood);
    },
  };
}

/** Everything on the screen, made once for a draft, a block and a language. */
function build(bench) {
  const { root, draft, labels } = bench;
  root.replaceChildren();
  const bar = html(root, "div", { class: "bar" });
  const hands = draft.kinds.map((kind, place) => [String(place), kind.label]);
  const hand = choice(bar, labels.hand, hands, (id) => {
    bench.settle();
    bench.view.hand = Number(id);
    if (bench.view.scope !== null) { bench.view.scope = bench.view.hand; scope.press("hand"); }
    bench.redraw();
  });
  hand.press(String(bench.view.hand));
  const scope = choice(bar, labels.scope, [["all", labels.everyone], ["hand", labels.this_kind]], (id) => {
    bench.view.scope = id === "all" ? null : bench.view.hand;
    bench.redraw();
  });
  scope.press(bench.view.scope === null ? "all" : "hand");
  const measure = choice(bar, labels.measure, labels.measures.map((name, place) => [String(place), name]), (id) => {
    bench.view.measure = Number(id);
    bench.redraw();
  });
  measure.press(String(bench.view.measure));
  const past = history(bar, bench);
  const verdict = verdictLine(bar, bench);
  const calm = html(root, "div", { class: "calm", role: "status" });
  const answer = html(root, "div", { class: "answer" });
  const tiles = gauges(answer, bench);
  const bars = histogram(answer, bench);
  const middle = html(root, "div", { class: "middle" });
  const hands2 = controls(middle, bench);
  const right = html(middle, "div", { class: "right answer" });
  const cells = matrix(right, bench);
  const streams = flows(right, bench);
  const low = html(root, "div", { class: "low answer" });
  const levels = labels.measures.map((_, place) => distribution(low, bench, place));
  bench.parts = {
    calm, verdict, history: past, gauges: tiles, controls: hands2,
    pictures: [bars, cells, streams, ...levels], table: readingTable(root, bench),
  };
  bench.near.disconnect();
  for (const { host } of bench.parts.pictures) bench.near.observe(host);
}

/** Wait for the block, then draw; the carrier wakes us when it comes. */
async function loaded(bench) {
  const shelf = (globalThis[Symbol.for("tierdesk.live.shelf")] ??= { blocks: new Map(), waiting: new Set() });
  const { block: name, draft, labels } = bench.data;
  const found = shelf.blocks.get(name);
  if (!found && bench.name !== name) {
    shelf.waiting.add(bench.wake);
    if (!bench.parts) bench.root.textContent = labels.loading;
    return;
  }
  shelf.waiting.delete(bench.wake);
  if (bench.name !== name) {
    const turn = (bench.turn += 1);
    const bytes = await found.block;
    if (bench.gone || turn !== bench.turn) return;
    const block = unpack(bytes);
    Object.assign(bench, { block, name, built: "", sent: null });
  }
  const shape = JSON.stringify([name, { ...draft, now: null, id: null }, labels]);
  if (bench.built !== shape) {
    const kept = bench.sketch && bench.heard === JSON.stringify(draft.now) ? bench.sketch : sketchOf(draft);
    Object.assign(bench, { draft, labels, built: shape, heard: JSON.stringify(draft.now), write: writer(labels) });
    bench.colours = { ...draft.colours };
    if (bench.sketch && kept !== bench.sketch) Object.assign(kept, { past: [], future: [] });
    bench.sketch = kept;
    bench.sketch.stood = sketchOf(draft).stood;
    bench.standing = standing(bench.block, draft);
    bench.recount = recounter(bench.block, draft);
    bench.stoodAnswer = recounter(bench.block, draft)(bench.sketch.stood);
    build(bench);
  } else {
    adopt(bench, draft);
  }
  bench.redraw();
}

/** Numbers that the server says anew are taken over, unless a settled state of ours is still on its way to it. */
function adopt(bench, draft) {
  const said = JSON.stringify(draft.now);
  const late = bench.sent !== null && bench.data.heard !== bench.sent;
  bench.draft = draft;
  if (said === bench.heard || late || bench.dirty()) return;
  bench.heard = said;
  const fresh = sketchOf(draft);
  if (same(fresh.now, bench.sketch.now)) return;
  bench.sketch.now = fresh.now;
  settle(bench.sketch);
}

export default function live({ data, parentElement, setStateValue }) {
  const bench = benchAt(parentElement);
  Object.assign(bench, { data, setStateValue, gone: false });
  void loaded(bench);
  return () => {
    bench.gone = true;
    bench.watch.disconnect();
    bench.near.disconnect();
    cancelAnimationFrame(bench.frames);
    globalThis[Symbol.for("tierdesk.live.shelf")]?.waiting.delete(bench.wake);
    BENCHES.delete(parentElement);
  };
}
