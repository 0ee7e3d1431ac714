// Events that webhooks receive besides transitions: what happened to customers, orders, redemptions and distributions.
import type { StoredDocument } from "./documents.js";

/** The types of these events. `schema/events/` has the JSON Schema of each. */
export const outgoingTypes = [
  "customer.created",
  "customer.updated",
  "customer.erased",
  "customer.events.skipped",
  "order.created",
  "order.updated",
  "order.deleted",
  "redemption.succeeded",
  "redemption.rolled_back",
  "distribution.started",
  "distribution.finished",
  "message.sent",
  "message.failed",
] as const;
export type OutgoingType = (typeof outgoingTypes)[number];

/** The types of transitions as webhooks receive them. */
export const transitionTypes = {
  entered: "customer.segment.entered",
  left: "customer.segment.left",
} as const;

/** Every type that a webhook can receive. */
export const webhookEventTypes = [transitionTypes.entered, transitionTypes.left, ...outgoingTypes] as const;
export type WebhookEventType = (typeof webhookEventTypes)[number];

/** An event before its partition's owner numbers it: part of its customer's dirty mark. */
export interface OutgoingEvent {
  readonly type: OutgoingType;
  readonly at: Date;
  /** As it is delivered: ids and amounts, no personal data. */
  readonly data: Readonly<Record<string, string | number>>;
}

/**
 * An event, numbered within the partition together with the transitions. `_id` is `transitionId` of
 * `membership/maintain/transitions.ts`: no event and transition share one.
 */
export interface OutgoingEventDocument extends StoredDocument, OutgoingEvent {
  readonly partition: number;
  readonly sequence: number;
  /** `_id` of the customer; of a distribution's event, `projectMark` of `ingest/dirty-marks.ts`. */
  readonly customer: string;
}
