// Carries the block to the bench beside it. Bytes can't travel inside a dictionary, and the block must not be sent
// again whenever a word changes: so it has a component of its own, and waits on a shelf under its name.

const NAME = 16; // characters
const PLANES = 4;
const OWNER = new WeakMap();

/** The block as it was before Python deflated it and laid its bytes out by significance. */
async function opened(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const planes = new Uint8Array(await new Response(stream).arrayBuffer());
  const block = new Uint8Array(planes.length);
  const size = planes.length / PLANES;
  for (let plane = 0; plane < PLANES; plane += 1) {
    for (let at = 0; at < size; at += 1) block[PLANES * at + plane] = planes[plane * size + at];
  }
  return block;
}

export default function carrier({ data, parentElement }) {
  const shelf = (globalThis[Symbol.for("tierdesk.live.shelf")] ??= { blocks: new Map(), news: new Map(), waiting: new Set() });
  const drop = (name) => {
    if (shelf.blocks.get(name)?.owner === parentElement) shelf.blocks.delete(name);
  };
  const name = new TextDecoder().decode(data.subarray(0, NAME));
  const before = OWNER.get(parentElement);
  if (before && before !== name) drop(before);
  OWNER.set(parentElement, name);
  if (shelf.blocks.has(name)) shelf.blocks.get(name).owner = parentElement;
  else shelf.blocks.set(name, { owner: parentElement, block: opened(data.subarray(NAME)) });
  for (const wake of [...shelf.waiting]) wake();
  return () => drop(OWNER.get(parentElement));
}
