// Webhooks as commands show and change them.
import type { WebhookEventType } from "../../documents/outgoing-documents.js";

/** The fields of a new webhook, or the changes of one; `segmentIds` is null for every segment. */
export interface WebhookUpdate {
  readonly url?: string | undefined;
  readonly segmentIds?: readonly string[] | null | undefined;
  readonly eventTypes?: readonly WebhookEventType[] | undefined;
  readonly enabled?: boolean | undefined;
  readonly secret?: string | undefined;
  readonly rotateSecret?: boolean | undefined;
}

/** A webhook as the list shows it. */
export interface ShownWebhook {
  readonly id: string;
  readonly url: string;
  readonly segmentIds: readonly string[] | null;
  readonly eventTypes: readonly WebhookEventType[];
  readonly enabled: boolean;
  readonly waiting: number;
  readonly failing: number;
  readonly problem?: string | undefined;
  readonly retryAt?: Date | undefined;
  readonly dead: number;
  readonly disabledBecause?: string | undefined;
}

export interface ShownDeadLetter {
  readonly id: string;
  readonly webhookId: string;
  readonly events: number;
  readonly attempts: number;
  readonly since: Date;
  readonly at: Date;
  readonly problem: string;
}
