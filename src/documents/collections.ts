// The collections of a store, and the types of their documents.
import type {
  AnswerDocument,
  ApiKeyDocument,
  AuditDocument,
  KeyRegistryDocument,
} from "./access-documents.js";
import type {
  CustomerDocument,
  EventDocument,
  GiftCardDocument,
  LoyaltyDocument,
  OrderDocument,
  ProductDocument,
  ProjectDocument,
  RedemptionDocument,
  ReferralDocument,
  SegmentDocument,
  SegmentKeyDocument,
} from "./documents.js";
import type { JobChunkDocument, JobDocument, OpenJobsDocument } from "./job-documents.js";
import type {
  ChangeDocument,
  DeadLetterDocument,
  DirectoryDocument,
  HistoryGapsDocument,
  LeaseDocument,
  LiveSegmentDocument,
  MaintainerDocument,
  MembershipDocument,
  TransitionDocument,
  WebhookCursorDocument,
  WebhookDocument,
  WorkDocument,
} from "./membership-documents.js";
import type { DistributionDocument, DistributionWorkDocument, MessageDocument } from "./message-documents.js";
import type { OutgoingEventDocument } from "./outgoing-documents.js";
import type {
  CampaignDocument,
  CodeDocument,
  CodeRedemptionDocument,
  LoyaltyAccountDocument,
  RedemptionCountDocument,
  ValidationRuleDocument,
} from "./promotion-documents.js";
import type { SourceDocument, SourceRecordDocument } from "./source-documents.js";

/** The format of stored documents; a store with another format refuses to open. */
export const formatVersion = 10;

export const collections = [
  "projects",
  "customers",
  "orders",
  "events",
  "redemptions",
  "gift_cards",
  "loyalty",
  "referrals",
  "products",
  "segments",
  "segment_keys",
  "changes",
  "live_segments",
  "maintenance",
  "memberships",
  "transitions",
  "outgoing_events",
  "webhooks",
  "webhook_cursors",
  "dead_letters",
  "api_keys",
  "audit_entries",
  "answers",
  "jobs",
  "job_chunks",
  "validation_rules",
  "campaigns",
  "codes",
  "redemption_counts",
  "code_redemptions",
  "loyalty_accounts",
  "distributions",
  "distribution_work",
  "messages",
  "sources",
  "source_records",
] as const;
export type CollectionName = (typeof collections)[number];

export interface DocumentOf {
  projects: ProjectDocument;
  customers: CustomerDocument;
  orders: OrderDocument;
  events: EventDocument;
  redemptions: RedemptionDocument;
  gift_cards: GiftCardDocument;
  loyalty: LoyaltyDocument;
  referrals: ReferralDocument;
  products: ProductDocument;
  segments: SegmentDocument;
  segment_keys: SegmentKeyDocument;
  changes: ChangeDocument;
  live_segments: LiveSegmentDocument;
  maintenance: LeaseDocument | WorkDocument | MaintainerDocument | HistoryGapsDocument | DirectoryDocument;
  memberships: MembershipDocument;
  transitions: TransitionDocument;
  outgoing_events: OutgoingEventDocument;
  webhooks: WebhookDocument;
  webhook_cursors: WebhookCursorDocument;
  dead_letters: DeadLetterDocument;
  api_keys: ApiKeyDocument | KeyRegistryDocument;
  audit_entries: AuditDocument;
  answers: AnswerDocument;
  jobs: JobDocument | OpenJobsDocument;
  job_chunks: JobChunkDocument;
  validation_rules: ValidationRuleDocument;
  campaigns: CampaignDocument;
  codes: CodeDocument;
  redemption_counts: RedemptionCountDocument;
  code_redemptions: CodeRedemptionDocument;
  loyalty_accounts: LoyaltyAccountDocument;
  distributions: DistributionDocument;
  distribution_work: DistributionWorkDocument;
  messages: MessageDocument;
  sources: SourceDocument;
  source_records: SourceRecordDocument;
}

/** The collections whose documents belong to a customer. */
export type RecordCollection = "orders" | "events" | "redemptions" | "gift_cards" | "loyalty" | "referrals";
