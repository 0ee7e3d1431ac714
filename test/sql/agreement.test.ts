// Random worlds and queries, asked of SQL in each of its strategies and from each source of activity: all say what the oracle says.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import { fixedClock } from "../../src/clock.js";
import { type CollectionName, collections } from "../../src/documents/collections.js";
import type { StoredDocument } from "../../src/documents/documents.js";
import { datedFields } from "../../src/pipeline/records.js";
import type { Plan } from "../../src/plan/plan.js";
import { findProject } from "../../src/projects/projects.js";
import { bindProducts } from "../../src/query/products.js";
import { bindSamples } from "../../src/query/samples.js";
import { strategies } from "../../src/sql/places.js";
import { openSqliteStore, type SqliteStore } from "../../src/store/sqlite/store.js";
import { draws } from "../draws.js";
import { disagreement, type Evaluator } from "../oracle/disagreement.js";
import type { World } from "../oracle/folder.js";
import { queryArbitrary } from "../oracle/query.js";
import type { Query } from "../oracle/tree.js";
import { asOfArbitrary, worldArbitrary } from "../oracle/world.js";
import { type Written, writeWorld } from "../property/evaluators.js";
import { smallest } from "../property/smaller.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";

const store = storeOfSuite(everyStore[0]!);
const folder = mkdtempSync(join(tmpdir(), "segmentql-sql-"));
let sqlite: SqliteStore;

beforeAll(async () => {
  sqlite = await openSqliteStore(folder);
});
afterAll(async () => {
  await sqlite.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Copies all of a project's documents. */
async function copyWorld({ engine, project }: Written): Promise<void> {
  for (const name of collections) {
    const documents = await engine.store.aggregate<StoredDocument>(name, [{ $match: { project } }]);
    if (documents.length === 0) continue;
    await sqlite.write((transaction) => transaction.put(name as CollectionName, documents as never));
  }
}

async function evaluatorsFor(world: World, clock: number, present: boolean): Promise<Evaluator[]> {
  const written = await writeWorld({ store, clock: fixedClock(clock) }, world);
  await copyWorld(written);
  const { engine, project } = written;
  const definition = await findProject(engine, project);
  const planOf = async (query: string, asOf: number): Promise<Plan> => {
    const { plan, diagnostics } = checkQuery(query, catalogOf(definition), asOf);
    if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
    return bindSamples(store, await bindProducts(store, plan));
  };
  return (["summary", "records"] as const).flatMap((activity) =>
    strategies.map((strategy) => ({
      name: `SQL, ${strategy} from the ${activity}`,
      members: async (query: string, asOf: number) => {
        const plan = await planOf(query, asOf);
        if (activity === "summary" && !present && datedFields(plan.where).length > 0) return undefined;
        const found = await sqlite.sourceIds(plan, { activity, strategy });
        const count = await sqlite.countCustomers(plan, { activity, strategy });
        if (count !== found.length) throw new Error(`${count} are counted, and ${found.length} found`);
        return found;
      },
    })),
  );
}

const queriesPerWorld = 50;
const seed = process.env.SEGMENTQL_PROPERTY_SEED;

async function expectAgreement(moments: (world: World) => fc.Arbitrary<number>, present: boolean) {
  const answers = new Map<string, number>();
  const tell = (name: string): void => void answers.set(name, (answers.get(name) ?? 0) + 1);
  const drawn = worldArbitrary().chain((world) =>
    moments(world).chain((asOf) =>
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
  const property = fc.asyncProperty(drawn, async ({ world, asOf, queries }) => {
    const evaluatorsAt = (at: World) => evaluatorsFor(at, Date.parse(at.project.asOf), present);
    const evaluators = await evaluatorsAt(world);
    for (const query of queries as readonly Query[]) {
      const report = await disagreement(evaluators, world, query, asOf, tell);
      if (report === undefined) continue;
      const found = await smallest({ world, query, report }, async (smaller, simpler) =>
        disagreement(await evaluatorsAt(smaller), smaller, simpler, asOf),
      );
      throw new Error(`${found.report}\n\nproject ${JSON.stringify(found.world.project)}`);
    }
  });
  const numRuns = draws();
  const details = await fc.check(property, {
    numRuns,
    endOnFailure: true,
    ...(seed === undefined ? {} : { seed: Number(seed) }),
  });
  if (details.failed) {
    const { errorInstance } = details;
    const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
    throw new Error(`SEGMENTQL_PROPERTY_SEED=${details.seed}\n${message}`);
  }
  return { answers, asked: numRuns * queriesPerWorld };
}

test("at the present every strategy agrees with the oracle", { timeout: 1_200_000 }, async () => {
  const { answers, asked } = await expectAgreement(
    (world) => fc.constant(Date.parse(world.project.asOf)),
    true,
  );
  expect(Object.fromEntries(answers)).toEqual({
    "SQL, sets_first from the summary": asked,
    "SQL, customers_first from the summary": asked,
    "SQL, sets_first from the records": asked,
    "SQL, customers_first from the records": asked,
  });
});

test("at any other instant every strategy agrees with the oracle", { timeout: 1_200_000 }, async () => {
  const { answers, asked } = await expectAgreement(asOfArbitrary, false);
  expect(answers.get("SQL, sets_first from the records")).toBe(asked);
  expect(answers.get("SQL, customers_first from the records")).toBe(asked);
});
