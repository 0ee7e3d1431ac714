// Reads of API keys, the audit log and replayed answers.
import type { ApiKeyDocument, AuditDocument } from "../../documents/access-documents.js";
import type { ReadOptions } from "../read-options.js";
import type { PageWindow } from "./time-window.js";

export interface AccessReads {
  /** The project's keys, in no order. */
  readonly keys: (project: string, options?: ReadOptions) => Promise<readonly ApiKeyDocument[]>;
  /** The project's audit log in a window of time. */
  readonly auditPage: (
    project: string,
    window: PageWindow,
    options?: ReadOptions,
  ) => Promise<readonly AuditDocument[]>;
  /** `_id`s of answers that expired before an instant, in no order, at most `limit`. */
  readonly expiredAnswers: (
    project: string,
    instant: Date,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly string[]>;
}
