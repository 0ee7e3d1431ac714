// Random worlds and queries: all of the product that evaluates a query must say what the oracle says. The oracle (test/oracle)
// shares no code with the product. SEGMENTQL_PROPERTY_RUNS is the number of worlds, SEGMENTQL_PROPERTY_SEED the seed of a run
// that is to be repeated.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { draws } from "../draws.js";
import type { World } from "../oracle/folder.js";
import { queryArbitrary } from "../oracle/query.js";
import { asOfArbitrary, worldArbitrary } from "../oracle/world.js";
import { everyEvaluatingStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { type Drawn, expectAgreement } from "./agreement.js";
import { evaluatorByClock, evaluatorsAtAnyTime, evaluatorsAtPresent, writeWorld } from "./evaluators.js";

const queriesPerWorld = 50;

/** A world, an instant and queries for it. */
const drawnArbitrary = (at: (world: World) => fc.Arbitrary<number>): fc.Arbitrary<Drawn> =>
  worldArbitrary().chain((world) =>
    at(world).chain((asOf) =>
      fc.record({
        world: fc.constant(world),
        asOf: fc.constant(asOf),
        queries: fc.array(queryArbitrary(world, { asOf }), {
          minLength: queriesPerWorld,
          maxLength: queriesPerWorld,
        }),
      }),
    ),
  );

const present = (world: World) => fc.constant(Date.parse(world.project.asOf));

describe.each(everyEvaluatingStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  // A query on a database server takes milliseconds, of which the embedded store's take a fraction.
  const numRuns = tested.name !== "mongodb" ? draws() : draws(1 / 6);

  it("at the present all evaluators agree with the oracle", {
    timeout: 1_200_000,
  }, async () => {
    const answers = await expectAgreement({
      drawn: drawnArbitrary(present),
      numRuns,
      evaluatorsOf: async (world, asOf) =>
        evaluatorsAtPresent(await writeWorld({ store, clock: fixedClock(asOf) }, world)),
    });
    expect(answers.get("the preview")).toBe(numRuns * queriesPerWorld);
    // None is left out; the rarest comes up about once in 25 queries.
    if (numRuns * queriesPerWorld < 400) return;
    expect([...answers.keys()].sort()).toEqual(
      evaluatorsAtPresent({ engine: { store, clock: fixedClock(0) }, project: "" })
        .map((evaluator) => evaluator.name)
        .sort(),
    );
  });

  it("at any other instant the answers agree with the oracle", { timeout: 1_200_000 }, async () => {
    await expectAgreement({
      drawn: drawnArbitrary(asOfArbitrary),
      numRuns,
      evaluatorsOf: async (world) =>
        evaluatorsAtAnyTime(
          await writeWorld({ store, clock: fixedClock(Date.parse(world.project.asOf)) }, world),
        ),
    });
  });

  it("as the clock advances, the summary keeps up with it", { timeout: 1_200_000 }, async () => {
    await expectAgreement({
      drawn: drawnArbitrary(asOfArbitrary),
      numRuns,
      evaluatorsOf: async (world, asOf) => {
        // Written at one time, asked at another, earlier or later, with no as-of given.
        const { project } = await writeWorld(
          { store, clock: fixedClock(Date.parse(world.project.asOf)) },
          world,
        );
        return [evaluatorByClock({ engine: { store, clock: fixedClock(asOf) }, project })];
      },
    });
  });
});
