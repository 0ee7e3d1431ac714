// The oracle's own tree of a query, apart from the product's. Every node carries its meaning and, beside it, the words that
// it is printed with, so that one meaning can be written in many ways.
import type { Unit } from "./calendar.js";
import type { Sight } from "./facts.js";

export type Query =
  /** `word` is the text between the operands: `and`, `AND`, or with a comment or a line break around it. */
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
  | Condition
  | EventCondition
  | Occurrence
  | Measure
  | Sample
  | Reading;

/** Words whose meaning stands beside them, as the second version of the language has them. */
export interface Reading {
  readonly kind: "reading";
  readonly written: string;
  readonly holds: (sight: Sight) => boolean;
  /** `where`: its end would take in what follows. */
  readonly ends: "closed" | "where";
  /** How many conditions on events it counts as; none if it is left out. */
  readonly eventConditions?: number;
  /** True if a `not` before it would be read as that of its first words. */
  readonly loose?: boolean;
  /** The same with one part left out, in every way. */
  readonly simpler?: () => readonly Query[];
}

/** `performed "page viewed" at least 3 times in the last 7 days where …`, or that it was not performed. */
export interface EventCondition {
  readonly kind: "event";
  /** As the project has it, or `order`. */
  readonly event: string;
  /** True of `has not performed` and `never performed`, which have no count. */
  readonly negated: boolean;
  /** All before the clauses: `has performed "page viewed"`. */
  readonly head: string;
  /** As they are written one after the other; each kind at most once. */
  readonly clauses: readonly Clause[];
}

/** `last performed login more than 90 days ago`. */
export interface Occurrence {
  readonly kind: "occurrence";
  readonly which: "first" | "last";
  readonly event: string;
  readonly comparison: Comparison;
  readonly negated: boolean;
  readonly written: string;
}

export type Aggregate = "sum" | "average" | "min" | "max" | "count";

/** `sum of amount of order in the last year where … is at least 1000`. */
export interface Measure {
  readonly kind: "measure";
  readonly aggregate: Aggregate;
  /** Left out if events are counted, regardless of their properties. */
  readonly property?: Subject;
  readonly event: string;
  /** All before the clauses: `the sum of amount of order`. */
  readonly head: string;
  /** None of them a count. */
  readonly clauses: readonly Clause[];
  readonly comparison: Comparison;
  readonly negated: boolean;
  /** The comparison as text. */
  readonly words: string;
}

export type CountComparison = "at least" | "at most" | "exactly" | "more" | "less";

export type Clause =
  | {
      readonly kind: "count";
      readonly how: CountComparison;
      readonly times: number;
      readonly written: string;
    }
  /** What the time of an event is compared by. */
  | { readonly kind: "window"; readonly comparison: Comparison; readonly written: string }
  /** Another window of the second version, with what it means of an event's time. */
  | {
      readonly kind: "time";
      readonly passes: (at: number, sight: Sight) => boolean;
      readonly written: string;
    }
  /** `on at least 3 different days`. */
  | {
      readonly kind: "days";
      readonly how: CountComparison;
      readonly times: number;
      readonly unit: Exclude<Unit, "minute" | "hour">;
      readonly written: string;
    }
  /** `written` is the word itself. The conditions are of the event's own properties. */
  | { readonly kind: "where"; readonly query: Query; readonly written: string };

/** `in sample 10% of "spring-test"`. */
export interface Sample {
  readonly kind: "sample";
  /** A plain decimal from 0 to 100. */
  readonly percent: string;
  /** Empty if none is given. */
  readonly name: string;
  readonly written: string;
}

/** One comparison of one attribute. `written` is all of it as text. */
export interface Condition {
  readonly kind: "condition";
  readonly subject: Subject;
  readonly comparison: Comparison;
  /** True if the words say the opposite of the comparison: the exact complement. */
  readonly negated: boolean;
  readonly written: string;
  /** True if a true/false attribute stands alone, so that no clause may follow. */
  readonly alone?: boolean;
}

export interface Subject {
  /** Canonical name, or `metadata`; of an event `property`, and of an order `amount`, `status`, `product` or `quantity`. */
  readonly attribute: string;
  /** The key as the schema has it, if the attribute is `metadata` or `property`. */
  readonly key?: string;
  /** The event whose property it is; left out for what belongs to the customer. */
  readonly event?: string;
  /** The campaign as the project has it, if the query narrows to one. */
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

type NumberComparison = "is" | "less" | "more" | "at least" | "at most" | "between";
export type DateComparison = "is" | "before" | "after" | "on or before" | "on or after" | "between";

/** A number of units, one if the text leaves it out. */
export interface Span {
  readonly amount: number;
  readonly unit: Unit;
}

interface DayAndMonth {
  readonly kind: "day and month";
  readonly day: number;
  readonly month: number;
}

interface RelativeDay {
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
      /** Left out if the text stops at the minute. */
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
