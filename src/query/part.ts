// A checked query as a tree for explanations: each condition with its plan, bound to the project's products.
import { type Expression, isConnective } from "../../grammar/tree.js";

import type { Checked } from "../check/expression.js";
import type { PlanNode } from "../plan/plan.js";

/** A part of a query with its plan. */
export interface Part {
  readonly canonical: Expression;
  /** The plan of the whole part. */
  readonly plan: PlanNode;
  /** The inner parts; undefined for a condition. */
  readonly parts?: readonly Part[];
}

/** The plans of all conditions, in the order of the text. */
export function conditionPlans(checked: Checked): readonly PlanNode[] {
  return checked.parts === undefined ? [checked.plan] : checked.parts.flatMap(conditionPlans);
}

/** The same query with other plans for its conditions, in the order of `conditionPlans`. */
export function withPlans(checked: Checked, plans: readonly PlanNode[]): Part {
  let next = 0;
  const build = (node: Checked): Part => {
    const { canonical } = node;
    if (node.parts === undefined) {
      const plan = plans[next];
      next += 1;
      if (plan === undefined) throw new RangeError("There are fewer plans than conditions.");
      return { canonical, plan };
    }
    const parts = node.parts.map(build);
    return {
      canonical,
      parts,
      plan: joined(
        canonical,
        parts.map(({ plan }) => plan),
      ),
    };
  };
  return build(checked);
}

/** The plan of an `and`, `or`, `not` or group, from the plans of its parts. */
function joined(canonical: Expression, operands: readonly PlanNode[]): PlanNode {
  if (!isConnective(canonical)) throw new RangeError(`A ${canonical.kind} has no parts.`);
  switch (canonical.kind) {
    case "And":
      return { kind: "and", operands };
    case "Or":
      return { kind: "or", operands };
    case "Not":
      return { kind: "not", operand: { kind: "and", operands } };
    case "Group": {
      if (canonical.quantifier === "all") return { kind: "and", operands };
      const any: PlanNode = { kind: "or", operands };
      return canonical.quantifier === "any" ? any : { kind: "not", operand: any };
    }
    default:
      return canonical satisfies never;
  }
}
