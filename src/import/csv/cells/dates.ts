// A column of dates, read by the formats of its mapping or, without any, in the notations that people and tools use.
import { RecordError } from "../../../facts/record-error.js";
import { shorten } from "../../../facts/record-shape.js";
import { datePattern, dayOf, instantOf, isoDate, type WrittenDate, writtenDate } from "./date-format.js";

/** How the dates of a column are written. */
export interface DateFormat {
  /** `iso`, or patterns of `date-format.ts`, tried in their order; if omitted, the common notations. */
  readonly format?: string | readonly string[];
  /** The IANA zone of times without an offset. */
  readonly zone: string;
}

export interface DateColumn {
  /** Observes a cell. Observe all cells before reading any: another row may show whether days or months come first. */
  observe(text: string): void;
  /**
   * Refuses, before all rows are observed, a cell that is certainly no instant. @throws RecordError if it is no date with a year.
   */
  refuseOther(text: string): void;
  /** ISO 8601, in UTC. @throws RecordError if the cell is no date, or has no year. */
  instant(text: string): string;
  /** `YYYY-MM-DD`, or `--MM-DD` without a year. @throws RecordError if the cell is no date. */
  day(text: string): string;
  /** The same of a day that is over, as a birthday: with a two-digit year that would be in the future, it is a century earlier. */
  pastDay(text: string): string;
  /**
   * Whether the cell's date has a time, and whether the order of its day and month is ambiguous; undefined if the cell is no date
   * with a year.
   */
  reads(text: string): { readonly timed: boolean; readonly ambiguous: boolean } | undefined;
  /** Whether the rows have shown that days or months come first. */
  hasOrder(): boolean;
}

/**
 * @param label the column, for messages.
 * @param now in milliseconds since the epoch.
 */
export function dateColumn({ format, zone }: DateFormat, label: string, now: number): DateColumn {
  const formats = format === undefined ? [] : typeof format === "string" ? [format] : format;
  const readers = formats.map((each) => (each === "iso" ? isoDate : datePattern(each)!));
  const order = { dayFirst: false, monthFirst: false };
  const read = (text: string): WrittenDate => {
    const found = formats.length === 0 ? anyDate(text, order) : firstOf(readers, text);
    if (found === "ambiguous") {
      throw new RecordError(
        `\`${label}\` is "${shorten(text)}", and no row of the file shows whether days or months come first; ` +
          'give the format in a mapping, as "format": "M/d/yyyy"',
      );
    }
    if (found !== undefined) return found;
    const what = formats.length === 0 ? "date" : `date of the form ${formats.join(" or ")}`;
    throw new RecordError(`\`${label}\` is "${shorten(text)}", which is no ${what}`);
  };
  const toInstant = (text: string): number => {
    const at = instantOf(read(text), zone);
    if (at !== undefined) return at;
    throw new RecordError(`\`${label}\` is "${shorten(text)}", which has no year`);
  };
  return {
    observe(text) {
      if (formats.length === 0 && text !== "") observeOrder(text, order);
    },
    refuseOther(text) {
      if (formats.length > 0 || anyDate(text, order) !== "ambiguous") toInstant(text);
    },
    reads(text) {
      const found = formats.length === 0 ? anyDate(text, order) : firstOf(readers, text);
      if (found === "ambiguous") {
        const hasYear = numeric.exec(text)?.groups?.mark !== undefined && /[/-].*[/-]/.test(text);
        return hasYear ? { timed: text.includes(":"), ambiguous: true } : undefined;
      }
      return found === undefined || found.yearless ? undefined : { timed: found.timed, ambiguous: false };
    },
    hasOrder: () => order.dayFirst !== order.monthFirst,
    instant: (text) => new Date(toInstant(text)).toISOString(),
    day: (text) => dayOf(read(text)),
    pastDay(text) {
      const found = read(text);
      const day = dayOf(found);
      if (!found.shortYear || day <= new Date(now).toISOString().slice(0, 10)) return day;
      return dayOf({ ...found, wall: { ...found.wall, year: found.wall.year - 100 } });
    },
  };
}

function firstOf(
  readers: readonly ((text: string) => WrittenDate | undefined)[],
  text: string,
): WrittenDate | undefined {
  for (const reader of readers) {
    const found = reader(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Order {
  dayFirst: boolean;
  monthFirst: boolean;
}

const time =
  "(?:(?:,|[Tt])?\\s*(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,]\\d{1,9})?)?\\s*(?:(?<noon>[AaPp])\\.?[Mm]\\.?)?\\s*(?<offset>Z|UTC|GMT|[+-]\\d{2}:?\\d{2})?)?";
const weekday = "(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?";
const monthName =
  "(?<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const ordinal = "(?<day>\\d{1,2})(?:st|nd|rd|th)?";
const year = "(?<year>\\d{4})";

const named: readonly RegExp[] = [
  `${weekday}${ordinal}[ -]${monthName}(?:,?[ -](?:${year}|(?<short>\\d{2})))?`,
  `${weekday}${monthName} ${ordinal}(?:,? ${year})?`,
].map((source) => new RegExp(`^${source}${time}$`, "i"));
const yearFirst = new RegExp(`^${year}[-/.](?<month>\\d{1,2})[-/.](?<day>\\d{1,2})${time}$`);
const numeric = new RegExp(
  `^(?<one>\\d{1,2})(?<mark>[-/.])(?<other>\\d{1,2})(?:\\k<mark>(?:${year}|(?<short>\\d{2})))?\\.?${time}$`,
);

/** A date in a common notation; `ambiguous` if days or months may come first and no row has shown which. */
function anyDate(text: string, order: Order): WrittenDate | "ambiguous" | undefined {
  const iso = isoDate(text);
  if (iso !== undefined) return iso;
  for (const pattern of [yearFirst, ...named]) {
    const found = pattern.exec(text)?.groups;
    if (found !== undefined) return ofParts(found);
  }
  const found = numeric.exec(text)?.groups;
  if (found === undefined) return undefined;
  const [one, other] = [Number(found.one), Number(found.other)];
  // With full stops, the day comes first everywhere.
  const sure = found.mark === "." || one > 12 || other > 12 || one === other;
  if (!sure && order.dayFirst === order.monthFirst) return "ambiguous";
  const dayFirst = found.mark === "." || (sure ? one > 12 : order.dayFirst);
  return ofParts({
    ...found,
    day: dayFirst ? found.one : found.other,
    month: dayFirst ? found.other : found.one,
  });
}

function ofParts(parts: Readonly<Record<string, string | undefined>>): WrittenDate | undefined {
  const { noon, hour, offset } = parts;
  const zone = offset === "UTC" || offset === "GMT" ? "Z" : offset;
  // A 12-hour clock, if AM or PM is written.
  const hours = noon === undefined ? { hour } : { half: hour, hour: undefined };
  return writtenDate({ ...parts, ...hours, offset: zone });
}

function observeOrder(text: string, order: Order): void {
  const found = numeric.exec(text)?.groups;
  if (found === undefined || found.mark === ".") return;
  if (Number(found.one) > 12) order.dayFirst = true;
  if (Number(found.other) > 12) order.monthFirst = true;
}
