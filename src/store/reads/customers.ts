// Reads over customers other than the answers of queries.
import type { CustomerDocument } from "../../documents/documents.js";
import type { ReadOptions } from "../read-options.js";

/** A customer as predicates read it. */
export type SampledCustomer = Pick<
  CustomerDocument,
  "_id" | "source_id" | "sample" | "facts" | "yearly" | "activity" | "segments"
>;

export type CustomerIdentity = Pick<CustomerDocument, "_id" | "source_id">;

/** How the summaries of a project relate to an instant. */
interface SummaryState {
  /** Some customer's summary counts a record that is later than the instant (`activity.latest_at` is later). */
  readonly beyond: boolean;
  /** Some customer's summary lacks a record that is not later than the instant (`activity.next_at` is not later). */
  readonly behind: boolean;
}

export interface CustomerReads {
  /** Customers by their sample number ascending, at most `limit`: a fair sample, since numbers are spread evenly. */
  readonly sample: (
    project: string,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly SampledCustomer[]>;

  /** Customers by `_id` ascending, those whose `_id` is greater than `after`, at most `limit`. */
  readonly identities: (
    project: string,
    after: string,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly CustomerIdentity[]>;

  readonly summaryState: (project: string, instant: Date, options?: ReadOptions) => Promise<SummaryState>;

  /** `_id`s of customers whose `activity.next_at` is not later than an instant, in no order, at most `limit`. */
  readonly summariesDue: (
    project: string,
    instant: Date,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly string[]>;
}
