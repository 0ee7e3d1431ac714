// Money as programs and people read it. Amounts are integers of the currency's minor unit, as everywhere inside.
import { minorDigits } from "./currency.js";

const formats = new Map<string, Intl.NumberFormat>();

/** The amount in major units as an exact decimal number: `1234.50` for 123450 cents. */
export function decimalAmount(minorAmount: number, currency: string): string {
  const digits = minorDigits(currency);
  const written = String(Math.abs(minorAmount)).padStart(digits + 1, "0");
  const sign = minorAmount < 0 ? "-" : "";
  if (digits === 0) return sign + written;
  return `${sign}${written.slice(0, -digits)}.${written.slice(-digits)}`;
}

/** The amount as people write it in English: `$1,234.50`. */
export function formatMoney(minorAmount: number, currency: string): string {
  let format = formats.get(currency);
  if (format === undefined) {
    format = new Intl.NumberFormat("en", { style: "currency", currency });
    formats.set(currency, format);
  }
  // Passed as text, the decimal number is formatted exactly.
  return format.format(decimalAmount(minorAmount, currency) as Intl.StringNumericLiteral);
}
