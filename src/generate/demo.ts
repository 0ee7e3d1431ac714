// Fills an empty project with the demo shop: a made-up one of a few thousand customers.

import { hasAny } from "../definitions/define.js";
import type { Engine } from "../engine.js";
import { recordId } from "../facts/record-id.js";
import { generateIntoStore, hasMadeUp } from "./generate.js";
import { lastWritten } from "./shop.js";

const seed = 20_260_201;

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
  await generateIntoStore(engine, project, {
    customers: options.customers ?? 3_000,
    seed,
    now: engine.clock(),
  });
  return true;
}

async function isHalfSeeded(engine: Engine, project: string): Promise<boolean> {
  if (!(await hasMadeUp(engine, project))) return false;
  const [last] = await engine.store.getMany("referrals", [recordId(project, lastWritten.referral)]);
  return last === undefined;
}
