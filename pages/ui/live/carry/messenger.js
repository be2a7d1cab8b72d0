// Carries the news of a settled state to the bench beside it: the numbers, and what Python makes of them. The bench's
// own message holds what seldom changes, so that it is sent once.

const MESSENGERS = new WeakMap();

export default function messenger({ data, parentElement }) {
  const shelf = (globalThis[Symbol.for("tierdesk.live.shelf")] ??= { blocks: new Map(), news: new Map(), waiting: new Set() });
  MESSENGERS.set(parentElement, data.bench);
  shelf.news.set(data.bench, { owner: parentElement, data });
  for (const wake of [...shelf.waiting]) wake();
  return () => {
    const bench = MESSENGERS.get(parentElement);
    if (shelf.news.get(bench)?.owner === parentElement) shelf.news.delete(bench);
  };
}
