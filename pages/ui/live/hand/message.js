// What the server hears when the hand comes to rest: the numbers that the hand has moved, by their paths; or one of
// undo, redo and reset.

/** Where the numbers of a draft stand in its text, in the same lists as the numbers themselves. */
function pathsOf(draft) {
  const top = draft.tiers.length - 2;
  return draft.kinds.map(({ id, scales }) => {
    const points = (name, band, bands) => (band === bands.length - 1
      ? `dimension.${name}.${id}.missing.points` : `dimension.${name}.${id}.bands[${band}].points`);
    return {
      entries: Array.from({ length: top + 1 }, (_, rank) => `tier[${top - rank}].entry.${id}`),
      weights: draft.dimensions.map((name) => `dimension.${name}.${id}.weight`),
      points: draft.dimensions.map((name, at) =>
        scales[at] && scales[at].bands.map((_, band) => points(name, band, scales[at].bands))),
      edges: draft.dimensions.map((name, at) =>
        scales[at]?.unit && scales[at].bands.slice(2).map((_, rank) => `dimension.${name}.${id}.bands[${rank + 1}].from`)),
    };
  });
}

/** Every number that the server has not said itself, and those that are on their way to it. */
function movedSince(sketch, draft) {
  const [paths, now, base, heard] = [pathsOf(draft), sketch.now, sketch.base, sketch.heard].map(lists);
  const moved = {};
  paths.forEach((list, at) => list.forEach((path, place) => {
    const said = heard[at][place];
    if (now[at][place] !== said || base[at][place] !== said) moved[path] = now[at][place];
  }));
  return moved;
}

/** The way to the server, for one bench: `settle` says what was moved, `ask` wants a step, one after the other. */
function teller(bench) {
  const asked = [];
  const send = (act, moved) => {
    bench.sent = `${Date.now().toString(36)}.${Math.random().toString(36).slice(2, 8)}`;
    bench.setStateValue("settled", { id: bench.sent, act, moved });
    bench.redraw();
  };
  /** Whether the server has yet to answer what it was told last. */
  const waits = () => bench.sent !== null && bench.news.heard !== bench.sent;
  const next = () => { if (asked.length && !waits()) send(asked.shift(), {}); };
  const dirty = () => !same(bench.sketch.now, bench.sketch.base);
  const settle = () => {
    if (!bench.sketch || !dirty()) return;
    const moved = movedSince(bench.sketch, bench.draft);
    bench.sketch.base = numbersOf(bench.sketch.now);
    send("move", moved);
  };
  const ask = (act) => { settle(); asked.push(act); next(); };
  return { settle, ask, next, waits, dirty };
}
