// What is in the hand, and what the server has said of it. The server's sketch is the one truth: undo, redo and reset
// are asked of it, and whatever it says anew is taken over.

/** A deep copy of the numbers of a draft, by kind. */
function numbersOf(kinds) {
  return kinds.map((kind) => ({
    entries: [...kind.entries],
    weights: [...kind.weights],
    points: kind.points.map((each) => (each ? [...each] : null)),
    edges: kind.edges.map((each) => (each ? [...each] : null)), // stored amounts as text: they may pass 2^53
    scales: kind.scales,
  }));
}

/** The lists that numbers stand in: those of two drafts of one shape stand side by side. */
function lists(kinds) {
  return kinds.flatMap((kind) => [kind.entries, kind.weights, ...kind.points.filter(Boolean), ...kind.edges.filter(Boolean)]);
}

function same(one, other) {
  return JSON.stringify(lists(one)) === JSON.stringify(lists(other));
}

/** Numbers that the server says, with the scales that they belong to. */
function scaled(numbers, draft) {
  return numbersOf(numbers.map((kind, at) => ({ ...kind, scales: draft.kinds[at].scales })));
}

/**
 * `now` is in the hand, `heard` is what the server said last, `base` is that and what it has been told since, and
 * `stood` is what the standard says.
 */
function sketchOf(news, draft) {
  const now = scaled(news.now, draft);
  return { now, base: numbersOf(now), heard: numbersOf(now), stood: scaled(news.stood, draft) };
}

/** Take over what the server says anew; what the hand has moved stays in the hand. */
function adopt(sketch, fresh, late) {
  const [said, known, base, now] = [fresh, late ? sketch.heard : sketch.base, sketch.base, sketch.now].map(lists);
  said.forEach((list, at) => list.forEach((value, place) => {
    if (value === known[at][place]) return;
    base[at][place] = value;
    now[at][place] = value;
  }));
  sketch.heard = numbersOf(fresh);
}

/** Kinds whose entry scores cross: there is no meaning to that on which all would agree. */
function crossed(kinds) {
  return kinds.flatMap(({ entries }, at) => (entries.some((each, place) => place && each < entries[place - 1]) ? [at] : []));
}

/** An entry score kept between 0 and 100 and, where its neighbours leave room, strictly between them. */
function between(entries, place, basis, gap) {
  const low = place > 0 ? entries[place - 1] + gap : 0;
  const high = place < entries.length - 1 ? entries[place + 1] - gap : 100 * BASIS;
  const kept = low <= high ? Math.min(high, Math.max(low, basis)) : basis;
  return Math.min(100 * BASIS, Math.max(0, kept));
}
