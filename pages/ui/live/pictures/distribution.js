// Who stands where, before (hollow) and after (full), by customers, assets and contribution.

const LEVEL = 46;

function distribution(parent, bench, measure) {
  const { draft, labels, write, colours } = bench;
  const { section, note } = card(parent, "distribution", labels.distributions[measure], "");
  const ids = [...new Set([
    ...bench.standing.after.map((place) => draft.after[place].id),
    ...bench.standing.before.map((place) => draft.before[place].id),
  ])];
  const find = (states, id) => states.findIndex((state) => state.id === id);
  const levels = ids.map((id) => ({ old: find(draft.before, id), now: find(draft.after, id) }));
  const drawing = picture(section, levels.length * LEVEL);
  const drawn = levels.map(({ old, now }) => {
    const colour = now >= 0 ? colours.after[now] : colours.before[old];
    return {
      label: svg(drawing, "text", { class: "label", "text-anchor": "end" }),
      before: svg(drawing, "rect", { height: 13, fill: colours.paper, stroke: colour, "stroke-width": 2, rx: 2 }),
      after: svg(drawing, "rect", { height: 15, fill: colour, rx: 2, class: "strip" }),
      was: svg(drawing, "text", { class: "tick" }),
      is: svg(drawing, "text", { class: "value" }),
    };
  });

  function draw(answer, width) {
    const table = matrixOf(answer, measure, bench.view.scope);
    const { rows, columns, ways } = summed(table, draft);
    const pairs = levels.map(({ old, now }) => [old >= 0 ? rows[old] : 0, now >= 0 ? columns[now] : 0]);
    const most = Math.max(1, ...pairs.flat());
    const names = levels.map(({ old, now }) => (now >= 0 ? draft.after[now] : draft.before[old]).label);
    const left = Math.min(width * 0.36, 12 + Math.max(...names.map((name) => wide(name, 13))));
    const room = Math.max(20, width - left - 128);
    pairs.forEach(([was, is], at) => {
      const y = at * LEVEL;
      const text = (value) => `${measure === 0 ? write.count(value) : write.bare(value)} · ${write.share(value, ways.all)}`;
      const long = (value) => Math.max(0.5, (room * Math.max(0, value)) / most);
      tell(drawn[at].label, { x: left - 8, y: y + 25, text: cropped(names[at], left - 8, 13) });
      tell(drawn[at].before, { x: left + 1, y: y + 5, width: long(was) });
      tell(drawn[at].after, { x: left, y: y + 21, width: long(is) });
      tell(drawn[at].was, { x: left + long(was) + 8, y: y + 16, text: text(was) });
      tell(drawn[at].is, { x: left + long(is) + 8, y: y + 33, text: text(is) });
    });
    tell(note, { text: filled(labels.distribution_note, { who: bench.who(), what: labels.units[measure] }) });
    tell(drawing, { "aria-label": labels.distributions[measure] });
  }
  return { draw, host: section };
}
