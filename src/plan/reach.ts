// The least and the most time that a length of the calendar comes to.
import { dayMs } from "../clock.js";
import type { Distance } from "./plan.js";

/** The milliseconds of the units that are always of one length. */
export const fixedLengths = { minute: 60_000, hour: 3_600_000 } as const;

/** The shortest and the longest of a unit, in days: from 31 January to 30 April, a quarter is 89. */
const daysOfUnit = {
  day: [1, 1],
  week: [7, 7],
  month: [28, 31],
  quarter: [89, 92],
  year: [365, 366],
} as const;

/** More than the offsets of a zone ever differ by: Apia left out a day. */
const offsetsMs = 2 * dayMs;

/**
 * The bounds of what an instant is moved by, in milliseconds: equal for minutes and hours; for other units the instant may be moved
 * by less than `most`, and by more than `least`. Of a negative distance, `least` is the farthest back.
 */
export function reachOf({ amount, unit }: Omit<Distance, "zone">): {
  readonly least: number;
  readonly most: number;
} {
  if (unit === "minute" || unit === "hour") {
    const length = amount * fixedLengths[unit];
    return { least: length, most: length };
  }
  const lengths = daysOfUnit[unit].map((days) => days * amount * dayMs);
  return { least: Math.min(...lengths) - offsetsMs, most: Math.max(...lengths) + offsetsMs };
}
