// Drawn worlds, with queries, written into a store.
import fc from "fast-check";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import type { World } from "../oracle/folder.js";
import { printQuery } from "../oracle/printing.js";
import { queryArbitrary } from "../oracle/query.js";
import { asOfArbitrary, worldArbitrary } from "../oracle/world.js";

/** A world, an instant to ask at, and queries as text. */
export interface Drawn {
  readonly world: World;
  readonly asOf: number;
  readonly queries: readonly string[];
}

/** Draws worlds; `present` asks at the world's own instant. */
export function drawnArbitrary(queries: number, present: boolean): fc.Arbitrary<Drawn> {
  return worldArbitrary().chain((world) =>
    (present ? fc.constant(Date.parse(world.project.asOf)) : asOfArbitrary(world)).chain((asOf) =>
      fc.record({
        world: fc.constant(world),
        asOf: fc.constant(asOf),
        queries: fc
          .array(queryArbitrary(world, { asOf }), { minLength: queries, maxLength: queries })
          .map((all) => all.map(printQuery)),
      }),
    ),
  );
}

let worlds = 0;

/** Writes a world into a project of its own, at the clock's time. */
export async function writeWorld(engine: Engine, world: World): Promise<string> {
  worlds += 1;
  const project = `drawn-${worlds}`;
  const { asOf: _, ...definition } = world.project;
  await defineProject(engine, project, definition);
  await upsertCustomers(engine, project, world.customers);
  for (const collection of ["orders", "events", "redemptions", "gift_cards", "loyalty", "referrals"] as const)
    await upsertRecords(engine, project, collection, world[collection]);
  return project;
}
