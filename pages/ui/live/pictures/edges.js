// Customers by the value of one dimension, under the edges of its bands. One step of the axis is one round amount: a
// column of the block, of which an edge can begin any.

const HIGH = 280;
const UNDER = 72;
const THINNEST = 2.5; // pixels of a bar at least; columns share one where there are more
const BETWEEN = 54; // pixels between two amounts on the axis

/** Where columns and heights lie in a picture of a width; the column of missing values is not drawn. */
function columnScales(width, columns, most, root) {
  const inner = { width: Math.max(120, width - FRAME.left - FRAME.right), height: HIGH - FRAME.top - UNDER };
  const bend = root ? Math.sqrt : (value) => value;
  return {
    inner,
    x: (column) => FRAME.left + (column / columns) * inner.width,
    column: (x) => ((x - FRAME.left) / inner.width) * columns,
    height: (value) => (most > 0 ? (bend(value) / bend(most)) * inner.height : 0),
    floor: FRAME.top + inner.height,
  };
}

/** Columns that begin at a round amount, the roundest first. */
function roundColumns(bounds, per) {
  const ranks = { 1: 1, 5: 2, 2: 3 };
  const found = bounds.map((bound, at) => {
    const value = Number(bound) / per;
    const [digits, power] = Math.abs(value).toExponential().split("e");
    const figures = digits.replace(".", "");
    return { column: at + 1, value, size: value === 0 ? 0 : figures.length, rank: ranks[figures] ?? 4, power: Number(power) };
  });
  return found.sort((a, b) => a.size - b.size || a.rank - b.rank || b.power - a.power || a.column - b.column);
}

/** As many of the roundest as there is room for. */
function roomFor(round, frame) {
  const kept = [];
  for (const each of round) {
    const x = frame.x(each.column);
    if (kept.every((other) => Math.abs(other.x - x) >= BETWEEN)) kept.push({ ...each, x });
    if ((kept.length + 1) * BETWEEN > frame.inner.width) break;
  }
  return kept;
}

