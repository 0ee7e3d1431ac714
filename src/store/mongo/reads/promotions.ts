// Reads of promotions as pipelines.
import type { DocumentOf } from "../../../documents/collections.js";
import type {
  CampaignDocument,
  CodeDocument,
  CodeRedemptionDocument,
  LoyaltyAccountDocument,
  ValidationRuleDocument,
} from "../../../documents/promotion-documents.js";
import type { CustomersPromotions, PromotionReads } from "../../reads/promotions.js";
import type { PipelineRunner } from "../run.js";
import { timeWindowStages } from "./time-window.js";

export function promotionReads({ run }: PipelineRunner): PromotionReads {
  return {
    rules: (project, options) =>
      run<ValidationRuleDocument>(
        "validation_rules",
        [{ $match: { project } }, { $sort: { _id: 1 } }],
        options,
      ),

    campaigns: (project, options) =>
      run<CampaignDocument>("campaigns", [{ $match: { project } }, { $sort: { _id: 1 } }], options),

    codePage: (project, campaign, { backwards, behind, limit, status }, options) =>
      run<CodeDocument>(
        "codes",
        [
          {
            $match: {
              project,
              campaign,
              ...(status === undefined ? {} : { status }),
              ...(behind === undefined ? {} : { _id: { [backwards ? "$lt" : "$gt"]: behind } }),
            },
          },
          { $sort: { _id: backwards ? -1 : 1 } },
          { $limit: limit },
        ],
        options,
      ),

    redemptionPage: (project, campaign, window, options) =>
      run<CodeRedemptionDocument>(
        "code_redemptions",
        [{ $match: { project, campaign } }, ...timeWindowStages(window)],
        options,
      ),

    dueAccounts: (project, instant, limit, options) =>
      run<LoyaltyAccountDocument>(
        "loyalty_accounts",
        [
          { $match: { project, next_expiry: { $lte: instant } } },
          { $sort: { next_expiry: 1 } },
          { $limit: limit },
        ],
        options,
      ),

    ofCustomer: <Name extends CustomersPromotions>(
      project: string,
      collection: Name,
      customer: string,
      limit: number,
      options?: object,
    ) => run<DocumentOf[Name]>(collection, [{ $match: { project, customer } }, { $limit: limit }], options),
  };
}
