// Currencies: which there are, and how many digits their minor unit has.

const known: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));
const digits = new Map<string, number>();

/** True of an ISO 4217 code in capitals. */
export function isCurrency(code: string): boolean {
  return known.has(code);
}

/** Digits after the point of a currency's minor unit: 2 for USD, 0 for JPY. */
export function minorDigits(currency: string): number {
  let count = digits.get(currency);
  if (count === undefined) {
    count =
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
      2;
    digits.set(currency, count);
  }
  return count;
}
