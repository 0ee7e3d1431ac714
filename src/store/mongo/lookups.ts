// Documents by their ids.
import type { ClientSession, Collection } from "mongodb";
import type { StoredDocument } from "../../documents/documents.js";
import type { Pipeline } from "../../pipeline/stage.js";
import { inChunks } from "../batches.js";

/** The most ids of one command. */
const idChunk = 5_000;

/** Options with which a page, and usually every answer, comes in one reply; the server limits a reply to 16 MB. */
export const oneReply = { batchSize: 100_000 } as const;
/**
 * Options with which a long answer comes in several replies, because the driver blocks the event loop while it parses a reply.
 * Not for sorted answers: DocumentDB loses their cursor.
 */
const severalReplies = { batchSize: 5_000 } as const;

/** The options for reading the answer of a pipeline. */
export function repliesOf(pipeline: Pipeline): { readonly batchSize: number } {
  return pipeline.some((stage) => "$sort" in stage) ? oneReply : severalReplies;
}

/** The documents of these ids, in their order; undefined for an id without a document. */
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
