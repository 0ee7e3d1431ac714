// Why no change turns a condition, for somebody who reads.
import { spokenName, withoutQuotes } from "./facts.js";
import { isFixed } from "./proposals.js";
import { solveSet, solveValue } from "./solve.js";
import type { Need } from "./search-context.js";

export const noSuchProduct = "The shop has sold no product that is called so.";

/** The reason, as a sentence. */
export function reasonFor(need: Need): string {
  const { field } = need.leaf;
  const name = withoutQuotes(spokenName({ name: field.attribute }));
  if (field.attribute === "source_id") return "The source id can't be changed.";
  if (field.attribute === "segments") return "A static segment keeps the members that it was made of.";
  if (field.sample !== undefined || field.path === "sample")
    return "A sample is a fixed slice of the customers: nothing moves anybody into it or out of it.";
  if (isFixed(need))
    return `The ${name} is a date of the past, which can't be changed, and waiting doesn't help.`;
  if (contradicts(need)) return `The conditions on ${name} contradict one another.`;
  const { figure } = field;
  if (need.leaf.test.kind === "hasAny" && need.requirement.wanted && need.leaf.test.values.length === 0)
    return noSuchProduct;
  if (field.scope === "redemptions" || field.scope === "referrals" || field.scope === "balances")
    return `The ${name} can't be made what is asked for: what happened can't be undone, and no more than a hundred records are added.`;
  if (figure !== undefined)
    return `Neither another ${figure.records === "orders" ? "order" : `${figure.type} event`} nor waiting makes the ${name} what is asked for, and what happened can't be undone.`;
  return `No change of ${name} was found that would do.`;
}

function contradicts({ leaf, wishes, trial }: Need): boolean {
  const attribute = trial.catalog.attributes.find((each) => each.field.attribute === leaf.field.attribute);
  if (attribute === undefined || wishes.length < 2) return false;
  if (attribute.element === "product") return false;
  if (attribute.type === "set")
    return solveSet(attribute.element ?? "text", wishes, [], attribute.values) === undefined;
  return solveValue(attribute.type, wishes, null, attribute.values).length === 0;
}