function edgePicture(parent, bench) {
  const { draft, labels, write, colours } = bench;
  const { section, head, note } = card(parent, "edges", labels.edges, labels.edges_choose);
  const tools = html(head, "div", { class: "tools named" });
  html(tools, "span", { "aria-hidden": "true", text: labels.dimension });
  const pick = html(tools, "select", { "aria-label": labels.edges_dimension, "data-choice": "edges" });
  const body = html(section, "div", { class: "body" });
  const drawing = picture(body, HIGH);
  tell(drawing, { role: "group", "aria-label": labels.edges });
  const grid = Array.from({ length: 5 }, () => ({
    line: svg(drawing, "line", { class: "grid" }),
    text: svg(drawing, "text", { class: "tick", "text-anchor": "end" }),
  }));
  const order = bench.standing.after;
  const bars = order.map((state) => svg(drawing, "path", { fill: colours.after[state], class: "bars" }));
  const base = svg(drawing, "line", { class: "axis" });
  const ticks = svg(drawing, "g");
  const bands = svg(drawing, "g");
  const stood = svg(drawing, "g");
  const handles = svg(drawing, "g");
  const axis = html(body, "p", { class: "note" });
  html(body, "h3", { text: labels.edge_fields });
  const fields = html(body, "div", { class: "fields" });
  const hint = html(body, "p", { class: "note hint", role: "status" });
  let [frame, made, listed, lines, strips, standing, rows, round, marks] = [null, "", null, [], [], [], [], [], []];

  const mine = () => wished(bench);
  const unitOf = () => draft.kinds[mine().at].scales[mine().place].unit;
  const edges = () => bench.sketch.now[mine().at].edges[mine().place];
  const stoodEdges = () => bench.sketch.stood[mine().at].edges[mine().place];
  const points = () => bench.sketch.now[mine().at].points[mine().place];
  const short = (edge) => (unitOf().money ? write.tick(Number(edge) / unitOf().per) : write.number(Number(edge) / unitOf().per));
  const held = {
    frame: () => frame,
    places: () => handPlaces(bench),
    put: (rank, column) => {
      const places = handPlaces(bench);
      if (!places) return;
      const [low, high] = [places[rank - 1] ?? 0, places[rank + 1] ?? bench.hand.columns - 1];
      const kept = Math.max(low + 1, Math.min(high - 1, column));
      if (kept === places[rank] || high - low < 2) return;
      edges()[rank] = bench.hand.bounds[kept - 1];
      tell(hint, { text: "" });
      bench.moved();
    },
  };
  pick.onchange = () => {
    bench.settle();
    const { edges: chosen, hand } = bench.view;
    if (pick.value === "") delete chosen[hand];
    else {
      chosen[hand] = Number(pick.value);
      bench.view.dimension[hand] = chosen[hand];
      bench.parts.controls.again();
    }
    bench.redraw();
  };

  /** Dimensions that have edges, for the kind in the hand. */
  function options() {
    const at = bench.view.hand;
    if (listed !== at) {
      listed = at;
      pick.replaceChildren();
      html(pick, "option", { value: "", text: labels.edges_none });
      draft.dimensions.forEach((_, place) => {
        if (bench.sketch.now[at].edges[place]?.length) html(pick, "option", { value: place, text: draft.kinds[at].scales[place].label });
      });
    }
    if (!bench.sketch.now[at].edges[bench.view.edges[at]]?.length) delete bench.view.edges[at];
    pick.value = bench.view.edges[at] ?? "";
  }

  /** Everything that there is one of for an edge or a band, made once for a dimension. */
  function make() {
    const name = `${bench.hand.name} ${mine().at} ${mine().place}`;
    if (made === name) return;
    const known = made.split(" ").slice(1).join() === name.split(" ").slice(1).join();
    made = name;
    round = roundColumns(bench.hand.bounds, unitOf().per);
    if (known) return;
    tell(axis, { text: [labels.edges_axis, ...(unitOf().money ? [labels.edges_steps] : [])].join(labels.gap) });
    const all = edges().map((_, rank) => rank);
    for (const each of [stood, handles, bands, fields]) each.replaceChildren();
    standing = all.map(() => svg(stood, "line", { class: "stood" }));
    lines = all.map((rank) => edgeLine(handles, bench, rank, held));
    strips = [...all, all.length].map(() => ({
      box: svg(bands, "rect", { class: "strip", height: 8 }),
      text: svg(bands, "text", { class: "label", "text-anchor": "middle" }),
      count: svg(bands, "text", { class: "tick", "text-anchor": "middle" }),
    }));
    rows = all.map((rank) => edgeField(fields, bench, rank, { edges, stoodEdges, points, unitOf, hint }));
    tell(hint, { text: "" });
  }

  /** Customers in every bar, (bars, after), and how many columns share one. */
  function grouped(columns, shared) {
    const [states, size] = [draft.after.length, bench.hand.columns - 1];
    const found = new Float64Array(Math.ceil(size / shared) * states);
    for (let column = 0; column < size; column += 1) {
      const at = Math.floor(column / shared) * states;
      for (let state = 0; state < states; state += 1) found[at + state] += columns[column * states + state];
    }
    return found;
  }

  function drawBars(columns, width) {
    const [states, size] = [draft.after.length, bench.hand.columns - 1];
    const room = Math.max(120, width - FRAME.left - FRAME.right);
    const shared = Math.max(1, Math.ceil((THINNEST * size) / room));
    const found = grouped(columns, shared);
    let most = 0;
    const totals = Array.from({ length: found.length / states }, (_, at) => {
      let all = 0;
      for (let state = 0; state < states; state += 1) all += found[at * states + state];
      most = Math.max(most, all);
      return all;
    });
    frame = columnScales(width, size, most, bench.view.root);
    const paths = order.map(() => "");
    totals.forEach((all, at) => {
      if (!all) return;
      const [left, right] = [frame.x(at * shared), frame.x(Math.min(size, (at + 1) * shared))];
      const thick = Math.max(1, right - left - 0.5);
      const height = Math.max(1, frame.height(all));
      let under = frame.floor;
      for (let place = order.length - 1; place >= 0; place -= 1) {
        const value = found[at * states + order[place]];
        if (!value) continue;
        const part = (height * value) / all;
        paths[place] += `M${left.toFixed(2)} ${under.toFixed(2)}h${thick.toFixed(2)}v${(-part).toFixed(2)}h${(-thick).toFixed(2)}z`;
        under -= part;
      }
    });
    bars.forEach((bar, place) => tell(bar, { d: paths[place] }));
    return most;
  }

  function drawAxis(most, width) {
    const values = rounds(most, frame.height);
    grid.forEach(({ line, text }, at) => {
      const seen = at < values.length;
      shown(line, seen);
      shown(text, seen);
      if (!seen) return;
      const y = frame.floor - frame.height(values[at]);
      tell(line, { x1: FRAME.left, x2: width - FRAME.right, y1: y, y2: y });
      tell(text, { x: FRAME.left - 8, y: y + 4, text: write.tick(values[at]) });
    });
    tell(base, { x1: FRAME.left, x2: width - FRAME.right, y1: frame.floor, y2: frame.floor });
    const kept = roomFor(round, frame);
    while (marks.length < kept.length) marks.push(svg(ticks, "text", { class: "tick", "text-anchor": "middle" }));
    marks.forEach((text, at) => {
      shown(text, at < kept.length);
      if (at < kept.length) tell(text, { x: kept[at].x, y: frame.floor + 17, text: short(bench.hand.bounds[kept[at].column - 1]) });
    });
  }

  function drawBands(columns, places) {
    const states = draft.after.length;
    const bounds = [0, ...places, bench.hand.columns - 1];
    strips.forEach(({ box, text, count }, band) => {
      const [from, to] = [frame.x(bounds[band]), frame.x(bounds[band + 1])];
      let all = 0;
      for (let cell = bounds[band] * states; cell < bounds[band + 1] * states; cell += 1) all += columns[cell];
      const x = (from + to) / 2;
      const said = [filled(labels.band_points, { points: write.whole(points()[band]) }), write.whole(points()[band])];
      const room = to - from - 4;
      tell(box, { x: from, y: frame.floor + 24, width: to - from, fill: blend(colours.ink, 0.06 + points()[band] / 160, colours.paper) });
      tell(text, { x, y: frame.floor + 47, text: said.find((each) => wide(each, 13) <= room) ?? "" });
      const customers = write.count(all);
      tell(count, { x, y: frame.floor + 62, text: wide(customers, 12) <= room ? customers : "" });
    });
  }

  /** Grips side by side, without their amounts where there is no room for those. */
  function drawLines(places, width) {
    const [now, was, unit] = [edges(), stoodEdges(), unitOf()];
    const names = now.map(short);
    const whole = names.reduce((sum, each) => sum + wide(each, 14) + 22, 0) <= width - 8;
    const sized = names.map((each, place) => ({ place, middle: frame.x(places[place]), width: whole ? wide(each, 14) + 16 : 10 }));
    const seated = apart(sized, width - 2);
    lines.forEach((line, rank) => {
      const column = bench.hand.columnOf.get(was[rank]);
      const moved = now[rank] !== was[rank] && column !== undefined;
      shown(standing[rank], moved);
      if (moved) tell(standing[rank], { x1: frame.x(column), x2: frame.x(column), y1: FRAME.top, y2: frame.floor });
      const inUnit = (place) => Number(bench.hand.bounds[place - 1]) / unit.per;
      line.draw(frame, frame.x(places[rank]), seated[rank], {
        short: whole ? names[rank] : "", n: rank + 1, dimension: draft.kinds[mine().at].scales[mine().place].label,
        edge: bench.amounts.quantity(now[rank], unit), was: bench.amounts.quantity(was[rank], unit),
        low: write.whole(points()[rank]), high: write.whole(points()[rank + 1]),
        value: inUnit(places[rank]), least: inUnit((places[rank - 1] ?? 0) + 1), most: inUnit((places[rank + 1] ?? bench.hand.columns - 1) - 1),
      });
    });
  }

  function words(state, columns) {
    const facts = mine() && { who: draft.kinds[mine().at].label, dimension: draft.kinds[mine().at].scales[mine().place].label };
    if (state === "none") return labels.edges_choose;
    if (state === "refused") return filled(labels.edges_refused, { ...facts, why: bench.handNews.why ?? "" });
    if (!columns) return filled(labels.edges_waiting, facts);
    let unknown = 0;
    for (let state = draft.after.length; state > 0; state -= 1) unknown += columns[columns.length - state];
    return filled(unknown ? labels.edges_note_unknown : labels.edges_note, { ...facts, n: write.count(unknown) });
  }

  function draw(_, width) {
    options();
    wish(bench);
    const state = handState(bench);
    const places = handPlaces(bench);
    const known = Boolean(places && bench.mine);
    tell(section, { "data-state": known || state !== "ready" ? state : "waiting" });
    tell(note, { text: words(state, known && bench.mine.columns) });
    if (!known) {
      const { at, place } = mine() ?? {};
      if (state === "refused" || !made.endsWith(` ${at} ${place}`)) tell(section, { "data-empty": "true" });
      return;
    }
    tell(section, { "data-empty": "false" });
    if (!width) { // it could not be measured while it was hidden
      bench.redraw();
      return;
    }
    make();
    const most = drawBars(bench.mine.columns, width);
    drawAxis(most, width);
    drawBands(bench.mine.columns, places);
    drawLines(places, width);
    rows.forEach((each) => each());
  }

  tell(section, { "data-empty": "true" });
  return { draw, host: section };
}
