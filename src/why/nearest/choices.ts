// Which conditions would have to hold for the whole to hold: the sets of them that suffice, cheapest first.
import type { PlanNode } from "../../plan/plan.js";

/** Whether a node holds, given the truth of its conditions in order. */
export function holdsBy(node: PlanNode, truth: readonly boolean[]): boolean {
  let next = 0;
  const ask = (each: PlanNode): boolean => {
    switch (each.kind) {
      case "constant":
        return each.value;
      case "not":
        return !ask(each.operand);
      case "predicate":
      case "compare":
      case "line":
      case "sequence": {
        const holds = truth[next] === true;
        next += 1;
        return holds;
      }
      // Every operand is evaluated, so that the conditions are counted.
      case "and":
        return each.operands.map(ask).every(Boolean);
      case "or":
        return each.operands.map(ask).some(Boolean);
      default:
        return each satisfies never;
    }
  };
  return ask(node);
}

/** The truth that a condition must have, by its place. */
export interface Requirement {
  readonly leaf: number;
  readonly wanted: boolean;
}

/** Requirements that together make the whole hold. */
export interface Choice {
  readonly requirements: readonly Requirement[];
  readonly cost: number;
}

/** The maximum number of choices that are kept for any part. */
const most = 24;

/**
 * The choices of a node, cheapest first, at most 24: for an `and` all of its operands, for an `or` any one, and the reverse
 * under a `not`. None if it can't hold.
 * @param costOf the cost of giving a condition that truth; 0 if it has it already.
 */
export function choicesOf(node: PlanNode, costOf: (requirement: Requirement) => number): readonly Choice[] {
  let next = 0;
  const choose = (each: PlanNode, wanted: boolean): readonly Choice[] => {
    switch (each.kind) {
      case "constant":
        return each.value === wanted ? [{ requirements: [], cost: 0 }] : [];
      case "not":
        return choose(each.operand, !wanted);
      case "predicate":
      case "compare":
      case "line":
      case "sequence": {
        const requirement = { leaf: next, wanted };
        next += 1;
        return [{ requirements: [requirement], cost: costOf(requirement) }];
      }
      case "and":
      case "or": {
        const parts = each.operands.map((operand) => choose(operand, wanted));
        return (each.kind === "and") === wanted ? parts.reduce(combined, [nothing]) : cheapest(parts.flat());
      }
      default:
        return each satisfies never;
    }
  };
  return choose(node, true);
}

const nothing: Choice = { requirements: [], cost: 0 };

function cheapest(choices: readonly Choice[]): readonly Choice[] {
  return choices.toSorted((one, other) => one.cost - other.cost).slice(0, most);
}

/** Every combination of one of `some` and one of `others`, cheapest first. */
function combined(some: readonly Choice[], others: readonly Choice[]): readonly Choice[] {
  const pairs = some.flatMap((one) => others.map((other) => ({ one, other, cost: one.cost + other.cost })));
  return pairs
    .sort((first, second) => first.cost - second.cost)
    .slice(0, most)
    .map(({ one, other, cost }) => ({ requirements: [...one.requirements, ...other.requirements], cost }));
}
