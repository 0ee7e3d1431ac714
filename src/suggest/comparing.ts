// Operators as candidates, and the values that are known without reading data: those of closed lists, dates and lengths of time.
import type { ComparedSubject, ExpectationOf } from "../../grammar/completion/expectation.js";
import { quoted, quoteValue } from "../../grammar/format.js";
import { operatorsOf } from "../catalog/catalog.js";
import { countryCode, countryNames } from "../catalog/countries.js";
import type { Attribute, ElementType } from "../catalog/model.js";
import { monthNames } from "../check/dates.js";
import { operators, operatorsByName } from "../operators/index.js";
import type { Operator } from "../operators/operator.js";
import { dayOf, type Unit, units } from "../plan/calendar.js";
import type { ValueType } from "../plan/literals.js";
import { type Candidate, matchKey, plain } from "./candidate.js";
import type { ResolvedSubject } from "./subject.js";

const operatorLists = new Map<string, readonly Candidate[]>();

/** The operators that a subject has, and the words that may come between its name and them. */
export function operatorCandidates(
  subject: ComparedSubject,
  { type, attribute }: ResolvedSubject,
  hasCampaigns: boolean,
): readonly Candidate[] {
  const measured = subject.kind === "measure" || subject.kind === "figure";
  const name = `${type}${measured ? " measured" : ""}`;
  let list = operatorLists.get(name);
  if (list === undefined) {
    list = operatorsOf(type).flatMap((operator, index) => formsOf(operator, index, type, measured));
    operatorLists.set(name, list);
  }
  const more = [...(hasCampaigns ? [inCampaign] : []), ...(attribute?.type === "date" ? aspects : [])];
  return more.length === 0 ? list : [...list, ...more];
}

const inCampaign = plain("KEYWORD", "in campaign", 'What one campaign comes to: in campaign "NAME".', 50);
const aspects: readonly Candidate[] = [
  plain("KEYWORD", "anniversary", "The same day of every year: anniversary is in the next 7 days.", 60),
  plain("KEYWORD", "month", "The month of the year: month is May.", 61),
];

// Among the operators of a type: complements after the plain ones, except `is not`, and signs last.
const weights = { negated: 100, sign: 200 } as const;

function formsOf(
  operator: Operator,
  index: number,
  type: ValueType,
  measured: boolean,
): readonly Candidate[] {
  const plainForms = operatorCandidate(operator, operator.spellings, false, type, measured, index);
  const weight = operator.name === "is" ? 0.5 : weights.negated + index;
  const negated = operatorCandidate(operator, operator.negatedSpellings, true, type, measured, weight);
  return [plainForms, negated].filter((candidate) => candidate !== undefined);
}

function operatorCandidate(
  operator: Operator,
  forms: readonly string[],
  negated: boolean,
  type: ValueType,
  measured: boolean,
  weight: number,
): Candidate | undefined {
  // A measure's comparison begins with `is` or a sign, which distinguishes it from the clauses.
  const written = forms.filter((form) => (measured ? /^(?:is\b|\W)/.test(form) : form !== ""));
  const [label] = written;
  if (label === undefined) return undefined;
  const opening = operator.operand === "list" ? " (" : "";
  return {
    kind: "OPERATOR",
    label,
    documentation: describeOperator(operator, label, negated, type),
    spellings: written.map((form) => ({ key: matchKey(form), insert: `${form}${opening}` })),
    weight: /^\W/.test(operator.name) ? weights.sign + weight : weight,
  };
}

