// Reading a value as the type that it is compared with, or saying why it can't be.
import type { Value } from "../../grammar/tree.js";
import type { Attribute, ElementType } from "../catalog/attributes.js";
import { countryCode, countryNames, countryValue } from "../catalog/countries.js";
import { enumerationValue } from "../catalog/enumerations.js";
import type { Operator } from "../operators/operator.js";
import type { Literal, ValueType } from "../plan/literals.js";
import type { Scalar } from "../plan/plan.js";
import { normaliseText, trimText } from "../plan/text.js";
import { anniversaries, dayOf, type InstantSpan } from "./calendar.js";
import { closest } from "./closest.js";
import {
  clockUnit,
  monthNames,
  type Now,
  type ReadDate,
  readDate,
  readDayOfYear,
  readDuration,
  readMonth,
  readWindow,
} from "./dates.js";
import { readAmount, readNumber } from "./numbers.js";
import { report, type Scope } from "./report.js";

/** What a value is read for. */
export interface Wanted {
  readonly attribute: Attribute;
  readonly type: ValueType;
  readonly operator: Operator;
  /** The operator as it was written. */
  readonly written: string;
}

type Read = (scope: Scope, value: Value, wanted: Wanted) => Literal | undefined;

/** Reads a value; undefined where it is not of the type, which is then reported. */
export function readLiteral(scope: Scope, value: Value, wanted: Wanted): Literal | undefined {
  if (wanted.operator.operandType === "number") return readCount(scope, value);
  if (wanted.operator.operand === "duration") return readLength(scope, value, wanted);
  return readers[wanted.type](scope, value, wanted);
}

function point(value: Scalar): Literal {
  return { from: value, to: value };
}

const readText: Read = (scope, value) => {
  const text = normaliseText(value.text);
  if (text !== "") return point(text);
  report(scope, "EMPTY_VALUE", [], value.span, { expected: ["a value"] });
  return undefined;
};

const readExact: Read = (scope, value, wanted) =>
  trimText(value.text) === "" ? readText(scope, value, wanted) : point(value.text);

const readCountry: Read = (scope, value, wanted) => {
  const country = countryValue(value.text);
  if (country === undefined) return readText(scope, value, wanted);
  if (countryCode(value.text) === undefined) {
    const suggestion = closest(value.text, countryNames());
    report(scope, "UNKNOWN_COUNTRY", [value.text, suggestion], value.span, {
      fix: suggestion === undefined ? undefined : { replacement: suggestion, span: value.span },
    });
  }
  return point(country);
};

const readEnumeration: Read = (scope, value, { attribute }) => {
  const values = attribute.values ?? [];
  const found = enumerationValue(values, value.text);
  if (found !== undefined) return point(attribute.name === "consents" ? normaliseText(found) : found);
  if (trimText(value.text) === "") {
    report(scope, "EMPTY_VALUE", [], value.span, { expected: values });
    return undefined;
  }
  const suggestion = closest(value.text, values);
  report(scope, "UNKNOWN_VALUE", [value.text, attribute.name, suggestion, values], value.span, {
    expected: values,
    fix: suggestion === undefined ? undefined : { replacement: suggestion, span: value.span },
  });
  return undefined;
};

const readBoolean: Read = (scope, value, { attribute }) => {
  const text = normaliseText(value.text);
  if (text === "true" || text === "yes") return point(true);
  if (text === "false" || text === "no") return point(false);
  report(scope, "NOT_TRUE_OR_FALSE", [value.text, attribute.name], value.span, {
    expected: ["true", "false"],
  });
  return undefined;
};

const readNumeric: Read = (scope, value, { attribute }) => {
  const text = trimText(value.text);
  const number = readNumber(text);
  if (number !== undefined) return number;
  const decimalComma = /^[-+]?\d+,\d{1,2}$/.test(text);
  report(scope, "NOT_A_NUMBER", [value.text, attribute.name], value.span, {
    expected: ["a number"],
    fix: decimalComma ? { replacement: text.replace(",", "."), span: value.span } : undefined,
  });
  return undefined;
};

const readMoney: Read = (scope, value, { attribute }) => {
  const { currency } = scope.catalog;
  const amount = readAmount(trimText(value.text), currency);
  if (amount.kind === "amount") return attribute.fractional === true ? amount.exact : amount.literal;
  if (amount.kind === "otherCurrency") {
    report(scope, "WRONG_CURRENCY", [value.text, currency], value.span, {
      expected: [`an amount in ${currency}`],
    });
  } else {
    report(scope, "NOT_AN_AMOUNT", [value.text, attribute.name, currency], value.span, {
      expected: ["an amount"],
    });
  }
  return undefined;
};

