// The component: what is drawn when, and how the three messages of the server find together.

const BENCHES = new WeakMap();

/** Where blocks and news wait for the bench that they are for. */
function shelfOf() {
  return (globalThis[Symbol.for("tierdesk.live.shelf")] ??= { blocks: new Map(), news: new Map(), waiting: new Set() });
}

/** Everything that outlives a rerun, for one place on the page. */
function benchAt(parentElement) {
  let bench = BENCHES.get(parentElement);
  if (!bench) {
    bench = { root: parentElement.querySelector(".bench"), parts: null, sent: null, turn: 0, frames: 0, inSight: new WeakMap() };
    bench.view = { hand: 0, scope: null, measure: 0, root: true, still: false, dimension: {}, edges: {} };
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
    bench.who = () => (bench.view.scope === null ? bench.labels.everyone : bench.draft.kinds[bench.view.scope].label);
    bench.teller = teller(bench);
    bench.settle = bench.teller.settle;
    BENCHES.set(parentElement, bench);
  }
  return bench;
}

/** Why a draft is not counted, in words, and how much of the picture still means something. */
function troubleOf(bench, answer) {
  const { draft, labels, news, sketch } = bench;
  const named = (kinds) => kinds.map((kind) => draft.kinds[kind].label).join(labels.list_sign);
  if (answer?.trouble) return { name: "zero", words: filled(labels.all_zero, { who: named(answer.trouble) }) };
  const cross = crossed(sketch.now);
  if (cross.length) return { name: "crossed", words: filled(labels.crossed, { who: named(cross) }) };
  const settled = !bench.teller.dirty() && !bench.teller.waits();
  return settled && news.trouble ? { name: "server", words: news.trouble } : null;
}

/** Widths are read once a frame, before anything is written; a picture that nobody sees waits until the hand rests. */
function paint(bench) {
  if (!bench.parts) return;
  const { parts } = bench;
  const answer = counting(bench);
  const trouble = troubleOf(bench, answer);
  tell(bench.root, { "data-trouble": trouble?.name ?? "none" });
  bench.plain = trouble?.name === "crossed";
  const dirty = bench.teller.dirty();
  const seen = parts.pictures.filter((part) => !dirty || bench.inSight.get(part.host) !== false);
  const widths = seen.map((part) => part.host.querySelector("svg[role]").clientWidth);
  parts.controls.draw();
  parts.history.draw();
  parts.verdict.draw(answer, trouble);
  tell(parts.calm, { text: trouble?.words ?? "" });
  tell(bench.root, { "data-uncounted": !answer });
  if (trouble) {
    seen.forEach((part, at) => { if (bench.plain && [parts.bars, parts.edges].includes(part)) part.draw(answer, widths[at]); });
    return;
  }
  seen.forEach((part, at) => { if (answer || part === parts.edges) part.draw(answer, widths[at]); });
  if (!answer) return; // only the server can count this: what stands there stays until it has
  parts.gauges.draw(answer);
  if (!dirty) parts.table.draw(answer);
}

const REST = 120; // milliseconds that the hand rests before the page below is drawn anew

/** Once the server's answer is on the screen and the hand still rests, what lies below the bench may follow. */
function follow(bench) {
  const { sent } = bench;
  if (!bench.news.rest || sent === null || bench.followed === sent || bench.teller.waits()) return;
  clearTimeout(bench.following);
  bench.following = setTimeout(() => {
    const rests = sent === bench.sent && !bench.gone && !bench.teller.dirty() && !bench.root.querySelector('[data-held="true"]');
    if (!rests) return;
    bench.followed = sent;
    bench.setStateValue("answered", sent);
  }, REST);
}

/** A choice with its name in sight. */
function named(parent, label, options, chosen) {
  const box = html(parent, "div", { class: "named" });
  html(box, "span", { "aria-hidden": "true", text: label });
  return choice(box, label, options, chosen);
}

/** Whose numbers are in the hand, and whom the pictures show. */
function choices(bar, bench) {
  const { draft, labels, view } = bench;
  const hands = draft.kinds.map((kind, place) => [String(place), kind.label]);
  const hand = named(bar, labels.hand, hands, (id) => {
    bench.settle();
    view.hand = Number(id);
    if (view.scope !== null) { view.scope = view.hand; scope.press("hand"); }
    bench.redraw();
  });
  hand.press(String(view.hand));
  const scope = named(bar, labels.scope, [["all", labels.everyone], ["hand", labels.this_kind]], (id) => {
    view.scope = id === "all" ? null : view.hand;
    bench.redraw();
  });
  scope.press(view.scope === null ? "all" : "hand");
}

