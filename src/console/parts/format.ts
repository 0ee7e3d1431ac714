// Figures and moments as the reader's locale writes them: amounts in the project's currency, times in the project's zone.
import { dayMs } from "../../clock.js";

/** A whole number, as `1,284`. */
export function formatCount(count: number): string {
  return new Intl.NumberFormat().format(count);
}

/** A share of 0 to 1, as `18 %`; small shares have one more digit. */
export function formatShare(share: number): string {
  const digits = share > 0 && share < 0.1 ? 1 : 0;
  return new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: digits }).format(share);
}

const digitsOf = new Map<string, number>();

/** How many decimals a currency has. */
function minorDigits(currency: string): number {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    digits =
      new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
      2;
    digitsOf.set(currency, digits);
  }
  return digits;
}

/** An amount in major units, as `1234.50`, in its currency; `isRound` leaves out decimals. A text is written exactly. */
export function formatMoney(amount: string | number, currency: string, isRound = false): string {
  const shown = isRound ? 0 : minorDigits(currency);
  const format = new Intl.NumberFormat(undefined, {
    style: "currency",
    currency,
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  });
  return format.format(amount as number);
}

/** A day in a zone, as `2 Oct 2026`. */
export function formatDay(moment: string | number | Date, timezone: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: timezone }).format(
    new Date(moment),
  );
}

const isoDays = new Map<string, Intl.DateTimeFormat>();

/** The day of a moment in a zone, as `2026-10-02`. */
export function isoDay(moment: string | number | Date, timezone: string): string {
  let format = isoDays.get(timezone);
  if (format === undefined) {
    // Sweden writes days as ISO 8601 does.
    format = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone });
    isoDays.set(timezone, format);
  }
  return format.format(new Date(moment));
}

/** A moment on the clock of a zone, as a field for dates and times takes it: `2026-10-02T14:05`. */
export function wallTime(moment: string | number | Date, timezone: string): string {
  return new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: timezone,
  })
    .format(new Date(moment))
    .replace(" ", "T");
}

/** The moment at which the clock of a zone shows a time, as `2026-10-02T12:05:00.000Z`. */
export function momentOf(wall: string, timezone: string): string {
  const shown = Date.parse(`${wall}Z`);
  const offsetAt = (instant: number): number => Date.parse(`${wallTime(instant, timezone)}Z`) - instant;
  // The second step is for the hours around a change of the clock.
  const guess = shown - offsetAt(shown);
  return new Date(shown - offsetAt(guess)).toISOString();
}

/** A calendar day without a zone, as it is stored: `1990-02-01`. */
export function formatPlainDay(day: string): string {
  return formatDay(`${day}T00:00:00Z`, "UTC");
}

/** A moment in a zone, as `2 Oct 2026, 14:05`. */
export function formatMoment(moment: string | number | Date, timezone: string): string {
  return new Intl.DateTimeFormat(undefined, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: timezone,
  }).format(new Date(moment));
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 365 * dayMs],
  ["month", 30 * dayMs],
  ["day", dayMs],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** How far a moment is from another one, as `52 days ago`; days up to two months, since sentences count in them. */
export function formatAgo(moment: string | number | Date, from: number): string {
  const distance = new Date(moment).getTime() - from;
  if (Math.abs(distance) < 60_000)
    return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(0, "second");
  const relative = new Intl.RelativeTimeFormat();
  for (const [unit, length] of steps) {
    const isFar = unit === "month" ? Math.abs(distance) >= 2 * length : Math.abs(distance) >= length;
    if (isFar) return relative.format(Math.trunc(distance / length), unit);
  }
  return relative.format(Math.trunc(distance / 1_000), "second");
}
