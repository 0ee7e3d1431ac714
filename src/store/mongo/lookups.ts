// Documents by their ids.
import type { ClientSession, Collection } from "mongodb";
import type { StoredDocument } from "../../documents/documents.js";
import { inChunks } from "../batches.js";

/** The most ids that one command asks for. */
const idChunk = 5_000;

/**
 * Reading options by which a page comes in one reply, and a longer answer in several: the driver reads a reply without letting anything
 * else have its turn.
 */
export const replies = { batchSize: 5_000 } as const;

/** The documents of these ids, in their order; undefined where there is none. */
export async function documentsById(
  collection: Collection<StoredDocument>,
  ids: readonly string[],
  options: { readonly session?: ClientSession; readonly signal?: AbortSignal; readonly maxTimeMS?: number },
): Promise<readonly (StoredDocument | undefined)[]> {
  const found = new Map<string, StoredDocument>();
  for (const chunk of inChunks([...new Set(ids)], idChunk)) {
    const cursor = collection.find({ _id: { $in: [...chunk] } }, { ...options, ...replies });
    for await (const document of cursor) found.set(document._id, document);
  }
  return ids.map((id) => found.get(id));
}
