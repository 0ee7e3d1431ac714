// The oracle's own tree of a query, apart from the product's. Every node carries its meaning and, beside it, the words that
// it is printed with, so that one meaning can be written in many ways. Events, measures, segments and samples would each
// be one more kind of node with a `written` of its own, as `condition` is.
import type { Unit } from "./calendar.js";

export type Query =
  /** `word` is what stands between the operands: `and`, `AND`, or with a comment or a line break around it. */
  | { readonly kind: "and"; readonly operands: readonly Query[]; readonly word: string }
  | { readonly kind: "or"; readonly operands: readonly Query[]; readonly word: string }
  | { readonly kind: "not"; readonly operand: Query; readonly word: string }
  /** `word` is `all of`, `any of` or `none of` as written. */
  | {
      readonly kind: "group";
      readonly of: "all" | "any" | "none";
      readonly operands: readonly Query[];
      readonly word: string;
    }
  /** A parenthesis that may not be needed. */
  | { readonly kind: "parenthesis"; readonly operand: Query }
  | Condition;

/** One comparison of one attribute. `written` is all of it as text. */
export interface Condition {
  readonly kind: "condition";
  readonly subject: Subject;
  readonly comparison: Comparison;
  /** True where the words say the opposite of the comparison: the exact complement. */
  readonly negated: boolean;
  readonly written: string;
}

export interface Subject {
  /** Canonical name, or `metadata`. */
  readonly attribute: string;
  /** The key as the schema has it, where the attribute is `metadata`. */
  readonly key?: string;
  /** The campaign as the project has it, where the query narrows to one. */
  readonly campaign?: string;
}

export type Comparison =
  | { readonly kind: "known" }
  | {
      readonly kind: "text";
      readonly how: "is" | "starts" | "ends" | "contains";
      readonly texts: readonly string[];
    }
  /** An enumeration's canonical values. */
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | { readonly kind: "country"; readonly texts: readonly string[] }
  /** Plain decimals (`-1000.50`), in major units where the attribute is money. `between` has two. */
  | { readonly kind: "number"; readonly how: NumberComparison; readonly decimals: readonly string[] }
  | { readonly kind: "truth"; readonly value: boolean }
  /** `between` has two. */
  | { readonly kind: "date"; readonly how: DateComparison; readonly dates: readonly DateValue[] }
  | { readonly kind: "ago"; readonly how: "more" | "less" | "exactly"; readonly span: Span }
  | { readonly kind: "window"; readonly toward: "last" | "next"; readonly span: Span }
  | { readonly kind: "anniversary"; readonly on: DayAndMonth | RelativeDay }
  | { readonly kind: "anniversary window"; readonly toward: "last" | "next"; readonly span: Span }
  | { readonly kind: "month"; readonly month: number }
  | { readonly kind: "contains"; readonly every: boolean; readonly items: readonly Item[] }
  | { readonly kind: "empty" }
  | { readonly kind: "size"; readonly atLeast: number };

export type NumberComparison = "is" | "less" | "more" | "at least" | "at most" | "between";
export type DateComparison = "is" | "before" | "after" | "on or before" | "on or after" | "between";

/** A number of units, one where the text leaves it out. */
export interface Span {
  readonly amount: number;
  readonly unit: Unit;
}

export interface DayAndMonth {
  readonly kind: "day and month";
  readonly day: number;
  readonly month: number;
}

export interface RelativeDay {
  readonly kind: "relative day";
  /** -1 yesterday, 0 today, 1 tomorrow. */
  readonly days: number;
}

export type DateValue =
  | { readonly kind: "day"; readonly year: number; readonly month: number; readonly day: number }
  | DayAndMonth
  | RelativeDay
  | {
      readonly kind: "time";
      readonly year: number;
      readonly month: number;
      readonly day: number;
      readonly hour: number;
      readonly minute: number;
      /** Left out where the text stops at the minute. */
      readonly second?: number;
      /** East of Greenwich; left out where the text has none, which means the project's zone. */
      readonly offsetMinutes?: number;
    }
  | { readonly kind: "now" }
  | { readonly kind: "ago"; readonly span: Span }
  | { readonly kind: "ahead"; readonly span: Span }
  | { readonly kind: "start"; readonly of: "week" | "month" | "quarter" | "year" };

/** What a set is asked for. A text for consents and products too. */
export type Item =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "number"; readonly decimal: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "date"; readonly date: DateValue };

/** How tightly a node binds: what stands inside a tighter one needs a parenthesis. */
const tightness = { or: 1, and: 2, not: 3, group: 4, parenthesis: 4, condition: 4 } as const;

/** The query as text, with the parentheses that its tree needs. */
export function printQuery(query: Query): string {
  switch (query.kind) {
    case "condition":
      return query.written;
    case "parenthesis":
      return `(${printQuery(query.operand)})`;
    case "group":
      return `${query.word} (${query.operands.map(printQuery).join(", ")})`;
    case "not":
      return `${query.word} ${printInside(query.operand, tightness.not)}`;
    case "and":
    case "or":
      return query.operands
        .map((operand) => printInside(operand, tightness[query.kind]))
        .join(` ${query.word} `);
  }
}

function printInside(query: Query, around: number): string {
  return tightness[query.kind] < around ? `(${printQuery(query)})` : printQuery(query);
}

/** The conditions of a query, from left to right. */
export function conditionsOf(query: Query): Condition[] {
  switch (query.kind) {
    case "condition":
      return [query];
    case "parenthesis":
    case "not":
      return conditionsOf(query.operand);
    case "group":
    case "and":
    case "or":
      return query.operands.flatMap(conditionsOf);
  }
}
