// The draft in six figures: who moves up, down, in or out, what of the assets, managers, and yearly cost.

function gauges(parent, bench) {
  const { draft, labels, write } = bench;
  const row = html(parent, "div", { class: "gauges", role: "group", "aria-label": labels.gauges });
  const tile = (name, title, way = "") => {
    const box = html(row, "div", { class: `gauge ${way}`, "data-gauge": name });
    const heading = html(box, "div", { class: "title", text: title });
    const figure = html(box, "div", { class: "value" });
    const bar = svg(box, "svg", { class: "meter", width: "100%", height: 6, "aria-hidden": "true", preserveAspectRatio: "none", viewBox: "0 0 100 6" });
    svg(bar, "rect", { class: "track", width: 100, height: 6 });
    const full = svg(bar, "rect", { class: "full", height: 6 });
    const mark = svg(bar, "rect", { class: "mark", width: 0.8, height: 6 });
    return { heading, figure, full, mark, note: html(box, "div", { class: "sub" }) };
  };
  const tiles = {
    up: tile("up", `▲ ${labels.up}`, "up"),
    down: tile("down", `▼ ${labels.down}`, "down"),
    other: tile("other", labels.other),
    assets: tile("assets", labels.assets_moved),
    managers: tile("managers", labels.managers),
    cost: tile("cost", labels.cost),
  };

  function meter(each, share, stood = null) {
    tell(each.full, { width: Math.min(100, 100 * Math.max(0, share)).toFixed(2) });
    shown(each.mark, stood !== null);
    if (stood !== null) tell(each.mark, { x: Math.min(99.2, 100 * stood).toFixed(2) });
  }

  /** Up and down as a share of everybody on a scale by the root, so that few are seen too. */
  function mover(name, people, assets) {
    const each = tiles[name];
    tell(each.figure, { text: write.count(people[name]) });
    tell(each.note, { text: filled(labels.mover_note, {
      customers: write.share(people[name], people.all, 2), assets: write.share(assets[name], assets.all, 2),
    }) });
    meter(each, people.all ? Math.sqrt(people[name] / people.all) : 0);
  }

  function pair(name, now, was, text, gap) {
    tell(tiles[name].figure, { text });
    tell(tiles[name].note, { text: filled(labels.staff_note, { change: gap }) });
    const title = labels[name];
    tell(tiles[name].heading, { text: bench.view.scope === null ? title : filled(labels.of_everyone, { title }) });
    const most = Math.max(now, was) * 1.1;
    meter(tiles[name], most ? now / most : 0, most ? was / most : 0);
  }

  function draw(answer) {
    const kind = bench.view.scope;
    const people = summed(matrixOf(answer, 0, kind), draft).ways;
    const assets = summed(matrixOf(answer, 1, kind), draft).ways;
    mover("up", people, assets);
    mover("down", people, assets);
    mover("other", people, assets);
    const moved = assets.up + assets.down + assets.other;
    tell(tiles.assets.figure, { text: write.share(moved, assets.all, 2) });
    tell(tiles.assets.note, { text: write.money(moved) });
    meter(tiles.assets, assets.all ? Math.sqrt(Math.max(0, moved / assets.all)) : 0);
    const everybody = summed(matrixOf(answer, 0, null), draft);
    const was = staffOf(everybody.rows, draft.staff.before);
    const now = staffOf(everybody.columns, draft.staff.after);
    const known = now.managers !== null && was.managers !== null;
    pair("managers", now.managers ?? 0, was.managers ?? 0, now.managers === null ? labels.nothing : write.count(now.managers),
      known ? write.signed(now.managers - was.managers, write.count) : labels.nothing);
    const [old, fresh] = [Number(was.cost), Number(now.cost)];
    pair("cost", fresh, old, write.money(fresh), write.signed(fresh - old, write.money));
  }
  return { draw, host: row };
}
