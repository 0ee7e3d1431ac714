// What the store holds to keep membership: changes, live segments, leases, stays, transitions, and webhooks that are told of them.
import type { CustomerDocument, SavedQuery, StoredDocument } from "./documents.js";

/**
 * What has to be looked at of a customer: written in the transaction that changes the customer or a record of theirs, taken
 * away by the one that has seen to it. `_id` is the customer's.
 */
export interface ChangeDocument extends StoredDocument {
  /** Told from `sample`: `partitionOf` of `customers/changes.ts`. */
  readonly partition: number;
  /** One more with every change: what was looked at is what there is while this stays. */
  readonly version: number;
  /** When the customer was written first since they were looked at last; absent where only time or segments changed. */
  readonly since?: Date;
  /** The earliest instant at which the time of records came that count since; absent where there are none. */
  readonly effective_at?: Date;
  /** The customer before both; absent where there was none. */
  readonly before?: Pick<CustomerDocument, "facts" | "yearly" | "activity">;
  /** What changed, the latest of each kind. */
  readonly kinds: readonly { readonly kind: ChangeKind; readonly at: Date }[];
  /** Segments to look at whatever changed, by `segment_id`. */
  readonly looks: readonly ReevaluationReason[];
  /** Instants at which records of the customer came to count: every segment of the batch is evaluated as of each. */
  readonly due: readonly Date[];
  /** Instants of `looks` and `due` that were not kept, as there were more than one mark holds: the first and the last. */
  readonly dropped?: { readonly from: Date; readonly to: Date };
  /** Set where the customer was erased: the segments that they were in. */
  readonly erased?: readonly string[];
  /** Whom of the readers of transitions the end of each of the erased customer's memberships concerns, by segment. */
  readonly audiences?: readonly { readonly segment: string; readonly audience: readonly Audience[] }[];
}

/** Readers of transitions, by their position: from the number of an entry on, and before that of the exit that followed it. */
export interface Audience {
  readonly entered: number;
  /** Absent if there is none. */
  readonly left?: number;
  /** Of a person who was erased before: only the readers that were not told of that exit, by its number. */
  readonly erasure?: number;
}

export type ChangeKind =
  | "PROFILE"
  | "ORDER"
  | "EVENT"
  | "REDEMPTION"
  | "GIFT_CARD"
  | "LOYALTY"
  | "REFERRAL"
  | "ERASED";

export type LookKind = "TIME" | "POPULATED" | "QUERY_CHANGED" | "SEGMENT_DELETED" | "REBUILT";

export interface ReevaluationReason {
  readonly segment: string;
  readonly kind: LookKind;
  /** Instants at which time alone may have brought the customer into the segment, or out of it; ascending. */
  readonly due?: readonly Date[];
}

/** Why a customer came or went: what happened, and when. */
export interface Cause {
  readonly kind: ChangeKind | LookKind;
  readonly at: Date;
}

/** An auto-update segment as membership is kept by: only its project's coordinator writes it. `_id` is the segment's. */
export interface LiveSegmentDocument extends StoredDocument {
  readonly segment_id: string;
  /** The query that members are those of. */
  readonly query: SavedQuery;
  /**
   * `removing`: the segment is deleted, and its customers are leaving it. `failed`: its members could not be found or evaluated, and
   * remain what they were until it is tried again.
   */
  readonly status: "populating" | "live" | "removing" | "failed";
  /** Why it is being populated. */
  readonly cause: "POPULATED" | "QUERY_CHANGED" | "REBUILT" | "TIME";
  /** Since when it has this query: what time did before is none of its. */
  readonly since: Date;
  /** Since when stays tell who was in it: when all its first members had been written. Absent before. */
  readonly live_since?: Date;
  /** How many customers are to be looked at; absent while they are being found. */
  readonly total?: number;
  /** How many of these have been. */
  readonly populated?: number;
  /** Since when the members are those of this query. */
  readonly computed_at?: Date;
  /** Why the last attempt failed; absent after one that did not. */
  readonly problem?: string;
  /** How many attempts failed in a row, and when the next is due by the clock of leases. */
  readonly failing?: { readonly attempts: number; readonly retry_at: Date };
}

/** A lease on the work of a coordinator or of a partition. The token grows with every change of hands. */
export interface LeaseDocument extends StoredDocument {
  readonly kind: "lease";
  /** Absent if no one holds it. */
  readonly owner?: string;
  readonly token: number;
  readonly expires_at: Date;
}

