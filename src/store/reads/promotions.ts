// Reads of promotions.
import type { DocumentOf } from "../../documents/collections.js";
import type {
  CampaignDocument,
  CodeDocument,
  CodeRedemptionDocument,
  LoyaltyAccountDocument,
  ValidationRuleDocument,
} from "../../documents/promotion-documents.js";
import type { ReadOptions } from "../read-options.js";
import type { PageWindow } from "./time-window.js";

/** The collections with documents that belong to a customer. */
export type CustomersPromotions = "codes" | "redemption_counts" | "code_redemptions" | "loyalty_accounts";

/** Codes are ordered by `_id`. */
interface CodeWindow {
  /** True for the last codes before the place, in descending order. */
  readonly backwards: boolean;
  /** Only codes after this `_id`, or before it if `backwards`. */
  readonly behind?: string | undefined;
  readonly limit: number;
  /** Only codes of this status. */
  readonly status?: CodeDocument["status"] | undefined;
}

export interface PromotionReads {
  /** The project's validation rules, by `_id`. */
  readonly rules: (project: string, options?: ReadOptions) => Promise<readonly ValidationRuleDocument[]>;
  /** The project's campaigns, by `_id`. */
  readonly campaigns: (project: string, options?: ReadOptions) => Promise<readonly CampaignDocument[]>;
  /** Codes of a campaign (by `name_key`). */
  readonly codePage: (
    project: string,
    campaign: string,
    window: CodeWindow,
    options?: ReadOptions,
  ) => Promise<readonly CodeDocument[]>;
  /** Redemptions of a campaign (by `name_key`) in a window of time. */
  readonly redemptionPage: (
    project: string,
    campaign: string,
    window: PageWindow,
    options?: ReadOptions,
  ) => Promise<readonly CodeRedemptionDocument[]>;
  /** Accounts with points that expire at or before an instant, the first to expire first, at most `limit`. */
  readonly dueAccounts: (
    project: string,
    instant: Date,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly LoyaltyAccountDocument[]>;
  /** The documents that belong to a customer (by `_id`), in no order, at most `limit`. */
  readonly ofCustomer: <Name extends CustomersPromotions>(
    project: string,
    collection: Name,
    customer: string,
    limit: number,
    options?: ReadOptions,
  ) => Promise<readonly DocumentOf[Name][]>;
}
