// Random worlds and queries: the product's pipeline, on the summary and on the records, and its predicate must say what the oracle says. The
// oracle (test/oracle) shares no code with the product.
import fc from "fast-check";
import { afterAll, beforeAll, describe, test } from "vitest";
import { upsertRecords } from "../../src/activity/write.js";
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import { fixedClock } from "../../src/clock.js";
import { upsertCustomers } from "../../src/customers/write.js";
import type { Engine } from "../../src/engine.js";
import { bindProducts } from "../../src/pipeline/products.js";
import { simplifyPlan } from "../../src/plan/simplify.js";
import { compilePredicate } from "../../src/predicate/compile.js";
import { defineProject } from "../../src/projects/define.js";
import { findProject } from "../../src/projects/projects.js";
import { previewSegment } from "../../src/segments/preview.js";
import type { CustomerDocument } from "../../src/store/documents.js";
import type { Store } from "../../src/store/port.js";
import { expectAgreement, type Members } from "../oracle/expect-agreement.js";
import { queryArbitrary } from "../oracle/query.js";
import { asOfArbitrary, type World, worldArbitrary } from "../oracle/world.js";
import { everyStore } from "../store/every-store.js";

const runs = Number(process.env.SEGMENTQL_PROPERTY_RUNS ?? 20);
const queriesPerWorld = 20;

let worlds = 0;

/** Writes a world into a project of its own, at the clock's time. */
async function write(engine: Engine, world: World): Promise<string> {
  worlds += 1;
  const project = `world-${worlds}`;
  const { asOf: _, ...definition } = world.project;
  await defineProject(engine, project, definition);
  const results = [
    await upsertCustomers(engine, project, world.customers),
    await upsertRecords(engine, project, "orders", world.orders),
    await upsertRecords(engine, project, "events", world.events),
    await upsertRecords(engine, project, "redemptions", world.redemptions),
    await upsertRecords(engine, project, "gift_cards", world.gift_cards),
    await upsertRecords(engine, project, "loyalty", world.loyalty),
    await upsertRecords(engine, project, "referrals", world.referrals),
  ].flat();
  const rejected = results.find((result) => result.status === "rejected");
  if (rejected !== undefined)
    throw new Error(`A record of a world was rejected: ${JSON.stringify(rejected)}`);
  return project;
}

function members(
  engine: Engine,
  project: string,
  activity?: "summary" | "records",
  withoutAsOf = false,
): Members {
  return async (query, instant) => {
    const asOf = withoutAsOf ? undefined : instant;
    const { answer, diagnostics } = await previewSegment(engine, project, { query, asOf, activity });
    if (answer === undefined) throw new Error(JSON.stringify(diagnostics));
    return answer.sourceIds();
  };
}

/** Asks the predicate of each customer by itself, at the present. */
function membersByPredicate(engine: Engine, project: string): Members {
  return async (query, asOf) => {
    const { plan, diagnostics } = checkQuery(query, catalogOf(await findProject(engine, project)), asOf);
    if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
    const bound = await bindProducts(engine.store, plan);
    const holds = compilePredicate(bound.where);
    const simplified = compilePredicate(simplifyPlan(bound).where);
    const customers = await engine.store.aggregate<CustomerDocument>("customers", [{ $match: { project } }]);
    for (const customer of customers) {
      if (holds(customer) !== simplified(customer))
        throw new Error(`simplified otherwise for ${customer._id}`);
    }
    return customers.filter(holds).map((customer) => customer.source_id);
  };
}

const worldAndQueries = (at: (world: World) => fc.Arbitrary<number>) =>
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

describe.each(everyStore)("on $name", ({ name, place, open, destroy }) => {
  let at: string;
  let store: Store;
  // A query on a database server takes milliseconds, of which the embedded store's take a fraction.
  const numRuns = name === "embedded" ? runs : Math.ceil(runs / 6);

  beforeAll(async () => {
    at = place();
    store = await open(at);
  });

  afterAll(async () => {
    await store.close();
    await destroy(at);
  });

  test("at the present the summary, the records and the predicate agree with the oracle", {
    timeout: 600_000,
  }, async () => {
    const present = (world: World) => fc.constant(Date.parse(world.project.asOf));
    await fc.assert(
      fc.asyncProperty(worldAndQueries(present), async ({ world, asOf, queries }) => {
        const engine: Engine = { store, clock: fixedClock(asOf) };
        const project = await write(engine, world);
        for (const query of queries) {
          await expectAgreement(members(engine, project, "summary"), world, query, asOf);
          await expectAgreement(members(engine, project, "records"), world, query, asOf);
          await expectAgreement(membersByPredicate(engine, project), world, query, asOf);
        }
      }),
      { numRuns },
    );
  });

  test("at any other instant the answer agrees with the oracle", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(worldAndQueries(asOfArbitrary), async ({ world, asOf, queries }) => {
        const engine: Engine = { store, clock: fixedClock(Date.parse(world.project.asOf)) };
        const project = await write(engine, world);
        for (const query of queries) await expectAgreement(members(engine, project), world, query, asOf);
      }),
      { numRuns },
    );
  });

  test("as the clock goes on, the summary keeps up with it", { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(worldAndQueries(asOfArbitrary), async ({ world, asOf, queries }) => {
        // Written at one time, asked at another, earlier or later, with no as-of given.
        const project = await write({ store, clock: fixedClock(Date.parse(world.project.asOf)) }, world);
        const later: Engine = { store, clock: fixedClock(asOf) };
        for (const query of queries) {
          await expectAgreement(members(later, project, undefined, true), world, query, asOf);
        }
      }),
      { numRuns },
    );
  });
});