function describeOperator(operator: Operator, form: string, negated: boolean, type: ValueType): string {
  const opposite = negated ? ` Not \`${operator.spellings[0]}\`, so true where nothing is known.` : "";
  switch (operator.operand) {
    case "none":
      return `Takes no value.${opposite}`;
    case "list":
      return `Takes a list: ${form} (…, …).${opposite}`;
    case "pair":
      return `Takes two values, both ends included: ${form} … and ….${opposite}`;
    case "duration":
      return `Takes a length of time: ${form} 30 days.${opposite}`;
    case "period":
      return `Takes a span of the calendar: ${form} November 2026, ${form} last quarter.${opposite}`;
    case "distance":
      return `Takes a length of time and another date of the customer's: ${form} 7 days after created.${opposite}`;
    case "value":
      if (operator.operandType === "number")
        return `Takes a number of different values: ${form} 2.${opposite}`;
      if (operator.relativeOnly?.includes(type) === true)
        return `Takes a time ago: ${form} 30 days ago.${opposite}`;
      return `Takes a value: ${form} ….${opposite}`;
    default:
      return operator.operand satisfies never;
  }
}

// Words that continue some operator: a value that begins with one would be read as the rest of it.
const operatorWords: ReadonlySet<string> = new Set(
  operators.flatMap(({ spellings, negatedSpellings }) =>
    [...spellings, ...negatedSpellings].flatMap((form) => form.split(" ")),
  ),
);

/** A value as a query writes it after an operator. */
export function writeValue(text: string): string {
  const first = text.split(" ", 1)[0] ?? "";
  return operatorWords.has(first.toLowerCase()) ? quoted(text) : quoteValue(text);
}

/** The values of a closed list come before operators that the words could also continue to. */
const closed = -1_000;

/** A value to choose. */
export function valueCandidate(text: string, documentation: string, weight: number): Candidate {
  return plain("VALUE", writeValue(text), documentation, weight, text);
}

/** The values that are known without the data. */
export function literalCandidates(
  { type, attribute }: ResolvedSubject,
  { operator: name, shape, typed, wordless }: ExpectationOf<"value">,
  today: () => string,
): readonly Candidate[] {
  const operator = operatorsByName.get(name);
  if (operator?.operandType === "number") return [];
  const isDate = type === "date" || type === "datetime";
  if (shape === "distance") return isDate ? durationCandidates(typed.text) : [];
  if (shape === "period") return isDate || type === "yearly" ? periodCandidates(today(), type, wordless) : [];
  if (shape === "duration") return durationCandidates(typed.text);
  const compared: ElementType = type === "set" ? (attribute?.element ?? "text") : type;
  switch (compared) {
    case "boolean":
      return truths;
    case "enumeration":
      return (attribute?.values ?? []).map((value, index) =>
        valueCandidate(value, describeChoice(attribute), closed + index),
      );
    case "country":
      return countryCandidates();
    case "month":
      return months;
    case "date":
    case "datetime":
    case "yearly":
      return dateCandidates(typed.text, operator, compared, today());
    case "number":
    case "text":
    case "exact":
    case "money":
    case "product":
    case "set":
      return [];
    default:
      return compared satisfies never;
  }
}

function describeChoice(attribute: Attribute | undefined): string {
  return `One of the values of ${attribute?.name ?? "the list"}.`;
}

const truths = [
  valueCandidate("true", "Also `yes`.", closed),
  valueCandidate("false", "Also `no`.", closed + 1),
];
const months = monthNames.map((month, index) =>
  valueCandidate(`${month.charAt(0).toUpperCase()}${month.slice(1)}`, "A month of any year.", closed + index),
);

let countries: readonly Candidate[] | undefined;

function countryCandidates(): readonly Candidate[] {
  countries ??= countryNames
    .toSorted((one, other) => one.localeCompare(other, "en"))
    .map((name, index): Candidate => {
      const code = countryCode(name) ?? "";
      const insert = writeValue(name);
      return {
        kind: "VALUE",
        label: name,
        documentation: `A country; also ${code}.`,
        spellings: [
          { key: matchKey(name), insert },
          { key: matchKey(code), insert },
        ],
        // Countries are many, and only the data shows which are common: operators come before them.
        weight: 2 * weights.sign + index,
      };
    });
  return countries;
}

const numberTyped = /^(\d{1,9})(?:\s|$)/;

