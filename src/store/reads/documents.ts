// Reads over the documents of any collection, and over the records of customers.
import type { CollectionName, DocumentOf, RecordCollection } from "../../documents/collections.js";
import type { ReferralDocument } from "../../documents/documents.js";
import type { RecordSet } from "../../plan/plan.js";
import type { ReadOptions } from "../read-options.js";
import type { PageWindow } from "./time-window.js";

export interface DocumentReads {
  /**
   * A project's documents by `_id` ascending, those whose `_id` is greater than `after`, at most `limit`. If `after` begins with
   * `PROJECT/`, only ids with that prefix are read.
   */
  readonly after: <Name extends CollectionName>(
    collection: Name,
    project: string,
    after: string,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly DocumentOf[Name][]>;

  /** True if the project has a document in the collection. */
  readonly any: (collection: CollectionName, project: string, options?: ReadOptions) => Promise<boolean>;
}

/** Which records of customers to read. */
export interface RecordFilter {
  /** For events: only these types. */
  readonly types?: readonly string[];
  /** Only records at this instant or later. */
  readonly from?: Date;
  /** The most records, of all customers together. */
  readonly limit?: number;
}

/** A record as conditions read it: without the fields as given (`properties`, `items`, `metadata`). */
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

  /** The same records without the fields that conditions never read. */
  readonly briefOfCustomers: <Name extends RecordSet>(
    project: string,
    collection: Name,
    customers: readonly string[],
    filter?: RecordFilter,
    options?: ReadOptions,
  ) => Promise<readonly BriefRecord<Name>[]>;

  /**
   * The records of each of some customers (by `_id`) in a window of time; `limit` is per customer. Gift cards and loyalty cards
   * have no time: they are in the order of their ids, ascending if `newestFirst`.
   */
  readonly pagesOfCustomers: <Name extends RecordCollection>(
    project: string,
    collection: Name,
    customers: readonly string[],
    window: PageWindow & { readonly type?: string | undefined },
    options?: ReadOptions,
  ) => Promise<ReadonlyMap<string, readonly DocumentOf[Name][]>>;

  /** A project's orders, or its events of one type, in a window of time. */
  readonly pageOfProject: <Name extends "orders" | "events">(
    project: string,
    collection: Name,
    window: PageWindow & { readonly type?: string | undefined },
    options?: ReadOptions,
  ) => Promise<readonly DocumentOf[Name][]>;

  /** How many records each of some customers (by `_id`) has; a customer without any has no entry. */
  readonly countsOfCustomers: (
    project: string,
    collection: RecordCollection,
    customers: readonly string[],
    type?: string,
    options?: ReadOptions,
  ) => Promise<ReadonlyMap<string, number>>;

  /** How many orders, or events of one type, a project has, at most `bound`. */
  readonly countOfProject: (
    project: string,
    collection: "orders" | "events",
    bound: number,
    type?: string,
    options?: ReadOptions,
  ) => Promise<number>;

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
  /** The keys of the products that a normalised text names, ascending: as the id, the SKU, or a part of the name. */
  readonly keysNamedBy: (project: string, text: string, options?: ReadOptions) => Promise<readonly string[]>;
}
