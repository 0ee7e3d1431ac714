// Reads of dirty marks, the documents of `changes`: which customers await reevaluation, and whom the clock concerns.
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
   * Marks of some partitions, at most `limit`: by `_id` ascending of one partition, in no order of several.
   * @param excluded marks to leave out, by `_id`.
   */
  readonly ofPartitions: (
    project: string,
    partitions: readonly number[],
    excluded: readonly string[],
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly ChangeDocument[]>;

  /** `_id`s of all marked customers, in no order. */
  readonly ids: (project: string, options?: ReadOptions) => Promise<readonly string[]>;
  /** `_id`s of the marked customers whose mark has `before`: those who were there and changed. */
  readonly changedIds: (project: string, options?: ReadOptions) => Promise<readonly string[]>;
  /** The marks with an `effective_at`, in no order. */
  readonly withEffectiveTime: (
    project: string,
    options?: ReadOptions,
  ) => Promise<readonly { readonly _id: string; readonly effective_at: Date }[]>;

  /** How many customers are marked, at most `bound`. */
  readonly countUpTo: (project: string, bound: number, options?: ReadOptions) => Promise<number>;
  /** How many customers are marked for a segment by another reason than `TIME`. */
  readonly countOfSegment: (project: string, segment: string, options?: ReadOptions) => Promise<number>;
  /** True where an erased customer was in a segment and is still marked. */
  readonly anyErasedFrom: (project: string, segment: string, options?: ReadOptions) => Promise<boolean>;
  /** The backlog, of at most `bound` marks. */
  readonly backlog: (project: string, bound: number, options?: ReadOptions) => Promise<Backlog>;
}

/** Where values are stored that moving bounds cross: in customers, or in the records of one kind. */
export interface CrossingSource {
  readonly collection: "customers" | RecordSet;
  /** Of events. */
  readonly type?: string;
  readonly path: string;
  /** True where an array is stored there. */
  readonly set?: boolean;
}

/** Values from one to another, both included, or any of some texts. */
export type CrossedValues =
  | { readonly from: string | number | boolean | Date; readonly to: string | number | boolean | Date }
  | { readonly anyOf: readonly string[] };

export interface Crossed {
  /** The customer's `_id`; one may come more than once. */
  readonly customer: string;
  /** What is stored at the path; of a set, at least those of its elements that are among the values. */
  readonly value: unknown;
}

export interface CrossingReads {
  /** The customers who have one of these values, or a record that does; in no order. Canceled orders, which no query counts, are left out. */
  readonly crossed: (
    project: string,
    source: CrossingSource,
    values: CrossedValues,
    options?: ReadOptions,
  ) => Promise<readonly Crossed[]>;
}
