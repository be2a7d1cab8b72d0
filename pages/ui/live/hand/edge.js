// One edge between two bands that can be moved from column to column: by mouse, by touch, by keys.

const COLUMNS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

/** The edge that begins the band `rank + 1` of the dimension in the hand. `held` says what is moved, and to where. */
function edgeLine(drawing, bench, rank, held) {
  const { labels } = bench;
  const group = svg(drawing, "g", {
    class: "threshold edge", role: "slider", tabindex: "0", "aria-orientation": "horizontal", "data-edge": rank,
    "aria-keyshortcuts": "ArrowLeft ArrowRight PageUp PageDown Home End",
  });
  const reach = svg(group, "rect", { class: "reach", y: 0, width: 24 });
  const line = svg(group, "path", { class: "line" });
  const ring = svg(group, "rect", { class: "ring", height: GRIP + 6, rx: 7 });
  const grip = svg(group, "rect", { class: "grip", height: GRIP, rx: 5 });
  const name = svg(group, "text", { class: "name", "text-anchor": "middle" });
  let pointer = null;

  const at = (event) => held.frame().column(event.clientX - drawing.getBoundingClientRect().left);
  group.onpointerdown = (event) => {
    if (event.button !== 0 || !held.places()) return;
    group.setPointerCapture(event.pointerId);
    pointer = { id: event.pointerId, offset: at(event) - held.places()[rank] };
    tell(group, { "data-held": "true" });
    group.focus({ preventScroll: true });
    event.preventDefault();
  };
  group.onpointermove = (event) => {
    if (pointer?.id === event.pointerId) held.put(rank, Math.round(at(event) - pointer.offset));
  };
  const release = (event) => {
    if (pointer?.id !== event.pointerId) return;
    pointer = null;
    tell(group, { "data-held": "false" });
    bench.settle();
  };
  group.onpointerup = release;
  group.onpointercancel = release;
  group.onlostpointercapture = release;
  group.onkeydown = (event) => {
    const places = held.places();
    if (!places || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in COLUMNS) held.put(rank, places[rank] + COLUMNS[event.key]);
    else if (event.key === "Home") held.put(rank, 0);
    else if (event.key === "End") held.put(rank, Infinity);
    else return;
    event.preventDefault();
  };
  group.onkeyup = (event) => {
    if (event.key in COLUMNS || event.key === "Home" || event.key === "End") bench.settle();
  };
  group.onblur = () => { if (!pointer) bench.settle(); };

  /** `facts` are its amount, what the standard says, and the points on both sides, in words. */
  function draw(frame, x, seat, facts) {
    const middle = seat.x + seat.width / 2;
    tell(reach, { x: x - 12, height: frame.floor });
    tell(line, { d: `M${middle} ${TOP + GRIP}L${x} ${FRAME.top - 6}V${frame.floor}` });
    tell(grip, { x: seat.x, y: TOP, width: seat.width });
    tell(ring, { x: seat.x - 3, y: TOP - 3, width: seat.width + 6 });
    tell(name, { x: middle, y: TOP + 18, text: facts.short });
    tell(group, {
      "aria-label": filled(labels.edge_of, facts),
      "aria-valuemin": facts.least, "aria-valuemax": facts.most, "aria-valuenow": facts.value,
      "aria-valuetext": filled(labels.edge_value, facts),
    });
  }
  return { group, draw };
}
