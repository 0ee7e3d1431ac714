// Documents by their ids.
import type { ClientSession, Collection } from "mongodb";
import type { StoredDocument } from "../../documents/documents.js";
import { inChunks } from "../batches.js";

/** The most ids that one command asks for. */
const idChunk = 5_000;

/** Reading options by which a page, and mostly all, comes in one reply; the server cuts a reply at 16 MB. */
export const oneReply = { batchSize: 100_000 } as const;

/** The documents of these ids, in their order; undefined where there is none. */
export async function documentsById(
  collection: Collection<StoredDocument>,
  ids: readonly string[],
  options: { readonly session?: ClientSession; readonly signal?: AbortSignal; readonly maxTimeMS?: number },
): Promise<readonly (StoredDocument | undefined)[]> {
  const found = new Map<string, StoredDocument>();
  for (const chunk of inChunks([...new Set(ids)], idChunk)) {
    const cursor = collection.find({ _id: { $in: [...chunk] } }, { ...options, ...oneReply });
    for await (const document of cursor) found.set(document._id, document);
  }
  return ids.map((id) => found.get(id));
}
