// Many queries of the language's second version over each of a few worlds, by evaluators that take little time: 10,000 queries in
// a run before a change lands.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { draws } from "../draws.js";
import type { World } from "../oracle/folder.js";
import { queryArbitrary } from "../oracle/query.js";
import { secondVersionArbitrary } from "../oracle/second-version.js";
import type { Query } from "../oracle/tree.js";
import { worldArbitrary } from "../oracle/world.js";
import { everyEvaluatingStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { type Drawn, expectAgreement } from "./agreement.js";
import { cheapEvaluators, writeWorld } from "./evaluators.js";

const queriesPerWorld = 145;

/** A condition of the second version, alone or with another query. */
function secondVersionQuery(world: World): fc.Arbitrary<Query> {
  const condition = secondVersionArbitrary(world);
  const with_ = (word: "and" | "or") =>
    fc.tuple(condition, fc.oneof(condition, queryArbitrary(world))).map(
      ([first, other]): Query => ({
        kind: word,
        operands: [first, { kind: "parenthesis", operand: other }],
        word,
      }),
    );
  return fc.oneof(
    { weight: 8, arbitrary: condition },
    { weight: 1, arbitrary: with_("and") },
    { weight: 1, arbitrary: with_("or") },
  );
}

/** A world at its own instant, and queries for it. */
const drawnArbitrary: fc.Arbitrary<Drawn> = worldArbitrary().chain((world) =>
  fc.record({
    world: fc.constant(world),
    asOf: fc.constant(Date.parse(world.project.asOf)),
    queries: fc.array(secondVersionQuery(world), { minLength: queriesPerWorld, maxLength: queriesPerWorld }),
  }),
);

it("a run before a change lands draws at least 10,000 queries", () => {
  const [, worlds] = /SEGMENTQL_PROPERTY_RUNS=(\d+)/.exec(readFileSync(".ci/run", "utf8")) ?? [];
  expect(Number(worlds) * queriesPerWorld).toBeGreaterThanOrEqual(10_000);
});

describe.each(everyEvaluatingStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("many queries of each world agree with the oracle", { timeout: 1_200_000 }, async () => {
    const numRuns = tested.name === "embedded" ? draws() : draws(1 / 20);
    const answers = await expectAgreement({
      drawn: drawnArbitrary,
      numRuns,
      evaluatorsOf: async (world, asOf) =>
        cheapEvaluators(await writeWorld({ store, clock: fixedClock(asOf) }, world)),
    });
    expect(answers.get("the predicate")).toBe(numRuns * queriesPerWorld);
  });
});
