// Plan to closure over one customer's document: is this one in, in microseconds. The tests' forms stand beside those of the
// pipeline, in src/operators/forms.
import type { Holds } from "../operators/forms/form.js";
import { holdsTest } from "../operators/forms/index.js";
import type { PlanNode } from "../plan/plan.js";

/** A closure that is true of just the customers whom the node means. Tests of products must be bound before. */
export function compilePredicate(node: PlanNode): Holds {
  switch (node.kind) {
    case "constant":
      return () => node.value;
    case "not": {
      const operand = compilePredicate(node.operand);
      return (customer) => !operand(customer);
    }
    case "predicate":
      return holdsTest(node.field, node.test);
    case "and": {
      const operands = node.operands.map(compilePredicate);
      return (customer) => operands.every((operand) => operand(customer));
    }
    case "or": {
      const operands = node.operands.map(compilePredicate);
      return (customer) => operands.some((operand) => operand(customer));
    }
  }
}
