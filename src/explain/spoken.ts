// Values as sentences have them: amounts, days and how long ago they are, lists. For somebody who reads, not for programs.
import { Temporal } from "@js-temporal/polyfill";
import { formatMoney } from "../projects/money.js";

/** What values are spoken in. */
export interface Tongue {
  /** IANA name. */
  readonly zone: string;
  /** ISO 4217 code. */
  readonly currency: string;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
}

const longestText = 60;
const mostListed = 5;

/** A text, cut where it is long. */
export function spokenText(text: string): string {
  const points = Array.from(text);
  return points.length <= longestText ? text : `${points.slice(0, longestText - 1).join("")}…`;
}

/** A number in English notation, to at most six decimals. */
export function spokenNumber(value: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: 6 });
}

/** An amount of minor units; a fraction of one is rounded. */
export function spokenMoney(minorAmount: number, { currency }: Tongue): string {
  return formatMoney(Math.round(minorAmount), currency);
}

/** The day that an instant falls on; where `exact` is asked for, with the minute unless it is the day's first. */
export function spokenInstant(instant: number, { zone }: Tongue, exact = false): string {
  const at = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  const day = at.toPlainDate().toString();
  if (!exact || at.startOfDay().epochMilliseconds === at.epochMilliseconds) return day;
  return `${day} ${at.toPlainTime().toString({ smallestUnit: "minute" })}`;
}

/** The units that distances are told in; a quarter is three months. */
const told = ["minute", "hour", "day", "week", "month", "year"] as const;
export type ToldUnit = (typeof told)[number];

/**
 * `52 days ago`, `in 3 days`, `2 months and 3 days ago`: in this unit, and for long ones in a smaller one what is left of it.
 * @param near an amount that was asked for: where just so many are past, what is left is told of short units too.
 */
export function spokenDistance(
  instant: number,
  tongue: Tongue,
  unit: ToldUnit = "day",
  near?: number,
): string {
  const [one, other] = [instant, tongue.asOf].map((at) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(tongue.zone),
  );
  const past = instant <= tongue.asOf;
  const [from, to] = past ? [one!, other!] : [other!, one!];
  const parts = partsOf(from, to, unit, near);
  if (parts.length === 0)
    return unit === "minute" ? "just now" : spokenDistance(instant, tongue, smaller(unit));
  const length = parts.map(([amount, each]) => `${amount} ${each}${amount === 1 ? "" : "s"}`).join(" and ");
  return past ? `${length} ago` : `in ${length}`;
}

function smaller(unit: ToldUnit): ToldUnit {
  if (unit === "day") return "hour";
  return unit === "hour" ? "minute" : "day";
}

function partsOf(
  from: Temporal.ZonedDateTime,
  to: Temporal.ZonedDateTime,
  unit: ToldUnit,
  near: number | undefined,
): readonly (readonly [number, ToldUnit])[] {
  const rest = smaller(unit);
  const length = from.until(to, { largestUnit: unit, smallestUnit: "minute" });
  const whole = length[`${unit}s`];
  if (whole === 0) return [];
  const short = unit === "minute" || unit === "hour" || unit === "day";
  if (unit === "minute" || (short && whole !== near)) return [[whole, unit]];
  const left = from.add({ [`${unit}s`]: whole }).until(to, { largestUnit: rest })[`${rest}s`];
  return left === 0
    ? [[whole, unit]]
    : [
        [whole, unit],
        [left, rest],
      ];
}

/** `a, b and c`; of many, the first few and how many more there are. */
export function spokenList(
  values: readonly string[],
  joiner: "and" | "or" = "and",
  most = mostListed,
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
