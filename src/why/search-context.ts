// What the search for a change is handed, and what it tries.

import type { Catalog } from "../catalog/model.js";
import type { CustomerDocument, ProductDocument } from "../documents/documents.js";
import type { Field, LeafNode, PlanNode } from "../plan/plan.js";
import type { WithRecords } from "../predicate/compile.js";
import type { Part } from "../query/part.js";
import type { ProfileChange } from "./change.js";
import type { Requirement } from "./choices.js";
import type { Constraint } from "./solve.js";

export type SeenCustomer = CustomerDocument & WithRecords;

/** One customer and one query, to be tried with changes. */
export interface SearchContext {
  readonly catalog: Catalog;
  /** The instant of the question, in milliseconds since the epoch. */
  readonly asOf: number;
  /** What the query means at an instant; undefined where it means nothing there. */
  readonly partAt: (asOf: number) => Part | undefined;
  /** The customer after changes, at an instant; undefined where they can't be made. */
  readonly after: (changes: readonly ProfileChange[], asOf: number) => SeenCustomer | undefined;
  /** A product by the key that orders have of it. */
  readonly product: (key: string) => ProductDocument | undefined;
  /** A text as the query writes it, where it writes it. */
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

/** What a proposal is made for: a condition that has to become something else, and all that has to be so with it. */
export interface Goal {
  readonly requirement: Requirement;
  readonly leaf: Extract<PlanNode, { kind: "predicate" }>;
  /** What the chosen conditions want of the same field, this one among them. */
  readonly constraints: readonly Constraint[];
  readonly situation: Situation;
  readonly context: SearchContext;
  /** A new id for a record. */
  readonly newId: () => string;
}

/** What two conditions on one thing share. */
export function fieldKey({ attribute, campaign, figure }: Field): string {
  return figure === undefined ? `${attribute}\u0000${campaign?.name ?? ""}` : JSON.stringify(figure);
}
