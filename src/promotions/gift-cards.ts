// Gift cards: codes that hold an amount and belong to a customer. A card's amount and what was spent of it are kept with its code, where
// only redemptions change them; its record in `gift_cards`, which queries see and others may overwrite, follows in the same transaction.
import { randomBytes } from "node:crypto";
import type { ProjectDocument } from "../documents/documents.js";
import type { CampaignDocument, CodeDocument, GiftCard } from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { numberInMemory } from "../facts/content-key.js";
import { sourceIdOf } from "../facts/identity.js";
import { recordDocument } from "../facts/record-documents.js";
import { writeRecords } from "../ingest/records.js";
import { findProject } from "../projects/projects.js";
import type { Transaction } from "../store/port.js";
import { campaignIn, customerIn, refuseOtherKind } from "./campaigns.js";
import { codeKey, newCode, putCodes, readCode } from "./codes.js";
import { givenBefore, keepGiven, otherRequest } from "./counts.js";
import { defaultPattern, freshCodes } from "./generate.js";
import { checkKey, checkWhole, codeTaken } from "./promotion-error.js";
import { maxAmount } from "./rules.js";

export interface GiftCardRequest {
  readonly campaign: string;
  /** `_id` of the customer. */
  readonly customer: string;
  /** Minor units. */
  readonly amount: number;
  /** A random one if it is omitted. */
  readonly code?: string | undefined;
  /** Repeating a request with the same key returns the first card's code, and issues nothing. */
  readonly idempotencyKey?: string | undefined;
}

/** The id of a card's record, which no other source of records has by chance. */
function cardName(code: string): string {
  return `gift-card:${code.toUpperCase()}`;
}

/** What is left of a card, in minor units; 0 if there is no such card. */
export function cardBalance(card: GiftCard | undefined): number {
  return card === undefined ? 0 : Math.max(0, card.amount - card.spent);
}

/**
 * Issues a gift card to a customer. A customer may have several of a campaign.
 * @throws PromotionError `UNKNOWN_CUSTOMER`, `NOT_FOUND`, `INVALID_INPUT`, `CODE_TAKEN`, `KEY_USED`.
 */
export async function issueGiftCard(
  engine: Engine,
  project: string,
  { campaign: name, customer, amount, code: written, idempotencyKey }: GiftCardRequest,
): Promise<CodeDocument> {
  checkWhole(amount, "amount", 1, maxAmount);
  if (idempotencyKey !== undefined) checkKey(idempotencyKey);
  const chosen = written === undefined ? undefined : readCode(written);
  const definition = await findProject(engine, project);
  return engine.store.write(async (transaction) => {
    const campaign = await campaignIn(transaction, project, name, "campaign");
    refuseOtherKind(campaign, "gift_card");
    await customerIn(transaction, project, customer);
    const { name_key } = campaign;
    const request = { what: "gift-card", campaign: name_key, customer, amount, idempotencyKey } as const;
    const before = await givenBefore(transaction, project, request);
    if (before !== undefined) return cardOf(transaction, project, before.code!, chosen);
    const [code] =
      chosen === undefined
        ? await freshCodes(transaction, campaign, defaultPattern, 1, randomBytes)
        : [chosen];
    const [taken] = await transaction.getMany("codes", [codeKey(project, code!)]);
    if (taken !== undefined) throw codeTaken(taken.code);
    const now = engine.clock();
    const made: CodeDocument = {
      ...newCode(campaign, { code: code!, status: "free", limit: undefined }, now),
      ...{ status: "published", customer, published_at: new Date(now), card: { amount, spent: 0 } },
    };
    await putCodes(transaction, campaign, [made]);
    await putCard(transaction, definition, campaign, made, now);
    await keepGiven(transaction, project, request, made.code);
    return made;
  });
}

/** The card that an earlier request issued. @throws PromotionError `KEY_USED` if this one asks for another code. */
async function cardOf(
  transaction: Transaction,
  project: string,
  code: string,
  chosen: string | undefined,
): Promise<CodeDocument> {
  const _id = codeKey(project, code);
  if (chosen !== undefined && codeKey(project, chosen) !== _id) throw otherRequest();
  const [card] = await transaction.getMany("codes", [_id]);
  return card!;
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
  const { card } = code;
  if (card === undefined) return;
  const after: CodeDocument = { ...code, card: { amount: card.amount, spent: card.spent + amount } };
  await transaction.put("codes", [after]);
  await putCard(transaction, definition, campaign, after, at);
}

/** Writes the record of a card that queries see. */
async function putCard(
  transaction: Transaction,
  definition: ProjectDocument,
  { name }: CampaignDocument,
  { code, customer, card }: CodeDocument,
  at: number,
): Promise<void> {
  const { project } = definition;
  if (customer === undefined || card === undefined) return;
  const given = {
    id: cardName(code),
    customer: sourceIdOf(project, customer),
    campaign: name,
    amount: card.amount,
    spent: card.spent,
  };
  const record = recordDocument("gift_cards", given, { project, definition, numbering: numberInMemory() });
  await writeRecords(transaction, "gift_cards", [record], at);
}
