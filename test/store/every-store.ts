// The stores that the port's suites run on, and small documents for them.
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CollectionName, DocumentOf } from "../../src/store/documents.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import type { Pipeline, ReadOptions, Store } from "../../src/store/port.js";

export interface StoreUnderTest {
  readonly name: string;
  /** Names a new, empty place for data. */
  readonly place: () => string;
  readonly open: (place: string) => Promise<Store>;
  /** Removes a place, whose store is closed. */
  readonly destroy: (place: string) => Promise<void>;
}

export const everyStore: readonly StoreUnderTest[] = [
  {
    name: "embedded",
    place: () => join(mkdtempSync(join(tmpdir(), "segmentql-store-")), `data.${randomUUID()}`),
    open: openEmbeddedStore,
    destroy: async (place) => rmSync(join(place, ".."), { recursive: true, force: true }),
  },
];

/** A document with only the fields that a test is about. */
export function document<Name extends CollectionName>(
  _collection: Name,
  id: string,
  fields: Readonly<Record<string, unknown>> = {},
  project = "shop",
): DocumentOf[Name] {
  return { _id: id, project, ...fields } as unknown as DocumentOf[Name];
}

/** Puts documents of one collection, in one transaction. */
export async function put<Name extends CollectionName>(
  store: Store,
  collection: Name,
  documents: readonly DocumentOf[Name][],
): Promise<void> {
  await store.write((transaction) => transaction.put(collection, documents));
}

/** Runs a pipeline behind `{ $match: { project: "shop" } }`. */
export async function rows(
  store: Store,
  collection: CollectionName,
  pipeline: Pipeline,
  options?: ReadOptions,
): Promise<readonly unknown[]> {
  return store.aggregate(collection, [{ $match: { project: "shop" } }, ...pipeline], options);
}

/** The ids of the documents that a condition holds of, sorted. */
export async function idsWhere(
  store: Store,
  collection: CollectionName,
  condition: unknown,
): Promise<string[]> {
  const found = await store.aggregate<{ _id: string }>(collection, [
    { $match: { project: "shop" } },
    { $match: condition },
    { $project: { _id: 1 } },
  ]);
  return found.map(({ _id }) => _id).sort();
}
