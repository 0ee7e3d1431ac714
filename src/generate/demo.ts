// Fills an empty project with the demo shop: a made-up one of a few thousand customers.

import { hasAny } from "../definitions/define.js";
import type { Engine } from "../engine.js";
import { recordId } from "../facts/record-id.js";
import { generateIntoStore, hasMadeUp } from "./generate.js";
import { lastWritten } from "./shop.js";

const seed = 20_260_201;

export interface SeedOptions {
  /** How many customers the shop has; 3,000 by default. */
  readonly customers?: number;
}

/**
 * Fills the project with a made-up shop, the same one on the same day of the engine's clock. Does nothing if the project has
 * customers, but completes an interrupted seeding.
 * @returns true if it has filled the project.
 * @throws ProjectError if the project's definition conflicts with the shop's, or its name is invalid.
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
