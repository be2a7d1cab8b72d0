// The policy's arithmetic, as in analytics/classify/verdict.py: integers only, nothing divided before it is compared.

const BASIS = 100; // entry scores are in hundredths of a point
const SLOTS = 101; // one for every whole point from 0 to 100
const KINDS = 2;
const ADDED = 5; // customers, assets (high, low), contribution (high, low)
const REFUSED = -67108864; // more than any score, so a sum that holds it stays below zero

/** Weights that count: all of a kind's, or one where the method is of a single metric. */
function counted(draft, kind) {
  const { method, metric } = draft;
  return kind.scales.map((scale, place) => {
    if (!scale) return 0;
    return method === "single" ? Number(draft.dimensions[place] === metric) : kind.weights[place];
  });
}

function total(kind) {
  return kind.scales.reduce((sum, scale, place) => sum + (scale ? kind.weights[place] : 0), 0);
}

/** Places of the kinds whose weights are all zero: nobody of them can be scored. */
function unscorable(kinds) {
  return kinds.flatMap((kind, place) => (kind.scales.some(Boolean) && total(kind) === 0 ? [place] : []));
}

/** What a score's numerator is a fraction of. */
function scoreBase(draft, kind) {
  return draft.method === "weighted_sum" ? total(kind) : 1;
}

/** Least numerators for the tiers from the second up; 100 * score >= entry * base, without the division. */
function cuts(draft, kind) {
  if (!kind.scales.some(Boolean)) return [];
  const base = scoreBase(draft, kind);
  return kind.entries.map((entry) => Math.ceil((entry * base) / BASIS));
}

/** What each band of one dimension adds, by kind: (kinds, width), REFUSED where a missing value has no points. */
function additions(draft, kinds, place, width) {
  const table = new Int32Array(KINDS * width);
  const neutral = draft.method === "all_of" ? 100 : 0;
  kinds.forEach((kind, at) => {
    const weight = counted(draft, kind)[place];
    const sums = draft.method === "weighted_sum" || draft.method === "single";
    for (let band = 0; band < width; band += 1) {
      const points = kind.scales[place] ? kind.points[place][band] : 0;
      let value = neutral;
      if (weight > 0) value = points === null ? REFUSED : (points ?? 0) * (sums ? weight : 1);
      table[at * width + band] = value;
    }
  });
  return table;
}

/** The numerator of every signature's score into `scores`, negative where there is none: a value that counts is missing. */
function score(block, draft, kinds, scores) {
  const { n, kind } = block;
  const { method } = draft;
  scores.fill(method === "all_of" ? 100 : 0);
  const unscored = kinds.map((each) => !each.scales.some(Boolean));
  if (unscored.some(Boolean)) for (let i = 0; i < n; i += 1) if (unscored[kind[i]]) scores[i] = REFUSED;
  block.bands.forEach((band, place) => {
    const width = 1 + Math.max(...kinds.map((each) => (each.points[place] ?? []).length));
    const table = additions(draft, kinds, place, width);
    if (method === "highest") {
      for (let i = 0; i < n; i += 1) {
        const value = table[kind[i] * width + band[i]];
        if (scores[i] >= 0 && (value < 0 || value > scores[i])) scores[i] = value;
      }
    } else if (method === "all_of") {
      for (let i = 0; i < n; i += 1) {
        const value = table[kind[i] * width + band[i]];
        if (value < scores[i]) scores[i] = value;
      }
    } else {
      for (let i = 0; i < n; i += 1) scores[i] += table[kind[i] * width + band[i]];
    }
  });
}

/** The whole point that each score lies in, into `slots`: where the histogram draws it. */
function slot(block, draft, kinds, scores, slots) {
  const bases = kinds.map((kind) => scoreBase(draft, kind) || 1);
  for (let i = 0; i < block.n; i += 1) {
    slots[i] = scores[i] < 0 ? SLOTS : Math.min(SLOTS - 1, Math.floor(scores[i] / bases[block.kind[i]]));
  }
}

/**
 * Everybody into the state that ladder and score give.
 *
 * `sums` is (kinds, before, after) by measure, `bars` (kinds, slots + 1, after) of customers; the last slot is of
 * scores that are not known.
 */
function tally(block, lines, scores, slots, shape) {
  const { n, kind, before, ladder, ladders, steps, measures } = block;
  const [count, assetsHigh, assetsLow, contributionHigh, contributionLow] = measures;
  const cells = KINDS * shape.before * shape.after;
  const sums = Array.from({ length: ADDED }, () => new Float64Array(cells));
  const bars = new Float64Array(KINDS * (SLOTS + 1) * shape.after);
  const [people, high, low, highOfContribution, lowOfContribution] = sums;
  const width = steps - 2; // tiers without the lowest
  for (let i = 0; i < n; i += 1) {
    const mine = kind[i];
    const here = scores[i];
    let step = steps - 1;
    if (here >= 0) {
      step = 0;
      for (let at = mine * width; at < (mine + 1) * width; at += 1) if (here >= lines[at]) step += 1;
    }
    const state = ladders[ladder[i] * steps + step];
    const cell = (mine * shape.before + before[i]) * shape.after + state;
    people[cell] += count[i];
    high[cell] += assetsHigh[i];
    low[cell] += assetsLow[i];
    highOfContribution[cell] += contributionHigh[i];
    lowOfContribution[cell] += contributionLow[i];
    bars[(mine * (SLOTS + 1) + slots[i]) * shape.after + state] += count[i];
  }
  return { sums, bars, shape };
}

