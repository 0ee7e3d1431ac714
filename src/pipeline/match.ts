// Plan nodes as `$match` conditions, in the words of the query language that indexes serve. The plan is simplified: only a
// test is ever negated, and each knows its exact complement.
import { always, type Filter, never } from "../operators/encodings/encoding.js";
import { matchComplement, matchTest } from "../operators/encodings/index.js";
import type { Field, PlanNode } from "../plan/plan.js";

/** Says where a field stands in the documents that the condition is for. */
export type FieldMapping = (field: Field) => Field;

/** The condition of a node. @throws RangeError where something else than a test is negated. */
export function matchNode(node: PlanNode, place: FieldMapping): Filter {
  switch (node.kind) {
    case "constant":
      return node.value ? always : never;
    case "not":
      if (node.operand.kind !== "predicate")
        throw new RangeError(`A plan with a negated ${node.operand.kind}.`);
      return matchComplement(place(node.operand.field), node.operand.test);
    case "predicate":
      if (node.field.sample !== undefined)
        throw new RangeError("A named sample was compiled before it was bound to the project's customers.");
      return matchTest(place(node.field), node.test);
    case "and":
      return allOf(node.operands.map((operand) => matchNode(operand, place)));
    case "or":
      return { $or: node.operands.map((operand) => matchNode(operand, place)) };
  }
}

/** All of the conditions, as one document where no key would be lost. */
export function allOf(filters: readonly Filter[]): Filter {
  const merged: Record<string, unknown> = {};
  for (const filter of filters) {
    for (const [key, condition] of Object.entries(filter)) {
      if (key in merged) return { $and: filters };
      merged[key] = condition;
    }
  }
  return merged;
}