/** A count of elements: a whole number. */
function readCount(scope: Scope, value: Value): Literal | undefined {
  const count = readNumber(trimText(value.text));
  if (count !== undefined && Number.isSafeInteger(count.from) && Number(count.from) >= 0) return count;
  report(scope, "NOT_A_COUNT", [value.text], value.span, { expected: ["a whole number"] });
  return undefined;
}

function now(scope: Scope): Now {
  return { asOf: scope.asOf, zone: scope.catalog.timezone };
}

function dateIn(
  scope: Scope,
  value: Value,
  attribute: Attribute,
): Extract<ReadDate, { kind: "date" }> | undefined {
  const read = readDate(value.text, now(scope));
  if (read.kind === "date") return read;
  if (read.kind === "impossible")
    report(scope, "NO_SUCH_DATE", [value.text], value.span, { expected: ["a date"] });
  else {
    const suggestion = readDuration(value.text) === undefined ? undefined : `${value.text} ago`;
    report(scope, "NOT_A_DATE", [value.text, attribute.name, suggestion], value.span, {
      expected: ["a date"],
      fix: suggestion === undefined ? undefined : { replacement: suggestion, span: value.span },
    });
  }
  return undefined;
}

function instants(span: InstantSpan): Literal {
  return { from: { instant: span.from }, to: { instant: span.to } };
}

/** The days that a span's ends fall on in the project's zone. */
function days(scope: Scope, span: InstantSpan): { readonly from: string; readonly to: string } {
  const { timezone } = scope.catalog;
  return { from: dayOf(span.from, timezone), to: dayOf(span.to, timezone) };
}

const readDatetime: Read = (scope, value, { attribute, operator }) => {
  const date = dateIn(scope, value, attribute);
  if (date === undefined) return undefined;
  if (date.ago !== undefined) {
    const whole = instants(clockUnit(date.span.from, date.ago, now(scope)));
    warnOfInstant(scope, value, operator, true);
    return { ...instants(date.span), relative: { asOf: { instant: scope.asOf }, whole } };
  }
  if (date.instant) warnOfInstant(scope, value, operator, false);
  return instants(date.span);
};

/** `created is 30 days ago` is one instant; the day is surely meant. */
function warnOfInstant(scope: Scope, value: Value, operator: Operator, ago: boolean): void {
  if (operator.name !== "is" && operator.name !== "on") return;
  report(scope, "NEARLY_NEVER", [value.text], value.span, {
    fix: ago ? { replacement: `exactly ${value.raw}`, span: value.span } : undefined,
  });
}

const readPlainDate: Read = (scope, value, { attribute }) => {
  const date = dateIn(scope, value, attribute);
  if (date === undefined) return undefined;
  if (date.day !== undefined) return point(date.day);
  const span = days(scope, date.span);
  if (date.ago === undefined) return span;
  const whole = days(scope, clockUnit(date.span.from, date.ago, now(scope)));
  return { ...span, relative: { asOf: dayOf(scope.asOf, scope.catalog.timezone), whole } };
};

const readYearly: Read = (scope, value, wanted) => {
  const alone = readDayOfYear(value.text, now(scope));
  if (alone === "impossible") {
    report(scope, "NO_SUCH_DATE", [value.text], value.span, { expected: ["a date"] });
    return undefined;
  }
  if (alone !== undefined) return { ...point(value.text), days: alone };
  const day = readPlainDate(scope, value, wanted);
  if (day === undefined) return undefined;
  return { ...day, days: anniversaries(String(day.from), String(day.to)) };
};

const readMonthName: Read = (scope, value) => {
  const month = readMonth(value.text);
  if (month !== undefined) return { ...point(value.text), days: month };
  const suggestion = closest(value.text, monthNames);
  report(scope, "NOT_A_MONTH", [value.text], value.span, {
    expected: monthNames,
    fix: suggestion === undefined ? undefined : { replacement: suggestion, span: value.span },
  });
  return undefined;
};

const readElement: Read = (scope, value, wanted) => {
  const type: ElementType = wanted.attribute.element ?? "text";
  return type === "product"
    ? readText(scope, value, wanted)
    : readers[type](scope, value, { ...wanted, type });
};

/** `30 days`, from as-of back or on. */
function readLength(scope: Scope, value: Value, { type, operator, written }: Wanted): Literal | undefined {
  const window = readWindow(value.text, operator.direction ?? "past", now(scope));
  if (window === "none") {
    report(scope, "NOT_A_DURATION", [value.text, written], value.span, { expected: ["a length of time"] });
    return undefined;
  }
  if (window === "impossible") {
    report(scope, "NO_SUCH_DATE", [value.text], value.span, { expected: ["a shorter time"] });
    return undefined;
  }
  if (type === "datetime") return instants(window);
  const span = days(scope, window);
  return type === "yearly" ? { ...span, days: anniversaries(span.from, span.to) } : span;
}

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
  set: readElement,
};
