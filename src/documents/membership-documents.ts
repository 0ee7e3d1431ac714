// The documents of membership: dirty marks, live segments, leases, intervals, transitions, and the webhooks that receive
// transitions.
import type { ChangeKind, CustomerDocument, SavedQuery, StoredDocument } from "./documents.js";
import type { OutgoingEvent, WebhookEventType } from "./outgoing-documents.js";

/**
 * A dirty mark: why a customer has to be reevaluated. It is written in the transaction that changes the customer or one of their
 * records, and removed by the transaction that reevaluates them. `_id` is the customer's.
 */
export interface ChangeDocument extends StoredDocument {
  /** Computed from `sample`: `partitionOf` of `ingest/dirty-marks.ts`. */
  readonly partition: number;
  /** Grows by one with every change: a reevaluation is valid only if the version is still the one that it read. */
  readonly version: number;
  /** When the customer first changed since the last reevaluation; absent if only time or segments changed. */
  readonly since?: Date;
  /** The earliest instant since then at which records became effective; absent if there are none. */
  readonly effective_at?: Date;
  /** The customer before both; absent if there was none. */
  readonly before?: Pick<CustomerDocument, "facts" | "yearly" | "activity">;
  /** The latest change of each kind. */
  readonly kinds: readonly LatestChange[];
  /** Segments to reevaluate regardless of what changed, by `segment_id`. */
  readonly reasons: readonly ReevaluationReason[];
  /** Instants at which records of the customer became effective: every segment of the batch is evaluated as of each. */
  readonly due: readonly Date[];
  /** The first and the last of the instants of `reasons` and `due` that were dropped because a mark holds only a limited number. */
  readonly dropped?: { readonly from: Date; readonly to: Date };
  /** Set if the customer was erased: the segments that they were in. */
  readonly erased?: readonly string[];
  /** Events to be numbered for the webhooks, in their order. */
  readonly outgoing?: readonly OutgoingEvent[];
  /**
   * For each of the erased customer's memberships: the readers of transitions that its end has to be delivered to, by segment.
   */
  readonly audiences?: readonly { readonly segment: string; readonly audience: readonly ReaderRange[] }[];
}

/**
 * A set of readers of transitions, by position: at or after the number of an entry, and before the number of the exit that
 * followed it.
 */
export interface ReaderRange {
  readonly entered: number;
  /** Absent if there is none. */
  readonly left?: number;
  /** For a person who was erased before: only the readers that did not receive that exit, by its number. */
  readonly erasure?: number;
}

export type ReevaluationKind = "TIME" | "POPULATED" | "QUERY_CHANGED" | "SEGMENT_DELETED" | "REBUILT";

export interface ReevaluationReason {
  readonly segment: string;
  readonly kind: ReevaluationKind;
  /** Instants at which time alone may have moved the customer into or out of the segment; ascending. */
  readonly due?: readonly Date[];
}

/** The latest change of a kind, and what of that kind was written since the last reevaluation. */
interface LatestChange {
  readonly kind: ChangeKind;
  readonly at: Date;
  /** The types of the events that were written, unless there are too many. */
  readonly types?: readonly string[];
  /** The `_id`s of the orders or events, if all of them were added, and they are few. */
  readonly added?: readonly string[];
}

/** The cause of an entry or exit: what happened, and when. */
export interface Cause {
  readonly kind: ChangeKind | ReevaluationKind;
  readonly at: Date;
}

/** The maintenance state of an auto-update segment: only its project's coordinator writes it. `_id` is the segment's. */
export interface LiveSegmentDocument extends StoredDocument {
  readonly segment_id: string;
  /** The query that membership is maintained by. */
  readonly query: SavedQuery;
  /**
   * `removing`: the segment is deleted, and its customers are being removed from it. `failed`: finding or evaluating its members
   * failed; they do not change until the next attempt.
   */
  readonly status: "populating" | "live" | "removing" | "failed";
  /** Why it is being populated. */
  readonly cause: "POPULATED" | "QUERY_CHANGED" | "REBUILT" | "TIME";
  /** Since when the segment has this query: earlier effects of time do not concern it. */
  readonly since: Date;
  /** Since when the intervals are a complete history: when all first members had been written. Absent before. */
  readonly live_since?: Date;
  /** How many customers have to be evaluated; absent while they are being found. */
  readonly total?: number;
  /** How many of them have been evaluated. */
  readonly populated?: number;
  /** Since when the members are those of this query. */
  readonly computed_at?: Date;
  /** Why the last attempt failed; absent after one that did not. */
  readonly problem?: string;
  /** The number of consecutive failed attempts, and when the next is due by the clock of leases. */
  readonly failing?: { readonly attempts: number; readonly retry_at: Date };
}

/** A lease on the work of a coordinator or of a partition. The token grows with every change of owner. */
export interface LeaseDocument extends StoredDocument {
  readonly kind: "lease";
  /** Absent if no one holds it. */
  readonly owner?: string;
  readonly token: number;
  readonly expires_at: Date;
}

