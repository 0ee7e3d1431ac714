// The plan: what a checked query means, as frozen plain JSON. Every name is resolved, every value typed and normalised,
// time is bound to one instant. Nothing after the checker reads text again.

import type { Unit } from "./calendar.js";

/** A value as documents hold it. An instant is `{ instant }`, in milliseconds since the epoch. */
export type Scalar = string | number | boolean | Instant;

export interface Instant {
  readonly instant: number;
  /** True if it slides with the clock, so that a closure can be evaluated as of a later instant. Pipelines ignore it. */
  readonly slides?: boolean;
}

/**
 * The source of an attribute's value; `profile` and `balances` are the same under every as-of. A `figure` is computed
 * from a customer's records for this query alone; a `record` field belongs to one record.
 */
export type FieldScope =
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

/** The collections that conditions on events, and figures within a window, read. */
const recordSets = ["events", "orders", "redemptions", "referrals"] as const;
export type RecordSet = (typeof recordSets)[number];

type Aggregate = "count" | "sum" | "average" | "min" | "max" | "different";

/** A unit of the calendar in a project's zone (IANA name); weeks start on Monday. */
export interface CalendarUnits {
  readonly unit: "day" | "week" | "month" | "quarter" | "year";
  readonly zone: string;
}

/** A length of time; a day and longer units are calendar units of a zone. */
export interface Distance {
  readonly amount: number;
  readonly unit: Unit;
  readonly zone: string;
}

/** An aggregate of one customer's records: their number, or an aggregate of a property. */
export interface Figure {
  readonly records: RecordSet;
  /** The type of event; none for other records. */
  readonly type?: string;
  /** The campaign's stored name, if referrals are narrowed to one. */
  readonly campaign?: string;
  /** The earliest instant of a record. */
  readonly from?: Bound;
  /** The latest: as-of or earlier, since later records don't count yet. */
  readonly to: Bound;
  /** A condition on each record; its fields are of scope `record`. */
  readonly where?: PlanNode;
  readonly aggregate: Aggregate;
  /** The field that is aggregated, over the records that have it; if absent, the records themselves are counted. */
  readonly of?: Field;
  /** For `different`: counts the calendar units that the records fall on. */
  readonly calendar?: CalendarUnits;
}

/** One attribute of a customer, resolved to its place in documents. */
export interface Field {
  /** Canonical name, as `orders.total_amount`. */
  readonly attribute: string;
  readonly scope: FieldScope;
  /**
   * Path in the customer document. The pipeline moves one under `activity.` to `as_of.` if its figure is computed from the
   * records.
   */
  readonly path: string;
  /** Path of the reversed text, if the attribute is text. */
  readonly reversedPath?: string;
  /** Path of `MM-DD`, where the attribute is a date. */
  readonly yearlyPath?: string;
  /** Path of the number of different elements, if the attribute is a set whose size is stored. */
  readonly sizePath?: string;
  /** The campaign, if the query narrows to one. `path` is then relative to the campaign's entry in the list. */
  readonly campaign?: { readonly listPath: string; readonly name: string };
  /** True if the document holds an array. */
  readonly set?: boolean;
  /** True if a missing value means 0 (campaign entries, counts and sums). */
  readonly zeroWithout?: boolean;
  /** True of counts: whole numbers from 0 on. */
  readonly counted?: boolean;
  /** For scope `figure`; `path` is then the field that the pipeline stores it in. */
  readonly figure?: Figure;
  /** The name of the sample that the customer's number belongs to; the nameless sample's number is stored. */
  readonly sample?: string;
  /** True if stored numbers may have a fraction, so that their sums need rounding to be exact. */
  readonly fractional?: boolean;
}

/** One bound of a range. */
export interface Bound {
  readonly value: Scalar;
  readonly inclusive: boolean;
}

/** A closed span of values; one point if both ends are equal. */
export interface ValueSpan {
  readonly from: Scalar;
  readonly to: Scalar;
}

