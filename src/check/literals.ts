// Reads a value as the type that it is compared with.
import type { Value } from "../../grammar/tree.js";
import { countryValue } from "../catalog/countries.js";
import { enumerationValue } from "../catalog/enumerations.js";
import type { Attribute, ElementType } from "../catalog/model.js";
import { anniversaries, dayOf, type InstantSpan } from "../plan/calendar.js";
import type { Literal, ValueType } from "../plan/literals.js";
import type { Scalar } from "../plan/plan.js";
import { normaliseText, trimText } from "../plan/text.js";
import { unstorableIn } from "../plan/unstorable.js";
import {
  clockUnit,
  monthNames,
  type Now,
  namesYear,
  type ReadDate,
  readDate,
  readDayOfYear,
  readMonth,
  readWindow,
} from "./dates.js";
import { Failed, fail } from "./failure.js";
import { readAmount, readNumber } from "./numbers.js";
import type { Scope, Wanted } from "./scope.js";

type Read = (scope: Scope, value: Value, wanted: Wanted) => Literal | Failed;

/** Reads a value as what it is wanted for. */
export function readLiteral(scope: Scope, value: Value, wanted: Wanted): Literal | Failed {
  const refused = unstorableIn(value.text);
  if (refused !== undefined) return fail("UNSTORABLE_TEXT", [refused.what], value.span, { value, wanted });
  if (wanted.operator.operandType === "number") return readCount(scope, value, wanted);
  if (wanted.operator.operand === "duration") return readLength(scope, value, wanted);
  return readers[wanted.type](scope, value, wanted);
}

function point(value: Scalar): Literal {
  return { from: value, to: value };
}

const readText: Read = (_scope, value, wanted) => {
  const text = normaliseText(value.text);
  return text === "" ? emptyValue(value, wanted, ["a value"]) : point(text);
};

function emptyValue(value: Value, wanted: Wanted, expected: readonly string[]): Failed {
  return fail("EMPTY_VALUE", [], value.span, { expected, value, wanted });
}

const readExact: Read = (scope, value, wanted) =>
  trimText(value.text) === "" ? readText(scope, value, wanted) : point(value.text);

const readCountry: Read = (scope, value, wanted) => {
  const country = countryValue(value.text);
  return country === undefined ? readText(scope, value, wanted) : point(country);
};

const readEnumeration: Read = (_scope, value, wanted) => {
  const { attribute } = wanted;
  const values = attribute.values ?? [];
  const found = enumerationValue(values, value.text);
  if (found !== undefined) return point(attribute.name === "consents" ? normaliseText(found) : found);
  if (trimText(value.text) === "") return emptyValue(value, wanted, values);
  return fail("UNKNOWN_VALUE", [value.text, attribute.name, undefined, values], value.span, {
    expected: values,
    value,
    wanted,
  });
};

const readBoolean: Read = (_scope, value, wanted) => {
  const text = normaliseText(value.text);
  if (text === "true" || text === "yes") return point(true);
  if (text === "false" || text === "no") return point(false);
  return fail("NOT_TRUE_OR_FALSE", [value.text, wanted.attribute.name], value.span, {
    expected: ["true", "false"],
    value,
    wanted,
  });
};

const readNumeric: Read = (_scope, value, wanted) =>
  readNumber(trimText(value.text)) ??
  fail("NOT_A_NUMBER", [value.text, wanted.attribute.name, undefined], value.span, {
    expected: ["a number"],
    value,
    wanted,
  });

const readMoney: Read = (scope, value, wanted) => {
  const { attribute } = wanted;
  const { currency } = scope.catalog;
  const amount = readAmount(trimText(value.text), currency);
  if (amount.kind === "amount")
    return attribute.fractional === true ? amount.exact : { ...amount.literal, exact: amount.exact.from };
  if (amount.kind === "otherCurrency") {
    const expected = [`an amount in ${currency}`];
    return fail("WRONG_CURRENCY", [value.text, currency], value.span, { expected, value, wanted });
  }
  return fail("NOT_AN_AMOUNT", [value.text, attribute.name, currency, undefined], value.span, {
    expected: ["an amount"],
    value,
    wanted,
  });
};

/** A count of elements: a whole number. */
const readCount: Read = (_scope, value, wanted) => {
  const count = readNumber(trimText(value.text));
  if (count !== undefined && Number.isSafeInteger(count.from) && Number(count.from) >= 0) return count;
  return fail("NOT_A_COUNT", [value.text], value.span, { expected: ["a whole number"], value, wanted });
};

