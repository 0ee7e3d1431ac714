// Parses JSON and refuses numbers that would be rounded silently.
import { decimalOf } from "./decimal.js";
import { RecordError } from "./record-error.js";

// Strings are matched as a whole, so that digits in them are not taken for numbers.
const tokens = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
// Up to 15 digits and no exponent: a double holds every such number exactly.
const surelyExact = /^-?\d{1,15}$|^-?(?=[\d.]{3,16}$)\d+\.\d+$/;

/**
 * Parses JSON.
 * @throws SyntaxError as JSON.parse does; RecordError, naming the number, if a double can't represent a number exactly, as
 * 9007199254740993 or 1e400.
 */
export function parseExactJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  for (const [token] of text.matchAll(tokens)) {
    if (token.startsWith('"') || surelyExact.test(token) || isExact(token)) continue;
    throw new RecordError(
      `it has the number ${token.slice(0, 60)}, which can't be held exactly; write it as text, or round it`,
    );
  }
  return value;
}

// In characters. No realistic number is longer; without a bound, comparing a very long one exactly would be slow.
const maxDigits = 400;

function isExact(written: string): boolean {
  if (written.length > maxDigits) return false;
  const number = Number(written);
  if (!Number.isFinite(number)) return false;
  const [held, meant] = [normalised(number), normalisedText(written)];
  return held === meant;
}

function normalised(value: number): string {
  const { units, scale } = decimalOf(value)!;
  return canonical(units, -scale);
}

function normalisedText(written: string): string {
  const [, sign, whole, fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(
    written,
  )!;
  return canonical(BigInt(`${sign}${whole}${fraction}`), Number(exponent) - fraction.length);
}

/** The number as digits without trailing zeros, and a power of ten. */
function canonical(units: bigint, power: number): string {
  if (units === 0n) return "0";
  const digits = String(units);
  const kept = digits.replace(/0+$/, "");
  return `${kept}e${power + digits.length - kept.length}`;
}

/**
 * Parses JSON of systems whose ids may be longer than a double holds: a whole number that would be rounded becomes text.
 * @throws SyntaxError as JSON.parse does.
 */
export function parseJsonWithIds(text: string): unknown {
  // Checked before the text is changed, so that no change makes it JSON.
  const value: unknown = JSON.parse(text);
  let isChanged = false;
  const exact = text.replace(tokens, (token) => {
    if (!/^-?\d{16,}$/.test(token) || Number.isSafeInteger(Number(token))) return token;
    isChanged = true;
    return `"${token}"`;
  });
  return isChanged ? JSON.parse(exact) : value;
}
