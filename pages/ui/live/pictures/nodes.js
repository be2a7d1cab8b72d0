// Nodes that are made once and then only told what has changed.

const SVG = "http://www.w3.org/2000/svg";
const SAID = Symbol("said");

function grow(parent, node, facts) {
  for (const [name, value] of Object.entries(facts)) {
    if (name === "text") node.textContent = value;
    else node.setAttribute(name, value);
  }
  if (parent) parent.append(node);
  return node;
}

/** A new HTML element; `text` is its text, everything else an attribute. */
function html(parent, tag, facts = {}) {
  return grow(parent, document.createElement(tag), facts);
}

/** A new SVG element. */
function svg(parent, tag, facts = {}) {
  return grow(parent, document.createElementNS(SVG, tag), facts);
}

/** Set attributes, or `text`, of a node; what it says already is left alone. */
function tell(node, facts) {
  node[SAID] ??= {};
  for (const name in facts) {
    const value = String(facts[name]);
    if (node[SAID][name] === value) continue;
    node[SAID][name] = value;
    if (name === "text") node.textContent = value;
    else node.setAttribute(name, value);
  }
}

/** Show a node or not, without taking it out. */
function shown(node, yes) {
  tell(node, { visibility: yes ? "visible" : "hidden" });
}

/** A card with a title and a note, and room for one picture. */
function card(parent, name, title, note) {
  const section = html(parent, "section", { class: `card ${name}`, "aria-label": title });
  const head = html(section, "div", { class: "head" });
  const words = html(head, "div", { class: "words" });
  html(words, "h2", { text: title });
  const said = html(words, "p", { class: "note", text: note ?? "" });
  return { section, head, note: said };
}

/** A picture in a card that says its own sentence to whoever cannot see it. */
function picture(parent, height) {
  return svg(parent, "svg", { width: "100%", height, role: "img", focusable: "false" });
}

/** Buttons of which one is pressed; `chosen` is told when another one is. */
function choice(parent, label, options, chosen) {
  const group = html(parent, "div", { class: "choice", role: "group", "aria-label": label });
  const buttons = options.map(([id, text]) => {
    const button = html(group, "button", { type: "button", text, "data-choice": id });
    button.onclick = () => { press(id); chosen(id); };
    return [id, button];
  });
  const press = (id) => buttons.forEach(([each, button]) => tell(button, { "aria-pressed": each === id }));
  return { press };
}

/** About how wide a text is: Chinese characters are square, Latin ones about half of that. */
function wide(text, size) {
  let width = 0;
  for (const letter of text) width += letter.charCodeAt(0) > 0x2e80 ? size : size * 0.52;
  return width;
}

/** A text cut to a width, with a sign for what is missing. */
function cropped(text, room, size) {
  if (wide(text, size) <= room) return text;
  let kept = text;
  while (kept && wide(`${kept}…`, size) > room) kept = kept.slice(0, -1);
  return kept ? `${kept}…` : "";
}

/** A text on one line or two, as its words allow, each cut to a width. */
function folded(text, room, size) {
  const words = text.split(" ");
  if (wide(text, size) <= room || words.length < 2) return ["", cropped(text, room, size)];
  const first = words.slice(0, Math.ceil(words.length / 2)).join(" ");
  return [cropped(first, room, size), cropped(text.slice(first.length + 1), room, size)];
}

/** Seats of some width, each over its middle, pushed apart where they stand close, never out of the picture. */
function apart(sized, most) {
  const found = sized.map(({ place, middle, width }) => ({ place, middle, width, x: middle - width / 2 }));
  found.sort((a, b) => a.middle - b.middle || a.place - b.place);
  for (let turn = 0; turn < 12; turn += 1) {
    for (let at = 1; at < found.length; at += 1) {
      const [left, right] = [found[at - 1], found[at]];
      const push = (left.x + left.width + 6 - right.x) / 2;
      if (push > 0.01) { left.x -= push; right.x += push; }
    }
    for (const seat of found) seat.x = Math.min(Math.max(seat.x, 2), most - seat.width);
  }
  return found.toSorted((a, b) => a.place - b.place);
}

/** `share` of a colour over another. */
function blend(colour, share, paper) {
  const parts = [1, 3, 5].map((at) => {
    const [over, under] = [colour, paper].map((each) => parseInt(each.slice(at, at + 2), 16));
    return Math.round(over * share + under * (1 - share)).toString(16).padStart(2, "0");
  });
  return `#${parts.join("")}`;
}
