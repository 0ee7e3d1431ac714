// `birthday in the next 7 days`, `birthday is today`, `birthday in May`: the day of the year is meant, not the date of birth.

import { dayOf } from "../../../plan/calendar.js";
import { diagnostic } from "../../failure.js";
import type { Suspicion } from "../mistake.js";
import { phrase } from "../phrase.js";

const days: ReadonlySet<string> = new Set(["today", "tomorrow", "yesterday"]);

const month = "(?:january|february|march|april|may|june|july|august|september|october|november|december)";
/** A month without a year. */
const bareMonth = new RegExp(`^${month}$`, "i");

/** A date of birth that is compared with days about now, or with a day that has no year. */
export const birthdayAsDate: Suspicion = {
  of: ["date"],
  suspect: ({ operation: { operator, operands }, wanted, literals }, { source, asOf, catalog }) => {
    const { attribute, type, operator: used } = wanted;
    if (attribute.name !== "birthdate" || type !== "date") return [];
    const [value] = operands;
    const from = literals[0]?.from;
    if (value === undefined || typeof from !== "string") return [];
    const at = operator.span.start;
    const words = source.raw(at, value.span.end);
    const whole = source.span(at, value.span.end);
    const isRecent = from >= yearBefore(dayOf(asOf, catalog.timezone));
    if (used.name === "in_period") {
      if (!isRecent) return [];
      const replacement = `${bareMonth.test(value.text) ? "month" : "anniversary"} is ${value.text}`;
      return [diagnostic("BIRTHDAY_AS_DATE", [words], whole, { fix: { replacement, span: whole } })];
    }
    const isNear = days.has(value.text.toLowerCase()) || /^\d{1,2}\.\d{1,2}$/.test(value.text);
    const isWindow = ["in_the_next", "in_the_last"].includes(used.name);
    const isEqual = ["is", "on"].includes(used.name);
    const isCalendar = isEqual && isRecent && literals[0]?.from !== literals[0]?.to;
    if (!isWindow && !(isEqual && isNear) && !isCalendar) return [];
    const fix = { replacement: "anniversary ", span: source.span(at, at) };
    return [diagnostic("BIRTHDAY_AS_DATE", [words], whole, { fix })];
  },
};

function yearBefore(day: string): string {
  return `${Number(day.slice(0, 4)) - 2}${day.slice(4)}`;
}

export const birthdayInMonth = phrase(
  new RegExp(
    `^(?:the )?(?:(?:birthday|birthdate|date of birth)(?: month)?(?: is)?|(?:was |is )?born) (?<not>not )?in (?<month>${month})$`,
    "i",
  ),
  ({ not, month: name }) => [`birthdate month ${not === "" ? "is" : "is not"} ${name}`],
);

export const birthdaySoon = phrase(
  /^(?:has |have )?(?:a |their )?birthdays? (?:is )?(?<when>today|tomorrow|in the next .+|this .+|next .+)$/i,
  ({ when }) => [
    `birthdate anniversary ${/^(?:today|tomorrow)/i.test(when!) ? "is " : ""}${when}`,
    `birthdate anniversary is ${when}`,
  ],
);
