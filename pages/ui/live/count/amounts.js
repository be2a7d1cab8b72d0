// Amounts of a dimension: stored as whole numbers too large for doubles, written and read exactly, as text.
// A unit is what Python says of it: how many stored make one, what one and many are called, whether it is money.

/** A stored amount in natural units: `inUnits("50000050", 100n)` is 500,000.5. */
function inUnits(stored, per, write) {
  const value = BigInt(stored);
  const size = value < 0n ? -value : value;
  const rest = per > 1n ? String(size % per).padStart(String(per).length - 1, "0").replace(/0+$/, "") : "";
  return (value < 0n ? "-" : "") + write.format(size / per) + (rest && `.${rest}`);
}

/** Writers and a reader of amounts, in the manner of analytics/standard/numbers.py. */
function amounts(labels) {
  const write = new Intl.NumberFormat(labels.locale);
  /** With its unit; Chinese counts money in 万 and 亿 where that stays short. */
  const quantity = (stored, unit) => {
    const per = BigInt(unit.per);
    const value = BigInt(stored);
    const size = value < 0n ? -value : value;
    const fits = ([each]) => size >= BigInt(each) * per && (size * 100n) % (BigInt(each) * per) === 0n;
    const [times, name] = (unit.money && labels.myriads.find(fits)) || [1, ""];
    return `${inUnits(stored, per * BigInt(times), write)} ${name}${size === per ? unit.one : unit.many}`;
  };
  /** What a hand types, as stored; `null` where that is no amount, or finer than what is stored. */
  const stored = (text, unit) => {
    const steps = unit.money ? labels.steps : [];
    const letters = steps.map(([, name]) => name).join("|");
    const found = new RegExp(`^([-−]?)(\\d{1,18})(?:\\.(\\d{1,12}))?(${letters})?$`, "i").exec(text.replace(/[\s,，]/g, ""));
    if (!found) return null;
    const [, minus, whole, part = "", letter = ""] = found;
    const times = steps.find(([, name]) => name === letter.toLowerCase())?.[0] ?? 1;
    const [value, divisor] = [BigInt(whole + part) * BigInt(unit.per) * BigInt(times), 10n ** BigInt(part.length)];
    if (value % divisor !== 0n || value / divisor >= LIMIT * BigInt(unit.per)) return null;
    return String(minus ? -(value / divisor) : value / divisor);
  };
  return { quantity, plain: (each, unit) => inUnits(each, BigInt(unit.per), write), stored };
}

const LIMIT = 10n ** 15n; // a standard's numbers stay below