/** What a field is tested for. Every test is two-valued: it is false for a missing value. */
export type Test =
  | { readonly kind: "known" }
  | { readonly kind: "oneOf"; readonly values: readonly Scalar[] }
  | { readonly kind: "range"; readonly from?: Bound; readonly to?: Bound }
  | { readonly kind: "startsWith"; readonly text: string }
  | { readonly kind: "endsWith"; readonly text: string }
  | { readonly kind: "contains"; readonly text: string }
  /** A set has an element within one of these closed spans (`hasAll`: within each of them). */
  | { readonly kind: "hasAny"; readonly values: readonly ValueSpan[] }
  | { readonly kind: "hasAll"; readonly values: readonly ValueSpan[] }
  /** A set has this many different elements. */
  | { readonly kind: "hasAtLeast"; readonly size: number }
  | { readonly kind: "hasAtMost"; readonly size: number }
  | { readonly kind: "yearly"; readonly days: readonly string[] }
  /**
   * Bought a product that one of `texts` names (`every`: products for all of them): resolved to `hasAny`/`hasAll` by
   * `bindProducts`.
   */
  | { readonly kind: "bought"; readonly texts: readonly string[]; readonly every: boolean };

/** One side of a comparison of two fields: the field's value, or a value derived from it. */
export interface Side {
  readonly field: Field;
  /**
   * `day`: the day of the zone that an instant falls on; `major`: money in major units, `scale` minor ones to each; `country` and
   * `source`: a text as the country or the source that it names. `exact`: the text as it was given, trimmed; with a `key`, it is
   * that key's in the object at the path, which may spell the key in another case. `imported`: a country's name as it was given, at
   * `path`, in the form in which text compares; the field holds what the country compares by.
   */
  readonly as?:
    | { readonly kind: "day"; readonly zone: string }
    | { readonly kind: "major"; readonly scale: number }
    | { readonly kind: "country" }
    | { readonly kind: "source" }
    | { readonly kind: "exact"; readonly key?: string }
    | { readonly kind: "imported"; readonly path: string };
  /** Moves the date, after the conversion by `as`; a negative `amount` moves it back. */
  readonly shift?: Distance;
}

/**
 * How two fields compare: the first is the same as, less than or at most the second, or begins with, ends with or contains it;
 * `has`: a set has an element; `shares`: two sets have an element in common. Each is false if either is unknown.
 */
export type Relation = "same" | "less" | "atMost" | "startsWith" | "endsWith" | "contains" | "has" | "shares";

/** One step of a sequence: the conditions on its records. */
export interface PlannedStep {
  readonly records: Extract<RecordSet, "events" | "orders">;
  /** The type of event; none for orders. */
  readonly type?: string;
  readonly from?: Bound;
  readonly to: Bound;
  /** A condition on the record. */
  readonly where?: PlanNode;
  /** A condition on the record and that of the preceding positive step. */
  readonly same?: PlanNode;
  /** At most this long after the record of the preceding positive step. */
  readonly within?: Distance;
  readonly negated: boolean;
  /** For a negative step at the end: the latest time of the preceding record for which `within` has passed at as-of. */
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
  /**
   * One line at a path of a record (of the one before, with `previous`) passes; its fields are of scope `line` or `previousLine`.
   */
  | { readonly kind: "line"; readonly path: string; readonly previous?: true; readonly where: PlanNode }
  /**
   * The customer has records that pass the steps in order. The first step is positive; `which` makes it the earliest or latest.
   */
  | { readonly kind: "sequence"; readonly which?: "first" | "last"; readonly steps: readonly PlannedStep[] };

/** A test of one field. */
export type PredicateNode = Extract<PlanNode, { kind: "predicate" }>;

/** A node other than `and`, `or`, `not` and constant. */
export type LeafNode = Extract<PlanNode, { kind: "predicate" | "compare" | "line" | "sequence" }>;

export interface Plan {
  readonly version: 1;
  readonly project: string;
  /** The instant that every part of the query is evaluated at, in milliseconds since the epoch. */
  readonly asOf: number;
  readonly where: PlanNode;
}
