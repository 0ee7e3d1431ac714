// Reads of the history of membership: intervals (the collection `memberships`) and transitions.
import type { CustomerDocument } from "../../documents/documents.js";
import type { MembershipDocument, TransitionDocument } from "../../documents/membership-documents.js";
import type { CustomerPageRequest } from "../customers.js";
import type { ReadOptions } from "../read-options.js";
import type { PageWindow } from "./time-window.js";

/** How many intervals begin and end at the same two instants. */
export interface IntervalCount {
  readonly began: Date;
  readonly ended: Date;
  readonly count: number;
}

/** An interval contains an instant if it began at or before it, and ended after it or not at all. */
export interface IntervalReads {
  /** How many customers were in a segment at an instant, erased ones included. */
  readonly countAt: (
    project: string,
    segment: string,
    instant: Date,
    options?: ReadOptions,
  ) => Promise<number>;

  /** A page of the customers who were in a segment at an instant, in their present state; erased customers are omitted. */
  readonly customersAt: (
    project: string,
    segment: string,
    instant: Date,
    request: CustomerPageRequest,
    options?: ReadOptions,
  ) => Promise<readonly CustomerDocument[]>;

  /**
   * `_id`s of the customers who were in a segment at an instant, ascending, those greater than `after`, at most `limit`. The ids
   * of erased customers name no document.
   */
  readonly customerIdsAt: (
    project: string,
    segment: string,
    instant: Date,
    after: string,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly string[]>;

  /** The segments (by `segment_id`) that a customer (by `_id`) was in at an instant. */
  readonly segmentsOfCustomerAt: (
    project: string,
    customer: string,
    instant: Date,
    options?: ReadOptions,
  ) => Promise<readonly string[]>;

  /** The segments that each of some customers (by `_id`) was in at an instant, in no order. */
  readonly segmentsOfCustomersAt: (
    project: string,
    customers: readonly string[],
    instant: Date,
    options?: ReadOptions,
  ) => Promise<readonly Pick<MembershipDocument, "customer" | "segment">[]>;

  /** The intervals of some customers (by `_id`) that have not ended, in no order. */
  readonly openOfCustomers: (
    project: string,
    customers: readonly string[],
    options?: ReadOptions,
  ) => Promise<readonly MembershipDocument[]>;

  /** `_id`s of the customers whose interval in a segment has not ended, in no order. */
  readonly lasting: (project: string, segment: string, options?: ReadOptions) => Promise<readonly string[]>;

  /**
   * The intervals of a segment that began at or before `last`, counted by beginning and end. A beginning or an end before `first`
   * counts as `first`; an end after `last`, or none, counts as one millisecond after `last`.
   */
  readonly countsBetween: (
    project: string,
    segment: string,
    first: Date,
    last: Date,
    options?: ReadOptions,
  ) => Promise<readonly IntervalCount[]>;

  /** Intervals that ended before an instant, by end ascending, at most `limit`. */
  readonly endedBefore: (
    project: string,
    instant: Date,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly Required<Pick<MembershipDocument, "_id" | "left_at">>[]>;

  /** `_id`s of a customer's intervals, in no order, at most `limit`. */
  readonly idsOfCustomer: (
    project: string,
    customer: string,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly string[]>;
}

/** A part of a partition's transitions. */
export interface TransitionRange {
  readonly partition: number;
  /** Numbers greater than `from`, up to `last`. */
  readonly from: number;
  readonly last: number;
  /** The most transitions to return. */
  readonly first: number;
  /** Only transitions of these segments, by `segment_id`; of all segments if it is omitted. */
  readonly segments?: readonly string[];
}

export interface TransitionReads {
  /** The transitions of a range, by number ascending. */
  readonly inRange: (
    project: string,
    range: TransitionRange,
    options?: ReadOptions,
  ) => Promise<readonly TransitionDocument[]>;
  /** A segment's transitions in a window of time. */
  readonly pageOfSegment: (
    project: string,
    segment: string,
    window: PageWindow,
    options?: ReadOptions,
  ) => Promise<readonly TransitionDocument[]>;

  /** How many transitions some segments have, at most `bound`. */
  readonly countOfSegments: (
    project: string,
    segments: readonly string[],
    bound: number,
    options?: ReadOptions,
  ) => Promise<number>;

  /** The transitions of each of some customers (by `_id`) in a window of time; `limit` is per customer. */
  readonly latestOfCustomers: (
    project: string,
    customers: readonly string[],
    window: PageWindow,
    options?: ReadOptions,
  ) => Promise<ReadonlyMap<string, readonly TransitionDocument[]>>;

  /** True if a segment has a transition. */
  readonly anyOfSegment: (project: string, segment: string, options?: ReadOptions) => Promise<boolean>;
  /** `_id`s of a customer's transitions, in no order, at most `limit`. */
  readonly idsOfCustomer: (
    project: string,
    customer: string,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly string[]>;
}
