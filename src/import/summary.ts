// What an import reports while it runs and when it is done.

import type { RecordCollection } from "../documents/collections.js";
import type { WriteResult } from "../ingest/write-result.js";
import type { Reject } from "./files/rejects.js";

/** The collections that an import fills, in the order in which it does: records come after their customers. */
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
  /** What was stored was the same already. */
  readonly unchanged: number;
  readonly rejected: number;
}

export type ImportSummary = Readonly<Record<ImportedCollection, ImportCounts>> & {
  /** Absent where there was no file of segments. */
  readonly segments?: ImportCounts;
  /** Rows of a CSV file; all 0 for a folder. */
  readonly rows: {
    readonly read: number;
    readonly rejected: number;
  };
  /** Rows that were left out because they name no customer. */
  readonly skippedRows: number;
  /** What is worth knowing of a file that was imported: each of a kind once. */
  readonly warnings: readonly ImportWarning[];
  /** Records and rows that were rejected, in all. */
  readonly rejected: number;
  /** The file of them with their reasons, an absolute path; absent where there is none. */
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
    | "UNKNOWN_COUNTRIES"
    | "UNDEFINED_NAMES"
    | "RESERVED_EVENT"
    | "SEGMENT_QUERY"
    | "READ_AS";
  readonly message: string;
}

export interface ImportProgress {
  /** `rows` while a CSV file is read and sorted; else the collection that is written. */
  readonly phase: "rows" | "segments" | ImportedCollection;
  /** Records, or rows, dealt with in this phase. */
  readonly done: number;
  /** How many there will be, where that is known. */
  readonly total?: number;
  /** How much of the file has been read, as it lies on disk (compressed, if it is). */
  readonly bytes?: number;
  readonly totalBytes?: number;
}

export interface ImportOptions {
  /** Where rejected records go: one a line, with the file, the line and the reason. By default a file in the working folder, named after the input. */
  readonly rejectsFile?: string;
  /** Takes rejected records, instead of any file. */
  readonly onReject?: (reject: Reject) => void;
  /** The folder for what an import has to sort; by default the system's for temporary files. It is emptied again. */
  readonly scratchFolder?: string;
  /** Stops the import between two batches; what is in stays in, and the same import again goes on. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** Counts what became of the records. */
export class Tally {
  private readonly counts = new Map<
    ImportedCollection | "segments",
    { read: number; written: number; unchanged: number; rejected: number }
  >();
  rows = 0;
  rejectedRows = 0;
  skippedRows = 0;
  readonly warnings: ImportWarning[] = [];

  /** Counts `times` records of one fate. */
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
