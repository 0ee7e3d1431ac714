// A shop whose segments are many and selective, and a store that reports when transitions are written to it.

import { defineProject } from "../../src/definitions/define.js";
import type { SegmentDocument } from "../../src/documents/documents.js";
import type { TransitionDocument } from "../../src/documents/membership-documents.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { findProject } from "../../src/projects/projects.js";
import { namesOf } from "../../src/query/catalog.js";
import { nameKey, segmentKey } from "../../src/segments/identity.js";
import { queryToSave } from "../../src/segments/saved-query.js";
import type { Store, Transaction } from "../../src/store/port.js";

export const project = "bench";

/** The segment of customers who logged in within a minute: they leave by time alone. */
export const lately = "lately";

/** Calls `stored` with every transition once the transaction that holds it has committed. */
export function observedStore(store: Store, stored: (transition: TransitionDocument) => void): Store {
  return {
    ...store,
    write: async (work, options) => {
      let written: TransitionDocument[] = [];
      const result = await store.write((transaction) => {
        // A transaction that conflicts is run again.
        written = [];
        const put: Transaction["put"] = async (collection, documents) => {
          if (collection === "transitions")
            written.push(...(documents as readonly unknown[] as TransitionDocument[]));
          await transaction.put(collection, documents);
        };
        return work({
          put,
          getMany: (collection, ids) => transaction.getMany(collection, ids),
          recordsOf: (collection, customers) => transaction.recordsOf(collection, customers),
          remove: (collection, ids) => transaction.remove(collection, ids),
        });
      }, options);
      for (const transition of written) stored(transition);
      return result;
    },
  };
}

/** Customers `c-0` and on, none of them in a segment, and segments `0` and on, each of one score. */
export async function makeShop(engine: Engine, customers: number, segments: number): Promise<void> {
  await defineProject(engine, project, { metadataSchema: { score: "number" }, eventSchemas: { login: {} } });
  const batch = 500;
  for (let start = 0; start < customers; start += batch) {
    const count = Math.min(batch, customers - start);
    const people = Array.from({ length: count }, (_, index) => ({ source_id: `c-${start + index}` }));
    await upsertCustomers(engine, project, people);
  }
  // Written as they would be saved: saving a thousand one by one is not what is timed.
  const definition = await findProject(engine, project);
  const noSegments = namesOf([]);
  const documents = [...queries(segments)].map(([id, text]): SegmentDocument => {
    const now = new Date(engine.clock());
    return {
      _id: segmentKey(project, id),
      project,
      segment_id: id,
      name: `Segment ${id}`,
      name_key: nameKey(`Segment ${id}`),
      kind: "auto_update",
      state: "active",
      archived: false,
      created_at: now,
      updated_at: now,
      used_by: [],
      query: queryToSave(text, definition, noSegments, now.getTime()),
    };
  });
  for (let start = 0; start < documents.length; start += batch)
    await engine.store.write((transaction) =>
      transaction.put("segments", documents.slice(start, start + batch)),
    );
}

/** Every segment's query, by its id. */
export function queries(segments: number): ReadonlyMap<string, string> {
  const scores = Array.from(
    { length: segments - 1 },
    (_, score) => [String(score), `score is ${score}`] as const,
  );
  return new Map([...scores, [lately, "performed login in the last 1 minute"]]);
}