/** Least numerators of all kinds in one table, (kinds, tiers - 1); a place that no score reaches holds Infinity. */
function linesOf(block, draft, kinds) {
  const width = block.steps - 2;
  const lines = new Float64Array(KINDS * width).fill(Infinity);
  kinds.forEach((each, at) => cuts(draft, each).forEach((cut, place) => { lines[at * width + place] = cut; }));
  return lines;
}

/** Signatures of each kind by score, ascending; those without a score are left out. */
function ordered(block, scores) {
  const size = 2 ** Math.ceil(Math.log2(block.n + 1));
  return Array.from({ length: KINDS }, (_, kind) => {
    let n = 0;
    const keys = new Float64Array(block.n);
    for (let i = 0; i < block.n; i += 1) if (block.kind[i] === kind && scores[i] >= 0) keys[n++] = scores[i] * size + i;
    return Uint32Array.from(keys.subarray(0, n).sort(), (key) => key % size);
  });
}

/** The first place of an order whose score is at least `cut`. */
function reaching(order, scores, cut) {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (scores[order[middle]] < cut) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Carry those over whose score lies between the old lines and the new: whole numbers, so nothing is lost. */
function shift(block, answer, { scores, slots, order, before, after }) {
  const { ladder, ladders, steps, measures } = block;
  const { shape, sums, bars } = answer;
  const width = steps - 2;
  const step = (lines, kind, here) => {
    let found = 0;
    for (let at = kind * width; at < (kind + 1) * width; at += 1) if (here >= lines[at]) found += 1;
    return found;
  };
  for (let kind = 0; kind < KINDS; kind += 1) {
    let [low, high] = [Infinity, -Infinity];
    for (let at = kind * width; at < (kind + 1) * width; at += 1) {
      if (before[at] === after[at]) continue;
      low = Math.min(low, before[at], after[at]);
      high = Math.max(high, before[at], after[at]);
    }
    if (low === Infinity) continue;
    const end = reaching(order[kind], scores, high);
    for (let place = reaching(order[kind], scores, low); place < end; place += 1) {
      const i = order[kind][place];
      const row = ladder[i] * steps;
      const [old, now] = [ladders[row + step(before, kind, scores[i])], ladders[row + step(after, kind, scores[i])]];
      if (old === now) continue;
      const cell = (kind * shape.before + block.before[i]) * shape.after;
      for (let measure = 0; measure < ADDED; measure += 1) {
        sums[measure][cell + old] -= measures[measure][i];
        sums[measure][cell + now] += measures[measure][i];
      }
      const bar = (kind * (SLOTS + 1) + slots[i]) * shape.after;
      bars[bar + old] -= measures[0][i];
      bars[bar + now] += measures[0][i];
    }
  }
}

/**
 * A recounter of one block. It keeps scores and its last answer: a moved entry score only carries over those between
 * the old line and the new. The answer is the same object until weights, points or method change.
 */
function recounter(block, draft) {
  const scores = new Int32Array(block.n);
  const slots = new Uint8Array(block.n);
  const shape = { before: draft.before.length, after: draft.after.length };
  let [scored, answer, lines, order] = ["", null, null, null];
  const recount = (kinds) => {
    if (unscorable(kinds).length) return { trouble: unscorable(kinds) };
    const name = JSON.stringify([draft.method, draft.metric, kinds.map((kind) => [kind.weights, kind.points])]);
    const fresh = linesOf(block, draft, kinds);
    if (name !== scored) {
      score(block, draft, kinds, scores);
      slot(block, draft, kinds, scores, slots);
      answer = tally(block, fresh, scores, slots, shape);
      [scored, order] = [name, null];
    } else if (fresh.some((line, at) => line !== lines[at])) {
      order ??= ordered(block, scores);
      shift(block, answer, { scores, slots, order, before: lines, after: fresh });
    }
    lines = fresh;
    return answer;
  };
  /** Sort by score before a line is taken into the hand. */
  recount.ready = () => { if (scored) order ??= ordered(block, scores); };
  return recount;
}

/** The exact sum of one cell: a whole number of customers or of minor units. */
function exact(answer, measure, cell) {
  if (measure === 0) return BigInt(answer.sums[0][cell]);
  return BigInt(answer.sums[2 * measure - 1][cell]) * BigInt(SPLIT) + BigInt(answer.sums[2 * measure][cell]);
}

/** Customers, assets and contribution as text, (kinds, before, after) each. */
function exactAnswer(answer) {
  const { before, after } = answer.shape;
  const table = (measure) =>
    Array.from({ length: KINDS }, (_, kind) =>
      Array.from({ length: before }, (_, row) =>
        Array.from({ length: after }, (_, column) =>
          String(exact(answer, measure, (kind * before + row) * after + column)))));
  return { customers: table(0), assets: table(1), contribution: table(2) };
}
