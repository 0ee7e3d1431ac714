// The input of the search for a change, and what it tries.

import type { Catalog } from "../../catalog/model.js";
import type { CustomerDocument, ProductDocument } from "../../documents/documents.js";
import type { Field, LeafNode, PredicateNode } from "../../plan/plan.js";
import type { WithRecords } from "../../predicate/compile.js";
import type { Part } from "../../query/part.js";
import type { ProfileChange } from "../change.js";
import type { Requirement } from "./choices.js";
import type { Constraint } from "./solve.js";

export type SeenCustomer = CustomerDocument & WithRecords;

/** One customer and one query, to try changes on. */
export interface SearchContext {
  readonly catalog: Catalog;
  /** The instant of the question, in milliseconds since the epoch. */
  readonly asOf: number;
  /** The meaning of the query at an instant; undefined if it has none then. */
  readonly partAt: (asOf: number) => Part | undefined;
  /** The customer after changes, at an instant; undefined if they can't be made. */
  readonly after: (changes: readonly ProfileChange[], asOf: number) => SeenCustomer | undefined;
  /** A product by its key in orders. */
  readonly product: (key: string) => ProductDocument | undefined;
  /** A text in the query's spelling, if the query contains it. */
  readonly spelled: (text: string) => string;
}

/** The situation after some changes. */
export interface Situation {
  readonly changes: readonly ProfileChange[];
  readonly asOf: number;
  readonly customer: SeenCustomer;
  /** The conditions of the query at that instant, in their order, and whether each holds. */
  readonly leaves: readonly LeafNode[];
  readonly truth: readonly boolean[];
  /** Whether the customer is in. */
  readonly holds: boolean;
}

/** What a proposal is made for: a condition that has to change its truth, and the constraints to fulfil with it. */
export interface Goal {
  readonly requirement: Requirement;
  readonly leaf: PredicateNode;
  /** What the chosen conditions require of the same field, including this one. */
  readonly constraints: readonly Constraint[];
  readonly situation: Situation;
  readonly context: SearchContext;
  /** A new id for a record. */
  readonly newId: () => string;
}

/** The same for a condition on one thing after another. */
export type SequenceGoal = Omit<Goal, "leaf" | "constraints"> & {
  readonly leaf: Extract<LeafNode, { kind: "sequence" }>;
  /** As that of the context, but charged to the search and in its slices; also undefined when its budget is spent. */
  readonly after: (changes: readonly ProfileChange[], asOf: number) => Promise<SeenCustomer | undefined>;
};

/** A key that is equal for conditions on the same field. */
export function fieldKey({ attribute, campaign, figure }: Field): string {
  return figure === undefined ? `${attribute}\u0000${campaign?.name ?? ""}` : JSON.stringify(figure);
}
