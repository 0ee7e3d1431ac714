// The target of an import: the store, or anything else that accepts definitions, customers, records and segments in batches.
import type { CollectionName, RecordCollection } from "../documents/collections.js";
import type { ProjectDocument } from "../documents/documents.js";
import type { Numbering } from "../facts/content-key.js";
import type { MergeOptions } from "../ingest/customers.js";
import type { WriteResult } from "../ingest/write-result.js";
import type { SegmentLine } from "./segment-line.js";
import type { ImportWarning } from "./summary.js";

interface RecordsToWrite {
  readonly numbering?: Numbering;
  readonly knownProducts?: Set<string>;
}

/** All results are in the order of the arguments. */
export interface ImportTarget {
  readonly project: string;
  /** The present, in milliseconds since the epoch. */
  readonly now: () => number;
  /** How many batches may be written at once. */
  readonly concurrentWrites: number;
  /** The most customers of a static segment. */
  readonly maxStaticMembers: number;
  /** The project's definition; undefined if it has none yet. */
  readonly definition: () => Promise<ProjectDocument | undefined>;
  /** Adds to the definition. @throws ProjectError if it can't be used. */
  readonly define: (definition: unknown) => Promise<void>;
  /** True if the project has a document of a collection. */
  readonly hasAny: (collection: CollectionName & ("customers" | "orders" | "gift_cards")) => Promise<boolean>;
  /** Which of the customers exist, by source id. */
  readonly existing: (sourceIds: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly upsertCustomers: (profiles: readonly unknown[]) => Promise<readonly WriteResult[]>;
  readonly mergeCustomers: (
    patches: readonly unknown[],
    options?: MergeOptions,
  ) => Promise<readonly WriteResult[]>;
  readonly upsertRecords: (
    collection: RecordCollection,
    records: readonly unknown[],
    options?: RecordsToWrite,
  ) => Promise<readonly WriteResult[]>;
  /** Creates a segment, or updates the one with its name. @throws SegmentError if it can't be saved. */
  readonly writeSegment: (line: SegmentLine) => Promise<SegmentWritten>;
}

export interface SegmentWritten {
  readonly status: Exclude<WriteResult["status"], "rejected">;
  readonly warnings: readonly ImportWarning[];
}
