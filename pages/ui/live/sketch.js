// What is in the hand: numbers by kind, and the settled states that undo and redo go through.

const LONGEST = 200; // settled states that are kept

/** A deep copy of the numbers of a draft, by kind. */
function numbersOf(kinds) {
  return kinds.map((kind) => ({
    entries: [...kind.entries],
    weights: [...kind.weights],
    points: kind.points.map((each) => (each ? [...each] : null)),
    scales: kind.scales,
  }));
}

function same(one, other) {
  return JSON.stringify(one.map(bare)) === JSON.stringify(other.map(bare));
}

function bare(kind) {
  return [kind.entries, kind.weights, kind.points];
}

/** The draft as numbers, with a way back. */
function sketchOf(draft) {
  const kinds = (values) =>
    draft.kinds.map((kind, place) => ({
      entries: values[place].entries,
      weights: values[place].weights,
      points: values[place].points,
      scales: kind.scales,
    }));
  const start = numbersOf(kinds(draft.now));
  return { now: start, stood: numbersOf(kinds(draft.stood)), past: [], future: [], settled: numbersOf(start) };
}

/** Take what is in the hand as a settled state; says whether it differs from the last one. */
function settle(sketch) {
  if (same(sketch.now, sketch.settled)) return false;
  sketch.past.push(sketch.settled);
  if (sketch.past.length > LONGEST) sketch.past.shift();
  sketch.future = [];
  sketch.settled = numbersOf(sketch.now);
  return true;
}

/** One settled state back (from `past`) or forth (from `future`). */
function step(sketch, from, to) {
  if (!sketch[from].length) return false;
  sketch[to].push(sketch.settled);
  sketch.settled = sketch[from].pop();
  sketch.now = numbersOf(sketch.settled);
  return true;
}

/** Everything back to what stood there; a settled state like any other, so it can be undone. */
function reset(sketch) {
  sketch.now = numbersOf(sketch.stood);
  return settle(sketch);
}

/** An entry score kept between 0 and 100 and, where its neighbours leave room, strictly between them. */
function between(entries, place, basis, gap) {
  const low = place > 0 ? entries[place - 1] + gap : 0;
  const high = place < entries.length - 1 ? entries[place + 1] - gap : 100 * BASIS;
  const kept = low <= high ? Math.min(high, Math.max(low, basis)) : basis;
  return Math.min(100 * BASIS, Math.max(0, kept));
}

/** What the server hears: every number by name, and the browser's own answer. */
function settledMessage({ draft, sketch, name: block }, answer, id) {
  const message = { id, block, draft: draft.id, entries: {}, weights: {}, points: {}, answer: null };
  draft.kinds.forEach((kind, at) => {
    const mine = sketch.settled[at];
    message.entries[kind.id] = mine.entries;
    const named = (values) =>
      Object.fromEntries(draft.dimensions.flatMap((name, place) => (kind.scales[place] ? [[name, values[place]]] : [])));
    message.weights[kind.id] = named(mine.weights);
    message.points[kind.id] = named(mine.points);
  });
  if (!answer.trouble) message.answer = exactAnswer(answer);
  return message;
}
