// Which conditions would have to hold for the whole to hold: the sets of them that suffice, cheapest first.
import type { PlanNode } from "../plan/plan.js";

/** Whether a node holds, by the truth of its conditions in their order. */
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
      // Every operand is asked, so that the count of conditions goes on.
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

/** What a condition has to be, by its place. */
export interface Requirement {
  readonly leaf: number;
  readonly wanted: boolean;
}

/** Requirements that together make the whole hold. */
export interface Choice {
  readonly requirements: readonly Requirement[];
  readonly cost: number;
}

/** The most choices that are kept of any part. */
const most = 24;

/**
 * The choices of a node, cheapest first, at most 24: of an `and` all of its operands, of an `or` any one, and the other way round
 * under a `not`. None where it can't hold.
 * @param costOf what it costs to have a condition so; 0 where it is so already.
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

/** One of each. */
function combined(some: readonly Choice[], others: readonly Choice[]): readonly Choice[] {
  const pairs = some.flatMap((one) => others.map((other) => ({ one, other, cost: one.cost + other.cost })));
  return pairs
    .sort((first, second) => first.cost - second.cost)
    .slice(0, most)
    .map(({ one, other, cost }) => ({ requirements: [...one.requirements, ...other.requirements], cost }));
}
