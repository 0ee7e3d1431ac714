// Fills an empty project with the demo shop, through the same doors as an import.
import { upsertRecords } from "../activity/write.js";
import { findCustomer } from "../customers/read.js";
import { upsertCustomers } from "../customers/write.js";
import type { WriteResult } from "../customers/write-result.js";
import type { Engine } from "../engine.js";
import { defineProject, hasAny } from "../projects/define.js";
import type { RecordCollection } from "../store/port.js";
import { demoCustomers, firstCustomer } from "./shop.js";
import { demoProject } from "./stock.js";

const recordCollections: readonly RecordCollection[] = [
  "orders",
  "events",
  "redemptions",
  "gift_cards",
  "loyalty",
  "referrals",
];

export interface SeedOptions {
  /** How many customers the shop has; 3,000 where it is left out. */
  readonly customers?: number;
}

/**
 * Fills the project with a made-up shop, the same one on the same day of the engine's clock. Does nothing where the project
 * has customers, but finishes a seeding that was stopped in its middle.
 * @returns true where it has filled it.
 * @throws ProjectError where the project is defined as the shop can't be, or can't be named so.
 */
export async function seedDemo(engine: Engine, project: string, options: SeedOptions = {}): Promise<boolean> {
  if ((await hasAny(engine, project, "customers")) && !(await isHalfSeeded(engine, project))) return false;
  await defineProject(engine, project, demoProject);
  const shop = [...demoCustomers(options.customers ?? 3_000, engine.clock())];
  allTaken(
    await upsertCustomers(
      engine,
      project,
      shop.map((customer) => customer.profile),
    ),
  );
  for (const collection of recordCollections) {
    const records = shop.flatMap((customer) => customer.records[collection]);
    allTaken(await upsertRecords(engine, project, collection, records));
  }
  return true;
}

/** Referrals are written last, and the first customer has one. */
async function isHalfSeeded(engine: Engine, project: string): Promise<boolean> {
  const first = await findCustomer(engine, project, { sourceId: firstCustomer });
  return first !== undefined && !(await hasAny(engine, project, "referrals"));
}

function allTaken(results: readonly WriteResult[]): void {
  for (const result of results)
    if (result.status === "rejected") throw new Error(`The demo shop is wrong: ${result.reason}`);
}
