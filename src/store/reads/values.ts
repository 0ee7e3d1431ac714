// Reads of the values that the data has, for suggestions. Each looks at a bounded number of documents.
import type { ReadOptions } from "../read-options.js";

/** Where values stand. */
export interface ValueSource {
  readonly project: string;
  readonly collection: "customers" | "orders" | "events";
  /** Of events, the type. */
  readonly type?: string;
  /** The path in the collection's documents. */
  readonly path: string;
  /** True where an array stands there, whose elements are the values. */
  readonly set: boolean;
}

/** One value, how many of the documents looked at have it, and the `_id` of one that does. Null stands for documents without one. */
export interface ValueCount {
  readonly value: string | number | null;
  readonly count: number;
  readonly example: string;
}

export interface ValueReads {
  /**
   * The values of a fair part of the documents, the most frequent first, then by value ascending: of customers by sample number,
   * of orders by `_id`, of events the latest.
   * @param documents how many documents are looked at.
   * @param limit the most values.
   */
  readonly frequent: (
    source: ValueSource,
    documents: number,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly ValueCount[]>;

  /**
   * Text values that begin with a prefix, the most frequent first, then by value ascending; an index serves the prefix.
   * @param documents the most documents that are looked at.
   */
  readonly beginningWith: (
    source: ValueSource,
    prefix: string,
    documents: number,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly ValueCount[]>;
}
