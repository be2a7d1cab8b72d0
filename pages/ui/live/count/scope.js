// One answer cut to what is shown: everybody or one kind, by one measure. For drawing; exact figures are in recount.js.

/** (before, after) of a measure as doubles, summed over the kinds that are shown. */
function matrixOf(answer, measure, kind) {
  const { before, after } = answer.shape;
  const table = new Float64Array(before * after);
  for (let at = 0; at < KINDS; at += 1) {
    if (kind !== null && kind !== at) continue;
    for (let cell = 0; cell < before * after; cell += 1) {
      const place = at * before * after + cell;
      table[cell] += measure === 0
        ? answer.sums[0][place]
        : answer.sums[2 * measure - 1][place] * SPLIT + answer.sums[2 * measure][place];
    }
  }
  return table;
}

/** Sums of rows and columns, and what goes up, down and elsewhere. */
function summed(table, draft) {
  const rows = new Float64Array(draft.before.length);
  const columns = new Float64Array(draft.after.length);
  const ways = { up: 0, down: 0, other: 0, all: 0 };
  draft.before.forEach((old, row) => draft.after.forEach((state, column) => {
    const value = table[row * columns.length + column];
    rows[row] += value;
    columns[column] += value;
    ways.all += value;
    const way = direction(old, state);
    if (way === 1) ways.up += value;
    if (way === -1) ways.down += value;
    if (way === 2) ways.other += value;
  }));
  return { rows, columns, ways };
}

/** 1 up, -1 down, 0 the same place, 2 into or out of the tiers. */
function direction(old, state) {
  if (old.rank !== null && state.rank !== null) return Math.sign(state.rank - old.rank);
  return old.id === state.id ? 0 : 2;
}

/** Places of the states that can have anybody, the highest tier first; the same for every draft of a block. */
function standing(block, draft) {
  const old = new Set(draft.before.flatMap((state, place) => (state.rank === null ? [] : [place])));
  const fresh = new Set(draft.after.flatMap((state, place) => (state.rank === null ? [] : [place])));
  for (let i = 0; i < block.n; i += 1) old.add(block.before[i]);
  for (let i = 0; i < block.n; i += 1) {
    for (let step = 0; step < block.steps; step += 1) fresh.add(block.ladders[block.ladder[i] * block.steps + step]);
  }
  const sorted = (places, states) => [
    ...[...places].filter((place) => states[place].rank !== null).sort((a, b) => states[b].rank - states[a].rank),
    ...[...places].filter((place) => states[place].rank === null).sort((a, b) => a - b),
  ];
  return { before: sorted(old, draft.before), after: sorted(fresh, draft.after) };
}

/**
 * Managers (whole people) and yearly cost of everybody, by the caseloads and costs of one side. There is no number of
 * managers where an unsound draft states a caseload below one customer.
 */
function staffOf(totals, staff) {
  let managers = 0;
  let cost = 0n;
  staff.forEach(({ state, caseload, cost: each }) => {
    managers = managers === null || caseload < 1 ? null : managers + Math.ceil(totals[state] / caseload);
    cost += BigInt(totals[state]) * BigInt(each);
  });
  return { managers, cost };
}
