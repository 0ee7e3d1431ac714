// How many customers each clause of a query matches by itself, and how many the query would match without it. Nothing is counted
// until it is asked for.
import type { Checked } from "../check/expression.js";
import type { Plan, PlanNode } from "../plan/plan.js";
import type { ReadOptions } from "../store/read-options.js";
import { textOf } from "./canonical-text.js";
import { joined } from "./part.js";

type Count = (options?: ReadOptions) => Promise<number>;

/** A condition or a part in parentheses, with the parts that it has in turn. */
export interface ClauseCounts {
  /** In canonical form. */
  readonly text: string;
  readonly count: Count;
  /** The count of the query without this clause; without its only clause, a query matches everyone. */
  readonly countWithout: Count;
  readonly clauses: readonly ClauseCounts[];
}

/** The most clauses, those in parentheses included, that are counted for one query. */
export const maxClauses = 40;

/** A query has more than `maxClauses` clauses. */
export class TooManyClausesError extends Error {
  override readonly name = "TooManyClausesError";
}

const everyone: PlanNode = { kind: "constant", value: true };

/**
 * The clauses of a query: the operands of its `and` or `or` or, if it has none, the query itself.
 * @param answer the count of a plan; the text identifies it.
 * @throws TooManyClausesError
 */
export function clauseCounts(
  root: Checked,
  plan: Plan,
  answer: (plan: Plan, text: string) => Count,
): readonly ClauseCounts[] {
  const countOf = (where: PlanNode, text: string): Count => {
    let count: Promise<number> | undefined;
    return (options) => {
      count ??= answer({ ...plan, where }, text)(options);
      return count;
    };
  };
  const clauseOf = (part: Checked): ClauseCounts => {
    const text = textOf(part.canonical);
    return {
      text,
      count: countOf(part.plan, text),
      countWithout: countOf(planWithout(root, part) ?? everyone, `without ${text}`),
      clauses: (part.parts ?? []).map(clauseOf),
    };
  };
  const parts = root.parts ?? [root];
  const amount = parts.reduce((sum, part) => sum + clausesIn(part), 0);
  if (amount > maxClauses)
    throw new TooManyClausesError(
      `The query has ${amount} clauses, and at most ${maxClauses} are counted. Split it into segments.`,
    );
  return parts.map(clauseOf);
}

function clausesIn({ parts = [] }: Checked): number {
  return parts.reduce((sum, part) => sum + clausesIn(part), 1);
}

/** The plan without a part; undefined if nothing is left. */
function planWithout(node: Checked, part: Checked): PlanNode | undefined {
  if (node === part) return undefined;
  if (node.parts === undefined) return node.plan;
  const left = node.parts.flatMap((each) => planWithout(each, part) ?? []);
  return left.length === 0 ? undefined : joined(node.canonical, left);
}
