// An edge that is typed.

/** A field for one edge: any amount between its neighbours. One that is no column is counted by the server. */
function edgeField(parent, bench, rank, { edges, stoodEdges, points, unitOf, hint }) {
  const { labels, write } = bench;
  const row = html(parent, "div", { class: "dial edge", "data-dial": `edge.${rank}` });
  const name = html(row, "span", { class: "name" });
  const field = html(row, "input", { type: "text", inputmode: "decimal", autocomplete: "off" });
  const unit = html(row, "span", { class: "unit", text: unitOf().many });
  const back = html(row, "button", { type: "button", class: "back" });
  const focused = () => field.getRootNode().activeElement === field;
  const fits = (value) => {
    const [low, high] = [edges()[rank - 1], edges()[rank + 1]].map((each) => (each === undefined ? null : BigInt(each)));
    return value !== null && (low === null || BigInt(value) > low) && (high === null || BigInt(value) < high);
  };
  const put = (value) => {
    const ok = fits(value);
    tell(hint, { text: ok ? "" : limits() });
    if (ok) edges()[rank] = value;
    draw(true);
    bench.moved();
    if (ok) bench.settle();
  };
  function limits() {
    const [low, high] = [edges()[rank - 1], edges()[rank + 1]].map((each) => each && bench.amounts.quantity(each, unitOf()));
    const sentence = low && high ? labels.edge_between : low ? labels.edge_above : high ? labels.edge_below : labels.edge_amount;
    return filled(sentence, { low, high });
  }
  field.onchange = () => put(bench.amounts.stored(field.value, unitOf()));
  back.onclick = () => put(stoodEdges()[rank]);

  function draw(force = false) {
    const [now, was] = [edges()[rank], stoodEdges()[rank]];
    const facts = { low: write.whole(points()[rank]), high: write.whole(points()[rank + 1]), n: rank + 1, unit: unit.textContent };
    tell(name, { text: filled(labels.edge_field, facts) });
    tell(field, { "aria-label": filled(labels.edge_typed, facts) });
    if (force || !focused()) {
      const text = bench.amounts.plain(now, unitOf());
      if (field.value !== text) field.value = text;
    }
    tell(row, { "data-moved": now !== was });
    tell(back, { text: now === was ? "" : `↺ ${bench.amounts.plain(was, unitOf())}`, "aria-label": filled(labels.back_to, { value: bench.amounts.quantity(was, unitOf()) }) });
    back.disabled = now === was;
  }
  return draw;
}
