// The same answer as a table, to the last customer and cent, for whoever reads rather than sees; told when it settles.

function readingTable(parent, bench) {
  const { draft, labels, write } = bench;
  const { before: rows, after: columns } = bench.standing;
  const table = html(parent, "table", { class: "unseen counted" });
  html(table, "caption", { text: labels.table });
  const head = html(html(table, "thead"), "tr");
  for (const text of [labels.kind, labels.before, labels.after, ...labels.units]) html(head, "th", { scope: "col", text });
  const body = html(table, "tbody");
  const lines = draft.kinds.flatMap((kind, at) => rows.flatMap((row) => columns.map((column) => {
    const line = html(body, "tr", { "data-cell": `${kind.id}|${draft.before[row].id}|${draft.after[column].id}` });
    for (const text of [kind.label, draft.before[row].label, draft.after[column].label]) html(line, "td", { text });
    const figures = labels.units.map(() => html(line, "td"));
    return { cell: (at * draft.before.length + row) * draft.after.length + column, figures };
  })));

  function draw(answer) {
    for (const { cell, figures } of lines) {
      figures.forEach((figure, measure) => {
        const value = exact(answer, measure, cell);
        tell(figure, { text: measure === 0 ? write.whole(value) : write.exactMoney(value), "data-exact": value });
      });
    }
  }
  return { draw };
}
