// The plan: what a checked query means, as frozen plain JSON. Every name is resolved, every value typed and normalised,
// time is bound to one instant. Nothing after the checker reads text again.

import type { Unit } from "./calendar.js";

/** A value as documents hold it. An instant is `{ instant }`, in milliseconds since the epoch. */
export type Scalar = string | number | boolean | Instant;

export interface Instant {
  readonly instant: number;
  /** True where it goes on with the clock, so that a closure may be asked as of later. Pipelines take no notice of it. */
  readonly slides?: boolean;
}

/**
 * What an attribute is worked out from; `profile` and `balances` are the same under every as-of. A `figure` is worked out
 * of a customer's records for this query alone; a `record` field is one record's own.
 */
export type Scope =
  | "profile"
  | "orders"
  | "redemptions"
  | "referrals"
  | "balances"
  | "figure"
  | "record"
  /** One line of a record's. */
  | "line"
  /** The record of a sequence's positive step before, and one line of that. */
  | "previous"
  | "previousLine";

/** The collections whose records conditions on events, and figures within a window, are about. */
export const recordSets = ["events", "orders", "redemptions", "referrals"] as const;
export type RecordSet = (typeof recordSets)[number];

type Aggregate = "count" | "sum" | "average" | "min" | "max" | "different";

/** A unit of the calendar in a project's zone (IANA name); weeks start on Monday. */
export interface CalendarUnits {
  readonly unit: "day" | "week" | "month" | "quarter" | "year";
  readonly zone: string;
}

/** A length of time, in calendar units of a zone where it is a day or longer. */
export interface Distance {
  readonly amount: number;
  readonly unit: Unit;
  readonly zone: string;
}

/** What the records of one customer come to: how many there are, or what a property of them comes to. */
export interface Figure {
  readonly records: RecordSet;
  /** The type of event; none for other records. */
  readonly type?: string;
  /** The campaign's stored name, where referrals are narrowed to one. */
  readonly campaign?: string;
  /** The earliest instant of a record. */
  readonly from?: Bound;
  /** The latest: as-of or sooner, for what is later is not seen yet. */
  readonly to: Bound;
  /** A condition on each record; its fields are of scope `record`. */
  readonly where?: PlanNode;
  readonly aggregate: Aggregate;
  /** What is aggregated, over the records of which it is known; the records themselves are counted where it is missing. */
  readonly of?: Field;
  /** For `different`: it is the calendar's units that are counted, on which the records fall. */
  readonly calendar?: CalendarUnits;
}

/** One attribute of a customer, resolved to where documents hold it. */
export interface Field {
  /** Canonical name, as `orders.total_amount`. */
  readonly attribute: string;
  readonly scope: Scope;
  /** Path in the customer document. Under `activity.` it moves to `asOf.` when worked out from the records. */
  readonly path: string;
  /** Path of the reversed text, where the attribute is text. */
  readonly reversedPath?: string;
  /** Path of `MM-DD`, where the attribute is a date. */
  readonly yearlyPath?: string;
  /** Path of the number of different elements, where the attribute is a set and that is stored. */
  readonly sizePath?: string;
  /** The campaign's stored name, where the query narrows to one. `path` then is relative to the campaign's entry. */
  readonly campaign?: { readonly listPath: string; readonly name: string };
  /** True where the document holds an array. */
  readonly set?: boolean;
  /** True where a missing value stands for 0 (campaign entries, counts and sums). */
  readonly zeroWithout?: boolean;
  /** True of how many there are of something: a whole number from 0 on. */
  readonly counted?: boolean;
  /** For scope `figure`; `path` is then where the pipeline puts it. */
  readonly figure?: Figure;
  /** The name of the sample that a customer's number is of; without one it is the nameless sample's, which is stored. */
  readonly sample?: string;
  /** True where stored numbers may have a fraction, so that sums of them need rounding to be exact. */
  readonly fractional?: boolean;
}

/** One bound of a range. */
export interface Bound {
  readonly value: Scalar;
  readonly inclusive: boolean;
}