/** The instant and the zone that dates are relative to. */
export function nowIn(scope: Scope): Now {
  return { asOf: scope.asOf, zone: scope.catalog.timezone };
}

function noSuchDate(value: Value, wanted: Wanted, expected: string): Failed {
  return fail("NO_SUCH_DATE", [value.text], value.span, { expected: [expected], value, wanted });
}

function dateIn(scope: Scope, value: Value, wanted: Wanted): Extract<ReadDate, { kind: "date" }> | Failed {
  const read = readDate(value.text, nowIn(scope));
  if (read.kind === "date") return read;
  if (read.kind === "impossible") return noSuchDate(value, wanted, "a date");
  return notADate(value, wanted, wanted.attribute);
}

function notADate(value: Value, wanted: Wanted, { name }: Attribute): Failed {
  return fail("NOT_A_DATE", [value.text, name, undefined], value.span, {
    expected: ["a date"],
    value,
    wanted,
  });
}

function instants(span: InstantSpan): Literal {
  return { from: { instant: span.from }, to: { instant: span.to } };
}

/** The days that a span's ends fall on in the project's zone. */
function days(scope: Scope, span: InstantSpan): { readonly from: string; readonly to: string } {
  const { timezone } = scope.catalog;
  return { from: dayOf(span.from, timezone), to: dayOf(span.to, timezone) };
}

const readDatetime: Read = (scope, value, wanted) => {
  const date = dateIn(scope, value, wanted);
  if (date instanceof Failed) return date;
  if (date.ago === undefined) return instants(date.span);
  const whole = instants(clockUnit(date.span.from, date.ago, nowIn(scope)));
  return { ...instants(date.span), relative: { asOf: { instant: scope.asOf }, whole } };
};

const readPlainDate: Read = (scope, value, wanted) => {
  const date = dateIn(scope, value, wanted);
  if (date instanceof Failed) return date;
  if (date.day !== undefined) return point(date.day);
  const span = days(scope, date.span);
  if (date.ago === undefined) return span;
  const whole = days(scope, clockUnit(date.span.from, date.ago, nowIn(scope)));
  return { ...span, relative: { asOf: dayOf(scope.asOf, scope.catalog.timezone), whole } };
};

const readYearly: Read = (scope, value, wanted) => {
  const alone = readDayOfYear(value.text, nowIn(scope));
  if (alone === "impossible") return noSuchDate(value, wanted, "a date");
  if (alone !== undefined) return { ...point(value.text), days: alone };
  const period = readDate(value.text, nowIn(scope));
  if (period.kind === "date" && period.period?.hasYear === true)
    return fail("YEAR_IN_ANNIVERSARY", [value.text], value.span, { expected: ["November"], value, wanted });
  if (namesYear(value.text)) {
    const expected = ["a day and a month"];
    return fail("WHOLE_DATE", [value.text, undefined], value.span, { expected, value, wanted });
  }
  const day = readPlainDate(scope, value, wanted);
  if (day instanceof Failed) return day;
  return { ...day, days: anniversaries(String(day.from), String(day.to)) };
};

const readMonthName: Read = (_scope, value, wanted) => {
  const month = readMonth(value.text);
  if (month !== undefined) return { ...point(value.text), days: month };
  return fail("NOT_A_MONTH", [value.text], value.span, { expected: monthNames, value, wanted });
};

const readElement: Read = (scope, value, wanted) => {
  const type: ElementType = wanted.attribute.element ?? "text";
  return type === "product"
    ? readText(scope, value, wanted)
    : readers[type](scope, value, { ...wanted, type });
};

/** `30 days`, from as-of back or forward. */
const readLength: Read = (scope, value, wanted) => {
  const { type, operator, written } = wanted;
  const window = readWindow(value.text, operator.direction ?? "past", nowIn(scope));
  if (window === "none") {
    const expected = ["a length of time"];
    return fail("NOT_A_DURATION", [value.text, written], value.span, { expected, value, wanted });
  }
  if (window === "impossible") return noSuchDate(value, wanted, "a shorter time");
  if (type === "datetime") return instants(window);
  const span = days(scope, window);
  return type === "yearly" ? { ...span, days: anniversaries(span.from, span.to) } : span;
};

const readers: Readonly<Record<ValueType, Read>> = {
  text: readText,
  exact: readExact,
  country: readCountry,
  enumeration: readEnumeration,
  number: readNumeric,
  money: readMoney,
  boolean: readBoolean,
  date: readPlainDate,
  datetime: readDatetime,
  yearly: readYearly,
  month: readMonthName,
  product: readText,
  set: readElement,
};
