// How documents of an earlier format become documents of this program's. A migration is one step from a format to the next.
import { type CollectionName, formatVersion } from "../documents/collections.js";
import type { StoredDocument } from "../documents/documents.js";

export interface Migration {
  /** The format that it reads; it writes the one after it. */
  readonly from: number;
  /** What a document of a collection becomes; collections that are left out stay as they are. It is pure: it may run again. */
  readonly documents: Readonly<Partial<Record<CollectionName, (document: StoredDocument) => StoredDocument>>>;
}

/** The migrations that there are. */
export const migrations: readonly Migration[] = [
  // Jobs have collections of their own; no other document changed.
  { from: 2, documents: {} },
];

/**
 * Added to the format of data while it is migrated, so that no program, earlier or later, works on data that is half of one format and
 * half of another.
 */
const underWay = 1_000_000;

/** The format that is stored of data that is being migrated from another. */
export function markUnderWay(format: number): number {
  return underWay + format;
}

/** The format that data is migrated from; undefined where no migration is under way. */
export function formatUnderWay(stored: number): number | undefined {
  return stored >= underWay ? stored - underWay : undefined;
}

/** The steps from a format to this program's, in order; undefined where one is missing. */
export function stepsFrom(format: number, known: readonly Migration[]): readonly Migration[] | undefined {
  const steps: Migration[] = [];
  for (let from = format; from < formatVersion; from += 1) {
    const step = known.find((migration) => migration.from === from);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return steps;
}

/** A document after all steps; the same object if none of them is about its collection. */
export function migrated(
  steps: readonly Migration[],
  collection: CollectionName,
  document: StoredDocument,
): StoredDocument {
  return steps.reduce((before, { documents }) => documents[collection]?.(before) ?? before, document);
}

export interface MigrateOptions {
  /** Those of the product, unless a test brings its own. */
  readonly known?: readonly Migration[];
  /** Documents that are migrated in one transaction. */
  readonly batchSize?: number;
  /** Stops it between two transactions; what is done stays done. */
  readonly signal?: AbortSignal | undefined;
  /** Receives how many documents are done, after each transaction. */
  readonly progressed?: (documents: number) => void;
}

export const defaultBatchSize = 500;

export interface MigrationResult {
  readonly from: number;
  readonly to: number;
  /** How many documents this run looked at; fewer than there are if it resumed another. */
  readonly documents: number;
  /** Where the data of the earlier format is kept, if it is. */
  readonly kept?: string;
}
