// Spans of the calendar as words: `this month`, `the last calendar week`, `November 2026`, `Q4`, `2026`. How many tokens one has,
// and which of them begin a clause of an event; the checker decides which dates they are.
import type { IToken } from "chevrotain";
import { isQuoteOf } from "./tokens.js";

type Lookahead = (k: number) => IToken;

export const monthNames = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
] as const;

const months: ReadonlySet<string> = new Set(monthNames.flatMap((name) => [name, name.slice(0, 3)]));
const relatives: ReadonlySet<string> = new Set(["this", "last", "previous", "next"]);
const units: ReadonlySet<string> = new Set(["week", "month", "quarter", "year"]);
const days: ReadonlySet<string> = new Set(["today", "yesterday", "tomorrow"]);
const yearPattern = /^\d{4}$/;
const quarterPattern = /^q[1-4]$/;

/** The words that a window can begin with that is a span of the calendar by itself. */
export const calendarWindowBeginnings: readonly string[] = ["the", ...relatives, ...days];
const quarters = ["q1", "q2", "q3", "q4"];
// Every word that a span can begin with, except years. Most words are not among them and need no closer look.
const beginnings: ReadonlySet<string> = new Set([...calendarWindowBeginnings, ...months, ...quarters]);

/** True of a word that a span of the calendar can begin with. */
export function beginsPeriod(word: string): boolean {
  return beginnings.has(word) || (word.length === 4 && yearPattern.test(word));
}

/** How many tokens the span of the calendar has that begins at `k`; 0 if none does. */
export function periodLength(peek: Lookahead, k: number): number {
  const first = peek(k);
  if (!beginsPeriod(first.image)) return 0;
  if (isQuoteOf(first)) return 0;
  return relativeLength(peek, k) || namedLength(peek, k) || (days.has(first.image) ? 1 : 0);
}

/** `this month`, `last calendar week`, `the previous year`. */
function relativeLength(peek: Lookahead, k: number): number {
  const noise = peek(k).image === "the" ? 1 : 0;
  const word = peek(k + noise).image;
  if (!relatives.has(word)) return 0;
  const calendar = peek(k + noise + 1).image === "calendar" ? 1 : 0;
  if (!units.has(peek(k + noise + 1 + calendar).image)) return 0;
  // `the last month` is a length of time, `the last calendar month` is not; `the` may precede `previous` and `next`, too.
  if (noise === 1 && (word === "this" || (word === "last" && calendar === 0))) return 0;
  return noise + 2 + calendar;
}

/** `November`, `Nov 2026`, `Q4 2026`, `2026`; in `in November 1000 times` the number says how often. */
function namedLength(peek: Lookahead, k: number): number {
  const { image } = peek(k);
  if (yearPattern.test(image)) return 1;
  if (!months.has(image) && !quarterPattern.test(image)) return 0;
  return yearPattern.test(peek(k + 1).image) && peek(k + 2).image !== "times" ? 2 : 1;
}

/**
 * How many tokens a window has that is a span of the calendar: with `in` or `during` before it, or by itself where it begins with
 * `this`, `last`, `previous` or `next`, or is a day.
 */
export function calendarWindowLength(peek: Lookahead, k: number): number {
  const word = peek(k).image;
  if (word === "in" || word === "during") {
    const length = periodLength(peek, k + 1);
    return length === 0 ? 0 : 1 + length;
  }
  return relativeLength(peek, k) || (days.has(word) ? 1 : 0);
}

/** True of the days that are windows by themselves since the first version, so that `sign in today` is an event with a window. */
export function isDayWindow(word: string): boolean {
  return word === "today" || word === "yesterday";
}

/** True of a word that a name can't contain without quotes, since it would be read as a span of the calendar. */
export function isCalendarWord(word: string): boolean {
  return months.has(word) || days.has(word) || yearPattern.test(word) || quarterPattern.test(word);
}

const periodPattern = new RegExp(
  `^(?:(?:this|last|previous|next|the previous|the next) (?:calendar )?(?:week|month|quarter|year)|the last calendar (?:week|month|quarter|year)|` +
    `(?:${[...months].join("|")}|q[1-4])(?: \\d{4})?|\\d{4}|today|yesterday|tomorrow)$`,
  "i",
);

/** True of a text that is a span of the calendar and nothing else. */
export function isPeriodText(text: string): boolean {
  return periodPattern.test(text);
}
