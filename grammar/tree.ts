// The syntax tree: plain JSON with a version, one interface for each kind. It holds what was written, not what it means: names
// are unresolved and values are text, since the meaning of `01.02` depends on the attribute that it is compared with.
import type { Span } from "./diagnostic.js";

/** The versions of the language; a tree carries the version that it was read in, and a stored query keeps its version. */
export const languageVersions = [1, 2] as const;
export type LanguageVersion = (typeof languageVersions)[number];

/** The version that a text is read in by default. */
export const treeVersion = 2 satisfies LanguageVersion;

interface Located {
  readonly span: Span;
  /** The source text under the span. */
  readonly raw: string;
}

/** The words of an attribute, as written except for white space: `total amount of customer orders`, ``metadata.`is vip` ``. */
export interface Name extends Located {
  readonly kind: "Name";
  readonly text: string;
}

/** A literal. Whether it was quoted is not kept: quotes never change a type, they only say where a value ends. */
export interface Value extends Located {
  readonly kind: "Value";
  /** Without quotes and escapes; in a bare value a run of white space is one space. */
  readonly text: string;
  /** The words after `customer's` in a bare value: another attribute or, if there is none of that name, plain words. */
  readonly attribute?: string;
  /** The campaign that the attribute is narrowed to. */
  readonly campaign?: Value;
}

/** An operator, by the name in its operator file. */
export interface OperatorUse extends Located {
  readonly kind: "Operator";
  readonly name: string;
  /** True for `is not`, `does not contain`, `is unknown`, …: the exact complement. */
  readonly negated: boolean;
}

interface And extends Located {
  readonly kind: "And";
  readonly operands: readonly Expression[];
}

interface Or extends Located {
  readonly kind: "Or";
  readonly operands: readonly Expression[];
}

interface Not extends Located {
  readonly kind: "Not";
  readonly operand: Expression;
}

interface Group extends Located {
  readonly kind: "Group";
  readonly quantifier: "all" | "any" | "none";
  readonly operands: readonly Expression[];
}

/** `email ends with .uk`; in a `where`, over the event's own properties. */
export interface Comparison extends Located {
  readonly kind: "Comparison";
  readonly attribute: Name;
  /** As in `loyalty points in campaign "Club" is 0`. */
  readonly campaign?: Value;
  /** As in `number of orders in the last 30 days is at least 2`. */
  readonly window?: EventWindow;
  readonly operator: OperatorUse;
  /** None, one, two (a range) or as many as a list has. */
  readonly operands: readonly Value[];
}

/** A true/false attribute alone. */
export interface Flag extends Located {
  readonly kind: "Flag";
  readonly attribute: Name;
}

export type CountComparison = "at_least" | "at_most" | "exactly" | "more_than" | "less_than";

export interface EventCount extends Located {
  readonly kind: "EventCount";
  readonly comparison: CountComparison;
  readonly times: Value;
}

/** `on at least 3 different days`. */
export interface EventDays extends Located {
  readonly kind: "EventDays";
  readonly comparison: CountComparison;
  readonly number: Value;
  /** As written: the checker decides which units exist. */
  readonly unit: Value;
}

/**
 * When an event happened. `during` is a span of the calendar (`this month`); `within` has three operands: a length of time,
 * `of`, `after` or `before`, and an attribute of the customer.
 */
export interface EventWindow extends Located {
  readonly kind: "EventWindow";
  readonly form: "in_the_last" | "since" | "before" | "after" | "between" | "on" | "during" | "within";
  readonly operands: readonly Value[];
}

/** `performed "page viewed" at least 3 times in the last 7 days where …`. */
export interface EventCondition extends Located {
  readonly kind: "Event";
  /** True for `has not performed`, `never performed`. */
  readonly negated: boolean;
  /** As written, noise included: an event may be named `customer created`. */
  readonly name: Value;
  readonly count?: EventCount;
  readonly days?: EventDays;
  readonly window?: EventWindow;
  readonly where?: Expression;
}

/** `with the same product`, `with amount the same as value`. */
export interface StepSame extends Located {
  readonly kind: "StepSame";
  /** Of this step's event. */
  readonly property: Value;
  /** Of the event of the positive step before, if that is another property. */
  readonly previous?: Value;
}

/** `performed checkout within 3 days`, after `then`; `negated` if it must not have happened. */
export interface SequenceStep extends Located {
  readonly kind: "Step";
  readonly negated: boolean;
  readonly name: Value;
  readonly window?: EventWindow;
  readonly where?: Expression;
  readonly same?: StepSame;
  /** At most this long after the positive step before. */
  readonly within?: Value;
}

/** `last performed "cart updated" then not placed order within 1 hour`. */
export interface Sequence extends Located {
  readonly kind: "Sequence";
  /** Set if the first step may only be the earliest or the latest of its kind. */
  readonly which?: "first" | "last";
  readonly steps: readonly SequenceStep[];
}

/** `last performed login more than 90 days ago`. */
export interface Occurrence extends Located {
  readonly kind: "Occurrence";
  readonly which: "first" | "last";
  readonly name: Value;
  readonly operator: OperatorUse;
  readonly operands: readonly Value[];
}

/** Aggregates of a customer's records, in the words of the language. */
export const aggregates = ["sum", "average", "min", "max", "count"] as const;
export type Aggregate = (typeof aggregates)[number];

/** `sum of amount of order in the last 365 days is at least 1000`. */
export interface Measure extends Located {
  readonly kind: "Measure";
  readonly aggregate: Aggregate;
  /** True of `count of different product of order`. */
  readonly different?: true;
  readonly property?: Value;
  readonly name: Value;
  readonly window?: EventWindow;
  readonly where?: Expression;
  readonly operator: OperatorUse;
  readonly operands: readonly Value[];
}

/** `in segment "VIP"`. */
export interface Membership extends Located {
  readonly kind: "Membership";
  /** The segment's name. */
  readonly segment: Value;
  /** The segment's id, in a tree that was checked: it takes precedence over the name, which may have changed since. */
  readonly segmentId?: string;
}

/** `in sample 10% of "spring-test"`. */
export interface Sample extends Located {
  readonly kind: "Sample";
  readonly share: Value;
  readonly name?: Value;
}

/** `item (product contains MacBook and quantity is at least 2)`: one line of an order passes all of it. */
export interface Item extends Located {
  readonly kind: "Item";
  readonly operand: Expression;
}

/** `everyone`. */
export interface Everyone extends Located {
  readonly kind: "Everyone";
}

/** Placeholder for a part with a reported mistake, so that the rest can still be checked; empty if a condition is missing. */
export interface Invalid extends Located {
  readonly kind: "Invalid";
}

/** What joins conditions. */
export type Connective = And | Or | Not | Group;

const connectives: Readonly<Record<Connective["kind"], true>> = {
  And: true,
  Or: true,
  Not: true,
  Group: true,
};

/** True of what joins conditions, false of a condition. */
export function isConnective(expression: Expression): expression is Connective {
  return Object.hasOwn(connectives, expression.kind);
}

/** What a customer either fulfils or does not. */
export type Condition = Exclude<Expression, Connective>;

export type Expression =
  | Connective
  | Comparison
  | Flag
  | EventCondition
  | Occurrence
  | Sequence
  | Measure
  | Membership
  | Sample
  | Item
  | Everyone
  | Invalid;

export interface Comment extends Located {
  readonly kind: "Comment";
  /** Without the mark, trimmed. */
  readonly text: string;
}

export interface Query extends Located {
  readonly kind: "Query";
  readonly version: LanguageVersion;
  readonly expression: Expression;
  readonly comments: readonly Comment[];
}
