// Sliders and typed fields: entry scores, weights, and the points of one dimension's bands.

/**
 * A slider and a field for one number; both show the sketch, and tell it what they were moved to. `limits` says in
 * words why something else was taken than what was typed.
 */
function dial(parent, bench, { label, name, least, most, step, read, stood, put, limits }) {
  const { labels, write } = bench;
  const row = html(parent, "div", { class: "dial", "data-dial": name });
  const title = html(row, "span", { class: "name" });
  const range = html(row, "input", { type: "range", min: least, max: most, step });
  const field = html(row, "input", { type: "number", min: least, max: most, step, inputmode: "decimal" });
  const back = html(row, "button", { type: "button", class: "back" });
  const hint = html(row, "p", { class: "hint", role: "status" });
  let taken = null;
  const heard = (text) => {
    const value = Number(text);
    taken = null;
    if (text === "" || !Number.isFinite(value)) return;
    put(Math.min(Number(field.max), Math.max(least, value)));
    bench.moved();
  };
  range.oninput = () => heard(range.value);
  range.onchange = () => bench.settle();
  field.oninput = () => heard(field.value);
  field.onchange = () => {
    const typed = Number(field.value);
    taken = field.value !== "" && typed !== read() ? { value: read(), words: limits(typed, read()) } : null;
    bench.settle();
    draw(true);
  };
  back.onclick = () => { put(stood()); bench.moved(); bench.settle(); };
  const focused = (node) => node.getRootNode().activeElement === node;

  /** A field that is being typed in keeps what was typed. */
  function draw(force = false) {
    const value = read();
    const called = label();
    tell(title, { text: called, title: called });
    tell(field, { "aria-label": called });
    if (Number(range.max) < value) range.max = value;
    if (Number(range.value) !== value) range.value = value;
    if ((force || !focused(field)) && (field.value === "" || Number(field.value) !== value)) field.value = value;
    tell(range, { "aria-label": called, "aria-valuetext": write.number(value) });
    if (taken && taken.value !== value) taken = null;
    tell(hint, { text: taken?.words ?? "" });
    const before = stood();
    tell(row, { "data-moved": before !== value });
    tell(back, {
      text: before === value ? "" : `↺ ${write.number(before)}`, "aria-label": `${called}: ${filled(labels.back_to, { value: write.number(before) })}`,
    });
    back.disabled = before === value;
  }
  return draw;
}

/** Why a whole number from 0 to 100 was taken instead of what was typed. */
function wholeLimits({ labels, write }, most = 100) {
  return (typed, value) => {
    const within = typed >= 0 && typed <= Math.max(most, value);
    return filled(within ? labels.rounded : labels.range, { low: write.number(0), high: write.number(most), taken: write.number(value) });
  };
}

/** Why another entry score was taken than the one that was typed: it stands strictly between its neighbours. */
function entryLimits({ draft, labels, write }, entries, place) {
  return (typed, value) => {
    const [low, high] = [place > 0 ? entries()[place - 1] / 100 : 0, place < entries().length - 1 ? entries()[place + 1] / 100 : 100];
    const facts = {
      low: write.number(low), high: write.number(high), taken: write.number(value),
      below: draft.tiers[place].label, above: draft.tiers[place + 2]?.label,
    };
    const [under, over] = [place > 0, place < entries().length - 1];
    if (low >= high) return filled(labels.range, { ...facts, low: write.number(0), high: write.number(100) });
    if (Math.abs(typed - value) < 0.01) return filled(labels.rounded_entry, facts);
    const words = under && over ? labels.range_both : under ? labels.range_above : over ? labels.range_below : labels.range;
    return filled(words, facts);
  };
}

/** What a band is called: by Python, or by the edge that it begins at. */
function bandName(bench, kind, place, band) {
  const scale = bench.draft.kinds[kind].scales[place];
  const edge = () => bench.amounts.quantity(bench.sketch.now[kind].edges[place][band - 1], scale.unit);
  return scale.bands[band] ?? filled(bench.labels.band_from, { edge: edge() });
}

