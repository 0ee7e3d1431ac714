// Numbers in cells, read exactly or refused.
import { type Decimal, decimalOf, readDecimal } from "../../../facts/decimal.js";
import { RecordError } from "../../../facts/record-error.js";
import { shorten } from "../../../facts/record-shape.js";

/** How the numbers of a file are written. */
export interface NumberFormat {
  readonly decimalSeparator?: "." | ",";
  readonly groupSeparator?: string;
  /** True if the file's delimiter suggests that a spreadsheet with decimal commas has saved it. */
  readonly mayHaveCommas?: boolean;
  /** True where commas may separate the elements of a list, and so group no digits unless `groupSeparator` says so. */
  readonly mayBeList?: boolean;
}

/** A number whose commas can only group digits, as `1,234.50` and `1,234,567`: a point or a second comma follows the first. */
const grouped = /^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+|(?<=,\d{3},\d{3}))$/;

/** @throws RecordError if the cell, which is not blank, is no number in the file's format. */
export function readNumber(text: string, format: NumberFormat, label: string): Decimal {
  const { decimalSeparator, groupSeparator, mayHaveCommas, mayBeList } = format;
  const isFree = decimalSeparator === undefined && groupSeparator === undefined && mayBeList !== true;
  const value =
    decimalSeparator === undefined && mayHaveCommas
      ? readEither(text, label)
      : readDecimal(text, decimalSeparator, isFree && grouped.test(text) ? "," : groupSeparator);
  if (value !== undefined) return value;
  throw new RecordError(`\`${label}\` is "${shorten(text)}", which is no number as the mapping writes them`);
}

/**
 * A number with a decimal point or a decimal comma; if it has both marks, the last one is decimal and the other groups digits.
 */
function readEither(text: string, label: string): Decimal | undefined {
  const [point, comma] = [text.lastIndexOf("."), text.lastIndexOf(",")];
  if (point !== -1 && comma !== -1) {
    return comma > point ? readDecimal(text, ",", ".") : readDecimal(text, ".", ",");
  }
  if (/^[+-]?[1-9]\d{0,2}([.,]\d{3})+$/.test(text)) {
    throw new RecordError(
      `\`${label}\` is "${shorten(text)}", whose ${comma === -1 ? "point" : "comma"} may group digits or begin the fraction; ` +
        "give `decimalSeparator` in a mapping",
    );
  }
  return readDecimal(text, comma === -1 ? "." : ",");
}

/** The value as a JavaScript number. @throws RecordError if that would change the value. */
export function exactly(value: Decimal, text: string, label: string): number {
  const number = Number(`${value.units}e-${value.scale}`);
  const held = decimalOf(number);
  if (held !== undefined && equal(held, value)) return number;
  throw new RecordError(
    `\`${label}\` is ${shorten(text)}, which has more digits than a number here can hold exactly; make it text, or round it`,
  );
}

function equal(one: Decimal, other: Decimal): boolean {
  return one.units * 10n ** BigInt(other.scale) === other.units * 10n ** BigInt(one.scale);
}