// The units that people ask for most, first.
const commonUnits: readonly Unit[] = [...new Set<Unit>(["day", "week", "month", ...units])];

function amount(number: string, unit: Unit): string {
  return Number(number) === 1 ? `${number} ${unit}` : `${number} ${unit}s`;
}

/** `30 days`; with the typed number, if there is one. */
function durationCandidates(typed: string): readonly Candidate[] {
  const number = numberTyped.exec(typed)?.[1];
  const documentation = "A length of time, in calendar units of the project's time zone.";
  if (number !== undefined) {
    return commonUnits.map((unit, index) => plain("UNIT", amount(number, unit), documentation, index));
  }
  return [
    ...["7 days", "30 days", "90 days", "24 hours", "12 months"].map((text, index) =>
      plain("VALUE", text, documentation, index),
    ),
    ...commonUnits.map((unit, index) => plain("UNIT", unit, `One ${unit}.`, 10 + index)),
  ];
}

/**
 * Days and instants. After `more than`, a date takes only `N units ago`; after `is`, days come first, since few dates match one
 * instant.
 */
function dateCandidates(
  typed: string,
  operator: Operator | undefined,
  type: ValueType,
  today: string,
): readonly Candidate[] {
  const number = numberTyped.exec(typed)?.[1];
  const amounts =
    number === undefined
      ? ["30 days", "7 days", "90 days", "12 months", "24 hours"]
      : commonUnits.map((unit) => amount(number, unit));
  const kind = number === undefined ? "VALUE" : "UNIT";
  const ago = amounts.map((text, index) => plain(kind, `${text} ago`, "That long before now.", 10 + index));
  if (operator?.relativeOnly?.includes(type) === true) return ago;
  const instants = operator?.name === "is" || operator?.name === "on" ? 40 : 0;
  return [
    plain("VALUE", "today", "The present day, whole.", 0),
    plain("VALUE", "yesterday", "The day before today, whole.", 1),
    plain("VALUE", today, "A day: year, month, day. Also day first, as 24.11.2026.", 2),
    plain("VALUE", "start of month", "The instant at which this month began.", instants + 3),
    plain("VALUE", "start of year", "The instant at which this year began.", instants + 4),
    plain("VALUE", "start of week", "The instant at which this week began, on Monday.", instants + 5),
    plain("VALUE", "start of quarter", "The instant at which this quarter began.", instants + 6),
    ...ago.map((candidate) => ({ ...candidate, weight: candidate.weight + instants })),
    ...periodCandidates(today, type),
    plain("VALUE", "tomorrow", "The day after today, whole.", 20),
    plain("VALUE", "now", "The present instant.", instants + 21),
    plain("VALUE", "in 7 days", "That long after now.", instants + 22),
  ];
}

/** Spans of the calendar, after other operators and values; without a year where days recur every year. */
function periodCandidates(today: string, type: ValueType, wordless = false): readonly Candidate[] {
  const [year = "", month = ""] = today.split("-");
  const present = Number(month) - 1;
  const relative = ["this", "last", "next"].flatMap((word) =>
    ["month", "week", "quarter", "year"].map((unit) => `${word} ${unit}`),
  );
  const names = [...monthNames.slice(present), ...monthNames.slice(0, present)].map(
    (name) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  );
  const quarters = [1, 2, 3, 4].map((quarter) => `Q${quarter}`);
  const dated =
    type === "yearly"
      ? []
      : [...names.slice(0, 1), `Q${Math.floor(present / 3) + 1}`]
          .map((name) => `${name} ${year}`)
          .concat(year);
  // Where no word precedes one, its name alone hardly begins with it.
  const named = wordless ? [] : [...dated, ...names, ...quarters];
  return [...relative, ...named].map((text, index) =>
    plain("VALUE", text, "A span of the calendar, whole.", 60 + index),
  );
}

/** The present day as a query writes it. */
export function todayOf(asOf: number, timezone: string): string {
  return dayOf(asOf, timezone);
}
