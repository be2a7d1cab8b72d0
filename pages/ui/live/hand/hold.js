// Which dimension is in the hand, and whether its block can be counted on: it holds what all the other numbers of its
// kind made of everybody, so it is of no use once one of those has moved, until the server has sent another.

/** The dimension whose edges are wished for in the kind that is shown: its kind and place, or `null`. */
function wished(bench) {
  const place = bench.view.edges[bench.view.hand];
  return place === undefined ? null : { at: bench.view.hand, place };
}

/** Tell the server of a wish, once. */
function wish(bench) {
  const mine = wished(bench);
  const said = mine && { kind: bench.draft.kinds[mine.at].id, dimension: bench.draft.dimensions[mine.place] };
  const name = JSON.stringify(said);
  if (bench.wish === name) return;
  bench.wish = name;
  bench.setStateValue("hand", said);
}

/** All numbers of a kind but those of one dimension. */
function others({ weights, points, edges }, place) {
  const without = (list) => list.map((each, at) => (at === place ? null : each));
  return JSON.stringify([without(weights), without(points), without(edges)]);
}

/** How the wish stands: "none", "waiting", "refused" or "ready". */
function handState(bench) {
  const mine = wished(bench);
  if (!mine) return "none";
  const { draft, hand, handNews: told, news, sketch } = bench;
  const asked = news.hand;
  const answered = asked && told && told.basis === asked.basis && [asked, told].every((each) =>
    each.kind === draft.kinds[mine.at].id && each.dimension === draft.dimensions[mine.place]);
  if (!answered || others(sketch.now[mine.at], mine.place) !== others(sketch.heard[mine.at], mine.place)) return "waiting";
  if (!told.block) return "refused";
  return hand?.name === told.block ? "ready" : "waiting";
}

/** Where the edges of the dimension in the hand stand among the columns; `null` where they cannot be counted. */
function handPlaces(bench) {
  if (handState(bench) !== "ready") return null;
  const { at, place } = wished(bench);
  return edgeColumns(bench.hand, bench.sketch.now[at].edges[place]);
}

/** What the hand's block says of its kind, `null` while it cannot. */
function handAnswer(bench) {
  const places = handPlaces(bench);
  return places && bench.hand.recount(bench.sketch.now, places);
}

/** The whole answer: the block of everybody says it of every kind whose edges it was made for, the hand of its own. */
function counting(bench) {
  const { blockEdges, draft, sketch } = bench;
  const main = bench.recount(sketch.now);
  bench.mine = main.trouble ? null : handAnswer(bench);
  if (main.trouble) return main;
  const moved = draft.kinds.flatMap((_, at) => (JSON.stringify(sketch.now[at].edges) === blockEdges[at] ? [] : [at]));
  if (!moved.length) return main;
  const { at } = wished(bench) ?? {};
  return bench.mine && moved.every((each) => each === at) ? withHand(main, bench.mine, at) : null;
}

/** Take the hand's news and block from the shelf, where they have come. */
async function takeHand(bench) {
  const shelf = shelfOf();
  bench.handNews = shelf.news.get(`${bench.data.bench}.hand`)?.data ?? null;
  const name = bench.handNews?.block;
  const parcel = name && shelf.blocks.get(name);
  if (!parcel || bench.hand?.name === name) return;
  const bytes = await parcel.block;
  if (bench.gone || bench.handNews?.block !== name || bench.hand?.name === name) return;
  bench.hand = { name, ...unpackHand(bytes) };
  equip(bench);
  bench.redraw();
}

/** A recounter for the hand's block and the shape that is drawn. */
function equip(bench) {
  const { draft, hand } = bench;
  if (!hand || !draft) return;
  const at = draft.kinds.findIndex((kind) => kind.id === hand.kind);
  const place = draft.dimensions.indexOf(hand.dimension);
  hand.recount = handRecounter(hand, draft, at, place);
}
