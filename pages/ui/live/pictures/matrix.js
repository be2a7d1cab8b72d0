// From each state (row) to each state (column): up is blue with a mark, down is orange with a mark.

const CELL = 58;

function matrix(parent, bench) {
  const { draft, labels, write, colours } = bench;
  const { before: rows, after: columns } = bench.standing;
  const { section, head, note } = card(parent, "matrix", labels.matrix, "");
  const tools = html(head, "div", { class: "tools" });
  const measures = choice(tools, labels.measure, labels.measures.map((name, place) => [String(place), name]), (id) => {
    bench.view.measure = Number(id);
    bench.redraw();
  });
  measures.press(String(bench.view.measure));
  const height = 52 + rows.length * CELL;
  const drawing = picture(section, height);
  const axis = svg(drawing, "text", { class: "tick", text: `${labels.before} ↓` });
  const over = svg(drawing, "text", { class: "tick", "text-anchor": "middle", text: `${labels.after} →` });
  const heads = columns.map(() => [25, 40].map((y) => svg(drawing, "text", { class: "label", "text-anchor": "middle", y })));
  const names = rows.map(() => svg(drawing, "text", { class: "label", "text-anchor": "end" }));
  const cells = rows.map((row) => columns.map((column) => {
    const group = svg(drawing, "g", { "data-cell": `${draft.before[row].id}|${draft.after[column].id}` });
    return {
      box: svg(group, "rect", { rx: 4, height: CELL - 4 }),
      count: svg(group, "text", { class: "figure", "text-anchor": "middle" }),
      share: svg(group, "text", { class: "small", "text-anchor": "middle" }),
      way: direction(draft.before[row], draft.after[column]),
    };
  }));
  const hues = { 1: colours.up, "-1": colours.down, 2: colours.other };
  const marks = { 1: "▲ ", "-1": "▼ ", 0: "", 2: "" };

  /** Never so deep that the figures on it could not be read. */
  function fill(part, way) {
    if (!part) return colours.still;
    return way === 0 ? colours.stay : blend(hues[way], 0.14 + 0.46 * Math.sqrt(Math.min(1, Math.abs(part))), colours.still);
  }

  function draw(answer, width) {
    const measure = bench.view.measure;
    const table = matrixOf(answer, measure, bench.view.scope);
    const { rows: totals } = summed(table, draft);
    const labelled = Math.min(width * 0.27, 16 + Math.max(...rows.map((row) => wide(draft.before[row].label, 13))));
    const left = Math.max(56, labelled);
    const room = (width - left) / columns.length;
    tell(axis, { x: 0, y: 40 });
    tell(over, { x: left + (width - left) / 2, y: 8 });
    heads.forEach((lines, place) => folded(draft.after[columns[place]].label, room, 12).forEach((text, at) => {
      tell(lines[at], { x: left + room * (place + 0.5), text });
    }));
    rows.forEach((row, y) => {
      tell(names[y], { x: left - 8, y: 52 + CELL * y + CELL / 2 + 3, text: cropped(draft.before[row].label, left - 10, 13) });
      columns.forEach((column, x) => {
        const cell = cells[y][x];
        const value = table[row * draft.after.length + column];
        const part = totals[row] ? value / totals[row] : 0;
        const colour = fill(part, cell.way);
        const ink = value ? colours.ink : colours.soft;
        const middle = left + room * (x + 0.5);
        const text = measure === 0 ? write.count(value) : write.bare(value);
        tell(cell.box, { x: left + room * x + 2, y: 52 + CELL * y, width: Math.max(1, room - 4), fill: colour });
        tell(cell.count, {
          x: middle, y: 52 + CELL * y + (value ? 24 : 33), fill: ink, text: value ? marks[cell.way] + text : labels.nothing,
        });
        tell(cell.share, { x: middle, y: 52 + CELL * y + 43, fill: ink, text: value ? write.share(value, totals[row]) : "" });
      });
    });
    tell(note, { text: filled(labels.matrix_note, { who: bench.who(), what: labels.units[measure] }) });
    tell(drawing, { "aria-label": labels.matrix });
  }
  return { draw, host: section };
}