/** A closed span of values; one point where both ends are equal. */
export interface Span {
  readonly from: Scalar;
  readonly to: Scalar;
}

/** What a field is tested for. Every test is two-valued: it is false of a missing value. */
export type Test =
  | { readonly kind: "known" }
  | { readonly kind: "oneOf"; readonly values: readonly Scalar[] }
  | { readonly kind: "range"; readonly from?: Bound; readonly to?: Bound }
  | { readonly kind: "startsWith"; readonly text: string }
  | { readonly kind: "endsWith"; readonly text: string }
  | { readonly kind: "contains"; readonly text: string }
  /** A set has an element within one of these closed spans (`hasAll`: within each of them). */
  | { readonly kind: "hasAny"; readonly values: readonly Span[] }
  | { readonly kind: "hasAll"; readonly values: readonly Span[] }
  /** A set has this many different elements. */
  | { readonly kind: "hasAtLeast"; readonly size: number }
  | { readonly kind: "hasAtMost"; readonly size: number }
  | { readonly kind: "yearly"; readonly days: readonly string[] }
  /** Bought a product that one of `texts` names (`every`: each of them): resolved to `hasAny`/`hasAll` by `bindProducts`. */
  | { readonly kind: "bought"; readonly texts: readonly string[]; readonly every: boolean };

/** One side of a comparison of two fields: the field's value, or what is made of it. */
export interface Side {
  readonly field: Field;
  /**
   * `day`: the day of the zone that an instant falls on; `major`: money in major units, `scale` minor ones to each; `country` and
   * `source`: a text as the country or the source that it names.
   */
  readonly as?:
    | { readonly kind: "day"; readonly zone: string }
    | { readonly kind: "major"; readonly scale: number }
    | { readonly kind: "country" }
    | { readonly kind: "source" };
  /** The date moved by this much, after it was made what `as` says; `amount` is negative for back. */
  readonly shift?: Distance;
}

/**
 * How two fields compare: the first is the same, less, not more, begins or ends with or holds the second; `has`: a set has an
 * element; `shares`: two sets have an element in common. Each is false where either is unknown.
 */
export type Relation = "same" | "less" | "atMost" | "startsWith" | "endsWith" | "contains" | "has" | "shares";

/** One step of a sequence, and the records that pass it. */
export interface SequenceStep {
  readonly records: Extract<RecordSet, "events" | "orders">;
  /** The type of event; none for orders. */
  readonly type?: string;
  readonly from?: Bound;
  readonly to: Bound;
  /** A condition on the record. */
  readonly where?: PlanNode;
  /** A condition on the record and the one of the positive step before. */
  readonly same?: PlanNode;
  /** At most this long after the record of the positive step before. */
  readonly within?: Distance;
  readonly negated: boolean;
  /** Of a negative step at the end: the latest time of the record before after which `within` has passed at as-of. */
  readonly settled?: Bound;
}

export type PlanNode =
  | { readonly kind: "and"; readonly operands: readonly PlanNode[] }
  | { readonly kind: "or"; readonly operands: readonly PlanNode[] }
  | { readonly kind: "not"; readonly operand: PlanNode }
  /** True (or false) of every customer. */
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "predicate"; readonly field: Field; readonly test: Test }
  | { readonly kind: "compare"; readonly left: Side; readonly relation: Relation; readonly right: Side }
  /** One line at a path of a record (of the one before, with `previous`) passes; its fields are of scope `line` or `previousLine`. */
  | { readonly kind: "line"; readonly path: string; readonly previous?: true; readonly where: PlanNode }
  /** The customer has records that pass the steps in turn. The first step is positive, and the earliest or latest with `which`. */
  | { readonly kind: "sequence"; readonly which?: "first" | "last"; readonly steps: readonly SequenceStep[] };

/** A node that is no `and`, `or`, `not` or constant. */
export type LeafNode = Extract<PlanNode, { kind: "predicate" | "compare" | "line" | "sequence" }>;

export interface Plan {
  readonly version: 1;
  readonly project: string;
  /** The instant that every part of the query sees, in milliseconds since the epoch. */
  readonly asOf: number;
  readonly where: PlanNode;
}
