// Reads dates by a pattern such as `d/M/yyyy H:mm`.
import { isWallTime, readInstant, type WallTime, wallInstant } from "../../../facts/instants.js";
import { isYearlessDay } from "../../../facts/yearless-day.js";

const tokens: Readonly<Record<string, string>> = {
  yyyy: "(?<year>\\d{4})",
  yy: "(?<short>\\d{2})",
  MMM: "(?<name>[A-Za-z]{3,9})\\.?",
  MM: "(?<month>\\d{2})",
  M: "(?<month>\\d{1,2})",
  dd: "(?<day>\\d{2})",
  d: "(?<day>\\d{1,2})",
  EEE: "[A-Za-z]{3,9}\\.?",
  HH: "(?<hour>\\d{2})",
  H: "(?<hour>\\d{1,2})",
  hh: "(?<half>\\d{2})",
  h: "(?<half>\\d{1,2})",
  mm: "(?<minute>\\d{2})",
  m: "(?<minute>\\d{1,2})",
  ss: "(?<second>\\d{2})",
  s: "(?<second>\\d{1,2})",
  a: "(?<noon>[AaPp])\\.?[Mm]\\.?",
  xx: "(?<offset>Z|[+-]\\d{2}:?\\d{2})",
};

/** A date as it is written: a wall time, and an offset if one is written. */
export interface WrittenDate {
  readonly wall: WallTime;
  /** `Z`, or as `-05:00` or `-0500`. */
  readonly offset?: string;
  /** False if only a day is written. */
  readonly timed: boolean;
  /** True if no year is written; `wall.year` is then a leap year. */
  readonly yearless: boolean;
  /** True if the year is written with two digits. */
  readonly shortYear: boolean;
}

/** Reads a date; undefined if the text does not match the pattern. */
export type DatePattern = (text: string) => WrittenDate | undefined;

/** A leap year, so that it has a 29 February. */
const anyYear = 2000;

/** The year of two digits, as spreadsheets read it: 00 to 29 are 2000 to 2029, 30 to 99 are 1930 to 1999. */
function fullYear(short: number): number {
  return short < 30 ? 2000 + short : 1900 + short;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The month, from 1, of an English name or its first three letters; 0 if it is none. */
function monthOf(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/**
 * A reader of dates by a pattern: yyyy or yy, M (MMM for an English name), d, EEE for a weekday's name, H (or h with a), m, s,
 * and xx for an offset, as -0500 or Z; a doubled letter means always two digits. All other characters are literal.
 * @returns undefined if the pattern lacks a month or a day, or repeats a part.
 */
export function datePattern(format: string): DatePattern | undefined {
  const pattern = compile(format);
  if (pattern === undefined) return undefined;
  return (text) => {
    const parts = pattern.exec(text.trim())?.groups;
    return parts === undefined ? undefined : writtenDate(parts);
  };
}

/** The date of written parts; undefined if there is no such day or time. */
export function writtenDate(parts: Readonly<Record<string, string | undefined>>): WrittenDate | undefined {
  const half = parts.half === undefined ? undefined : Number(parts.half);
  if (half !== undefined && (half < 1 || half > 12)) return undefined;
  const afternoon = parts.noon?.toLowerCase() === "p" ? 12 : 0;
  const yearless = parts.year === undefined && parts.short === undefined;
  const year = parts.year === undefined ? fullYear(Number(parts.short)) : Number(parts.year);
  const wall: WallTime = {
    year: yearless ? anyYear : year,
    month: parts.name === undefined ? Number(parts.month) : monthOf(parts.name),
    day: Number(parts.day),
    hour: half === undefined ? Number(parts.hour ?? 0) : (half % 12) + afternoon,
    minute: Number(parts.minute ?? 0),
    second: Number(parts.second ?? 0),
    millisecond: 0,
  };
  if (!isWallTime(wall)) return undefined;
  const timed = parts.hour !== undefined || half !== undefined;
  const { offset } = parts;
  return {
    wall,
    ...(offset === undefined ? {} : { offset }),
    timed,
    yearless,
    shortYear: parts.short !== undefined,
  };
}

/** The instant of a written date in milliseconds since the epoch, in `zone` if it has no offset; undefined without a year. */
export function instantOf({ wall, offset, timed, yearless }: WrittenDate, zone: string): number | undefined {
  if (yearless) return undefined;
  if (offset !== undefined) return readInstant(`${dayText(wall)}T${timeText(wall)}${offset}`, zone);
  return timed ? wallInstant(wall, zone) : readInstant(dayText(wall), zone);
}

/** The written day as `YYYY-MM-DD`, or `--MM-DD` without a year. */
export function dayOf({ wall, yearless }: WrittenDate): string {
  return yearless ? `--${dayText(wall).slice(5)}` : dayText(wall);
}

/** Reads the format `iso`: an ISO 8601 date or time, or a day without a year as `--02-28`. */
export function isoDate(text: string): WrittenDate | undefined {
  if (isYearlessDay(text)) return writtenDate({ month: text.slice(2, 4), day: text.slice(5) });
  const found =
    /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[Tt ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?(?: ?(?<offset>Z|z|UTC|[+-]\d\d:?\d\d))?)?$/.exec(
      text,
    )?.groups;
  if (found === undefined) return undefined;
  const offset = found.offset !== undefined && /^[zU]/.test(found.offset) ? "Z" : found.offset;
  const read = writtenDate({ ...found, offset });
  const millisecond = Number((found.fraction ?? "").slice(0, 3).padEnd(3, "0"));
  return read === undefined ? undefined : { ...read, wall: { ...read.wall, millisecond } };
}

function dayText({ year, month, day }: WallTime): string {
  return [String(year).padStart(4, "0"), two(month), two(day)].join("-");
}

function timeText({ hour, minute, second, millisecond }: WallTime): string {
  return `${[hour, minute, second].map(two).join(":")}.${String(millisecond).padStart(3, "0")}`;
}

function two(part: number): string {
  return String(part).padStart(2, "0");
}

function compile(format: string): RegExp | undefined {
  const source = format.replace(
    /yyyy|yy|MMM|MM?|dd?|EEE|HH?|hh?|mm?|ss?|xx|a|[\s\S]/g,
    (part) => tokens[part] ?? part.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&"),
  );
  const names = [...source.matchAll(/\?<(\w+)>/g)].map((found) => found[1]!);
  const has = (name: string): boolean => names.includes(name);
  const parts = [
    ["month", "name"],
    ["year", "short"],
    ["hour", "half"],
  ] as const;
  const once =
    new Set(names).size === names.length && parts.every(([one, other]) => !(has(one) && has(other)));
  const whole = has("day") && (has("month") || has("name")) && has("half") === has("noon");
  return whole && once ? new RegExp(`^${source}$`) : undefined;
}
