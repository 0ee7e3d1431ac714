// The port that everything else talks to. Two stores stand behind it, the embedded one and MongoDB; nothing outside this
// folder knows which.
import type { CollectionName, DocumentOf, RecordCollection } from "../documents/collections.js";
import type { ProjectDocument } from "../documents/documents.js";
import type { Pipeline } from "../pipeline/stage.js";

export interface ReadOptions {
  /** Stops the read when aborted; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Longest that the read may take, in milliseconds; it then rejects with a StoreError of code `TIMEOUT`. Default 30,000. */
  readonly maxTimeMs?: number;
}

export interface WriteOptions {
  /**
   * For how long it may wait for transactions of other processes that have the same documents, in milliseconds; it then rejects
   * with a StoreError of code `TIMEOUT`, and nothing is kept. Without it, a store waits as long as it thinks right. An embedded
   * store, whose data no other process has, never waits for one.
   */
  readonly maxWaitMs?: number;
}

/** One step of how a pipeline ran, innermost (first) first. */
export interface ExplainedStep {
  /** The stage or scan, in the store's own word, as `IXSCAN`, `$lookup`, `scan`. */
  readonly name: string;
  readonly collection?: string;
  /** The index that served it; absent where none did. */
  readonly index?: string;
  /** Documents or keys that it looked at, and rows that it handed on, where the store says. */
  readonly rowsRead?: number;
  readonly rowsReturned?: number;
}

/** How a store runs a pipeline, in one shape for every store. */
export interface Explanation {
  readonly steps: readonly ExplainedStep[];
  /** Every index used anywhere, without doubles. */
  readonly indexes: readonly string[];
  /** Totals over all steps, where the store says. */
  readonly rowsRead?: number;
  readonly rowsReturned?: number;
}

export type StoreErrorCode =
  | "TIMEOUT"
  | "LOCKED"
  | "NEWER_FORMAT"
  | "OLDER_FORMAT"
  | "UNAVAILABLE"
  | "UNSCOPED"
  | "FULL";

/** What a store says when it can't do its part; `message` names the mend. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface Store {
  readonly kind: "embedded" | "mongodb";

  /**
   * Runs a pipeline and returns its rows. The first stage must be a `$match` that fixes `project` to a string (else a
   * StoreError `UNSCOPED`): no read crosses projects. Rows are not to be changed by the caller.
   */
  aggregate<Row>(
    collection: CollectionName,
    pipeline: Pipeline,
    options?: ReadOptions,
  ): Promise<readonly Row[]>;

  /** Runs a pipeline for how it runs; the same bounds as `aggregate`. */
  explain(collection: CollectionName, pipeline: Pipeline, options?: ReadOptions): Promise<Explanation>;

  /** The documents of these ids, in their order; undefined where there is none. */
  getMany<Name extends CollectionName>(
    collection: Name,
    ids: readonly string[],
  ): Promise<readonly (DocumentOf[Name] | undefined)[]>;

  /**
   * Runs `work` as one transaction: all of its writes are kept, durably, before the promise resolves, or none is.
   * `work` may be run again after a conflict, so it changes nothing but through its transaction.
   */
  write<Result>(work: (transaction: Transaction) => Promise<Result>, options?: WriteOptions): Promise<Result>;

  /**
   * Writes a project's definition, and begins, in the background, to make the indexes that it asks for, where the store has
   * such.
   * @throws StoreError `FULL` where the other projects leave no room for them: nothing is written then.
   */
  writeDefinition(definition: ProjectDocument): Promise<void>;

  /** Lets go of everything. */
  close(): Promise<void>;
}

/** Reads inside a transaction see its own writes. */
export interface Transaction {
  getMany<Name extends CollectionName>(
    collection: Name,
    ids: readonly string[],
  ): Promise<readonly (DocumentOf[Name] | undefined)[]>;

  /** Every record of these customers, by customer `_id`; a customer without any has no entry. */
  recordsOf<Name extends RecordCollection>(
    collection: Name,
    customers: readonly string[],
  ): Promise<ReadonlyMap<string, readonly DocumentOf[Name][]>>;

  /** Inserts or replaces whole documents, by `_id`. */
  put<Name extends CollectionName>(collection: Name, documents: readonly DocumentOf[Name][]): Promise<void>;

  remove(collection: CollectionName, ids: readonly string[]): Promise<void>;
}
