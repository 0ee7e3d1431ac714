// How documents of an earlier format become documents of this program's. A migration is one step from a format to the next.
import { type CollectionName, formatVersion } from "../documents/collections.js";
import type { CustomerDocument, StoredDocument } from "../documents/documents.js";
import type { WorkDocument } from "../documents/membership-documents.js";
import { countryCodes } from "../plan/country-codes.js";

export interface Migration {
  /** The format that it reads; it writes the one after it. */
  readonly from: number;
  /** The migrated form of a document, by collection; an omitted collection does not change. Pure: it may run again. */
  readonly documents: Readonly<Partial<Record<CollectionName, (document: StoredDocument) => StoredDocument>>>;
  /** Indexes of MongoDB that the earlier format had and the later one does not use. */
  readonly droppedIndexes?: readonly { readonly collection: CollectionName; readonly name: string }[];
}

/** The document with other names for some of its fields. */
function renamed<Document extends StoredDocument>(
  document: Document,
  names: Readonly<Record<string, string>>,
): Document {
  const fields = Object.entries(document).map(([name, value]) => [names[name] ?? name, value]);
  return Object.fromEntries(fields) as Document;
}

/** A campaign of the only kind there was. */
function withTerms(campaign: StoredDocument): StoredDocument {
  const { discount, ...rest } = campaign as StoredDocument & { readonly discount: unknown };
  return { ...rest, terms: { kind: "discount", discount } } as StoredDocument;
}

/** A customer whose country compares by its code, if its text is a name that is known by now. */
function withKnownCountry(customer: StoredDocument): StoredDocument {
  const { facts } = customer as CustomerDocument;
  const code = facts.country === undefined ? undefined : countryCodes().get(facts.country);
  return code === undefined
    ? customer
    : ({ ...customer, facts: { ...facts, country: code } } as CustomerDocument);
}

/** The progress of a project's coordinator as if it had last seen another definition. */
function withoutDefinition(progress: StoredDocument): StoredDocument {
  return (progress as WorkDocument).definition === undefined
    ? progress
    : ({ ...progress, definition: "" } as StoredDocument);
}

/** Every migration of the product. */
export const migrations: readonly Migration[] = [
  // Jobs have collections of their own; no other document changed.
  { from: 2, documents: {} },
  // Promotions have collections of their own; no other document changed.
  { from: 3, documents: {} },
  // Fields of dirty marks and of the progress of partitions have other names.
  {
    from: 4,
    documents: {
      changes: (document) => renamed(document, { looks: "reasons" }),
      maintenance: (document) =>
        renamed(document, { stays_since: "intervals_since", forgotten: "deleted_sequence" }),
    },
    droppedIndexes: [{ collection: "changes", name: "project_1_looks.segment_1" }],
  },
  // Outgoing events have a collection of their own, and the embedded store keeps overviews of customers, which migrating writes;
  // no other document changed.
  { from: 5, documents: {} },
  // Campaigns are of several kinds, and accounts of points have a collection of their own.
  { from: 6, documents: { campaigns: withTerms } },
  // Distributions and their messages have collections of their own; no other document changed.
  { from: 7, documents: {} },
  // Sources have collections of their own; no other document changed.
  { from: 8, documents: {} },
  // Countries are known by more names: by their own, for one. Live segments are evaluated again, as after a new definition.
  { from: 9, documents: { customers: withKnownCountry, maintenance: withoutDefinition } },
];

/**
 * Added to the stored format during a migration, so that no program, earlier or later, works on data in a mix of two formats.
 */
const migratingOffset = 1_000_000;

/** The format to store while data is migrated from `format`. */
export function markMigrating(format: number): number {
  return migratingOffset + format;
}

/** The format that data is being migrated from; undefined if no migration is under way. */
export function formatMigrated(stored: number): number | undefined {
  return stored >= migratingOffset ? stored - migratingOffset : undefined;
}

/** The steps from a format to this program's, in order; undefined if one is missing. */
export function stepsFrom(format: number, known: readonly Migration[]): readonly Migration[] | undefined {
  const steps: Migration[] = [];
  for (let from = format; from < formatVersion; from += 1) {
    const step = known.find((migration) => migration.from === from);
    if (step === undefined) return undefined;
    steps.push(step);
  }
  return steps;
}

/** A document after all steps; the same object if none of them concerns its collection. */
export function migrated(
  steps: readonly Migration[],
  collection: CollectionName,
  document: StoredDocument,
): StoredDocument {
  return steps.reduce((before, { documents }) => documents[collection]?.(before) ?? before, document);
}

export interface MigrateOptions {
  /** The migrations to use: the product's, unless a test passes its own. */
  readonly known?: readonly Migration[];
  /** How many documents one transaction migrates. */
  readonly batchSize?: number;
  /** Stops the migration between two transactions; a later run resumes it. */
  readonly signal?: AbortSignal | undefined;
  /** Receives the number of documents done, after each transaction. */
  readonly progressed?: (documents: number) => void;
}

export const defaultBatchSize = 500;

export interface MigrationResult {
  readonly from: number;
  readonly to: number;
  /** How many documents this run read; fewer than all if it resumed another run. */
  readonly documents: number;
  /** The file that keeps the data of the earlier format, if there is one. */
  readonly kept?: string;
}
