// What numbers of events come to is exact: sums and averages of random decimals, compared with just what they are. In the worlds
// that are drawn for agreement.test.ts too few events share a customer for that.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { draws } from "../draws.js";
import { disagreement } from "../oracle/disagreement.js";
import { seenOfMeasure } from "../oracle/drawing.js";
import type { World } from "../oracle/folder.js";
import type { Measure } from "../oracle/tree.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { evaluatorsAtPresent, writeWorld } from "./evaluators.js";

const asOf = "2026-11-23T12:00:00.000Z";

const decimal = fc
  .record({ units: fc.integer({ min: -1_000_000, max: 1_000_000 }), places: fc.nat({ max: 4 }) })
  .map(({ units, places }) => units / 10 ** places);

/** Customers with two to six events each, of few different values, which are the worst to divide. */
const worldArbitrary: fc.Arbitrary<World> = fc
  .uniqueArray(decimal, { minLength: 1, maxLength: 3 })
  .chain((values) =>
    fc.array(fc.array(fc.constantFrom(...values), { minLength: 2, maxLength: 6 }), {
      minLength: 8,
      maxLength: 8,
    }),
  )
  .map(worldOf);

/** A customer for each list, with an event for each value of it. */
function worldOf(all: readonly (readonly number[])[]): World {
  return {
    project: {
      timezone: "Europe/Warsaw",
      currency: "USD",
      asOf,
      metadataSchema: {},
      orderMetadataSchema: {},
      eventSchemas: { login: { value: "number" } },
      consents: [],
      campaigns: { gift_cards: [], loyalty: [], referrals: [], discounts: [] },
    },
    customers: all.map((_, index) => ({ source_id: `crm-${index}` })),
    events: all.flatMap((values, index) =>
      values.map((value, number) => ({
        id: `${index}-${number}`,
        customer: `crm-${index}`,
        type: "login",
        at: asOf,
        properties: { value },
      })),
    ),
    orders: [],
    redemptions: [],
    gift_cards: [],
    loyalty: [],
    referrals: [],
  };
}

const places = 10n ** 12n;

/** Every sum and average that a customer has and that a decimal can say, as what is asked for and as a bound. */
function measuresOf(world: World): Measure[] {
  return (["sum", "average"] as const).flatMap((aggregate) => {
    const property = { attribute: "property", key: "value", event: "login" };
    const measure = { aggregate, property, event: "login", clauses: [] };
    return seenOfMeasure(measure, world).numbers.flatMap(({ top, over }) => {
      if ((top * places) % over !== 0n) return [];
      const size = ((top < 0n ? -top : top) * places) / over;
      const text = `${top < 0n ? "-" : ""}${size / places}.${String(size % places).padStart(12, "0")}`;
      return (["is", "less", "at most"] as const).map(
        (how): Measure => ({
          kind: "measure",
          ...measure,
          head: `${aggregate} of value of login`,
          comparison: { kind: "number", how, decimals: [text] },
          negated: false,
          words: `${{ is: "is", less: "is less than", "at most": "is at most" }[how]} ${text}`,
        }),
      );
    });
  });
}

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  async function expectExact(world: World): Promise<void> {
    const engine = { store, clock: fixedClock(Date.parse(asOf)) };
    const evaluators = evaluatorsAtPresent(await writeWorld(engine, world));
    const measures = measuresOf(world);
    expect(measures.length).toBeGreaterThan(0);
    for (const measure of measures) expect(await disagreement(evaluators, world, measure)).toBeUndefined();
  }

  // Added one by one, a thousand of each are off by more than half a billionth.
  it("sums and averages of a thousand events are exact, too", { timeout: 600_000 }, async () => {
    await expectExact(worldOf([19.96, 82.741].map((value) => Array.from({ length: 1_000 }, () => value))));
  });

  it("sums and averages are exact", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(worldArbitrary, async (world) => {
        await expectExact(world);
      }),
      { numRuns: draws(tested.name === "embedded" ? 1 / 2 : 1 / 20), endOnFailure: true },
    );
  });
});
