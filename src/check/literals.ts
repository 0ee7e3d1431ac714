// Reading a value as the type that it is compared with, or saying why it can't be.
import { quoteValue } from "../../grammar/format.js";
import type { OperatorUse, Value } from "../../grammar/tree.js";
import { countryCode, countryNames, countryValue } from "../catalog/countries.js";
import { enumerationValue } from "../catalog/enumerations.js";
import type { Attribute, ElementType } from "../catalog/model.js";
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
  writtenOtherwise,
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
  /** Where it was written, for mends that change it. */
  readonly use?: OperatorUse;
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
    const suggestion = closest(value.text, countryNames);
    report(scope, "UNKNOWN_COUNTRY", [value.text, suggestion], value.span, {
      fix: suggestion === undefined ? undefined : { replacement: quoteValue(suggestion), span: value.span },
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
    fix: suggestion === undefined ? undefined : { replacement: quoteValue(suggestion), span: value.span },
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
  const instead = withDecimalPoint(text);
  report(scope, "NOT_A_NUMBER", [value.text, attribute.name, instead], value.span, {
    expected: ["a number"],
    fix: instead === undefined ? undefined : { replacement: instead, span: value.span },
  });
  return undefined;
};

/** `10,50` and `1.000,50`, as half of Europe writes them, with a point; undefined where the text is not so written. */
function withDecimalPoint(text: string): string | undefined {
  const match = /^([^\d.,]*)(\d+|\d{1,3}(?:\.\d{3})+),(\d{1,2})([^\d.,]*)$/.exec(text);
  if (match === null) return undefined;
  const [, before = "", whole = "", fraction = "", after = ""] = match;
  return `${before}${whole.replaceAll(".", "")}.${fraction}${after}`;
}

const readMoney: Read = (scope, value, { attribute }) => {
  const { currency } = scope.catalog;
  const amount = readAmount(trimText(value.text), currency);
  if (amount.kind === "amount")
    return attribute.fractional === true ? amount.exact : { ...amount.literal, exact: amount.exact.from };
  if (amount.kind === "otherCurrency") {
    report(scope, "WRONG_CURRENCY", [value.text, currency], value.span, {
      expected: [`an amount in ${currency}`],
    });
  } else {
    const pointed = withDecimalPoint(trimText(value.text));
    const instead =
      pointed !== undefined && readAmount(pointed, currency).kind === "amount" ? pointed : undefined;
    report(scope, "NOT_AN_AMOUNT", [value.text, attribute.name, currency, instead], value.span, {
      expected: ["an amount"],
      fix: instead === undefined ? undefined : { replacement: instead, span: value.span },
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
    const suggestion =
      readDuration(value.text) === undefined ? writtenOtherwise(value.text) : `${value.text} ago`;
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

const readDatetime: Read = (scope, value, wanted) => {
  const { attribute } = wanted;
  const date = dateIn(scope, value, attribute);
  if (date === undefined) return undefined;
  if (date.ago !== undefined) {
    const whole = instants(clockUnit(date.span.from, date.ago, now(scope)));
    warnOfInstant(scope, value, wanted, true);
    return { ...instants(date.span), relative: { asOf: { instant: scope.asOf }, whole } };
  }
  if (date.instant) warnOfInstant(scope, value, wanted, false);
  return instants(date.span);
};

/** `created is 30 days ago` is one instant; the day is surely meant. */
function warnOfInstant(scope: Scope, value: Value, { operator, use }: Wanted, ago: boolean): void {
  if (!["is", "on", "contains", "contains_any_of", "contains_all_of"].includes(operator.name)) return;
  const form = use?.negated === true ? "is not exactly" : "is exactly";
  const instead = ago && operator.operand === "value" && operator.name !== "contains";
  report(scope, "NEARLY_NEVER", [value.text, instead ? `${form} ${value.text}` : undefined], value.span, {
    fix:
      instead && use !== undefined
        ? {
            replacement: `${form} ${value.text}`,
            span: scope.source.span(use.span.start, value.span.end),
          }
        : undefined,
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
    // `within the last 30 days`: the words of another way to say it.
    const rest = value.text.replace(/^(?:the\s+)?(?:last|past|previous)\s+/i, "");
    const instead = rest !== value.text && readDuration(rest) !== undefined ? rest : undefined;
    report(scope, "NOT_A_DURATION", [value.text, written], value.span, {
      expected: ["a length of time"],
      fix: instead === undefined ? undefined : { replacement: instead, span: value.span },
    });
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
