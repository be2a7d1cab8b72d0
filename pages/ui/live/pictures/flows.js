// Streams from where customers stood to where they stand; those who stay are many and are drawn on demand.

const STREAM = 214;
const POST = 14;

function flows(parent, bench) {
  const { draft, labels, write, colours } = bench;
  const { before: rows, after: columns } = bench.standing;
  const { section, head, note } = card(parent, "flows", labels.flows, "");
  const tools = html(head, "div", { class: "tools" });
  const toggle = choice(tools, labels.flows_show, [["movers", labels.flows_movers], ["all", labels.flows_all]], (id) => {
    bench.view.still = id === "all";
    bench.redraw();
  });
  toggle.press(bench.view.still ? "all" : "movers");
  const drawing = picture(section, STREAM);
  const streams = rows.map((row) => columns.map((column) => {
    const way = direction(draft.before[row], draft.after[column]);
    const hue = { 1: colours.up, "-1": colours.down, 0: colours.stream, 2: colours.other }[way];
    return { way, path: svg(drawing, "path", { fill: "none", stroke: hue, "stroke-opacity": way === 0 ? 0.45 : 0.5 }) };
  }));
  const post = (state, colour, anchor) => ({
    state,
    box: svg(drawing, "rect", { width: POST, rx: 2, fill: colour, class: "strip" }),
    text: svg(drawing, "text", { class: "label", "text-anchor": anchor }),
  });
  const left = rows.map((row) => post(row, colours.before[row], "start"));
  const right = columns.map((column) => post(column, colours.after[column], "end"));
  const empty = svg(drawing, "text", { class: "quiet", "text-anchor": "middle", text: labels.nobody_moves });

  /** Posts of one side from the top, as high as what passes them, with its number. */
  function place(posts, sums, unit, x, labelX, states) {
    let y = 8;
    return posts.map(({ state, box, text }, at) => {
      const height = sums[at] * unit;
      const seen = height > 0;
      shown(box, seen);
      shown(text, seen);
      tell(box, { x, y, height: Math.max(1, height) });
      tell(text, { x: labelX, y: Math.min(STREAM - 6, y + Math.max(10, height / 2 + 5)), text: `${cropped(states[state].label, 96, 13)} ${write.count(sums[at])}` });
      const top = y;
      if (seen) y += Math.max(height, 16) + 8;
      return top;
    });
  }

  function draw(answer, width) {
    const table = matrixOf(answer, 0, bench.view.scope);
    const { ways } = summed(table, draft);
    const value = (y, x) => {
      const seen = bench.view.still || streams[y][x].way !== 0;
      return seen ? table[rows[y] * draft.after.length + columns[x]] : 0;
    };
    const from = rows.map((_, y) => columns.reduce((sum, _each, x) => sum + value(y, x), 0));
    const to = columns.map((_, x) => rows.reduce((sum, _each, y) => sum + value(y, x), 0));
    const all = from.reduce((sum, each) => sum + each, 0);
    const room = (sides) => STREAM - 16 - 24 * sides.filter((each) => each > 0).length;
    const unit = all ? Math.min(room(from), room(to)) / all : 0;
    const tops = {
      left: place(left, from, unit, 0, POST + 6, draft.before),
      right: place(right, to, unit, width - POST, width - POST - 6, draft.after),
    };
    const at = { left: [...tops.left], right: [...tops.right] };
    rows.forEach((_, y) => columns.forEach((_each, x) => {
      const { path } = streams[y][x];
      const thick = value(y, x) * unit;
      shown(path, thick > 0);
      if (!thick) return;
      const [start, end] = [at.left[y] + thick / 2, at.right[x] + thick / 2];
      at.left[y] += thick;
      at.right[x] += thick;
      const middle = width / 2;
      tell(path, {
        d: `M${POST} ${start.toFixed(1)}C${middle} ${start.toFixed(1)} ${middle} ${end.toFixed(1)} ${width - POST} ${end.toFixed(1)}`,
        "stroke-width": Math.max(0.8, thick).toFixed(2),
      });
    }));
    shown(empty, all === 0);
    tell(empty, { x: width / 2, y: STREAM / 2 });
    const moved = ways.up + ways.down + ways.other;
    tell(note, { text: filled(labels.flows_note, { who: bench.who(), n: write.count(moved), share: write.share(moved, ways.all, 2) }) });
    tell(drawing, { "aria-label": labels.flows });
  }
  return { draw, host: section };
}
