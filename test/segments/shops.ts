// A store with any number of small shops in it, each a project of its own, so that tests are not in one another's way.

import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { membersOf } from "../../src/segments/read.js";
import type { Store, Transaction } from "../../src/store/port.js";

export const noon = Date.parse("2026-11-23T12:00:00Z");

const people = [
  { source_id: "c-1", email: "ann@a.uk", address: { country: "PL" }, metadata: { age: 20, plan: "gold" } },
  { source_id: "c-2", email: "bob@a.uk", address: { country: "PL" }, metadata: { age: 40 } },
  { source_id: "c-3", email: "eve@a.uk", address: { country: "FR" }, metadata: { age: 30 } },
  { source_id: "c-4", email: "dan@a.pl", address: { country: "FR" }, metadata: {} },
  { source_id: "c-5", email: "fay@a.pl", address: { country: "DE" }, metadata: { age: 50, plan: "gold" } },
];

const orders = [
  { source_id: "o-1", customer: "c-1", created_at: "2026-11-01T00:00:00Z", status: "PAID", amount: 5_000 },
  { source_id: "o-2", customer: "c-3", created_at: "2026-11-22T00:00:00Z", status: "PAID", amount: 20_000 },
];

const events = [
  { id: "e-1", customer: "c-1", type: "login", at: "2026-11-02T00:00:00Z" },
  { id: "e-2", customer: "c-4", type: "login", at: "2026-11-22T00:00:00Z" },
];

let shops = 0;

/** A new project: c-1 and c-2 in Poland, c-3 and c-4 in France, c-5 in Germany; c-1 and c-3 have an order each, c-1 and c-4 logged in. */
export async function newShop(engine: Engine): Promise<string> {
  shops += 1;
  const project = `shop-${shops}`;
  await defineProject(engine, project, {
    metadataSchema: { age: "number", plan: "string" },
    eventSchemas: { login: {} },
  });
  await upsertCustomers(engine, project, people);
  await upsertRecords(engine, project, "orders", orders);
  await upsertRecords(engine, project, "events", events);
  return project;
}

/** The digits of the members' source ids, as `13` for c-1 and c-3. */
export async function digits(
  engine: Engine,
  project: string,
  segmentId: string,
  asOf?: number,
): Promise<string> {
  const members = await (await membersOf(engine, project, segmentId, asOf)).sourceIds();
  return members.map((sourceId) => sourceId.slice(2)).join("");
}

/** The store, whose writes fail from one on: as one whose process dies there, so that nothing is cleared away either. */
export function dyingStore(store: Store, afterWrites: number): Store {
  let writes = 0;
  return {
    ...store,
    write: async <Result>(work: (transaction: Transaction) => Promise<Result>) => {
      writes += 1;
      if (writes > afterWrites) throw new Error("The process is dead.");
      return store.write(work);
    },
  };
}

/** What something rejects with, as `CODE field: message`. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    const { code, field, message } = error as { code?: string; field?: string; message: string };
    return code === undefined ? message : `${code} ${field}: ${message}`;
  }
  return "nothing";
}
