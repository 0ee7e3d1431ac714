// Gift cards: codes that hold an amount and belong to a customer. A card's amount and what was spent of it are its record in
// `gift_cards`, which a redemption changes in its transaction.
import { randomBytes } from "node:crypto";
import type { GiftCardDocument, ProjectDocument } from "../documents/documents.js";
import type { CampaignDocument, CodeDocument } from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { numberInMemory } from "../facts/content-key.js";
import { sourceIdOf } from "../facts/identity.js";
import { recordDocument } from "../facts/record-documents.js";
import { recordId } from "../facts/record-id.js";
import { writeRecords } from "../ingest/records.js";
import { findProject } from "../projects/projects.js";
import type { Transaction } from "../store/port.js";
import { campaignIn, refuseOtherKind } from "./campaigns.js";
import { codeKey, newCode, putCodes, readCode } from "./codes.js";
import { defaultPattern, freshCodes } from "./generate.js";
import { checkWhole, codeTaken, PromotionError } from "./promotion-error.js";
import { maxAmount } from "./rules.js";

export interface GiftCardRequest {
  readonly campaign: string;
  /** `_id` of the customer. */
  readonly customer: string;
  /** Minor units. */
  readonly amount: number;
  /** A random one if it is omitted. */
  readonly code?: string | undefined;
}

/** The `_id` of a card's record. */
export function cardKey(project: string, code: string): string {
  return recordId(project, `gift-card:${code.trim().toUpperCase()}`);
}

/** What is left of a card, in minor units; 0 if there is no such card. */
export function cardBalance(card: Pick<GiftCardDocument, "amount" | "spent"> | undefined): number {
  return card === undefined ? 0 : Math.max(0, card.amount - card.spent);
}

/**
 * Issues a gift card to a customer. A customer may have several of a campaign.
 * @throws PromotionError `UNKNOWN_CUSTOMER`, `NOT_FOUND`, `INVALID_INPUT`, `CODE_TAKEN`.
 */
export async function issueGiftCard(
  engine: Engine,
  project: string,
  { campaign: name, customer, amount, code: written }: GiftCardRequest,
): Promise<CodeDocument> {
  checkWhole(amount, "amount", 1, maxAmount);
  const chosen = written === undefined ? undefined : readCode(written);
  const definition = await findProject(engine, project);
  return engine.store.write(async (transaction) => {
    const campaign = await campaignIn(transaction, project, name, "campaign");
    refuseOtherKind(campaign, "gift_card");
    const [person] = await transaction.getMany("customers", [customer]);
    if (person?.project !== project)
      throw new PromotionError(
        "UNKNOWN_CUSTOMER",
        "customer",
        "There is no such customer in this project. Add the customer first.",
      );
    const [code] =
      chosen === undefined
        ? await freshCodes(transaction, campaign, defaultPattern, 1, randomBytes)
        : [chosen];
    const [taken] = await transaction.getMany("codes", [codeKey(project, code!)]);
    if (taken !== undefined) throw codeTaken(taken.code);
    const now = engine.clock();
    const made: CodeDocument = {
      ...newCode(campaign, { code: code!, status: "free", limit: undefined }, now),
      ...{ status: "published", customer, published_at: new Date(now) },
    };
    await putCodes(transaction, campaign, [made]);
    await putCard(transaction, definition, campaign, { code: made, amount, spent: 0 }, now);
    return made;
  });
}

/** Adds to what was spent of a card, in the transaction of the redemption; a negative amount is given back. */
export async function spendOfCard(
  transaction: Transaction,
  definition: ProjectDocument,
  campaign: CampaignDocument,
  code: CodeDocument,
  amount: number,
  at: number,
): Promise<void> {
  const [card] = await transaction.getMany("gift_cards", [cardKey(definition.project, code.code)]);
  if (card === undefined) return;
  const spent = card.spent + amount;
  await putCard(transaction, definition, campaign, { code, amount: card.amount, spent }, at);
}

async function putCard(
  transaction: Transaction,
  definition: ProjectDocument,
  { name }: CampaignDocument,
  { code, amount, spent }: { readonly code: CodeDocument; readonly amount: number; readonly spent: number },
  at: number,
): Promise<void> {
  const { project } = definition;
  if (code.customer === undefined) return;
  const given = {
    id: `gift-card:${code.code.toUpperCase()}`,
    customer: sourceIdOf(project, code.customer),
    campaign: name,
    amount,
    spent,
  };
  const card = recordDocument("gift_cards", given, { project, definition, numbering: numberInMemory() });
  await writeRecords(transaction, "gift_cards", [card], at);
}
