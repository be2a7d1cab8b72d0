// Numbers as people write them. Every word and sign comes from Python, in `labels`.

/** Writers of counts, money and shares in the visitor's language. */
function writer(labels) {
  const whole = new Intl.NumberFormat(labels.locale, { maximumFractionDigits: 0 });
  const fixed = [0, 1, 2].map(
    (digits) => new Intl.NumberFormat(labels.locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const free = new Intl.NumberFormat(labels.locale, { maximumFractionDigits: 2 });
  const short = (value, digits) => {
    const step = labels.steps.find(([size]) => Math.abs(value) >= size);
    return step ? fixed[digits].format(value / step[0]) + step[1] : fixed[0].format(value);
  };
  const money = (minor, digits = 2) => filled(labels.money, { value: short(minor / labels.scale, digits) });
  return {
    count: (value) => (Math.abs(value) < labels.exact_up_to ? whole.format(value) : short(value, 2)),
    whole: (value) => whole.format(value),
    tick: (value) => {
      const step = labels.steps.find(([size]) => value >= size);
      return step ? free.format(value / step[0]) + step[1] : whole.format(value);
    },
    money,
    bare: (minor) => short(minor / labels.scale, 1),
    exactMoney: (minor) => {
      const scale = BigInt(labels.scale);
      const size = minor < 0n ? -minor : minor;
      const rest = String(size % scale).padStart(String(scale).length - 1, "0").replace(/0+$/, "");
      const text = whole.format(size / scale) + (rest && scale > 1n ? `.${rest}` : "");
      return filled(labels.exact_money, { value: minor < 0n ? `-${text}` : text });
    },
    share: (part, all, digits = 1) => (all ? `${fixed[digits].format((100 * part) / all)}%` : labels.nothing),
    number: (value) => free.format(value),
    points: (basis) => free.format(basis / 100),
    signed: (value, write) =>
      value === 0 ? labels.unchanged : `${value > 0 ? "+" : "−"}${write(Math.abs(value))}`,
  };
}

/** A sentence with its {places} filled. */
function filled(sentence, facts) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in facts ? facts[name] : place));
}
