// Expression operators on dates and texts for mingo, with the project's calendar, so that they agree with this process to the
// millisecond.
import { evalExpr } from "mingo/core";
import type { Any, AnyObject, Options } from "mingo/types";

import { calendarKey, dayOf, move, type Unit, units } from "../../src/plan/calendar.js";
import { Temporal } from "../../src/temporal.js";
import { isPlainObject } from "./values.js";

type Operator = (subject: AnyObject, expression: Any, options: Options) => Any;

/** The arguments by name; null if the first of them has no value. */
function named(
  name: string,
  first: string,
  subject: AnyObject,
  expression: Any,
  options: Options,
): Readonly<Record<string, unknown>> | null {
  if (!isPlainObject(expression)) throw new TypeError(`${name} takes its arguments by name.`);
  const found = Object.fromEntries(
    Object.entries(expression).map(([key, value]) => [key, evalExpr(subject, value as Any, options)]),
  );
  return (found[first] ?? null) === null ? null : found;
}

function instantOf(name: string, value: unknown): number {
  if (value instanceof Date) return value.getTime();
  throw new TypeError(`${name} takes a date.`);
}

function zoneOf({ timezone }: Readonly<Record<string, unknown>>): string {
  return typeof timezone === "string" ? timezone : "UTC";
}

const $dateAdd: Operator = (subject, expression, options) => {
  const found = named("$dateAdd", "startDate", subject, expression, options);
  if (found === null) return null;
  const { startDate, unit, amount } = found;
  if (typeof amount !== "number" || !units.includes(unit as Unit))
    throw new TypeError("$dateAdd takes a whole amount of a unit.");
  return new Date(move(instantOf("$dateAdd", startDate), zoneOf(found), amount, unit as Unit));
};

// Those that pipelines are compiled to: a day, what weeks, months and years have in common, and a wall time.
const formats: Readonly<Record<string, (instant: number, zone: string) => string>> = {
  "%Y-%m-%d": dayOf,
  // Weeks begin on Monday in both, and a Monday names its week.
  "%G-%V": (instant, zone) => calendarKey(instant, zone, "week"),
  "%Y-%m": (instant, zone) => calendarKey(instant, zone, "month"),
  "%Y": (instant, zone) => calendarKey(instant, zone, "year"),
  "%Y-%m-%dT%H:%M:%S.%LZ": (instant, zone) => {
    const wall = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();
    return `${wall.toString({ fractionalSecondDigits: 3 })}Z`;
  },
};

const $dateToString: Operator = (subject, expression, options) => {
  const found = named("$dateToString", "date", subject, expression, options);
  if (found === null) return null;
  const write = formats[String(found.format)];
  if (write === undefined) throw new TypeError(`$dateToString has no format ${String(found.format)} here.`);
  return write(instantOf("$dateToString", found.date), zoneOf(found));
};

const $dateFromString: Operator = (subject, expression, options) => {
  const found = named("$dateFromString", "dateString", subject, expression, options);
  if (found === null) return null;
  const text = String(found.dateString);
  const date = new Date(text.includes("T") ? text : `${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime()))
    throw new TypeError(
      "$dateFromString takes a day or an instant of UTC, as 2026-02-01 or 2026-02-01T10:00:00.000Z.",
    );
  return date;
};

/** The arguments of an operator that takes a list of them. */
function listed(name: string, subject: AnyObject, expression: Any, options: Options): readonly unknown[] {
  if (!Array.isArray(expression)) throw new TypeError(`${name} takes a list of arguments.`);
  return expression.map((value: Any) => evalExpr(subject, value, options));
}

const $indexOfCP: Operator = (subject, expression, options) => {
  const [text, part] = listed("$indexOfCP", subject, expression, options);
  if ((text ?? null) === null) return null;
  const at = String(text).indexOf(String(part));
  return at < 0 ? -1 : Array.from(String(text).slice(0, at)).length;
};

const $strLenCP: Operator = (subject, expression, options) =>
  Array.from(String(evalExpr(subject, expression, options) ?? "")).length;

const $substrCP: Operator = (subject, expression, options) => {
  const [text, from, length] = listed("$substrCP", subject, expression, options);
  return Array.from(String(text ?? ""))
    .slice(Number(from), Number(from) + Number(length))
    .join("");
};

const $concat: Operator = (subject, expression, options) => {
  const texts = listed("$concat", subject, expression, options);
  return texts.some((text) => (text ?? null) === null) ? null : texts.join("");
};

const $toInt: Operator = (subject, expression, options) => {
  const value = evalExpr(subject, expression, options) ?? null;
  return value === null ? null : Math.trunc(Number(value));
};

const $replaceAll: Operator = (subject, expression, options) => {
  const found = named("$replaceAll", "input", subject, expression, options);
  if (found === null) return null;
  return String(found.input).replaceAll(String(found.find), String(found.replacement));
};

const $indexOfArray: Operator = (subject, expression, options) => {
  const [array, value] = listed("$indexOfArray", subject, expression, options);
  return Array.isArray(array) ? array.indexOf(value) : null;
};

export const dateOperators: Readonly<Record<`$${string}`, Operator>> = {
  $concat,
  $dateAdd,
  $dateFromString,
  $dateToString,
  $indexOfArray,
  $indexOfCP,
  $replaceAll,
  $strLenCP,
  $substrCP,
  $toInt,
};
