// One line of the histogram that can be moved: by mouse, by touch, by keys.

const FINE = 10; // hundredths of a point: what one key or one pixel moves at least
const GRIP = 26;
const TOP = 8;
const KEYS = {
  ArrowLeft: -FINE, ArrowDown: -FINE, ArrowRight: FINE, ArrowUp: FINE, PageDown: -500, PageUp: 500,
};

/** The line of the tier after the lowest, counted by `place`. */
function threshold(drawing, bench, place) {
  const { draft, labels, write, colours } = bench;
  const tier = draft.tiers[place + 1];
  const colour = colours.tiers[place + 1];
  const group = svg(drawing, "g", {
    class: "threshold", role: "slider", tabindex: "0", "aria-orientation": "horizontal", "data-tier": tier.id,
    "aria-valuemin": "0", "aria-valuemax": "100", "aria-label": filled(labels.entry_of, { tier: tier.label }),
    "aria-keyshortcuts": "ArrowLeft ArrowRight PageUp PageDown Home End",
  });
  const reach = svg(group, "rect", { class: "reach", y: 0, width: 32 });
  const line = svg(group, "path", { class: "line" });
  const ring = svg(group, "rect", { class: "ring", height: GRIP + 6, rx: 7 });
  const grip = svg(group, "rect", { class: "grip", height: GRIP, rx: 5 });
  const mark = svg(group, "rect", { width: 7, height: GRIP - 8, rx: 2, fill: colour, class: "strip" });
  const name = svg(group, "text", { class: "name", "text-anchor": "middle" });
  let held = null;

  const entries = () => bench.sketch.now[bench.view.hand].entries;
  const put = (basis) => {
    const now = entries();
    const kept = between(now, place, Math.round(basis), FINE);
    if (kept !== now[place]) {
      now[place] = kept;
      bench.moved();
    }
  };
  const at = (event) => bench.frame.points(event.clientX - bench.frame.left().left) * 100;

  group.onpointerdown = (event) => {
    if (event.button !== 0) return;
    group.setPointerCapture(event.pointerId);
    held = { pointer: event.pointerId, offset: at(event) - entries()[place] };
    tell(group, { "data-held": "true" });
    group.focus({ preventScroll: true });
    event.preventDefault();
  };
  group.onpointerenter = () => bench.recount.ready();
  group.onfocus = () => bench.recount.ready();
  group.onpointermove = (event) => {
    if (held?.pointer === event.pointerId) put(Math.round((at(event) - held.offset) / FINE) * FINE);
  };
  const release = (event) => {
    if (held?.pointer !== event.pointerId) return;
    held = null;
    tell(group, { "data-held": "false" });
    bench.settle();
  };
  group.onpointerup = release;
  group.onpointercancel = release;
  group.onlostpointercapture = release;
  group.onkeydown = (event) => {
    const plain = KEYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (plain !== undefined) put(entries()[place] + (event.shiftKey && Math.abs(plain) === FINE ? plain * 10 : plain));
    else if (event.key === "Home") put(0);
    else if (event.key === "End") put(100 * BASIS);
    else return;
    event.preventDefault();
  };
  group.onkeyup = (event) => {
    if (event.key in KEYS || event.key === "Home" || event.key === "End") bench.settle();
  };
  group.onblur = () => { if (!held) bench.settle(); };

  function draw(frame, now, seat, kind) {
    const x = frame.x(now[place] / 100);
    const middle = seat.x + seat.width / 2;
    tell(reach, { x: x - 16, height: frame.floor });
    tell(line, { d: `M${middle} ${TOP + GRIP}L${x} ${FRAME.top - 6}V${frame.floor}` });
    tell(grip, { x: seat.x, y: TOP, width: seat.width });
    tell(mark, { x: seat.x + 6, y: TOP + 4 });
    tell(ring, { x: seat.x - 3, y: TOP - 3, width: seat.width + 6 });
    tell(name, { x: middle + 5, y: TOP + 18, text: `${tier.label} ${write.points(now[place])}` });
    const facts = { points: write.points(now[place]), was: write.points(bench.sketch.stood[kind].entries[place]) };
    tell(group, {
      "aria-valuenow": now[place] / 100,
      "aria-valuetext": filled(labels.entry_value, facts),
    });
  }
  return { group, draw };
}
