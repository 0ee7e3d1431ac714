// Draws worlds and queries until something that evaluates a query disagrees with the oracle.
import fc from "fast-check";
import { drawnBy, seedOfRun } from "../draws.js";
import { disagreement, type Evaluator } from "../oracle/disagreement.js";
import type { World } from "../oracle/folder.js";
import { printQuery } from "../oracle/printing.js";
import type { Query } from "../oracle/tree.js";
import { smallest } from "./smaller.js";

/** A world, an instant to ask at in milliseconds since the epoch, and queries. */
export interface Drawn {
  readonly world: World;
  readonly asOf: number;
  readonly queries: readonly Query[];
}

export interface Agreement {
  readonly drawn: fc.Arbitrary<Drawn>;
  /** How many are drawn. */
  readonly numRuns: number;
  /** Writes a world at the time of its own, and makes what evaluates the queries. */
  readonly evaluatorsOf: (world: World, asOf: number) => Promise<readonly Evaluator[]>;
}

/**
 * Asks every query of every evaluator, and returns how many answers of each were compared with the oracle's.
 * @throws Error with the smallest world and query found that they disagree on, and the seed that draws it again.
 */
export async function expectAgreement({
  drawn,
  numRuns,
  evaluatorsOf,
}: Agreement): Promise<ReadonlyMap<string, number>> {
  const answers = new Map<string, number>();
  const count = (evaluator: string): void => {
    answers.set(evaluator, (answers.get(evaluator) ?? 0) + 1);
  };
  const property = fc.asyncProperty(drawn, async ({ world, asOf, queries }) => {
    const evaluators = await evaluatorsOf(world, asOf);
    for (const query of queries) {
      const report = await disagreement(evaluators, world, query, asOf, count);
      if (report === undefined) continue;
      const found = await smallest({ world, query, report }, async (smaller, simpler) =>
        disagreement(await evaluatorsOf(smaller, asOf), smaller, simpler, asOf),
      );
      throw new Error(
        `${found.report}\n\nproject ${JSON.stringify(found.world.project)}\n\ndrawn as: ${printQuery(query)}`,
      );
    }
  });
  const details = await fc.check(property, {
    numRuns,
    endOnFailure: true,
    ...(seedOfRun === undefined ? {} : { seed: seedOfRun }),
  });
  if (details.failed) {
    const { errorInstance } = details;
    const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    throw new Error(`${drawnBy(details.seed)}\n${message}`);
  }
  return answers;
}
