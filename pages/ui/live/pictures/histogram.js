// Customers by score, coloured by the tier that they get, under lines that can be moved.

const TALL = 288;
const FRAME = { left: 58, right: 16, top: 52, bottom: 56 };
const AXIS = SLOTS; // 0 to 101: the last bar is of a full hundred

/** Where scores and heights lie in a picture of a width. */
function scales(width, most, root) {
  const inner = { width: Math.max(120, width - FRAME.left - FRAME.right), height: TALL - FRAME.top - FRAME.bottom };
  const bend = root ? Math.sqrt : (value) => value;
  return {
    inner,
    x: (points) => FRAME.left + (points / AXIS) * inner.width,
    points: (x) => ((x - FRAME.left) / inner.width) * AXIS,
    height: (value) => (most > 0 ? (bend(value) / bend(most)) * inner.height : 0),
    floor: FRAME.top + inner.height,
  };
}

/** Round values for the axis, from the largest down, wherever there is room for one. */
function rounds(most, height) {
  const found = [];
  let last = Infinity;
  for (let size = 10 ** Math.floor(Math.log10(Math.max(1, most))); size >= 1; size /= 10) {
    for (const factor of [5, 2, 1]) {
      const value = factor * size;
      if (value <= most && last - height(value) >= 34 && height(value) >= 24) {
        found.push(value);
        last = height(value);
      }
    }
  }
  return found.slice(0, 5);
}

