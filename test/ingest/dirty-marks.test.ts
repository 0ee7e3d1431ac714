// Summaries that are maintained with each write equal summaries computed from scratch from all records, for any
// records in any order: new ones, replaced ones, ones that move to another customer, past and future ones,
// while the clock advances or goes back.
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import type { RecordCollection } from "../../src/documents/collections.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { draws } from "../draws.js";
import { documents, temporaryEngine } from "../import/temporary-engine.js";
import { movableClock } from "../support/movable-clock.js";
import { makeSummariesAnew } from "./made-anew.js";

const start = Date.parse("2026-06-01T00:00:00Z");
const hour = 3_600_000;

const customer = fc.constantFrom("a", "b", "c");
const id = fc.integer({ min: 1, max: 5 }).map(String);
const at = fc.integer({ min: -8, max: 8 }).map((hours) => new Date(start + hours * hour).toISOString());
const campaign = fc.constantFrom("X", "Y");
const amount = fc.integer({ min: -3, max: 9 });
const product = fc.constantFrom("p1", "p2", "p3").map((product_id) => ({ product_id }));

const records: Readonly<Record<Exclude<RecordCollection, "events">, fc.Arbitrary<object>>> = {
  orders: fc.record({
    source_id: id,
    customer,
    created_at: at,
    status: fc.constantFrom("PAID", "CANCELED"),
    amount,
    items: fc.array(product, { maxLength: 2 }),
  }),
  redemptions: fc.record({ id, customer, at, campaign, result: fc.constantFrom("SUCCESS", "FAILURE") }),
  gift_cards: fc.record({ id, customer, campaign, amount, spent: amount }),
  loyalty: fc.record({ id, customer, campaign, points: fc.constantFrom(0.1, 0.2, 0.3, 5), spent: amount }),
  referrals: fc.record({ id, referrer: customer, referee: id, campaign, at }),
};

const batch = fc.oneof(
  ...Object.entries(records).map(([collection, record]) =>
    fc.record({
      collection: fc.constant(collection as RecordCollection),
      records: fc.array(record, { minLength: 1, maxLength: 4 }),
      hours: fc.integer({ min: -2, max: 4 }),
    }),
  ),
);

const ownerOf = (document: object) => (document as { readonly customer: string }).customer;

it("any sequence of writes marks the right customers", async () => {
  const { store } = await temporaryEngine();
  let drawn = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 10 }), async (batches) => {
      // A separate project for each run.
      drawn += 1;
      const project = `run-${drawn}`;
      const { clock, moveBy } = movableClock(start);
      const engine: Engine = { store, clock };
      await defineProject(engine, project, {});
      await upsertCustomers(engine, project, [{ source_id: "a" }, { source_id: "b" }, { source_id: "c" }]);
      for (const { collection, records: given, hours } of batches) {
        moveBy(hours * hour);
        const stood = new Map(
          (await documents(engine, collection, project)).map((document) => [document._id, document]),
        );
        await upsertRecords(engine, project, collection, given);
        // The owners of what changed, and of what it was before: others may wait for their time.
        const changed = (await documents(engine, collection, project)).filter(
          (document) => !isDeepStrictEqual(document, stood.get(document._id)),
        );
        const touched = new Set(
          changed.flatMap((document) => [ownerOf(document), ownerOf(stood.get(document._id) ?? document)]),
        );
        const kept = await documents(engine, "customers", project);
        await makeSummariesAnew(engine, project);
        const derived = await documents(engine, "customers", project);
        const activities = (customers: typeof kept) =>
          customers.filter(({ _id }) => touched.has(_id)).map(({ _id, activity }) => [_id, activity]);
        expect(activities(kept)).toEqual(activities(derived));
        // The recomputed summaries are put back: the next write finds summaries as writes leave them.
        await store.write((transaction) => transaction.put("customers", kept));
      }
    }),
    { numRuns: draws(2.2) },
  );
});
