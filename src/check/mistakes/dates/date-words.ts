// `created last 30 days`, `created 30 days ago`, `last order > 30 days`: windows and lengths of time in other words.
import { resolveName } from "../../../catalog/catalog.js";
import type { ValueType } from "../../../plan/literals.js";
import { asNamed } from "../../names.js";
import { phrase } from "../phrase.js";
import { directionOf } from "./direction.js";

export function isDate(type: ValueType | undefined): boolean {
  return type === "date" || type === "datetime";
}

const unit = "(?:minute|hour|day|week|month|quarter|year)s?";

export const lastDays = phrase(
  new RegExp(
    `^(?<name>.+?) (?:is |was |were )?(?<not>not )?(?:(?:in|within|during|over|for)(?: the)? )?(?:(?:last|past|previous|prior) )(?<length>\\d+ ${unit}|${unit})$`,
    "i",
  ),
  ({ name, not, length }, { catalog }) =>
    resolveName(catalog, name!) === undefined || !/\d/.test(length!)
      ? []
      : [`${name} is ${not}in the last ${length}`],
);

/** `number of orders last 30 days is at least 2`: a figure's window in other words. */
export const lastDaysOfFigure = phrase(
  new RegExp(
    `^(?<name>.+?) (?:(?:within|during|over|for)(?: the)? |in )?(?:last|past|previous|prior) (?<length>\\d+ ${unit}) (?<rest>(?:is|at|more|less|[<>=]).*)$`,
    "i",
  ),
  ({ name, length, rest }, { catalog }) =>
    resolveName(catalog, name!) === undefined ? [] : [`${name} in the last ${length} ${rest}`],
);

/** `created within 30 days`, `created in 30 days`. */
export const withinDays = phrase(
  new RegExp(`^(?<name>.+?) (?:is |was )?(?:within|in)(?: the)? (?<length>\\d+ ${unit})$`, "i"),
  ({ name, length }, { catalog }) => {
    const resolved = resolveName(catalog, name!);
    const words = resolved === undefined ? undefined : directionOf(asNamed(resolved));
    return words === undefined ? [] : [`${name} ${words} ${length}`];
  },
);

/** `created 30 days ago`, `last order was 30 days ago`. */
export const daysAgo = phrase(
  new RegExp(`^(?<name>.+?) (?:was |is |were )?(?:about |around )?(?<length>\\d+ ${unit}) ago$`, "i"),
  ({ name, length }, { catalog }) =>
    resolveName(catalog, name!) === undefined ? [] : [`${name} is exactly ${length} ago`],
);

/** `created older than 30 days`, `last order > 30 days`. */
export const longerThan = phrase(
  new RegExp(
    `^(?<name>.+?) (?:is |was )?(?<bound>more than|less than|older than|newer than|over|under|longer than|[<>]=?) (?<length>\\d+ ${unit})(?: ago| old)?$`,
    "i",
  ),
  ({ name, bound, length }, { catalog }) => {
    if (resolveName(catalog, name!) === undefined) return [];
    const isLess = /less|newer|under|</i.test(bound!);
    return [`${name} is ${isLess ? "less" : "more"} than ${length} ago`];
  },
  { isSynonym: (written) => /\b(?:older|newer|longer) than\b/i.test(written) },
);

/** `created after 02/15/2026`: the order of day and month shows in the numbers. */
export const slashedDate = phrase(
  /^(?<before>.+ )(?<one>\d{1,2})[/-](?<two>\d{1,2})[/-](?<year>\d{4})$/i,
  ({ before: written, one, two, year }, { catalog }) => {
    const before = resolveName(catalog, written!.trim()) === undefined ? written! : `${written}is `;
    const [first, second] = [Number(one), Number(two)];
    const pad = (number: number) => String(number).padStart(2, "0");
    if (first > 12 && second <= 12) return [`${before}${year}-${pad(second)}-${pad(first)}`];
    if (second > 12 && first <= 12) return [`${before}${year}-${pad(first)}-${pad(second)}`];
    return first === second ? [`${before}${year}-${pad(first)}-${pad(second)}`] : [];
  },
);

/** `created in the last 24h`, `last order more than 7d ago`: a unit in one letter. */
export const shortUnit = phrase(
  /^(?<before>.+ )(?<count>\d+) ?(?<unit>h|hrs?|d|wks?|w|mins?|mos?|yrs?|y)(?<after> ago)?$/i,
  ({ before, count, unit: letter, after }) => {
    const units = { h: "hour", d: "day", w: "week", y: "year" } as const;
    const meant = /^mi/i.test(letter!)
      ? "minute"
      : /^mo/i.test(letter!)
        ? "month"
        : units[letter!.charAt(0).toLowerCase() as keyof typeof units];
    return [`${before}${count} ${meant}${count === "1" ? "" : "s"}${after}`];
  },
  { leavesMore: true },
);

/** `last order is never`, `last order: never`. */
export const neverAsDate = phrase(
  /^(?<name>.+?)(?: (?:is|was|=)|:) ?(?:never|none)$/i,
  ({ name }, { catalog }) => {
    return isDate(resolveName(catalog, name!)?.attribute.type) ? [`${name} is unknown`] : [];
  },
);

/** `created from 2026-01-01 to 2026-02-01`. */
export const datesFromTo = phrase(
  /^(?<name>.+?) (?:is |was )?(?:between |from )(?<from>\d[\d.-]+\d) ?(?:to|until|till|through|and|–|-) ?(?<to>\d[\d.-]+\d)$/i,
  ({ name, from, to }, { catalog }) =>
    isDate(resolveName(catalog, name!)?.attribute.type) ? [`${name} is between ${from} and ${to}`] : [],
);

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** `created after Jan 1, 2026`: the comma ends no value. */
export const dateWithComma = phrase(
  /^(?<before>.+ )(?:(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?<day>\d{1,2})(?:st|nd|rd|th)?), ?(?<year>\d{4})$/i,
  ({ before, month, day, year }) => {
    const number = String(monthNames.indexOf(month!.toLowerCase()) + 1).padStart(2, "0");
    return [`${before}${year}-${number}-${day!.padStart(2, "0")}`];
  },
  { leavesMore: true },
);