function histogram(parent, bench) {
  const { draft, labels, write, colours } = bench;
  const { section, head, note } = card(parent, "histogram", labels.histogram, "");
  const tools = html(head, "div", { class: "tools" });
  const root = choice(tools, labels.scale, [["root", labels.scale_root], ["even", labels.scale_even]], (id) => {
    bench.view.root = id === "root";
    bench.redraw();
  });
  root.press(bench.view.root ? "root" : "even");
  const drawing = picture(section, TALL);
  tell(drawing, { role: "group", "aria-label": labels.histogram });
  const grid = Array.from({ length: 5 }, () => ({
    line: svg(drawing, "line", { class: "grid" }),
    text: svg(drawing, "text", { class: "tick", "text-anchor": "end" }),
  }));
  const order = bench.standing.after;
  const bars = order.map((state) => svg(drawing, "path", { fill: colours.after[state], class: "bars" }));
  const outline = svg(drawing, "path", { class: "outline" });
  const base = svg(drawing, "line", { class: "axis" });
  const ticks = Array.from({ length: 11 }, (_, at) => svg(drawing, "text", { class: "tick", "text-anchor": "middle", text: write.whole(at * 10) }));
  const strip = draft.tiers.map((tier, at) => ({
    box: svg(drawing, "rect", { fill: colours.tiers[at], class: "strip", height: 8 }),
    text: svg(drawing, "text", { class: "label", "text-anchor": "middle" }),
  }));
  const stood = draft.tiers.slice(1).map(() => svg(drawing, "line", { class: "stood" }));
  const lines = draft.tiers.slice(1).map((tier, place) => threshold(drawing, bench, place));
  const empty = svg(drawing, "text", { class: "quiet", "text-anchor": "middle" });
  const legend = html(section, "p", { class: "legend" });
  const legends = [["outline", labels.legend_outline], ["stood", labels.legend_stood]].map(([name, text]) => {
    const each = html(legend, "span", { class: "away" });
    const sign = svg(each, "svg", { width: 22, height: 10, "aria-hidden": "true" });
    svg(sign, "line", { class: name, x1: 0, x2: 22, y1: 5, y2: 5 });
    html(each, "span", { text });
    return each;
  });
  const picturePlace = () => drawing.getBoundingClientRect();

  /** Histogram of the numbers that stood there, when they give other scores: drawn once for a kind. */
  function outlined(kind, frame) {
    const { bars: before } = bench.stoodAnswer;
    if (!before) return "";
    let path = "";
    for (let at = 0; at < SLOTS; at += 1) {
      const all = slotTotal(before, kind, at);
      path += `${at ? "L" : "M"}${frame.x(at)} ${frame.floor - frame.height(all)}H${frame.x(at + 1)}`;
    }
    return path;
  }

  function slotTotal(counts, kind, at) {
    let all = 0;
    for (const state of order) all += counts[(kind * (SLOTS + 1) + at) * draft.after.length + state];
    return all;
  }

  function draw(answer, width) {
    const kind = bench.view.hand;
    const mine = bench.sketch.now[kind];
    let most = 0;
    for (let at = 0; at < SLOTS; at += 1) most = Math.max(most, slotTotal(answer.bars, kind, at));
    const frame = scales(width, most, bench.view.root);
    bench.frame = { ...frame, left: picturePlace };
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
    const paths = order.map(() => "");
    const plain = bench.plain; // lines that cross give no tiers, but scores all the same
    const thick = frame.inner.width / AXIS;
    const gap = thick > 5 ? 1 : 0.4;
    for (let at = 0; at < SLOTS; at += 1) {
      const all = slotTotal(answer.bars, kind, at);
      if (!all) continue;
      const height = Math.max(1, frame.height(all));
      let under = frame.floor;
      if (plain) {
        paths[0] += `M${(frame.x(at) + gap / 2).toFixed(2)} ${under.toFixed(2)}h${(thick - gap).toFixed(2)}v${(-height).toFixed(2)}h${(gap - thick).toFixed(2)}z`;
        continue;
      }
      for (let place = order.length - 1; place >= 0; place -= 1) {
        const value = answer.bars[(kind * (SLOTS + 1) + at) * draft.after.length + order[place]];
        if (!value) continue;
        const part = (height * value) / all;
        paths[place] += `M${(frame.x(at) + gap / 2).toFixed(2)} ${under.toFixed(2)}h${(thick - gap).toFixed(2)}v${(-part).toFixed(2)}h${(gap - thick).toFixed(2)}z`;
        under -= part;
      }
    }
    bars.forEach((bar, place) => tell(bar, { d: paths[place], fill: plain ? colours.stream : colours.after[order[place]] }));
    const stoodThere = bench.sketch.stood[kind];
    const told = ({ weights, points }) => JSON.stringify([weights, points]);
    const moved = told(mine) !== told(stoodThere) && JSON.stringify(stoodThere.edges) === bench.blockEdges[kind];
    shown(outline, moved);
    if (moved) tell(outline, { d: outlined(kind, frame) });
    tell(base, { x1: FRAME.left, x2: width - FRAME.right, y1: frame.floor, y2: frame.floor });
    ticks.forEach((text, at) => tell(text, { x: frame.x(at * 10), y: frame.floor + 17 }));
    drawStrip(frame, mine);
    const scored = mine.scales.some(Boolean);
    const places = seats(mine.entries, frame, bench);
    lines.forEach((line, place) => {
      shown(line.group, scored);
      shown(stood[place], scored && mine.entries[place] !== bench.sketch.stood[kind].entries[place]);
      if (!scored) return;
      line.draw(frame, mine.entries, places[place], kind);
      const x = frame.x(bench.sketch.stood[kind].entries[place] / 100);
      tell(stood[place], { x1: x, x2: x, y1: FRAME.top, y2: frame.floor });
    });
    const unknown = slotTotal(answer.bars, kind, SLOTS);
    shown(empty, !most && !unknown);
    tell(empty, { x: width / 2, y: FRAME.top + frame.inner.height / 2, text: filled(labels.nobody, { who: draft.kinds[kind].label }) });
    const words = unknown && !plain ? labels.histogram_unknown : labels.histogram_note;
    tell(note, { text: filled(words, { who: draft.kinds[kind].label, n: write.count(unknown), parts: unscored(answer.bars, kind) }) });
    tell(legends[0], { class: moved ? "" : "away" });
    tell(legends[1], { class: scored && places.some((_, place) => mine.entries[place] !== stoodThere.entries[place]) ? "" : "away" });
    shown(drawing, true);
  }

  /** Where those stand who have no score: in no tier, or in one that a gate gives them. */
  function unscored(counts, kind) {
    const here = draft.after.map((state, at) => [state, counts[(kind * (SLOTS + 1) + SLOTS) * draft.after.length + at]]);
    const placed = here.reduce((sum, [state, n]) => sum + (state.rank === null ? 0 : n), 0);
    const parts = [...here.filter(([state]) => state.rank === null).map(([state, n]) => [state.label, n]), [labels.unknown_placed, placed]];
    return parts.filter(([, n]) => n).map(([state, n]) => filled(labels.unknown_part, { state, n: write.count(n) })).join(labels.list_sign);
  }

  /** Which tier each score qualifies for, named under the axis. */
  function drawStrip(frame, mine) {
    const sorted = [...mine.entries].sort((a, b) => a - b);
    strip.forEach(({ box, text }, at) => {
      shown(box, !bench.plain);
      shown(text, !bench.plain);
      const from = frame.x(at === 0 ? 0 : sorted[at - 1] / 100);
      const to = frame.x(at === strip.length - 1 ? AXIS : sorted[at] / 100);
      const room = Math.max(0, to - from);
      tell(box, { x: from, y: frame.floor + 24, width: room });
      tell(text, { x: (from + to) / 2, y: frame.floor + 48, text: cropped(draft.tiers[at].label, room - 4, 13) });
    });
  }

  return { draw, host: section };
}

/** Where the grips sit: each over its line. */
function seats(entries, frame, bench) {
  const sized = entries.map((basis, place) => ({ place, middle: frame.x(basis / 100), width: gripWidth(bench, place, basis) }));
  return apart(sized, frame.x(AXIS) + FRAME.right - 2);
}

function gripWidth(bench, place, basis) {
  return wide(`${bench.draft.tiers[place + 1].label} ${bench.write.points(basis)}`, 14) + 30;
}
