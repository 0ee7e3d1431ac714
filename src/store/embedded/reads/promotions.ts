// Reads of promotions as SQL.
import type { DocumentOf } from "../../../documents/collections.js";
import type {
  CampaignDocument,
  CodeDocument,
  LoyaltyAccountDocument,
  ValidationRuleDocument,
} from "../../../documents/promotion-documents.js";
import { sql } from "../../../operators/encodings/sql.js";
import type { ReadOptions } from "../../read-options.js";
import type { CustomersPromotions, PromotionReads } from "../../reads/promotions.js";
import { documentsOf, documentsTable, limited, type QueryRunner } from "../run.js";
import { documentsInTime } from "./time-window.js";

export function promotionReads(runner: QueryRunner): PromotionReads {
  return {
    rules: (project, options) =>
      documentsOf<ValidationRuleDocument>(
        runner,
        sql`SELECT d.document, d.checksum, d.id FROM validation_rules_documents AS d WHERE d.project = ${project} ORDER BY d.id`,
        options,
      ),

    campaigns: (project, options) =>
      documentsOf<CampaignDocument>(
        runner,
        sql`SELECT d.document, d.checksum, d.id FROM campaigns_documents AS d WHERE d.project = ${project} ORDER BY d.id`,
        options,
      ),

    codePage: (project, campaign, { backwards, behind, limit, status }, options) => {
      const ofStatus = status === undefined ? sql`` : sql` AND d.status = ${status}`;
      const after =
        behind === undefined ? sql`` : backwards ? sql` AND d.id < ${behind}` : sql` AND d.id > ${behind}`;
      const order = backwards ? sql`d.id DESC` : sql`d.id`;
      return documentsOf<CodeDocument>(
        runner,
        limited(
          sql`SELECT d.document, d.checksum, d.id FROM codes_documents AS d WHERE d.project = ${project} AND d.campaign = ${campaign}${ofStatus}${after} ORDER BY ${order}`,
          limit,
        ),
        options,
      );
    },

    redemptionPage: (project, campaign, window, options) =>
      documentsInTime(
        runner,
        "code_redemptions",
        sql`d.project = ${project} AND d.campaign = ${campaign}`,
        window,
        options,
      ),

    dueAccounts: (project, instant, limit, options) =>
      documentsOf<LoyaltyAccountDocument>(
        runner,
        limited(
          sql`SELECT d.document, d.checksum, d.id FROM loyalty_accounts_documents AS d WHERE d.project = ${project} AND d.next_expiry <= ${instant.getTime()} ORDER BY d.next_expiry`,
          limit,
        ),
        options,
      ),

    ofCustomer: <Name extends CustomersPromotions>(
      project: string,
      collection: Name,
      customer: string,
      limit: number,
      options?: ReadOptions,
    ) =>
      documentsOf<DocumentOf[Name]>(
        runner,
        limited(
          sql`SELECT d.document, d.checksum, d.id FROM ${documentsTable(collection)} WHERE d.project = ${project} AND d.customer = ${customer}`,
          limit,
        ),
        options,
      ),
  };
}
