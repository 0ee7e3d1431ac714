// Plan to aggregation pipeline, as frozen data; running it is the store's.
import { freezeDeeply } from "../plan/freeze.js";
import type { Plan, PlanNode } from "../plan/plan.js";
import type { Pipeline } from "../store/port.js";
import { allOf, cheapestFirst, flatten, matchNode, type Place } from "./match.js";
import { asOfStages, cleanUp, datedFields, placeAsOf } from "./records.js";

/** Where activity is read from: the summary on the customer, true of now, or the records, true of any as-of. */
export type ActivitySource = "summary" | "records";

const inPlace: Place = (field) => field;

/**
 * The pipeline over `customers` that yields just the customers whom the plan means, as they are stored, in no order. Tests
 * of products must be bound before.
 */
export function compilePlan(plan: Plan, activity: ActivitySource): Pipeline {
  return freezeDeeply(activity === "summary" ? onSummary(plan) : onRecords(plan));
}

function onSummary({ project, where }: Plan): Pipeline {
  return [{ $match: { project, ...matchNode(where, inPlace) } }];
}

/** What needs no records narrows the customers first; the records are joined behind that. */
function onRecords(plan: Plan): Pipeline {
  const conjuncts = plan.where.kind === "and" ? cheapestFirst(flatten(plan.where)) : [plan.where];
  const dated = (node: PlanNode): boolean => datedFields(node).length > 0;
  const later = conjuncts.filter(dated);
  if (later.length === 0) return onSummary(plan);
  const sooner = conjuncts.filter((node) => !dated(node));
  const fields = later.flatMap(datedFields);
  return [
    { $match: { project: plan.project, ...allOf(sooner.map((node) => matchNode(node, inPlace))) } },
    ...asOfStages(fields, new Date(plan.asOf)),
    { $match: allOf(later.map((node) => matchNode(node, placeAsOf))) },
    cleanUp(fields),
  ];
}
