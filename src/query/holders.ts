// Finds the customers whose document lists a segment: the members of a static segment, and the stored members of a live one.
import type { PlanNode } from "../plan/plan.js";
import { simplifyPlan } from "../plan/simplify.js";
import type { CustomerQuestion } from "../store/customers.js";

/** The question for the customers whose document lists a segment (by `segment_id`). It does not depend on the instant. */
export function holdersQuestion(project: string, segment: string): CustomerQuestion {
  const where: PlanNode = {
    kind: "predicate",
    field: { attribute: "segments", scope: "profile", path: "segments", set: true },
    test: { kind: "hasAny", values: [{ from: segment, to: segment }] },
  };
  return { plan: simplifyPlan({ version: 1, project, asOf: 0, where }), activity: "summary" };
}