/** How far the work of a coordinator or of a partition is, which the holder of its lease alone may change. */
export interface WorkDocument extends StoredDocument {
  readonly kind: "coordinator" | "partition";
  /** Of a partition: the number of its last transition. */
  readonly sequence?: number;
  /** Of a partition: the number of the last transition that is not kept any more. */
  readonly forgotten?: number;
  /** Of a partition: the number of its last transition that has an `audience`. */
  readonly erasure_sequence?: number;
  /** Of the first partition: stays that ended up to this instant are not kept any more. */
  readonly stays_since?: Date;
  /** One more with every change of what is live: the coordinator's counts, of a partition it is when that was last changed. */
  readonly epoch?: number;
  /** Of the coordinator: everybody whom time alone concerned up to this instant has been marked. */
  readonly cursor?: Date;
  /** Of the coordinator: the instant up to which that is being done; nobody is looked at as of a sooner one. */
  readonly scanning_to?: Date;
  /** Of the coordinator: a hash of what the project's definition was when the segments were last checked. */
  readonly definition?: string;
}

/** A maintainer that is at work. */
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

/** The gaps of a project's history. There is one. */
export interface HistoryGapsDocument extends StoredDocument {
  readonly kind: "gaps";
  readonly gaps: readonly HistoryGap[];
}

/** The projects of the store, which no read could list: no read crosses projects. There is one. */
export interface DirectoryDocument extends StoredDocument {
  readonly kind: "directory";
  readonly projects: readonly string[];
}

/** One stay of a customer in a segment. */
export interface MembershipDocument extends StoredDocument {
  readonly segment: string;
  /** The customer's `_id`, or a name that tells nobody where they were erased. */
  readonly customer: string;
  readonly entered_at: Date;
  readonly entered_by: Cause;
  /** Absent while it lasts, with the next. */
  readonly left_at?: Date;
  readonly left_by?: Cause;
}

/** A customer came into a segment or left it; numbered by the partition. `_id` is `transitionId` of `membership/transitions.ts`. */
export interface TransitionDocument extends StoredDocument {
  readonly partition: number;
  readonly sequence: number;
  readonly segment: string;
  readonly customer: string;
  readonly kind: "entered" | "left";
  readonly at: Date;
  readonly cause: Cause;
  /** Set if the customer was erased since: readers are no longer told of it. */
  readonly erased?: true;
  /** Of the exit of an erased person: the readers that are told of it. */
  readonly audience?: readonly Audience[];
}

/** Where transitions are sent to. `_id` is `webhookKey` of `outbox/webhooks.ts`. */
export interface WebhookDocument extends StoredDocument {
  readonly webhook_id: string;
  readonly url: string;
  /** Only transitions of these segments, by `segment_id`; of all where it is absent. */
  readonly segments?: readonly string[];
  readonly enabled: boolean;
  /** What deliveries are signed with, as `whsec_…`. */
  readonly secret: string;
  /** Secrets that it had before, with which deliveries are signed as well until an instant. */
  readonly former_secrets?: readonly { readonly secret: string; readonly until: Date }[];
  /** Of each partition, the last transition before it was made: what came before is not sent. */
  readonly since: readonly number[];
  readonly created_at: Date;
  readonly updated_at: Date;
  /** Why it was disabled, where its receiver asked for that. */
  readonly problem?: string;
}

/** How far a webhook has been served of one partition. `_id` is the webhook's with the partition. */
export interface WebhookCursorDocument extends StoredDocument {
  readonly webhook: string;
  readonly partition: number;
  /** The last transition that was delivered, passed by, or given up. */
  readonly sequence: number;
  /** Exits of erased persons were looked through up to this number. */
  readonly erasures_seen?: number;
  /** One more with every change: who has read an older one changes nothing. */
  readonly version: number;
  /** Set while the next batch fails. */
  readonly failing?: {
    /** The last transition of the batch, which stays the same until it is delivered or given up. */
    readonly last: number;
    readonly attempts: number;
    /** Of the first attempt. */
    readonly since: Date;
    readonly retry_at: Date;
    readonly problem: string;
  };
}

/** A batch that was given up. It names its transitions and holds nothing of them: who is erased there is erased here. */
export interface DeadLetterDocument extends StoredDocument {
  readonly webhook: string;
  readonly partition: number;
  /** The transitions' numbers, ascending. */
  readonly sequences: readonly number[];
  readonly attempts: number;
  /** Of the first attempt. */
  readonly since: Date;
  /** When it was given up. */
  readonly at: Date;
  readonly problem: string;
}
