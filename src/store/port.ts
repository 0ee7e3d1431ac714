// The storage port. Two stores implement it, the embedded one and MongoDB; nothing outside this folder depends on which.
import type { CollectionName, DocumentOf, RecordCollection } from "../documents/collections.js";
import type { ProjectDocument } from "../documents/documents.js";
import type { CustomerQuestions } from "./customers.js";
import type { Reads } from "./reads/reads.js";

export interface WriteOptions {
  /**
   * The longest that the write may wait for transactions that hold the same documents, in milliseconds; it then rejects with a
   * StoreError of code `TIMEOUT`, and nothing is written. If it is omitted, the store decides how long to wait.
   */
  readonly maxWaitMs?: number;
}

/**
 * `TIMEOUT`: a time limit was reached. `LOCKED`: another process holds the data. `NEWER_FORMAT`, `OLDER_FORMAT`: another version
 * of the program wrote the data. `UNAVAILABLE`: the server or the folder can't be reached or used. `DAMAGED`: stored data can't
 * be read. `READ_ONLY`: the data can be read but not written. `NO_SPACE`: the disk is full. `BUSY`: too many queries are waiting;
 * try again later. `TOO_MANY_INDEXES`: a definition asks for more indexes than there is room for. `UNSCOPED`: a read names no
 * project, which is a mistake in the program.
 */
export type StoreErrorCode =
  | "TIMEOUT"
  | "LOCKED"
  | "NEWER_FORMAT"
  | "OLDER_FORMAT"
  | "UNAVAILABLE"
  | "DAMAGED"
  | "READ_ONLY"
  | "NO_SPACE"
  | "BUSY"
  | "TOO_MANY_INDEXES"
  | "UNSCOPED";

/** The error that a store rejects with; `message` says what to do. */
export class StoreError extends Error {
  override readonly name: string = "StoreError";
  constructor(
    readonly code: StoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** True for a StoreError with that code. */
export function isStoreError(error: unknown, code: StoreErrorCode): error is StoreError {
  return error instanceof StoreError && error.code === code;
}

/** The differences between stores that the domain has to know. */
interface StoreCapabilities {
  /** For people, as `embedded` or `mongodb`. No decision depends on it. */
  readonly name: string;
  /** How many transactions are worth running at once. */
  readonly concurrentWrites: number;
}

export type IndexState = "ready" | "building" | "missing";

/** One index that the product asks for. */
export interface IndexReport {
  readonly collection: CollectionName;
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
  readonly state: IndexState;
}

/** Inspects and creates indexes, for an administrator. Every method rejects with a StoreError. */
export interface IndexAdministration {
  /** Creates the indexes that are missing; resolves when all are ready. */
  readonly ensure: () => Promise<void>;
  readonly states: () => Promise<readonly IndexReport[]>;
  /** A script by which an administrator creates them by hand. */
  readonly script: () => Promise<string>;
}

export interface Store {
  readonly capabilities: StoreCapabilities;

  /** Questions over customers, each a plan. */
  readonly customers: CustomerQuestions;

  /** The named reads of the domain. */
  readonly reads: Reads;

  /** Absent if the store maintains its indexes itself. */
  readonly indexes?: IndexAdministration;

  /** The documents of these ids, in their order; undefined for an id without a document. */
  getMany<Name extends CollectionName>(
    collection: Name,
    ids: readonly string[],
  ): Promise<readonly (DocumentOf[Name] | undefined)[]>;

  /**
   * Runs `work` as one transaction: all of its writes are stored durably before the promise resolves, or none is. `work` may run
   * again after a conflict, so its only side effects have to go through its transaction.
   */
  write<Result>(work: (transaction: Transaction) => Promise<Result>, options?: WriteOptions): Promise<Result>;

  /**
   * Writes a project's definition and begins, in the background, to create the indexes that it asks for.
   * @throws StoreError `TOO_MANY_INDEXES` if the other projects leave no room for them; nothing is written then.
   */
  writeDefinition(definition: ProjectDocument): Promise<void>;

  /**
   * Checks all stored data, so that no copy of damaged data passes for complete. Absent if the server checks what it reads
   * itself.
   * @throws StoreError `DAMAGED` if the data is damaged; the signal's reason.
   */
  assertWhole?(signal?: AbortSignal): Promise<void>;

  /** Releases everything. */
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
