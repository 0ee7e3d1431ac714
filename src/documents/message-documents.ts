// The documents of messaging: distributions, the work on them, and a message for each recipient.
import type { StoredDocument } from "./documents.js";
import type { Audience } from "./promotion-documents.js";

/** When a distribution writes to whom. An entry, an exit or an event leads to a message each time that it happens. */
export type DistributionTrigger =
  /** To the audience, once, when it is started. */
  | { readonly kind: "now" }
  /** To the audience as it is at an instant. */
  | { readonly kind: "at"; readonly at: Date }
  /** To each customer who enters a segment (by `segment_id`), or leaves it. */
  | { readonly kind: "entered" | "left"; readonly segment: string }
  /** To each customer of whom an event of a type is recorded. */
  | { readonly kind: "event"; readonly type: string };

/** How messages are sent. */
export type DistributionChannel =
  /** Posted to a URL, signed with the secret. */
  | { readonly kind: "webhook"; readonly url: string; readonly secret: string }
  /** By the SMTP server of the environment. */
  | { readonly kind: "email" };

export interface MessageTemplate {
  /** Liquid; only of e-mail. */
  readonly subject?: string;
  /** Liquid: HTML of e-mail, plain text of webhooks. */
  readonly body: string;
}

/**
 * `draft`: not started. `active`: messages are planned and sent. `paused`: by a person, or because of `problem`. `canceling`: planned
 * messages are being marked as canceled.
 */
export type DistributionState = "draft" | "active" | "paused" | "canceling" | "canceled" | "finished";

/** `_id` is `promotionKey(project, name)` of `promotions/names.ts`. */
export interface DistributionDocument extends StoredDocument {
  readonly name: string;
  /** `nameKey` of `segments/identity.ts`; unique in the project, and it never changes. */
  readonly name_key: string;
  /** Random: messages name the distribution by it, so that those of a deleted one are not mistaken for another's. */
  readonly distribution_id: string;
  /** Why the customers are written to, in words. */
  readonly purpose: string;
  readonly template: MessageTemplate;
  readonly audience: Audience;
  readonly trigger: DistributionTrigger;
  readonly channel: DistributionChannel;
  /** The consent that a recipient has to have granted, by its name in the project's definition. */
  readonly consent: string;
  /** The campaign whose codes are handed out, by `name_key`. */
  readonly campaign?: string;
  /** The most messages a minute. */
  readonly rate: number;
  readonly state: DistributionState;
  /** Why it was put aside; absent unless it is paused for that. */
  readonly problem?: string;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly started_at?: Date;
  /** The position in the feed of transitions when it was started, of an entry or an exit. */
  readonly start_position?: readonly number[];
  readonly ended_at?: Date;
}

/** The progress of the work on a distribution, and its lease. `_id` is the distribution's. */
export interface DistributionWorkDocument extends StoredDocument {
  /** By `distribution_id`. */
  readonly distribution: string;
  readonly owner: string;
  /** Greater for each new owner. */
  readonly token: number;
  /** By the machine's clock. */
  readonly expires_at: Date;
  /** No message is sent before this instant of the machine's clock. */
  readonly next_at: Date;
  /** True once every customer of the audience has a message. */
  readonly is_planned?: boolean;
  /** Up to which transition of each partition messages are planned, of an entry or an exit. */
  readonly position?: readonly number[];
}

/**
 * The status of a message. `planned`: to be sent at `due_at` or later. `sending`: claimed; the process is sending it. `in_doubt`: it is
 * not known whether it was sent. All after that: it is not sent, for that reason.
 */
export type MessageStatus = "planned" | "sending" | "sent" | "failed" | "in_doubt" | SkipReason;

/** Why a message was not sent. */
export type SkipReason =
  | "no_consent"
  | "no_address"
  | "invalid_address"
  | "erased"
  | "not_in_audience"
  | "canceled";

/** `_id` is `messageKey` of `ingest/planned-message.ts`: a customer has one message of a distribution, or one for each occurrence. */
export interface MessageDocument extends StoredDocument {
  /** By `distribution_id`. */
  readonly distribution: string;
  /** Random and the same at each attempt, so that a receiver can recognise a repetition. */
  readonly message_id: string;
  /** `_id` of the customer; absent once the customer was erased. */
  readonly customer?: string;
  /** What it is about, of an event: its type, its instant, and its properties that templates can name. */
  readonly event?: MessageEvent;
  readonly status: MessageStatus;
  /** The earliest instant to send it, by the machine's clock. */
  readonly due_at: Date;
  /** How often sending failed. */
  readonly attempts: number;
  /** Random: the attempt that is being made, or was made last. */
  readonly claim?: string;
  /** Why sending failed, or is in doubt. */
  readonly problem?: string;
  /** The code that was handed out. */
  readonly code?: string;
  /** When its status last changed. */
  readonly at: Date;
}

export interface MessageEvent {
  readonly type: string;
  readonly at: Date;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The statuses of messages that are not sent, for a reason. */
export const skipReasons: readonly SkipReason[] = [
  "no_consent",
  "no_address",
  "invalid_address",
  "erased",
  "not_in_audience",
  "canceled",
];
