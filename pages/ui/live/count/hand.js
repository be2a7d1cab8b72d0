// One dimension in the hand: the block of analytics/cube/layers/hand_pack.py, recounted for any edges that are among
// its bounds. A moved edge only carries over those in the columns between its old place and the new one.

/** The block read, its entries in the order of their columns; `bounds` are stored amounts as text, exact. */
function unpackHand(bytes) {
  const { header, arrays } = arraysOf(bytes);
  const bounds = Array.from(arrays.boundHigh, (high, at) => String(BigInt(high) * BigInt(SPLIT) + BigInt(arrays.boundLow[at])));
  const columns = bounds.length + 2; // one below the first bound, one of missing values
  const starts = new Uint32Array(columns + 1);
  for (const column of arrays.column) starts[column + 1] += 1;
  for (let column = 0; column < columns; column += 1) starts[column + 1] += starts[column];
  const free = starts.slice();
  const order = new Uint32Array(header.n);
  for (let i = 0; i < header.n; i += 1) order[free[arrays.column[i]]++] = i;
  return {
    kind: header.kind,
    dimension: header.dimension,
    bounds,
    columnOf: new Map(bounds.map((bound, at) => [bound, at + 1])),
    columns,
    starts,
    order,
    rest: arrays.rest,
    before: arrays.before,
    ladder: arrays.ladder,
    ladders: arrays.ladders,
    steps: header.arrays.ladders.shape[1],
    measures: measuresOf(arrays),
  };
}

/** The column that each edge begins; `null` where one is not among the bounds, or they do not ascend. */
function edgeColumns(hand, edges) {
  const found = edges.map((edge) => hand.columnOf.get(edge));
  return found.every((column, at) => column !== undefined && (at === 0 || column > found[at - 1])) ? found : null;
}

/** The band of every column, the last one that of missing values. */
function columnBands(hand, places) {
  const bands = new Uint8Array(hand.columns);
  let band = 0;
  for (let column = 0; column < hand.columns; column += 1) {
    while (band < places.length && places[band] <= column) band += 1;
    bands[column] = band;
  }
  bands[hand.columns - 1] = places.length + 1;
  return bands;
}

/** The policy for one kind with one dimension open: what an entry's score is once that dimension adds `worth`. */
function scoring(method) {
  if (method === "highest") return Math.max;
  if (method === "all_of") return Math.min;
  return (rest, worth) => rest + worth;
}

/**
 * A recounter of one hand block: of the numbers of all kinds and the columns of the edges it makes `sums` (before,
 * after) by measure, `bars` (slots + 1, after) and `columns` (columns, after) of customers. The answer is one object.
 */
function handRecounter(hand, draft, at, place) {
  const after = draft.after.length;
  const [sums, bars] = [Array.from({ length: ADDED }, () => new Float64Array(draft.before.length * after)), new Float64Array((SLOTS + 1) * after)];
  const answer = { sums, bars, columns: new Float64Array(hand.columns * after) };
  const joined = scoring(draft.method);
  let [named, bands, worth, lines, base] = ["", null, null, null, 1];

  /** Everybody of a column into the state that a band gives (`sign` 1), or out of it (-1). */
  function carry(column, band, sign) {
    const { order, rest, before, ladder, ladders, steps, measures } = hand;
    const added = worth[band];
    for (let turn = hand.starts[column]; turn < hand.starts[column + 1]; turn += 1) {
      const i = order[turn];
      let [step, slot] = [steps - 1, SLOTS];
      if (rest[i] >= 0 && added >= 0) {
        const score = joined(rest[i], added);
        step = 0;
        for (let line = 0; line < lines.length; line += 1) if (score >= lines[line]) step += 1;
        slot = Math.min(SLOTS - 1, Math.floor(score / base));
      }
      const state = ladders[ladder[i] * steps + step];
      const cell = before[i] * after + state;
      for (let measure = 0; measure < ADDED; measure += 1) sums[measure][cell] += sign * measures[measure][i];
      bars[slot * after + state] += sign * measures[0][i];
      answer.columns[column * after + state] += sign * measures[0][i];
    }
  }

  return (kinds, places) => {
    const kind = kinds[at];
    const name = JSON.stringify([kind.entries, kind.weights, kind.points[place]]);
    const fresh = columnBands(hand, places);
    if (name !== named) {
      for (const each of [...sums, bars, answer.columns]) each.fill(0);
      const width = Math.max(...kinds.map((each) => (each.points[place] ?? []).length));
      worth = additions(draft, kinds, place, width).subarray(at * width, (at + 1) * width);
      [named, lines, base] = [name, cuts(draft, kind), scoreBase(draft, kind) || 1];
      fresh.forEach((band, column) => carry(column, band, 1));
    } else {
      fresh.forEach((band, column) => {
        if (band === bands[column]) return;
        carry(column, bands[column], -1);
        carry(column, band, 1);
      });
    }
    bands = fresh;
    return answer;
  };
}

/** An answer in which the part of one kind is the hand's. */
function withHand(answer, mine, at) {
  const { shape } = answer;
  const replaced = (whole, part) => {
    const copy = whole.slice();
    copy.set(part, at * part.length);
    return copy;
  };
  return { shape, sums: answer.sums.map((whole, measure) => replaced(whole, mine.sums[measure])), bars: replaced(answer.bars, mine.bars) };
}
