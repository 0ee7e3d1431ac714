// Values in sentences: amounts, days and how long ago they are, lists. For people, not for programs.
import { formatMoney } from "../catalog/money.js";
import { Temporal } from "../temporal.js";

/** The settings that values are worded in. */
export interface Locale {
  /** IANA name. */
  readonly zone: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
}

const maxTextLength = 60;
const maxListed = 5;

/** A text, cut if it is long. */
export function spokenText(text: string): string {
  const points = Array.from(text);
  return points.length <= maxTextLength ? text : `${points.slice(0, maxTextLength - 1).join("")}…`;
}

/** A number in English notation, to at most six decimals. */
export function spokenNumber(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: 6 });
}

/** An amount of minor units; a fraction of one is rounded. */
export function spokenMoney(minorAmount: number, { currency }: Locale): string {
  return formatMoney(Math.round(minorAmount), currency);
}

/** The day that an instant falls on; if `exact`, with the minute unless it is the day's first. */
export function spokenInstant(instant: number, { zone }: Locale, exact = false): string {
  const at = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const day = at.toPlainDate().toString();
  if (!exact || at.startOfDay().epochMilliseconds === at.epochMilliseconds) return day;
  return `${day} ${at.toPlainTime().toString({ smallestUnit: "minute" })}`;
}

/** The units of distances in sentences; a quarter is three months. */
const spokenUnits = ["minute", "hour", "day", "week", "month", "year"] as const;
export type SpokenUnit = (typeof spokenUnits)[number];

/**
 * `52 days ago`, `in 3 days`, `2 months and 3 days ago`: in this unit, with the remainder of long ones in a smaller unit.
 * @param near the amount asked for: if exactly that many have passed, the remainder is also given for short units.
 */
export function spokenDistance(
  instant: number,
  locale: Locale,
  unit: SpokenUnit = "day",
  near?: number,
): string {
  const past = instant <= locale.asOf;
  const [from, to] = past ? [instant, locale.asOf] : [locale.asOf, instant];
  const parts = partsOf(from, to, locale.zone, unit, near);
  if (parts.length === 0)
    return unit === "minute" ? "just now" : spokenDistance(instant, locale, smaller(unit));
  const length = parts.map(([amount, each]) => `${amount} ${each}${amount === 1 ? "" : "s"}`).join(" and ");
  return past ? `${length} ago` : `in ${length}`;
}

function smaller(unit: SpokenUnit): SpokenUnit {
  if (unit === "day") return "hour";
  return unit === "hour" ? "minute" : "day";
}

type Parts = readonly (readonly [amount: number, unit: SpokenUnit])[];

/** From one instant to a later one, in milliseconds since the epoch: whole units, and the remainder in a smaller one. */
function partsOf(from: number, to: number, zone: string, unit: SpokenUnit, near: number | undefined): Parts {
  if (unit === "minute") return known([[Math.floor((to - from) / 60_000), unit]]);
  if (unit === "hour") {
    const minutes = Math.floor((to - from) / 60_000);
    const hours = Math.floor(minutes / 60);
    return known([[hours, unit], ...(hours === near ? [[minutes % 60, "minute"] as const] : [])]);
  }
  // Days and longer units are the calendar's: by the clock on the wall.
  const [start, end] = [wallTime(from, zone), wallTime(to, zone)];
  const whole = start.until(end, { largestUnit: unit })[`${unit}s`];
  if (whole <= 0 || (unit === "day" && whole !== near)) return known([[whole, unit]]);
  const rest = smaller(unit);
  const left = start.add({ [`${unit}s`]: whole }).until(end, { largestUnit: rest })[`${rest}s`];
  return known([
    [whole, unit],
    [left, rest],
  ]);
}

function wallTime(instant: number, zone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();
}

/** Without leading and other zeros; empty if there is no first part. */
function known(parts: Parts): Parts {
  return (parts[0]?.[0] ?? 0) <= 0 ? [] : parts.filter(([amount]) => amount > 0);
}

/** `a, b and c`; of many, the first few and how many more there are. */
export function spokenList(
  values: readonly string[],
  joiner: "and" | "or" = "and",
  most = maxListed,
): string {
  const shown = values.length > most ? values.slice(0, most) : values;
  const more = values.length - shown.length;
  const parts = more === 0 ? [...shown] : [...shown, `${more.toLocaleString("en")} more`];
  const last = parts.pop() ?? "nothing";
  return parts.length === 0 ? last : `${parts.join(", ")} ${joiner} ${last}`;
}

const months = "January February March April May June July August September October November December".split(
  " ",
);

/** A day of the year, as `25 November` for `11-25`. */
export function spokenDayOfYear(day: string): string {
  return `${Number(day.slice(3))} ${months[Number(day.slice(0, 2)) - 1]}`;
}

/** `1 time`, `2 times`. */
export function spokenTimes(count: number): string {
  return `${spokenNumber(count)} ${count === 1 ? "time" : "times"}`;
}
