// Plan nodes as `$match` conditions, in the operators of the query language that indexes serve. The plan is simplified: only a
// leaf is ever negated, and each test knows its exact complement.
import {
  always,
  type FieldReads,
  type Filter,
  type MongoExpression,
  never,
} from "../operators/encodings/encoding.js";
import { matchComplement, matchTest } from "../operators/encodings/index.js";
import type { Field, LeafNode, PlanNode } from "../plan/plan.js";
import { expressNode, recordReads } from "./express.js";

/** Gives the place of a field in the documents that the condition is for, and the condition that a sequence was found. */
export interface FieldPlace {
  readonly field: (field: Field) => Field;
  readonly sequence: (node: Extract<PlanNode, { kind: "sequence" }>) => string;
}

/** Fields at their own paths, in customers or in records; without sequences. */
export const inPlace: FieldPlace = {
  field: (field) => field,
  sequence: () => {
    throw new RangeError("A sequence was matched before it was worked out.");
  },
};

/** The condition of a node. @throws RangeError if anything but a leaf is negated. */
export function matchNode(node: PlanNode, place: FieldPlace): Filter {
  switch (node.kind) {
    case "constant":
      return node.value ? always : never;
    case "not":
      return matchNegated(node.operand, place);
    case "predicate":
      return matchTest(placed(node.field, place), node.test);
    case "compare":
    case "line":
      return { $expr: expressNode(node, readsOf(place)) };
    case "sequence":
      return { [place.sequence(node)]: true };
    case "and":
      return allOf(node.operands.map((operand) => matchNode(operand, place)));
    case "or":
      return { $or: node.operands.map((operand) => matchNode(operand, place)) };
    default:
      return node satisfies never;
  }
}

function matchNegated(node: PlanNode, place: FieldPlace): Filter {
  switch (node.kind) {
    case "predicate":
      return matchComplement(placed(node.field, place), node.test);
    case "compare":
    case "line":
      return { $expr: { $not: [expressNode(node, readsOf(place))] } };
    case "sequence":
      return { [place.sequence(node)]: { $ne: true } };
    default:
      throw new RangeError(
        `A plan with a negated ${node.kind satisfies Exclude<PlanNode["kind"], LeafNode["kind"]>}.`,
      );
  }
}

function placed(field: Field, place: FieldPlace): Field {
  if (field.sample === undefined) return place.field(field);
  throw new RangeError("A named sample was compiled before it was bound to the project's customers.");
}

/** The document itself is the customer or the record. */
function readsOf({ field }: FieldPlace): FieldReads {
  return recordReads(field, "$");
}

/** All of the conditions, as one document if no key occurs twice. */
export function allOf(filters: readonly Filter[]): Filter {
  const merged: Record<string, MongoExpression> = {};
  for (const filter of filters) {
    for (const key of Object.keys(filter)) {
      if (key in merged) return { $and: filters };
      merged[key] = filter[key]!;
    }
  }
  return merged;
}
