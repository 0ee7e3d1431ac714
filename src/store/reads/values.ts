// Reads of the values in the data, for suggestions. Each reads a bounded number of documents.
import type { ReadOptions } from "../read-options.js";

/** Where values are stored. */
export interface ValueSource {
  readonly project: string;
  readonly collection: "customers" | "orders" | "events";
  /** The type, for events. */
  readonly type?: string;
  /** The path in the collection's documents. */
  readonly path: string;
  /** True if the path holds an array, whose elements are the values. */
  readonly set: boolean;
}

/** A value, how many of the documents read have it, and the `_id` of one of them. Null counts the documents without a value. */
export interface ValueCount {
  readonly value: string | number | null;
  readonly count: number;
  readonly example: string;
}

export interface ValueReads {
  /**
   * The values of a sample of the documents, the most frequent first, then by value ascending. The sample is the first customers
   * by sample number, the first orders by `_id`, or the latest events.
   * @param documents how many documents are read.
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
   * @param documents the most documents that are read.
   */
  readonly beginningWith: (
    source: ValueSource,
    prefix: string,
    documents: number,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly ValueCount[]>;
}
