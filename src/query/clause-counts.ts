// How many customers each clause of a query matches by itself, and how many the query would match without it. Nothing is counted
// until it is asked for.
import { type Expression, isConnective } from "../../grammar/tree.js";
import type { Checked } from "../check/expression.js";
import type { Plan } from "../plan/plan.js";
import type { Combination } from "../store/customers.js";
import type { ReadOptions } from "../store/read-options.js";
import { textOf } from "./canonical-text.js";
import { once } from "./once.js";

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

/** The numbers of customers in combinations of the answers to some plans, each by its index. */
type Tally = (
  plans: readonly Plan[],
  combinations: readonly Combination[],
  options?: ReadOptions,
) => Promise<readonly number[]>;

/**
 * The clauses of a query: the operands of its `and` or `or` or, if it has none, the query itself. All of them are counted at once,
 * when the first count is asked for.
 * @throws TooManyClausesError
 */
export function clauseCounts(root: Checked, plan: Plan, tally: Tally): readonly ClauseCounts[] {
  const parts = root.parts ?? [root];
  const amount = parts.reduce((sum, part) => sum + clausesIn(part), 0);
  if (amount > maxClauses)
    throw new TooManyClausesError(
      `The query has ${amount} clauses, and at most ${maxClauses} are counted. Split it into segments.`,
    );
  const conditions = parts.flatMap(conditionsIn);
  const combinations: Combination[] = [];
  const counted = once((options) =>
    tally(
      conditions.map((condition) => ({ ...plan, where: condition.plan })),
      combinations,
      options,
    ),
  );
  const countOf = (combination: Combination): Count => {
    const index = combinations.push(combination) - 1;
    return async (options) => (await counted(options))[index]!;
  };
  const clauseOf = (part: Checked): ClauseCounts => ({
    text: textOf(part.canonical),
    count: countOf(combinationOf(part, conditions)!),
    countWithout: countOf(combinationOf(root, conditions, part) ?? everyone),
    clauses: (part.parts ?? []).map(clauseOf),
  });
  return parts.map(clauseOf);
}

const everyone: Combination = { kind: "all", of: [] };

/** The conditions of a part, which have no parts in turn. */
function conditionsIn(part: Checked): readonly Checked[] {
  return part.parts === undefined ? [part] : part.parts.flatMap(conditionsIn);
}

function clausesIn({ parts = [] }: Checked): number {
  return parts.reduce((sum, part) => sum + clausesIn(part), 1);
}

/** A part by its conditions, without one of its parts; undefined if nothing is left. */
function combinationOf(
  part: Checked,
  conditions: readonly Checked[],
  without?: Checked,
): Combination | undefined {
  if (part === without) return undefined;
  if (part.parts === undefined) return { kind: "answer", index: conditions.indexOf(part) };
  const left = part.parts.flatMap((each) => combinationOf(each, conditions, without) ?? []);
  return left.length === 0 ? undefined : combined(part.canonical, left);
}

function combined(canonical: Expression, of: readonly Combination[]): Combination {
  if (!isConnective(canonical)) throw new RangeError(`A ${canonical.kind} has no parts.`);
  switch (canonical.kind) {
    case "And":
      return { kind: "all", of };
    case "Or":
      return { kind: "any", of };
    case "Not":
      return { kind: "not", of: { kind: "all", of } };
    case "Group": {
      if (canonical.quantifier === "all") return { kind: "all", of };
      const any: Combination = { kind: "any", of };
      return canonical.quantifier === "any" ? any : { kind: "not", of: any };
    }
    default:
      return canonical satisfies never;
  }
}
