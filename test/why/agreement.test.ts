// Why agrees with the pipeline: the query as a whole holds of just the members, whatever the instant, on every store.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { previewSegment } from "../../src/query/preview.js";
import type { Clause } from "../../src/why/clauses.js";
import { why } from "../../src/why/why.js";
import { draws } from "../draws.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { drawnArbitrary, writeWorld } from "./drawn.js";

/** The truth of a clause by the truth of its parts. */
function byParts({ kind, clauses, holds }: Clause): boolean {
  switch (kind) {
    case "and":
    case "all_of":
      return clauses.every((part) => part.holds);
    case "or":
    case "any_of":
      return clauses.some((part) => part.holds);
    case "not":
    case "none_of":
      return !clauses.some((part) => part.holds);
    case "condition":
      return holds;
  }
}

function every(clause: Clause): readonly Clause[] {
  return [clause, ...clause.clauses.flatMap(every)];
}

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  const numRuns = tested.name === "embedded" ? draws() : draws(1 / 10);

  it("the whole holds of just the members", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(drawnArbitrary(8, false), async ({ world, asOf, queries }) => {
        const engine: Engine = { store, clock: fixedClock(Date.parse(world.project.asOf)) };
        const project = await writeWorld(engine, world);
        for (const query of queries) {
          const { answer } = await previewSegment(engine, project, { query, asOf });
          const members = await answer!.sourceIds();
          for (const { source_id: sourceId } of world.customers) {
            const explained = await why(engine, project, { query, asOf, customer: { sourceId } });
            const clause = explained.answer!.clause;
            expect([query, sourceId, clause.holds]).toEqual([query, sourceId, members.includes(sourceId)]);
            for (const each of every(clause)) {
              expect(each.holds).toBe(byParts(each));
              expect(each.sentence).not.toMatch(/undefined|NaN|\[object|Invalid/);
            }
          }
        }
      }),
      { numRuns, endOnFailure: true },
    );
  });
});
