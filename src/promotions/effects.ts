// What a redemption does besides counting, by the campaign's kind: it spends of a gift card, spends points, or records a referral.
// A rollback undoes it.
import type { ProjectDocument } from "../documents/documents.js";
import type {
  CampaignDocument,
  CodeDocument,
  CodeRedemptionDocument,
  PointLot,
} from "../documents/promotion-documents.js";
import { numberInMemory } from "../facts/content-key.js";
import { sourceIdOf } from "../facts/identity.js";
import { recordDocument } from "../facts/record-documents.js";
import { recordId } from "../facts/record-id.js";
import { removeRecords } from "../ingest/delete-records.js";
import { writeRecords } from "../ingest/records.js";
import type { Transaction } from "../store/port.js";
import { codeKey } from "./codes.js";
import { spendOfCard } from "./gift-cards.js";
import { returnPoints, spendPoints } from "./loyalty.js";

/** Applies a redemption, in its transaction. @returns the lots of points that it took. */
export async function applyEffect(
  transaction: Transaction,
  definition: ProjectDocument,
  { campaign, code }: { readonly campaign: CampaignDocument; readonly code?: CodeDocument | undefined },
  redemption: CodeRedemptionDocument,
  points: number | undefined,
): Promise<readonly PointLot[] | undefined> {
  const { customer, discount_amount = 0, at } = redemption;
  const { kind } = campaign.terms;
  switch (kind) {
    case "discount":
      return undefined;
    case "gift_card":
      await spendOfCard(transaction, definition, campaign, code!, discount_amount, at.getTime());
      return undefined;
    case "loyalty":
      return spendPoints(transaction, definition, campaign, customer, points!, at.getTime());
    case "referral":
      await recordReferral(transaction, definition, campaign, code!, redemption);
      return undefined;
    default:
      return kind satisfies never;
  }
}

/** Undoes what `applyEffect` did, in the transaction of the rollback. @param at its instant. */
export async function undoEffect(
  transaction: Transaction,
  definition: ProjectDocument,
  campaign: CampaignDocument,
  redemption: CodeRedemptionDocument,
  at: number,
): Promise<void> {
  const { project, customer, code, discount_amount = 0, lots = [] } = redemption;
  const { kind } = campaign.terms;
  switch (kind) {
    case "discount":
      return;
    case "gift_card": {
      const [found] = await transaction.getMany("codes", [codeKey(project, code!)]);
      if (found !== undefined)
        await spendOfCard(transaction, definition, campaign, found, -discount_amount, at);
      return;
    }
    case "loyalty":
      return returnPoints(transaction, definition, campaign, customer, lots, at);
    case "referral":
      await removeRecords(
        transaction,
        project,
        "referrals",
        [recordId(project, referralName(redemption))],
        at,
      );
      return;
    default:
      return kind satisfies never;
  }
}

/** The id of a referral's record. */
function referralName({ redemption_id }: CodeRedemptionDocument): string {
  return `referral:${redemption_id}`;
}

async function recordReferral(
  transaction: Transaction,
  definition: ProjectDocument,
  { name }: CampaignDocument,
  { customer: referrer }: CodeDocument,
  redemption: CodeRedemptionDocument,
): Promise<void> {
  const { project, customer, at } = redemption;
  const given = {
    id: referralName(redemption),
    referrer: sourceIdOf(project, referrer!),
    referee: sourceIdOf(project, customer),
    campaign: name,
    at: at.toISOString(),
  };
  const record = recordDocument("referrals", given, { project, definition, numbering: numberInMemory() });
  await writeRecords(transaction, "referrals", [record], at.getTime());
}