/** Everything on the screen, made once for a shape and a block. */
function build(bench) {
  const { draft, labels, root } = bench;
  root.replaceChildren();
  const bar = html(root, "div", { class: "bar" });
  choices(bar, bench);
  const verdict = verdictLine(bar, bench);
  const past = history(bar, bench);
  const calm = html(root, "div", { class: "calm", role: "status" });
  const tiles = gauges(root, bench);
  const bars = histogram(root, bench);
  const edges = draft.holds ? [edgePicture(root, bench)] : [];
  const middle = html(root, "div", { class: "middle" });
  const dials = controls(middle, bench);
  const right = html(middle, "div", { class: "right counted" });
  const cells = matrix(right, bench);
  const streams = flows(right, bench);
  const low = html(root, "div", { class: "low counted" });
  const levels = labels.measures.map((_, place) => distribution(low, bench, place));
  tiles.host.classList.add("counted");
  for (const { host } of [bars, ...edges]) host.classList.add("scored");
  bench.parts = {
    calm, verdict, history: past, gauges: tiles, controls: dials, bars, edges: edges[0],
    pictures: [bars, ...edges, cells, streams, ...levels], table: readingTable(root, bench),
  };
  bench.near.disconnect();
  for (const { host } of bench.parts.pictures) bench.near.observe(host);
}

/** Take a new shape, with the numbers that came with it. */
function founded(bench, data, news) {
  const dimensions = data.dimensions.join();
  if (bench.draft?.dimensions.join() !== dimensions) Object.assign(bench.view, { dimension: {}, edges: {} });
  Object.assign(bench, { draft: data, labels: data.labels, write: writer(data.labels), amounts: amounts(data.labels), colours: data.colours });
  bench.sketch = sketchOf(news, data);
  bench.standing = null;
  regained(bench, news);
  equip(bench);
}

/** A dimension that was in the hand already, before the page was left or drawn anew. */
function regained(bench, news) {
  bench.wish = JSON.stringify(news.hand && { kind: news.hand.kind, dimension: news.hand.dimension });
  const at = bench.draft.kinds.findIndex((kind) => kind.id === news.hand?.kind);
  if (at >= 0 && bench.view.edges[at] === undefined) bench.view.edges[at] = bench.draft.dimensions.indexOf(news.hand.dimension);
}

/** Count on the block that stands ready; says whether somebody can now stand where nobody could before. */
function grounded(bench, news, data) {
  const places = standing(bench.block, data);
  const grown = !bench.standing || ["before", "after"].some((side) => places[side].some((each) => !bench.standing[side].includes(each)));
  Object.assign(bench, { recount: recounter(bench.block, data), counts: news.block, stoodOf: "" });
  if (grown) bench.standing = places;
  return grown;
}

/** Wait until shape, block and news belong together, then draw; carrier and messenger wake us. */
async function loaded(bench) {
  const shelf = shelfOf();
  const { data } = bench;
  shelf.waiting.add(bench.wake);
  bench.faults = shelf.news.get(`${data.bench}.faults`)?.data.n ?? 0;
  const news = shelf.news.get(data.bench)?.data;
  const parcel = news && shelf.blocks.get(news.block);
  const ready = news?.shape === data.name && (parcel || bench.name === news.block);
  bench.root.dataset.stale = !ready;
  if (!ready) {
    if (!bench.parts) bench.root.textContent = data.labels.loading;
    return;
  }
  if (bench.name !== news.block) {
    const turn = (bench.turn += 1);
    const bytes = await parcel.block;
    if (bench.gone || turn !== bench.turn) return;
    Object.assign(bench, { block: unpack(bytes), name: news.block });
    await loaded(bench);
    return;
  }
  const fresh = bench.news !== news;
  const reshaped = bench.shape !== data.name;
  bench.news = news;
  bench.blockEdges = news.now.map((kind) => JSON.stringify(kind.edges));
  if (reshaped) founded(bench, data, news);
  else if (fresh) adopt(bench.sketch, scaled(news.now, data), bench.teller.waits());
  const grown = (reshaped || bench.counts !== news.block) && grounded(bench, news, data);
  stand(bench);
  if (reshaped || grown) build(bench);
  bench.shape = data.name;
  bench.teller.next();
  bench.redraw();
  follow(bench);
  await takeHand(bench);
}

/** What the standard says, and the scores that it gives: drawn behind the draft's. */
function stand(bench) {
  const { news, draft, block } = bench;
  const stoodOf = JSON.stringify(news.stood);
  if (bench.stoodOf === stoodOf) return;
  bench.stoodOf = stoodOf;
  bench.sketch.stood = scaled(news.stood, draft);
  bench.stoodAnswer = recounter(block, draft)(bench.sketch.stood);
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
    shelfOf().waiting.delete(bench.wake);
    BENCHES.delete(parentElement);
  };
}
