// What the rules of the checker share, as types: the surroundings of a condition, what a name and a value are read for, and the
// result of checking a condition.
import type { Diagnostic, Fix } from "../../grammar/diagnostic.js";
import type { Source } from "../../grammar/source.js";
import type {
  Comparison,
  EventCondition,
  Expression,
  Measure,
  OperatorUse,
  SequenceStep,
  Value,
} from "../../grammar/tree.js";
import type { Attribute, Catalog, EventType } from "../catalog/model.js";
import type { Operator } from "../operators/operator.js";
import type { Literal, ValueType } from "../plan/literals.js";
import type { PlanNode } from "../plan/plan.js";
import type { Mending } from "./mends.js";

/** What every rule receives: the catalogue, the one instant, and the surroundings of the condition. */
export interface Scope {
  readonly catalog: Catalog;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  /** Every diagnostic of the query so far. Only the check of an expression adds to it; rules return their failures. */
  readonly diagnostics: Diagnostic[];
  /** The query's text, for spans in it. */
  readonly source: Source;
  readonly segments: SegmentNesting;
  /** Collects the values that customers are compared with; those of a segment that the query names are not collected. */
  readonly asked?: AskedValue[];
  /** True for a saved query, which was valid when it was saved: a range that time has turned upside down is empty. */
  readonly isSaved?: boolean;
  /** Set in a `where`, whose names are the event's own. */
  readonly within?: Within;
  /** Tries fixes; absent if the text itself is checked as such a trial. */
  readonly mending?: Mending | undefined;
  /** Collects the fixes that only put the language's words for others that surely mean the same. */
  readonly synonyms?: Set<Fix> | undefined;
  /** What the parser reported, for a condition to explain better. */
  readonly syntax?: readonly Diagnostic[];
  /** The conditions around this one, which may show what was meant. */
  readonly around: Surroundings;
}

/** The conditions joined with one. In a group a comma ends a condition. */
export interface Surroundings {
  /** Those before it, in the order of the text. */
  readonly before: readonly Expression[];
  /** Those after it. */
  readonly behind: readonly Expression[];
  /** The word between it and the one before. */
  readonly joint?: "and" | "or" | undefined;
  readonly inGroup: boolean;
}

/** A text that a field of customers is compared with, for equality or as an element. */
export interface AskedValue {
  readonly attribute: Attribute;
  readonly value: string;
  /** As it was written. */
  readonly written: Value;
}

/** The condition on events whose `where` is being checked. */
interface Within {
  readonly type: EventType;
  /** The catalogue of customers' attributes. */
  readonly outer: Catalog;
  readonly condition: EventCondition | Measure | SequenceStep;
}

/** An attribute, or an aspect of it, that a condition is on. */
export interface Named {
  readonly attribute: Attribute;
  readonly type: ValueType;
  readonly canonicalName: string;
}

/** An operator with its values. */
export type Operation = Pick<Comparison, "operator" | "operands">;

/** The purpose that a value is read for. */
export interface Wanted {
  readonly attribute: Attribute;
  readonly type: ValueType;
  readonly operator: Operator;
  /** The operator as it was written. */
  readonly written: string;
  /** Where it was written, for fixes that change it. */
  readonly use?: OperatorUse;
}

/** What the values of a comparison are read for. */
export interface WantedOperands extends Wanted, Named {}

/** The values of an operation, read. */
export interface Reading {
  readonly operation: Operation;
  readonly wanted: WantedOperands;
  readonly literals: readonly Literal[];
}

/** A checked condition: its meaning, and its canonical form. */
export interface CheckedCondition<Node> {
  readonly plan: PlanNode;
  readonly canonical: Node;
  /** The values that were read for it. */
  readonly readings?: readonly Reading[];
}

/** The size of a query, including the segments that it names. */
export interface Size {
  readonly segments: number;
  readonly conditions: number;
  readonly events: number;
  /** How many segments are nested there. */
  readonly levels: number;
}

/** The query of a segment that another query names. */
export type Inlined = { readonly plan: PlanNode; readonly size: Size } | { readonly mistake: Diagnostic };

/** The segments that are being checked, and their total size so far. */
export interface SegmentNesting {
  /** The segments that are being checked, outermost first, by id. */
  readonly path: readonly string[];
  /** The total size of the segments named so far. */
  readonly met: { size: Size };
  /** Every segment is checked once for a query, however often it is named. By id. */
  readonly known: Map<string, Inlined>;
}

/** The surroundings of a query's whole expression. */
export const nothingAround: Surroundings = { before: [], behind: [], inGroup: false };