function controls(parent, bench) {
  const { draft, labels, write } = bench;
  const { section, head } = card(parent, "controls", labels.controls, labels.controls_note);
  const body = html(section, "div", { class: "panes" });
  let drawn = [];
  let shownKind = null;

  function pane(title) {
    const box = html(body, "div", { class: "pane", role: "group", "aria-label": title });
    html(box, "h3", { text: title });
    return box;
  }

  function build(kind) {
    body.replaceChildren();
    drawn = [];
    shownKind = kind;
    const scaled = draft.kinds[kind].scales;
    if (!scaled.some(Boolean)) {
      html(body, "p", { class: "quiet", text: labels.no_scales });
      return;
    }
    entryDials(pane(labels.entries), kind);
    weightDials(pane(labels.weights), kind);
    bandDials(pane(labels.points), kind);
  }

  function entryDials(box, kind) {
    const now = () => bench.sketch.now[kind].entries;
    for (let place = draft.tiers.length - 2; place >= 0; place -= 1) {
      const tier = draft.tiers[place + 1];
      drawn.push(dial(box, bench, {
        label: () => tier.label, name: `entry.${tier.id}`, least: 0, most: 100, step: 0.1,
        read: () => now()[place] / 100,
        stood: () => bench.sketch.stood[kind].entries[place] / 100,
        put: (value) => { now()[place] = between(now(), place, Math.round(value * 100), 1); },
        limits: entryLimits(bench, now, place),
      }));
    }
  }

  function weightDials(box, kind) {
    draft.dimensions.forEach((name, place) => {
      const scale = draft.kinds[kind].scales[place];
      if (!scale) return;
      drawn.push(dial(box, bench, {
        label: () => scale.label, name: `weight.${name}`, least: 0, most: 100, step: 1,
        read: () => bench.sketch.now[kind].weights[place],
        stood: () => bench.sketch.stood[kind].weights[place],
        put: (value) => { bench.sketch.now[kind].weights[place] = Math.round(value); },
        limits: wholeLimits(bench),
      }));
    });
    const sum = html(box, "p", { class: "sum" });
    drawn.push(() => {
      const all = total(bench.sketch.now[kind]);
      const words = all === 100 ? labels.weights_whole : all ? labels.weights_part : labels.weights_none;
      tell(sum, { text: filled(words, { total: write.whole(all) }), "data-whole": all === 100 });
    });
  }

  function bandDials(box, kind) {
    const pick = html(box, "select", { "aria-label": labels.dimension });
    draft.dimensions.forEach((name, place) => {
      const scale = draft.kinds[kind].scales[place];
      if (scale) html(pick, "option", { value: place, text: scale.label });
    });
    if (bench.view.dimension[kind] !== undefined) pick.value = bench.view.dimension[kind];
    const list = html(box, "div", { class: "bands" });
    let inside = [];
    const rows = () => {
      const place = Number(pick.value);
      const scale = draft.kinds[kind].scales[place];
      bench.view.dimension[kind] = place;
      list.replaceChildren();
      inside = scale.bands.map((_, band) => {
        const label = () => bandName(bench, kind, place, band);
        if (bench.sketch.now[kind].points[place][band] === null) {
          html(list, "p", { class: "quiet", text: `${label()}${labels.colon}${labels.not_assessable}` });
          return () => {};
        }
        return dial(list, bench, {
          label, name: `points.${draft.dimensions[place]}.${band}`, least: 0, most: 100, step: 1,
          read: () => bench.sketch.now[kind].points[place][band],
          stood: () => bench.sketch.stood[kind].points[place][band],
          put: (value) => { bench.sketch.now[kind].points[place][band] = Math.round(value); },
          limits: wholeLimits(bench),
        });
      });
      inside.forEach((draw) => draw());
    };
    pick.onchange = rows;
    rows();
    drawn.push(() => inside.forEach((draw) => draw()));
  }

  function draw() {
    if (shownKind !== bench.view.hand) build(bench.view.hand);
    drawn.forEach((each) => each());
  }
  /** Show the dimension that has been chosen elsewhere. */
  const again = () => { shownKind = null; };
  return { draw, again, head, host: section };
}
