// The order of a conjunction's conditions: the order of writing never changes the answer, only its cost.
import type { PlanNode, Test } from "../plan/plan.js";

// The cost of testing one document; only the order of these matters: equality and ranges first, text anywhere last.
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

function cost(node: PlanNode): number {
  switch (node.kind) {
    case "constant":
      return 0;
    case "not":
      // A complement is true of most customers, so it leaves most for the conditions after it.
      return cost(node.operand) + 3;
    case "predicate":
      return costs[node.test.kind];
    case "compare":
      return 6;
    case "line":
      return 1 + cost(node.where);
    case "sequence":
      return 10 * node.steps.length;
    case "and":
    case "or":
      return node.operands.reduce((sum, operand) => sum + cost(operand), 0);
    default:
      return node satisfies never;
  }
}

/** The share of customers that a node of the plan is true of, from 0 to 1; undefined if unknown. */
export type Selectivity = (node: PlanNode) => number | undefined;

/** The node with the conditions of every conjunction in the cheapest order. */
export function orderConditions(node: PlanNode, selectivity: Selectivity): PlanNode {
  switch (node.kind) {
    case "and": {
      const operands = node.operands
        .map((operand) => ({
          operand: orderConditions(operand, selectivity),
          part: selectivity(operand) ?? 1,
          cost: cost(operand),
        }))
        .toSorted((one, other) => one.part - other.part || one.cost - other.cost);
      return { kind: "and", operands: operands.map(({ operand }) => operand) };
    }
    case "or":
      return { kind: "or", operands: node.operands.map((operand) => orderConditions(operand, selectivity)) };
    case "line":
    case "not":
    case "constant":
    case "predicate":
    case "compare":
    case "sequence":
      return node;
    default:
      return node satisfies never;
  }
}
