// Documents by their ids.
import type { ClientSession, Collection } from "mongodb";
import type { StoredDocument } from "../../documents/documents.js";
import type { Pipeline } from "../../pipeline/stage.js";
import { inChunks } from "../batches.js";

/** The most ids that one command asks for. */
const idChunk = 5_000;

/** Reading options by which a page, and mostly all, comes in one reply; the server cuts a reply at 16 MB. */
export const oneReply = { batchSize: 100_000 } as const;
/**
 * Reading options by which a long answer comes in several replies, because the driver reads a reply without letting anything else have
 * its turn. Not for a sorted one: DocumentDB forgets its cursor.
 */
const severalReplies = { batchSize: 5_000 } as const;

/** How an answer of a pipeline is read. */
export function repliesOf(pipeline: Pipeline): { readonly batchSize: number } {
  return pipeline.some((stage) => "$sort" in stage) ? oneReply : severalReplies;
}

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
