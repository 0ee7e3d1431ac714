// When things happen in a made-up shop: within a customer's time, more of them where their season is busy.
import type { Random } from "./random.js";

export const minute = 60_000;
export const day = 24 * 60 * minute;

/** The time in which a customer does things, in milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What each month sells, beside its share of the year: summer is slow, and before Christmas everybody buys. */
const seasons = [0.8, 0.7, 0.85, 0.9, 1, 0.85, 0.7, 0.7, 0.95, 1.05, 1.6, 1.9] as const;
const busiestSeason = Math.max(...seasons);

/**
 * A time of the span, drawn again where its season is slow; a span of a few days has but one season.
 * @param lateness 1 where all of the span is the same, more where most happens towards its end.
 */
export function inSeason(random: Random, span: Span, lateness = 1): string {
  let at = span.from;
  for (let draw = 0; draw < 6; draw += 1) {
    at = instant(random, span, lateness);
    const month = Math.floor((((at / day + 719_528) % 365.2425) / 365.2425) * 12);
    if (random.chance(seasons[month]! / busiestSeason)) break;
  }
  return new Date(at).toISOString();
}

/** Any time of the span. */
export function between(random: Random, span: Span): string {
  return new Date(instant(random, span, 1)).toISOString();
}

function instant(random: Random, { from, to }: Span, lateness: number): number {
  return wholeMinute(from + random.float() ** (1 / lateness) * (to - from));
}

/** The start of the instant's minute. */
export function wholeMinute(instant: number): number {
  return Math.floor(instant / minute) * minute;
}
