// Draws the times of events in a made-up shop: within a customer's time, and more often in busy seasons.
import type { Random } from "./random.js";

export const minute = 60_000;
export const day = 24 * 60 * minute;

/** The time in which a customer is active, in milliseconds since the epoch. */
export interface ActiveTime {
  readonly from: number;
  readonly to: number;
}

/** The sales of each month relative to the average: low in summer, high before Christmas. */
const seasons = [0.8, 0.7, 0.85, 0.9, 1, 0.85, 0.7, 0.7, 0.95, 1.05, 1.6, 1.9] as const;
const busiestSeason = Math.max(...seasons);

/**
 * A time of the span, weighted by the seasons (times in a slow season are often drawn again).
 * @param lateness 1 for a uniform distribution over the span; greater values favour its end.
 */
export function inSeason(random: Random, span: ActiveTime, lateness = 1): string {
  let at = span.from;
  for (let draw = 0; draw < 6; draw += 1) {
    at = instant(random, span, lateness);
    const month = Math.floor((((at / day + 719_528) % 365.2425) / 365.2425) * 12);
    if (random.chance(seasons[month]! / busiestSeason)) break;
  }
  return new Date(at).toISOString();
}

/** Any time of the span. */
export function between(random: Random, span: ActiveTime): string {
  return new Date(instant(random, span, 1)).toISOString();
}

function instant(random: Random, { from, to }: ActiveTime, lateness: number): number {
  return wholeMinute(from + random.float() ** (1 / lateness) * (to - from));
}

/** The start of the instant's minute. */
export function wholeMinute(instant: number): number {
  return Math.floor(instant / minute) * minute;
}
