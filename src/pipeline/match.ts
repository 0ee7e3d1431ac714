// Plan nodes as `$match` conditions, in the words of the query language that indexes serve. Negation is pushed down to the
// tests, each of which knows its exact complement.
import { always, type Filter, never } from "../operators/forms/form.js";
import { matchComplement, matchTest } from "../operators/forms/index.js";
import type { Field, PlanNode, Test } from "../plan/plan.js";

/** Says where a field stands in the documents that the condition is for. */
export type Place = (field: Field) => Field;

/** The condition of a node, or of its complement. */
export function matchNode(node: PlanNode, place: Place, negated = false): Filter {
  switch (node.kind) {
    case "constant":
      return node.value === negated ? never : always;
    case "not":
      return matchNode(node.operand, place, !negated);
    case "predicate": {
      const field = place(node.field);
      return negated ? matchComplement(field, node.test) : matchTest(field, node.test);
    }
    case "and":
    case "or": {
      const filters = cheapestFirst(flatten(node), negated).map((operand) =>
        matchNode(operand, place, negated),
      );
      // By De Morgan, not (a and b) is not a or not b.
      return (node.kind === "and") !== negated ? allOf(filters) : anyOf(filters);
    }
  }
}

/** The operands of a node, those of nested nodes of its kind among them. */
export function flatten(node: Extract<PlanNode, { kind: "and" | "or" }>): readonly PlanNode[] {
  return node.operands.flatMap((operand) => (operand.kind === node.kind ? flatten(operand) : [operand]));
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

function anyOf(filters: readonly Filter[]): Filter {
  const [first] = filters;
  return filters.length === 1 && first !== undefined ? first : { $or: filters };
}

// What looking at one document costs, in steps that only order matters of: equality and ranges first, text anywhere last.
const costs: Readonly<Record<Test["kind"], number>> = {
  oneOf: 0,
  yearly: 1,
  range: 1,
  startsWith: 2,
  endsWith: 2,
  hasAny: 2,
  hasAll: 2,
  hasAtLeast: 2,
  hasAtMost: 2,
  bought: 2,
  known: 3,
  contains: 5,
};

function cost(node: PlanNode, negated: boolean): number {
  switch (node.kind) {
    case "constant":
      return 0;
    case "not":
      return cost(node.operand, !negated);
    case "predicate":
      // A complement is true of most, so it leaves the most for what comes after.
      return costs[node.test.kind] + (negated ? 3 : 0);
    case "and":
    case "or":
      return node.operands.reduce((sum, operand) => sum + cost(operand, negated), 0);
  }
}

/** The order of writing never changes the answer, so the cheap conditions go first. */
export function cheapestFirst(nodes: readonly PlanNode[], negated = false): readonly PlanNode[] {
  return nodes.toSorted((one, other) => cost(one, negated) - cost(other, negated));
}
