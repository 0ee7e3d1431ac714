// How many documents of a collection the default project has.
import type { CollectionName } from "../../src/documents/collections.js";
import type { Engine } from "../../src/engine.js";

export async function countRowsOf({ store }: Engine, collection: CollectionName): Promise<number> {
  return (await store.reads.documents.after(collection, "default", "", 100_000)).length;
}
