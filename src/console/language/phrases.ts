// Phrases of the language that controls read and write: lengths of time, times ago, counts, amounts.

export const units = ["minute", "hour", "day", "week", "month", "quarter", "year"] as const;
type Unit = (typeof units)[number];

export interface Length {
  readonly amount: number;
  readonly unit: Unit;
}

/** `30 days`; one day where nothing else is said. */
export function writeLength({ amount, unit }: Length): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

/** The length that a text begins with, as `30 days` of `30 days ago`; undefined if it begins with none. */
export function readLength(text: string): Length | undefined {
  const found = /^\s*(\d{1,6})?\s*(minute|hour|day|week|month|quarter|year)s?\b/i.exec(text);
  const unit = units.find((each) => each === found?.[2]?.toLowerCase());
  return unit === undefined ? undefined : { amount: Number(found?.[1] ?? "1"), unit };
}

/** `30 days ago`. */
export function writeAgo(length: Length): string {
  return `${writeLength(length)} ago`;
}

export const countWords = ["at least", "at most", "exactly", "more than", "less than"] as const;
type CountWord = (typeof countWords)[number];

export interface Count {
  readonly comparison: CountWord;
  readonly times: number;
}

/** `at least 3 times`. */
export function writeCount({ comparison, times }: Count): string {
  return `${comparison} ${times} ${times === 1 ? "time" : "times"}`;
}

const once: Readonly<Record<string, number>> = { once: 1, twice: 2 };

/** What an event's count says; `3 times` alone is at least that many. */
export function readCount(text: string): Count {
  const comparison = countWords.find((word) => text.toLowerCase().startsWith(word)) ?? "at least";
  const number = /\d+/.exec(text);
  const word = /\b(once|twice)\b/i.exec(text)?.[1]?.toLowerCase() ?? "";
  return { comparison, times: number === null ? (once[word] ?? 1) : Number(number[0]) };
}

/** Days in words relative to the present. */
export const relativeDays = [
  "today",
  "yesterday",
  "start of week",
  "start of month",
  "start of quarter",
  "start of year",
] as const;

/** The day that a text is, as `2026-02-01`; undefined if it is written in another way. */
export function readDay(text: string): string | undefined {
  return /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(text)?.[0];
}

/** The digits of an amount or number, without the signs around them, as `$` and `USD`. */
export function readAmount(text: string): string {
  return /-?\d[\d_,]*(?:\.\d+)?/.exec(text)?.[0] ?? "";
}

/** Replaces an amount's digits, and keeps its currency. */
export function replaceAmount(text: string, digits: string): string {
  const before = readAmount(text);
  return before === "" ? digits : text.replace(before, digits);
}
