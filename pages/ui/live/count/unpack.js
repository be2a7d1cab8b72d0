// The block of analytics/cube/pack.py, read into typed arrays.

const SPLIT = 67108864; // 2^26: money is high * SPLIT + low, so that doubles add it exactly
const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array, int32: Int32Array };

/** Header and arrays of a block; the bytes are copied once, because a message may start at any address. */
function arraysOf(bytes) {
  const block = bytes.slice();
  const length = new DataView(block.buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(block.subarray(4, 4 + length)));
  const arrays = {};
  for (const [name, place] of Object.entries(header.arrays)) {
    const count = place.shape.reduce((all, each) => all * each, 1);
    arrays[name] = new ARRAYS[place.type](block.buffer, 4 + length + place.offset, count);
  }
  return { header, arrays };
}

/** Customers, assets and contribution of every entry, money in two parts. */
function measuresOf({ count, assetsHigh, assetsLow, contributionHigh, contributionLow }) {
  return [count, assetsHigh, assetsLow, contributionHigh, contributionLow];
}

/** The block of everybody: one entry for all that no weight, point or entry score can part. */
function unpack(bytes) {
  const { header, arrays } = arraysOf(bytes);
  return {
    n: header.n,
    steps: header.arrays.ladders.shape[1],
    ladders: arrays.ladders,
    ladder: arrays.ladder,
    kind: arrays.kind,
    before: arrays.before,
    measures: measuresOf(arrays),
    bands: header.dimensions.map((_, place) => arrays[`band${place}`]),
  };
}
