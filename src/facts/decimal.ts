// Exact decimal arithmetic for amounts: a price times a quantity, rounded to the currency's minor unit, without binary fractions.

/** `units` / 10^`scale`. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/**
 * Reads a decimal number, as `-1,234.50`, of at most 30 digits; undefined if the text is not one. `group`, if it is given,
 * separates groups of three digits before the decimal separator.
 */
export function readDecimal(text: string, separator: "." | "," = ".", group?: string): Decimal | undefined {
  const found = /^([+-]?)([^+-]+)$/.exec(text.trim());
  if (found === null) return undefined;
  const [whole, fraction, ...more] = found[2]!.split(separator);
  if (more.length > 0 || whole === undefined) return undefined;
  const groups = group === undefined ? [whole] : whole.split(group);
  if (
    groups.length > 1 &&
    !groups.every((part, index) => part.length === 3 || (index === 0 && part.length < 3))
  ) {
    return undefined;
  }
  const digits = groups.join("") + (fraction ?? "");
  if (!/^\d{1,30}$/.test(digits) || (groups[0] === "" && groups.length > 1) || fraction === "")
    return undefined;
  const units = BigInt(digits);
  return { units: found[1] === "-" ? -units : units, scale: (fraction ?? "").length };
}

/** The decimal of a number's shortest decimal notation; undefined if the number is not finite. */
export function decimalOf(value: number): Decimal | undefined {
  const found = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
  if (found === null) return undefined;
  const fraction = found[3] ?? "";
  const units = BigInt(`${found[1]}${found[2]}${fraction}`);
  const scale = fraction.length - Number(found[4] ?? 0);
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

export function multiply(one: Decimal, other: Decimal): Decimal {
  return { units: one.units * other.units, scale: one.scale + other.scale };
}

/** The value times 10^`digits` as a whole number, halves rounded away from zero. */
export function roundTo(value: Decimal, digits: number): bigint {
  if (value.scale <= digits) return value.units * 10n ** BigInt(digits - value.scale);
  const divisor = 10n ** BigInt(value.scale - digits);
  const magnitude = value.units < 0n ? -value.units : value.units;
  const rounded = (magnitude + divisor / 2n) / divisor;
  return value.units < 0n ? -rounded : rounded;
}

/** The integer as a JavaScript number; undefined if that would not be exact. */
export function exactNumber(whole: bigint): number | undefined {
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : undefined;
}
