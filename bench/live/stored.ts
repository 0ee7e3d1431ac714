// The whole path of a change, from the write, which marks the customer dirty, to the stored membership, compared with running
// every segment's pipeline for just that customer. On the embedded store, and, if MONGODB_URI is set, on MongoDB.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MongoClient } from "mongodb";
import { catalogOf } from "../../src/catalog/catalog.js";
import { noSegments } from "../../src/catalog/segments.js";
import { checkQuery } from "../../src/check/check.js";
import { defineProject } from "../../src/definitions/define.js";
import type { CustomerDocument, SegmentDocument } from "../../src/documents/documents.js";
import type { Engine } from "../../src/engine.js";
import { customerId } from "../../src/facts/identity.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { maintainProject } from "../../src/membership/maintain/maintainer.js";
import type { Plan, PlanNode } from "../../src/plan/plan.js";
import { simplifyPlan } from "../../src/plan/simplify.js";
import { nameKey, newSegmentId, segmentKey } from "../../src/segments/identity.js";
import { queryToSave } from "../../src/segments/saved-query.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import type { Store } from "../../src/store/port.js";
import { median, timeOf } from "../race.js";
import { customersOf, definition, selectiveQueries } from "./shop.js";

const { project } = definition;

interface Size {
  readonly segments: number;
  readonly customers: number;
  /** Customers who change, one round after the other. */
  readonly changes: number;
  /** For how many of these every pipeline is run. */
  readonly asked: number;
  readonly rounds: number;
}

const toySize: Size = { segments: 20, customers: 10, changes: 4, asked: 1, rounds: 1 };
// On the embedded store, populating a segment evaluates every customer.
const embeddedSize: Size = { segments: 200, customers: 100, changes: 30, asked: 2, rounds: 3 };
const fullSize: Size = { segments: 1_000, customers: 300, changes: 100, asked: 2, rounds: 3 };

/** On the embedded store, and on the server that MONGODB_URI names, in a database that is dropped afterwards. */
export async function storedContest(toy: boolean, now: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "segmentql-bench-live-"));
  const embedded = await openEmbeddedStore(folder);
  try {
    await contest("the embedded store", embedded, toy ? toySize : embeddedSize, now);
  } finally {
    await embedded.close();
    rmSync(folder, { recursive: true });
  }
  const uri = process.env.MONGODB_URI;
  if (uri === undefined) {
    console.log("The whole path of a change on MongoDB needs MONGODB_URI.");
    return;
  }
  const database = `segmentql_bench_live_${randomUUID().slice(0, 8)}`;
  const client = await new MongoClient(uri).connect();
  const store = await openMongoStore(uri, { database, indexes: "wait" });
  try {
    await contest("MongoDB", store, toy ? toySize : fullSize, now);
  } finally {
    await store.close();
    await client.db(database).dropDatabase();
    await client.close();
  }
}

async function contest(where: string, store: Store, size: Size, now: number): Promise<void> {
  const { segments, customers, changes, asked, rounds } = size;
  // With a running clock, time would move some of them.
  let clock = now;
  const engine: Engine = { store, clock: () => clock };
  const { _id: _, project: __, ...shop } = definition;
  await defineProject(engine, project, shop);
  const made = customersOf(customers, segments, now);
  await upsertCustomers(
    engine,
    project,
    made.map(({ profile }) => profile),
  );
  const documents = segmentsOf(segments, now);
  await store.write((transaction) => transaction.put("segments", documents));
  const maintainer = maintainProject(engine, project);
  while (await maintainer.round());
  const times: { path: number; alone: number; asking: number }[] = [];
  let number = 0;
  const order = (customer: string) => {
    number += 1;
    const amount = 2_000 + ((number * 6_007) % 15_000);
    const created_at = new Date(clock).toISOString();
    return { source_id: `new-${number}`, customer, created_at, amount, status: "PAID", items: [] };
  };
  const change = async (sourceIds: readonly string[]): Promise<void> => {
    for (const sourceId of sourceIds) await upsertRecords(engine, project, "orders", [order(sourceId)]);
    while (await maintainer.round());
  };
  for (let round = 0; round < rounds; round += 1) {
    clock += 1_000;
    const ids = made.slice(round * changes, (round + 1) * changes).map(({ profile }) => profile.source_id);
    const path = (await timeOf(() => change(ids))) / ids.length;
    const alone = await timeOf(() => change(ids.slice(0, 1)));
    const plans = documents.map(({ segment_id, query }): readonly [string, Plan] => {
      const { plan } = checkQuery(query!.canonical, catalogOf(definition), clock);
      return [segment_id, plan!];
    });
    const some = ids.slice(0, asked);
    const found: string[][] = [];
    const asking = await timeOf(async () => {
      for (const sourceId of some) {
        const inside: string[] = [];
        const only = onlyCustomer(customerId(project, sourceId));
        for (const [segment, plan] of plans) {
          const where: PlanNode = { kind: "and", operands: [only, plan.where] };
          const question = { plan: simplifyPlan({ ...plan, where }), activity: "summary" } as const;
          if ((await store.customers.count(question)) > 0) inside.push(segment);
        }
        found.push(inside.sort());
      }
    });
    const stored = await store.getMany(
      "customers",
      some.map((sourceId) => customerId(project, sourceId)),
    );
    const held = stored.map((customer) => (customer as CustomerDocument).segments ?? []);
    if (JSON.stringify(held) !== JSON.stringify(found))
      throw new Error("What is stored and what the queries say is not the same.");
    times.push({ path, alone, asking: asking / some.length });
  }
  await maintainer.release();
  const [path, alone, asking] = (["path", "alone", "asking"] as const).map((name) =>
    median(times.map((each) => each[name])),
  );
  const ratio = (name: "path" | "alone"): string =>
    median(times.map((each) => each.asking / each[name])).toFixed(1);
  console.log(
    `\nThe whole path of a change on ${where}, ${segments.toLocaleString("en")} segments, by the clock: ${path!.toFixed(1)} ms each of ${changes} that come together, ` +
      `${alone!.toFixed(1)} ms one alone; asking every pipeline of the customer ${asking!.toFixed(0)} ms, ` +
      `${ratio("path")} × and ${ratio("alone")} × (goal at least 100)`,
  );
}

/** Segments as they are stored; written directly, since creating them is not what is measured. */
function segmentsOf(count: number, now: number): readonly SegmentDocument[] {
  return selectiveQueries(count).map((text, number): SegmentDocument => {
    const segment_id = newSegmentId();
    const name = `Segment ${number}`;
    const at = new Date(now);
    return {
      _id: segmentKey(project, segment_id),
      project,
      segment_id,
      name,
      name_key: nameKey(name),
      kind: "auto_update",
      state: "active",
      archived: false,
      created_at: at,
      updated_at: at,
      used_by: [],
      query: queryToSave(text, definition, noSegments, now),
    };
  });
}

/** True of only one customer. */
function onlyCustomer(id: string): PlanNode {
  const field = { attribute: "id", scope: "profile", path: "_id" } as const;
  return { kind: "predicate", field, test: { kind: "oneOf", values: [id] } };
}
