// Reads of dirty marks (the documents of `changes`), which list the customers that await reevaluation, and of the customers whose
// values a moving bound crosses.
import type { ChangeDocument } from "../../documents/membership-documents.js";
import type { RecordSet } from "../../plan/plan.js";
import type { ReadOptions } from "../read-options.js";

interface Backlog {
  /** How many customers are marked, counted up to the bound. */
  readonly waiting: number;
  /** The earliest `since` among those counted. */
  readonly oldest?: Date;
}

export interface DirtyMarkReads {
  /**
   * Marks of some partitions, at most `limit`, in no order.
   * @param excluded marks to leave out, by `_id`.
   */
  readonly ofPartitions: (
    project: string,
    partitions: readonly number[],
    excluded: readonly string[],
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly ChangeDocument[]>;
  /** Marks of one partition whose `_id` is greater than `after`, by `_id` ascending, at most `limit`. @param excluded as above. */
  readonly ofPartition: (
    project: string,
    partition: number,
    after: string,
    excluded: readonly string[],
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly ChangeDocument[]>;

  /** `_id`s of all marked customers, in no order. */
  readonly ids: (project: string, options?: ReadOptions) => Promise<readonly string[]>;
  /** `_id`s of the marked customers whose mark has `before`: existing customers that changed. */
  readonly changedIds: (project: string, options?: ReadOptions) => Promise<readonly string[]>;
  /** The marks with an `effective_at`, in no order. */
  readonly withEffectiveTime: (
    project: string,
    options?: ReadOptions,
  ) => Promise<readonly { readonly _id: string; readonly effective_at: Date }[]>;

  /** How many customers are marked, at most `bound`. */
  readonly countUpTo: (project: string, bound: number, options?: ReadOptions) => Promise<number>;
  /** How many customers are marked for a segment for another reason than `TIME`. */
  readonly countOfSegment: (project: string, segment: string, options?: ReadOptions) => Promise<number>;
  /** True if an erased customer who was in the segment is still marked. */
  readonly anyErasedFrom: (project: string, segment: string, options?: ReadOptions) => Promise<boolean>;
  /** The backlog, of at most `bound` marks. */
  readonly backlog: (project: string, bound: number, options?: ReadOptions) => Promise<Backlog>;
}

/** Where the values are stored that a moving bound crosses: in customers, or in the records of one kind. */
export interface CrossingSource {
  readonly collection: "customers" | RecordSet;
  /** The type, for events. */
  readonly type?: string;
  readonly path: string;
  /** True if the path holds an array. */
  readonly set?: boolean;
}

/** The values of a range, both ends included, or any of some texts. */
export type CrossedValues =
  | { readonly from: string | number | boolean | Date; readonly to: string | number | boolean | Date }
  | { readonly anyOf: readonly string[] };

export interface Crossed {
  /** The customer's `_id`; a customer may be returned more than once. */
  readonly customer: string;
  /** The stored value at the path; for a set, at least the elements that are among the values. */
  readonly value: unknown;
}

export interface CrossingReads {
  /**
   * The customers who have one of these values, or a record that has; in no order. Canceled orders, which no query counts, are
   * omitted.
   */
  readonly crossed: (
    project: string,
    source: CrossingSource,
    values: CrossedValues,
    options?: ReadOptions,
  ) => Promise<readonly Crossed[]>;
}
