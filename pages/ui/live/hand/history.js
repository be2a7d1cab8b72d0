// Undo, redo and reset: steps of the server's sketch, which knows of more than this bench has moved.

const STEPS = { undo: "↶", redo: "↷", reset: "↺" };

function history(parent, bench) {
  const { labels } = bench;
  const bar = html(parent, "div", { class: "history", role: "group", "aria-label": labels.history });
  const buttons = Object.entries(STEPS).map(([name, sign]) => {
    const button = html(bar, "button", { type: "button", "data-act": name });
    html(button, "span", { "aria-hidden": "true", text: `${sign} ` });
    button.append(labels[name]);
    button.onclick = () => { if (button.getAttribute("aria-disabled") !== "true") bench.teller.ask(name); };
    return [name, button];
  });
  const draw = () => buttons.forEach(([name, button]) => {
    const can = bench.news.can[name] || (name !== "redo" && bench.teller.dirty());
    tell(button, { "aria-disabled": !can });
  });
  return { draw };
}
