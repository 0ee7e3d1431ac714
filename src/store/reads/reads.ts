// The named reads of the domain, by subject. Each is confined to one project, bounded by `ReadOptions`, and rejects with
// StoreError `TIMEOUT` or `UNAVAILABLE`, or with the signal's reason. Callers must not modify the results.
import type { AccessReads } from "./access.js";
import type { CustomerReads } from "./customers.js";
import type { CrossingReads, DirtyMarkReads } from "./dirty-marks.js";
import type { DocumentReads, ProductReads, RecordReads } from "./documents.js";
import type { IntervalReads, TransitionReads } from "./history.js";
import type { JobReads } from "./jobs.js";
import type { MessagingReads } from "./messaging.js";
import type { OutgoingReads } from "./outgoing.js";
import type { PromotionReads } from "./promotions.js";
import type { MaintenanceReads, SegmentReads } from "./segments.js";
import type { SourceReads } from "./sources.js";
import type { ValueReads } from "./values.js";
import type { WebhookReads } from "./webhooks.js";

export interface Reads {
  readonly customers: CustomerReads;
  readonly documents: DocumentReads;
  readonly records: RecordReads;
  readonly products: ProductReads;
  readonly values: ValueReads;
  readonly segments: SegmentReads;
  readonly maintenance: MaintenanceReads;
  readonly dirtyMarks: DirtyMarkReads;
  readonly crossings: CrossingReads;
  readonly intervals: IntervalReads;
  readonly transitions: TransitionReads;
  readonly outgoing: OutgoingReads;
  readonly webhooks: WebhookReads;
  readonly access: AccessReads;
  readonly jobs: JobReads;
  readonly promotions: PromotionReads;
  readonly messaging: MessagingReads;
  readonly sources: SourceReads;
}