/** The progress of a coordinator or of a partition. Only the holder of its lease may change it. */
export interface WorkDocument extends StoredDocument {
  readonly kind: "coordinator" | "partition";
  /** For a partition: the number of its last transition. */
  readonly sequence?: number;
  /** For a partition: the number of the last transition that has been deleted. */
  readonly deleted_sequence?: number;
  /** For a partition: the number of its last transition with an `audience`. */
  readonly erasure_sequence?: number;
  /** For the first partition: intervals that ended up to this instant have been deleted. */
  readonly intervals_since?: Date;
  /** Grows by one with every change of the set of live segments; the change also writes it to every partition. */
  readonly epoch?: number;
  /** For the coordinator: all customers that time alone affected up to this instant have been marked. */
  readonly cursor?: Date;
  /** For the coordinator: the instant up to which they are being marked; no customer is reevaluated as of an earlier one. */
  readonly scanning_to?: Date;
  /** For the coordinator: a hash of the project's definition at the last check of the segments. */
  readonly definition?: string;
}

/** A running maintainer. */
export interface MaintainerDocument extends StoredDocument {
  readonly kind: "maintainer";
  readonly seen_at: Date;
}

/** An interval of time in which a segment's history is not exact, both ends included. */
export interface HistoryGap {
  readonly segment: string;
  readonly from: Date;
  readonly to: Date;
}

/** All gaps of a project's history, in one document. */
export interface HistoryGapsDocument extends StoredDocument {
  readonly kind: "gaps";
  readonly gaps: readonly HistoryGap[];
}

/** All projects of the store, in one document, because no read crosses projects. */
export interface DirectoryDocument extends StoredDocument {
  readonly kind: "directory";
  readonly projects: readonly string[];
}

/** An interval of a customer's membership in a segment. */
export interface MembershipDocument extends StoredDocument {
  readonly segment: string;
  /** The customer's `_id`, or a random id if they were erased. */
  readonly customer: string;
  readonly entered_at: Date;
  readonly entered_by: Cause;
  /** Absent while the interval lasts, like `left_by`. */
  readonly left_at?: Date;
  readonly left_by?: Cause;
}

/**
 * A customer entered or left a segment; numbered within the partition. `_id` is `transitionId` of
 * `membership/maintain/transitions.ts`.
 */
export interface TransitionDocument extends StoredDocument {
  readonly partition: number;
  readonly sequence: number;
  readonly segment: string;
  readonly customer: string;
  readonly kind: "entered" | "left";
  readonly at: Date;
  readonly cause: Cause;
  /** Set if the customer has been erased since: the transition is no longer delivered. */
  readonly erased?: true;
  /** For the exit of an erased person: the readers that it is delivered to. */
  readonly audience?: readonly ReaderRange[];
}

/** A receiver of transitions. `_id` is `webhookKey` of `outbox/webhooks.ts`. */
export interface WebhookDocument extends StoredDocument {
  readonly webhook_id: string;
  readonly url: string;
  /** Only transitions of these segments, by `segment_id`; of all segments if it is absent. */
  readonly segments?: readonly string[];
  /** The types of events that it receives; entries and exits if it is absent. */
  readonly events?: readonly WebhookEventType[];
  readonly enabled: boolean;
  /** The secret that signs deliveries, as `whsec_…`. */
  readonly secret: string;
  /** Former secrets, which also sign deliveries until an instant. */
  readonly former_secrets?: readonly { readonly secret: string; readonly until: Date }[];
  /** For each partition, the last transition before the webhook was created: earlier ones are not sent. */
  readonly since: readonly number[];
  readonly created_at: Date;
  readonly updated_at: Date;
  /** Why it was disabled, if its receiver asked for that. */
  readonly problem?: string;
}

/** The progress of a webhook in one partition. `_id` combines the webhook's `_id` and the partition. */
export interface WebhookCursorDocument extends StoredDocument {
  readonly webhook: string;
  readonly partition: number;
  /** The last transition that was delivered, skipped, or given up. */
  readonly sequence: number;
  /** Exits of erased persons have been processed up to this number. */
  readonly erasures_seen?: number;
  /** Grows by one with every change: a writer that read an older version changes nothing. */
  readonly version: number;
  /** Set while the next batch fails. */
  readonly failing?: {
    /** The last transition of the batch, which does not change until it is delivered or given up. */
    readonly last: number;
    readonly attempts: number;
    /** When the first attempt was made. */
    readonly since: Date;
    readonly retry_at: Date;
    readonly problem: string;
  };
}

/** A batch that was given up. It only references its transitions, so that erasing a person there also erases them here. */
export interface DeadLetterDocument extends StoredDocument {
  readonly webhook: string;
  readonly partition: number;
  /** The transitions' numbers, ascending. */
  readonly sequences: readonly number[];
  readonly attempts: number;
  /** When the first attempt was made. */
  readonly since: Date;
  /** When it was given up. */
  readonly at: Date;
  readonly problem: string;
}
