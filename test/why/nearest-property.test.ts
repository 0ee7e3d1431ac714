// The nearest change, for drawn worlds and queries: written into the store as anybody would write it, it lets the customer in.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import type { Profile } from "../../src/documents/documents.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { previewSegment } from "../../src/query/preview.js";
import type { ProfileChange } from "../../src/why/change.js";
import { withValue } from "../../src/why/changed-customer.js";
import { why } from "../../src/why/why.js";
import { draws } from "../draws.js";
import type { Customer, World } from "../oracle/folder.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { drawnArbitrary, writeWorld } from "./drawn.js";

/** Reasons that nothing could be done about. */
const impossible =
  /^(?:A sample is|Nobody can be in|The source id|The shop has sold|A static segment)|is a date of the past|contradict one another/;

/** Writes changes of a customer, as they are given, through what writes everything. */
async function write(
  engine: Engine,
  project: string,
  world: World,
  sourceId: string,
  changes: readonly ProfileChange[],
) {
  let profile: unknown = world.customers.find((customer: Customer) => customer.source_id === sourceId);
  for (const change of changes) {
    const consents = (profile as Profile).consents ?? [];
    if (change.kind === "set_field") profile = withValue(profile, change.path, change.value);
    if (change.kind === "grant_consent")
      profile = { ...(profile as Profile), consents: [...consents, change.consent] };
    if (change.kind === "withdraw_consent") {
      const left = consents.filter((each) => each.trim().toLowerCase() !== change.consent.toLowerCase());
      profile = { ...(profile as Profile), consents: left };
    }
    const results =
      change.kind === "add_records"
        ? await upsertRecords(engine, project, change.collection, change.records)
        : change.kind === "cancel_orders"
          ? await upsertRecords(
              engine,
              project,
              "orders",
              world.orders
                .filter(({ source_id }) => change.sourceIds.includes(source_id))
                .map((order) => ({ ...order, status: "CANCELED" })),
            )
          : await upsertCustomers(engine, project, [profile]);
    expect(results.filter(({ status }) => status === "rejected")).toEqual([]);
  }
}

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  const numRuns = tested.name === "embedded" ? draws(1 / 2) : draws(1 / 20);

  it("applied, it lets the customer in, and it is nearly always found", { timeout: 600_000 }, async () => {
    let [found, asked] = [0, 0];
    await fc.assert(
      fc.asyncProperty(drawnArbitrary(6, false), async ({ world, asOf, queries }) => {
        const engine: Engine = { store, clock: fixedClock(Date.parse(world.project.asOf)) };
        const project = await writeWorld(engine, world);
        for (const query of queries) {
          let checked = false;
          for (const { source_id: sourceId } of world.customers) {
            const { answer } = await why(engine, project, { query, asOf, customer: { sourceId } });
            const nearest = await answer?.nearest?.();
            if (nearest === undefined) continue;
            asked += 1;
            if ("reason" in nearest) {
              expect(nearest.reason).toMatch(/^[A-Z].*\.$/s);
              if (impossible.test(nearest.reason)) asked -= 1;
              continue;
            }
            found += 1;
            expect(nearest.sentences.join()).not.toMatch(/undefined|NaN|\[object|Invalid/);
            // Every change has been tried in this process; one of each query is written, too.
            if (checked) continue;
            checked = true;
            const copy = await writeWorld(engine, world);
            await write(engine, copy, world, sourceId, nearest.changes);
            const after = await previewSegment(engine, copy, { query, asOf: nearest.asOf });
            expect([query, nearest.changes, await after.answer?.sourceIds()]).toEqual([
              query,
              nearest.changes,
              expect.arrayContaining([sourceId]),
            ]);
          }
        }
      }),
      { numRuns, endOnFailure: true },
    );
    // What is drawn often asks for the past, or for an event a thousand times: about three in four are found.
    if (asked >= 300) expect(found / asked).toBeGreaterThan(0.5);
  });
});
