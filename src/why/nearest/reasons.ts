// Why no change turns a condition, as sentences for people.
import type { LeafNode, PredicateNode } from "../../plan/plan.js";
import { spokenName, withoutQuotes } from "../facts.js";
import { isFixed } from "./proposals.js";
import type { Goal } from "./search-context.js";
import { solveSet, solveValue } from "./solve.js";

export const noSuchProduct = "The shop has sold no product that is called so.";

/** The reason, as a sentence. */
export function reasonFor(goal: Goal): string {
  const { field } = goal.leaf;
  const name = withoutQuotes(spokenName({ name: field.attribute }));
  if (field.attribute === "source_id") return "The source id can't be changed.";
  if (field.attribute === "segments") return "A static segment keeps the members that it was made of.";
  if (field.sample !== undefined || field.path === "sample")
    return "A sample is a fixed slice of the customers: nothing moves anybody into it or out of it.";
  if (isFixed(goal))
    return `The ${name} is a date of the past, which can't be changed, and waiting doesn't help.`;
  if (contradicts(goal)) return `The conditions on ${name} contradict one another.`;
  const { figure } = field;
  if (goal.leaf.test.kind === "hasAny" && goal.requirement.wanted && goal.leaf.test.values.length === 0)
    return noSuchProduct;
  if (field.scope === "redemptions" || field.scope === "referrals" || field.scope === "balances")
    return `The ${name} can't be made what is asked for: what happened can't be undone, and no more than a hundred records are added.`;
  if (figure !== undefined)
    return `Neither another ${figure.records === "orders" ? "order" : `${figure.type} event`} nor waiting makes the ${name} what is asked for, and what happened can't be undone.`;
  return `No change of ${name} was found that would do.`;
}

/** The reason for a condition that is not on one fact, as a sentence. */
export function reasonForLeaf(leaf: Exclude<LeafNode, PredicateNode>): string {
  if (leaf.kind !== "compare")
    return "Neither waiting nor anything that may still happen makes the steps follow each other as asked for, and what happened can't be undone.";
  const [one, other] = [leaf.left, leaf.right].map(({ field }) =>
    withoutQuotes(spokenName({ name: field.attribute })),
  );
  return `No change of ${one} or ${other} was found that makes them compare as asked for.`;
}

function contradicts({ leaf, constraints, context }: Goal): boolean {
  const attribute = context.catalog.attributes.find((each) => each.field.attribute === leaf.field.attribute);
  if (attribute === undefined || constraints.length < 2) return false;
  if (attribute.element === "product") return false;
  if (attribute.type === "set")
    return solveSet(attribute.element ?? "text", constraints, [], attribute.values) === undefined;
  return solveValue(attribute.type, constraints, null, attribute.values).length === 0;
}
