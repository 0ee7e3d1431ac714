// Reads of webhooks and of their dead letters.
import type { DeadLetterDocument, WebhookDocument } from "../../documents/membership-documents.js";
import type { ReadOptions } from "../read-options.js";
import type { PageWindow } from "./time-window.js";

/** Which dead letters; all of the project's if no field is given. */
interface DeadLetterFilter {
  /** By `webhook_id`. */
  readonly webhook?: string;
  readonly partition?: number;
}

export interface WebhookReads {
  /** The project's webhooks, by `created_at`, then `_id`. */
  readonly all: (project: string, options?: ReadOptions) => Promise<readonly WebhookDocument[]>;
  /** `_id`s of a webhook's cursors, in no order, at most `limit`. */
  readonly cursorIds: (
    project: string,
    webhook: string,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly string[]>;
  /** Dead letters by `at`, then `_id`, at most `limit`. */
  readonly deadLetters: (
    project: string,
    filter: DeadLetterFilter,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly DeadLetterDocument[]>;
  /** A webhook's dead letters in a window of time. */
  readonly deadLetterPage: (
    project: string,
    webhook: string,
    window: PageWindow,
    options?: ReadOptions,
  ) => Promise<readonly DeadLetterDocument[]>;
  /** How many dead letters each webhook has; one without any is left out. */
  readonly deadLetterCounts: (project: string, options?: ReadOptions) => Promise<ReadonlyMap<string, number>>;
}
