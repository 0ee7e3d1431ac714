// The progress and the summary of an import.

import type { RecordCollection } from "../documents/collections.js";
import type { WriteResult } from "../ingest/write-result.js";
import type { Reject } from "./files/rejects.js";

/** The collections that an import fills, in this order: records come after their customers. */
export const importedCollections = [
  "customers",
  "orders",
  "events",
  "redemptions",
  "gift_cards",
  "loyalty",
  "referrals",
] as const satisfies readonly ("customers" | RecordCollection)[];
export type ImportedCollection = (typeof importedCollections)[number];

/** Numbers of records. `read` is the sum of the other three. */
export interface ImportCounts {
  readonly read: number;
  readonly written: number;
  /** Records that were already stored with the same content. */
  readonly unchanged: number;
  readonly rejected: number;
}

export type ImportSummary = Readonly<Record<ImportedCollection, ImportCounts>> & {
  /** Absent if there was no file of segments. */
  readonly segments?: ImportCounts;
  /** Rows of a CSV file; all 0 for a folder. */
  readonly rows: {
    readonly read: number;
    readonly rejected: number;
  };
  /** Rows that were skipped because they name no customer. */
  readonly skippedRows: number;
  /** Warnings about the imported files, each kind once. */
  readonly warnings: readonly ImportWarning[];
  /** The total of rejected records and rows. */
  readonly rejected: number;
  /** The absolute path of the rejects file; absent if there is none. */
  readonly rejectsFile?: string;
};

/** `message` is one sentence or more, for people. */
export interface ImportWarning {
  readonly code:
    | "DUPLICATE_COLUMNS"
    | "UNMAPPED_COLUMNS"
    | "EMPTY_COLUMNS"
    | "REPEATED_ROWS"
    | "SHARED_ID"
    | "TEXT_COLUMNS"
    | "UNCERTAIN_ENCODING"
    | "NEW_CONSENTS"
    | "UNKNOWN_COUNTRIES"
    | "UNDEFINED_NAMES"
    | "RESERVED_EVENT"
    | "SEGMENT_QUERY"
    | "READ_AS";
  readonly message: string;
}

export interface ImportProgress {
  /** `rows` while a CSV file is read and sorted; otherwise the collection that is written. */
  readonly phase: "rows" | "segments" | ImportedCollection;
  /** Records or rows processed in this phase. */
  readonly done: number;
  /** How many there are in this phase, if known. */
  readonly total?: number;
  /** How many bytes of the file have been read, before decompression. */
  readonly bytes?: number;
  readonly totalBytes?: number;
}

export interface ImportOptions {
  /**
   * The file for rejected records, with file, line and reason, one on each line. By default in the working folder, named after
   * the input.
   */
  readonly rejectsFile?: string;
  /** Receives rejected records instead of a file. */
  readonly onReject?: (reject: Reject) => void;
  /** The folder for temporary files; by default the system's. Everything written there is removed again. */
  readonly scratchFolder?: string;
  /** Stops the import between two batches; what is written remains, and importing again completes it. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Counts the results of records. */
export class Tally {
  private readonly counts = new Map<
    ImportedCollection | "segments",
    { read: number; written: number; unchanged: number; rejected: number }
  >();
  rows = 0;
  rejectedRows = 0;
  skippedRows = 0;
  readonly warnings: ImportWarning[] = [];

  /** Counts `times` records with the same result. */
  count(collection: ImportedCollection | "segments", status: WriteResult["status"], times = 1): void {
    let counts = this.counts.get(collection);
    if (counts === undefined) {
      counts = { read: 0, written: 0, unchanged: 0, rejected: 0 };
      this.counts.set(collection, counts);
    }
    counts.read += times;
    counts[status] += times;
  }

  summary(rejectsFile: string | undefined): ImportSummary {
    const none: ImportCounts = { read: 0, written: 0, unchanged: 0, rejected: 0 };
    const of = (collection: ImportedCollection): ImportCounts => ({
      ...(this.counts.get(collection) ?? none),
    });
    const collections = {
      customers: of("customers"),
      orders: of("orders"),
      events: of("events"),
      redemptions: of("redemptions"),
      gift_cards: of("gift_cards"),
      loyalty: of("loyalty"),
      referrals: of("referrals"),
    };
    const segments = this.counts.get("segments");
    const rejected = Object.values(collections).reduce(
      (total, counts) => total + counts.rejected,
      this.rejectedRows + (segments?.rejected ?? 0),
    );
    return {
      ...collections,
      ...(segments === undefined ? {} : { segments: { ...segments } }),
      rows: { read: this.rows, rejected: this.rejectedRows },
      skippedRows: this.skippedRows,
      warnings: this.warnings,
      rejected,
      ...(rejectsFile === undefined ? {} : { rejectsFile }),
    };
  }
}
