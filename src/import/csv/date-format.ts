// Dates as exports write them, by a pattern such as `d/M/yyyy H:mm`.
import { isWallTime, readInstant, type WallTime, wallInstant } from "../../facts/instants.js";

const tokens: Readonly<Record<string, string>> = {
  yyyy: "(?<year>\\d{4})",
  MM: "(?<month>\\d{2})",
  M: "(?<month>\\d{1,2})",
  dd: "(?<day>\\d{2})",
  d: "(?<day>\\d{1,2})",
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

/** Reads a date: the instant in milliseconds since the epoch, or undefined where the text is none of that pattern. */
export type DateReader = (text: string) => number | undefined;

/**
 * A reader of dates in `format`: `iso` for ISO 8601, else a pattern of yyyy, M, d, H (or h with a), m, s, each of the last
 * ones doubled where it always has two digits, and xx for an offset, as -0500 or Z; anything else stands for itself. A time
 * without an offset is in `zone`.
 * Undefined where the pattern has no year, month and day, or one of its parts twice.
 */
export function dateReader(format: string, zone: string): DateReader | undefined {
  if (format === "iso") return (text) => readInstant(text.trim(), zone);
  const pattern = compile(format);
  if (pattern === undefined) return undefined;
  return (text) => {
    const parts = pattern.exec(text.trim())?.groups;
    if (parts === undefined) return undefined;
    const half = parts.half === undefined ? undefined : Number(parts.half);
    if (half !== undefined && (half < 1 || half > 12)) return undefined;
    const afternoon = parts.noon?.toLowerCase() === "p" ? 12 : 0;
    const wall: WallTime = {
      year: Number(parts.year),
      month: Number(parts.month),
      day: Number(parts.day),
      hour: half === undefined ? Number(parts.hour ?? 0) : (half % 12) + afternoon,
      minute: Number(parts.minute ?? 0),
      second: Number(parts.second ?? 0),
      millisecond: 0,
    };
    if (!isWallTime(wall)) return undefined;
    return parts.offset === undefined
      ? wallInstant(wall, zone)
      : readInstant(isoText(wall, parts.offset), zone);
  };
}

function isoText({ year, month, day, hour, minute, second }: WallTime, offset: string): string {
  const [date, time] = [
    [month, day],
    [hour, minute, second],
  ].map((parts) => parts.map((part) => String(part).padStart(2, "0")));
  return `${String(year).padStart(4, "0")}-${date!.join("-")}T${time!.join(":")}${offset}`;
}

function compile(format: string): RegExp | undefined {
  const source = format.replace(
    /yyyy|MM?|dd?|HH?|hh?|mm?|ss?|xx|a|[\s\S]/g,
    (part) => tokens[part] ?? part.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&"),
  );
  const names = [...source.matchAll(/\?<(\w+)>/g)].map((found) => found[1]!);
  const needed = ["year", "month", "day"].every((name) => names.includes(name));
  const halves =
    names.includes("half") === names.includes("noon") && !(names.includes("half") && names.includes("hour"));
  return needed && halves && new Set(names).size === names.length ? new RegExp(`^${source}$`) : undefined;
}
