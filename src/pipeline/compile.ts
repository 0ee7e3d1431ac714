// Plan to aggregation pipeline, as frozen data; running it is the store's.
import { freezeDeeply } from "../plan/freeze.js";
import type { Plan, PlanNode } from "../plan/plan.js";
import { simplifyPlan } from "../plan/simplify.js";
import type { Pipeline } from "../store/port.js";
import { allOf, matchNode, type Place } from "./match.js";
import { orderConditions, type Selectivity } from "./order.js";
import { asOfStages, cleanUp, datedFields, placeAsOf } from "./records.js";

/** Where activity is read from: the summary on the customer, true of now, or the records, true of any as-of. */
export type ActivitySource = "summary" | "records";

const inPlace: Place = (field) => field;
const unknownSelectivity: Selectivity = () => undefined;

/**
 * The pipeline over `customers` that yields just the customers whom the plan means, as they are stored, in no order. Tests
 * of products must be bound before. Without a selectivity, conditions are in the order of their cost.
 */
export function compilePlan(
  plan: Plan,
  activity: ActivitySource,
  selectivity: Selectivity = unknownSelectivity,
): Pipeline {
  const { project, asOf, where: simplified } = simplifyPlan(plan);
  const where = orderConditions(simplified, selectivity);
  return freezeDeeply(
    activity === "summary" ? onSummary(project, where) : onRecords(project, where, new Date(asOf)),
  );
}

function onSummary(project: string, where: PlanNode): Pipeline {
  return [{ $match: { project, ...matchNode(where, inPlace) } }];
}

/** What needs no records narrows the customers first; the records are joined behind that. */
function onRecords(project: string, where: PlanNode, asOf: Date): Pipeline {
  const conjuncts = where.kind === "and" ? where.operands : [where];
  const dated = (node: PlanNode): boolean => datedFields(node).length > 0;
  const later = conjuncts.filter(dated);
  if (later.length === 0) return onSummary(project, where);
  const sooner = conjuncts.filter((node) => !dated(node));
  const fields = later.flatMap(datedFields);
  return [
    { $match: { project, ...allOf(sooner.map((node) => matchNode(node, inPlace))) } },
    ...asOfStages(fields, asOf),
    { $match: allOf(later.map((node) => matchNode(node, placeAsOf))) },
    cleanUp(fields),
  ];
}
