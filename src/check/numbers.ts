// Reads numbers and amounts of money, exactly.
import { isCurrency, minorDigits } from "../catalog/currency.js";
import type { Literal } from "../plan/literals.js";

const numberPattern = /^([-+]?)(\d+(?:_\d+)*|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/;
// More digits than any figure has; a longer text is a mistake and not worth the arithmetic.
const maxNumberLength = 60;

interface Decimal {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

function readDecimal(text: string): Decimal | undefined {
  if (text.length > maxNumberLength) return undefined;
  const match = numberPattern.exec(text);
  if (match?.[2] === undefined) return undefined;
  return { negative: match[1] === "-", whole: match[2].replace(/[_,]/g, ""), fraction: match[3] ?? "" };
}

/** `500`, `1_000`, `-3.5`, `1,000.50`; undefined if it is no number. */
export function readNumber(text: string): Literal | undefined {
  const decimal = readDecimal(text);
  return decimal === undefined ? undefined : numberLiteral(decimal);
}

/**
 * The double that a decimal is or, if doubles are not fine enough for it, the gap between two: a stored number is taken for the
 * shortest decimal that names it, so `0.1` is 0.1, and no number is 0.10000000000000000555.
 */
function numberLiteral(decimal: Decimal): Literal {
  const written = `${decimal.negative ? "-" : ""}${decimal.whole}.${decimal.fraction || "0"}`;
  // Adding 0 turns -0 into 0.
  const nearest = Number(written) + 0;
  // Up to 15 digits a double holds any decimal.
  const digits = decimal.whole.length + decimal.fraction.length;
  const order = digits <= 15 ? 0 : compareDecimals(written, nearest);
  if (order === 0) return { from: nearest, to: nearest };
  return order < 0
    ? { from: nearest, to: neighbour(nearest, -1) }
    : { from: neighbour(nearest, 1), to: nearest };
}

/** Less than 0 if the decimal is less than the shortest decimal of the double, 0 if they are equal. */
function compareDecimals(written: string, double: number): number {
  const other = plainDigits(double);
  const places = Math.max(placesOf(written), placesOf(other));
  const difference = scaled(written, places) - scaled(other, places);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function placesOf(decimal: string): number {
  const point = decimal.indexOf(".");
  return point < 0 ? 0 : decimal.length - point - 1;
}

function scaled(decimal: string, places: number): bigint {
  return BigInt(decimal.replace(".", "") + "0".repeat(places - placesOf(decimal)));
}

/** The shortest decimal of a double, without an exponent. */
function plainDigits(double: number): string {
  const [mantissa = "0", exponent = "0"] = String(double).split("e");
  const shift = Number(exponent);
  if (shift === 0) return mantissa;
  const negative = mantissa.startsWith("-");
  const digits = mantissa.replace(/[-.]/g, "");
  const point = mantissa.replace("-", "").split(".")[0]!.length + shift;
  const padded = point <= 0 ? `0.${"0".repeat(-point)}${digits}` : `${digits.padEnd(point, "0")}`;
  return (negative ? "-" : "") + padded;
}

/** The next double up or down. */
function neighbour(double: number, direction: 1 | -1): number {
  if (double === 0) return direction * Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, double);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(double > 0 ? direction : -direction));
  return view.getFloat64(0);
}

let names: Intl.DisplayNames | undefined;

/** Made on first use: making it takes longer than checking a query. */
function currencyNames(): Intl.DisplayNames {
  names ??= new Intl.DisplayNames("en", { type: "currency" });
  return names;
}

/** Currencies by symbol, for symbols that mean only one currency. */
const symbols: Readonly<Record<string, string>> = {
  "€": "EUR",
  "£": "GBP",
  "¥": "JPY",
  "₹": "INR",
  "₩": "KRW",
  "₺": "TRY",
  "₽": "RUB",
  "₴": "UAH",
  "₫": "VND",
  "₪": "ILS",
  "₱": "PHP",
  "₦": "NGN",
  "฿": "THB",
  zł: "PLN",
  kč: "CZK",
  us$: "USD",
  ca$: "CAD",
  a$: "AUD",
  nz$: "NZD",
  hk$: "HKD",
  s$: "SGD",
  r$: "BRL",
};

const dollars = new Map<string, boolean>();

/** True of every currency whose name is a dollar. */
function isDollar(currency: string): boolean {
  let dollar = dollars.get(currency);
  if (dollar === undefined) {
    dollar = /dollar/i.test(currencyNames().of(currency) ?? "");
    dollars.set(currency, dollar);
  }
  return dollar;
}

/** The currency of a symbol or code; `$` is the project's if that is a dollar, else USD. Undefined for any other text. */
function currencyOf(mark: string, own: string): string | undefined {
  if (mark === "$") return isDollar(own) ? own : "USD";
  const code = mark.toUpperCase();
  return symbols[mark.toLowerCase()] ?? (isCurrency(code) ? code : undefined);
}

export type Amount =
  | {
      readonly kind: "amount";
      /** For whole minor units. */
      readonly literal: Literal;
      /** For figures that may have a fraction of one. */
      readonly exact: Literal;
    }
  | { readonly kind: "otherCurrency" }
  | { readonly kind: "none" };

const amountPattern = /^([-+]?)\s*([^\d\s.,+-]{0,4})\s*([-+]?[\d_,]+(?:\.\d+)?)\s*([^\d\s.,+-]{0,4})$/u;

/** `500`, `$500`, `-$3.50`, `500 USD`, `€99.90`, in the currency's minor unit. */
export function readAmount(text: string, currency: string): Amount {
  const match = text.length > maxNumberLength ? null : amountPattern.exec(text);
  if (match === null) return { kind: "none" };
  const [, sign = "", before = "", digits = "", after = ""] = match;
  const decimal = readDecimal(sign === "" ? digits : `${sign}${digits}`);
  if (decimal === undefined || (before !== "" && after !== "")) return { kind: "none" };
  const mark = before || after;
  const written = mark === "" ? currency : currencyOf(mark, currency);
  if (written === undefined) return { kind: "none" };
  if (written !== currency) return { kind: "otherCurrency" };
  return { kind: "amount", ...inMinorUnits(decimal, minorDigits(currency)) };
}

function inMinorUnits(
  decimal: Decimal,
  digits: number,
): { readonly literal: Literal; readonly exact: Literal } {
  const sign = decimal.negative ? -1 : 1;
  const fraction = decimal.fraction.padEnd(digits, "0");
  const magnitude = Number(decimal.whole + fraction.slice(0, digits));
  const rest = fraction.slice(digits);
  const exact = numberLiteral({
    ...decimal,
    whole: decimal.whole + fraction.slice(0, digits),
    fraction: rest,
  });
  if (/^0*$/.test(rest)) {
    const point = sign * magnitude + 0;
    return { literal: { from: point, to: point }, exact };
  }
  // Between two whole minor units: `< 5.5` is `< 6`, `> 5.5` is `> 5`, and no amount is 5.5.
  const floor = decimal.negative ? -magnitude - 1 : magnitude;
  return { literal: { from: floor + 1 + 0, to: floor + 0 }, exact };
}
