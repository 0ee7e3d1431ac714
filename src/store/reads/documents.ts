// Reads over the documents of any collection, and over the records of customers.
import type { CollectionName, DocumentOf, RecordCollection } from "../../documents/collections.js";
import type { ReferralDocument } from "../../documents/documents.js";
import type { RecordSet } from "../../plan/plan.js";
import type { ReadOptions } from "../read-options.js";

export interface DocumentReads {
  /**
   * A project's documents by `_id` ascending, those whose `_id` is greater than `after`, at most `limit`. Behind `PROJECT/`, only
   * ids that begin so are read.
   */
  readonly after: <Name extends CollectionName>(
    collection: Name,
    project: string,
    after: string,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly DocumentOf[Name][]>;

  /** True where the project has a document in the collection. */
  readonly any: (collection: CollectionName, project: string, options?: ReadOptions) => Promise<boolean>;
}

/** Which records of customers to read. */
export interface RecordFilter {
  /** Of events, only these types. */
  readonly types?: readonly string[];
  /** Only records at this instant or later. */
  readonly from?: Date;
  /** The most records, of all customers together. */
  readonly limit?: number;
}

/** A record as conditions read it: without what was given as text (`properties`, `items`, `metadata`). */
export type BriefRecord<Name extends RecordSet> = Omit<DocumentOf[Name], "properties" | "items" | "metadata">;

export interface RecordReads {
  /** The records of these customers (by `_id`), in no order. */
  readonly ofCustomers: <Name extends RecordCollection>(
    project: string,
    collection: Name,
    customers: readonly string[],
    filter?: RecordFilter,
    options?: ReadOptions,
  ) => Promise<readonly DocumentOf[Name][]>;

  /** The same without what conditions never read. */
  readonly briefOfCustomers: <Name extends RecordSet>(
    project: string,
    collection: Name,
    customers: readonly string[],
    filter?: RecordFilter,
    options?: ReadOptions,
  ) => Promise<readonly BriefRecord<Name>[]>;

  /** `_id`s of a customer's records, in no order, at most `limit`. */
  readonly idsOfCustomer: (
    project: string,
    collection: RecordCollection,
    customer: string,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly string[]>;

  /** Referrals that name a referee (by source id), in no order, at most `limit`. */
  readonly referralsOf: (
    project: string,
    referee: string,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly ReferralDocument[]>;
}

export interface ProductReads {
  /** The keys of the products that a normalised text names, ascending: it is the id or SKU, or a part of the name. */
  readonly keysNamedBy: (project: string, text: string, options?: ReadOptions) => Promise<readonly string[]>;
}
