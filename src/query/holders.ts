// The customers who hold a segment's id: the members of a static segment, and the stored membership of a live one.
import type { PlanNode } from "../plan/plan.js";
import { simplifyPlan } from "../plan/simplify.js";
import type { CustomerQuestion } from "../store/customers.js";

/** The question for the customers who hold a segment's id (`segment_id`). It is the same at every instant. */
export function holdersQuestion(project: string, segment: string): CustomerQuestion {
  const where: PlanNode = {
    kind: "predicate",
    field: { attribute: "segments", scope: "profile", path: "segments", set: true },
    test: { kind: "hasAny", values: [{ from: segment, to: segment }] },
  };
  return { plan: simplifyPlan({ version: 1, project, asOf: 0, where }), activity: "summary" };
}
