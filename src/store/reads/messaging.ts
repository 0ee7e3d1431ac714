// Reads of distributions and their messages.
import type {
  DistributionDocument,
  MessageDocument,
  MessageStatus,
} from "../../documents/message-documents.js";
import type { ReadOptions } from "../read-options.js";

/** Messages are ordered by `_id`. */
interface MessageWindow {
  /** True for the last messages before the place, in descending order. */
  readonly backwards: boolean;
  /** Only messages after this `_id`, or before it if `backwards`. */
  readonly behind?: string | undefined;
  readonly limit: number;
  /** Only messages of these statuses. */
  readonly statuses?: readonly MessageStatus[] | undefined;
}

/** Messages by the instant at which they were due. */
interface DueWindow {
  readonly statuses: readonly MessageStatus[];
  readonly from: Date;
  readonly before: Date;
  readonly limit: number;
}

/** How many messages of a distribution have each status. */
export type StatusCounts = Readonly<Partial<Record<MessageStatus, number>>>;

export interface MessagingReads {
  /** The project's distributions, by `_id`. */
  readonly distributions: (
    project: string,
    options?: ReadOptions,
  ) => Promise<readonly DistributionDocument[]>;
  /** Those that are `active` or `canceling`, by `_id`. */
  readonly openDistributions: (
    project: string,
    options?: ReadOptions,
  ) => Promise<readonly DistributionDocument[]>;
  /** Those that are `active` or `paused` and await events, by `_id`. */
  readonly awaitingEvents: (
    project: string,
    options?: ReadOptions,
  ) => Promise<readonly DistributionDocument[]>;
  /** Planned messages of a distribution (by `distribution_id`) that are due at an instant, the first due first. */
  readonly dueMessages: (
    project: string,
    distribution: string,
    instant: Date,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly MessageDocument[]>;
  /** Messages of a distribution of some statuses that were due from an instant on and before another, the first due first. */
  readonly messagesDueBetween: (
    project: string,
    distribution: string,
    window: DueWindow,
    options?: ReadOptions,
  ) => Promise<readonly MessageDocument[]>;
  /** Messages of a distribution. */
  readonly messagePage: (
    project: string,
    distribution: string,
    window: MessageWindow,
    options?: ReadOptions,
  ) => Promise<readonly MessageDocument[]>;
  readonly statusCounts: (
    project: string,
    distribution: string,
    options?: ReadOptions,
  ) => Promise<StatusCounts>;
  /** The messages to a customer (by `_id`), in no order, at most `limit`. */
  readonly ofCustomer: (
    project: string,
    customer: string,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly MessageDocument[]>;
}
