// Redemptions: checked and recorded in one transaction, so that limits hold however many are attempted at once.
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { CustomerDocument, ProjectDocument } from "../documents/documents.js";
import type { OutgoingEvent, OutgoingType } from "../documents/outgoing-documents.js";
import type { CampaignDocument, CodeRedemptionDocument } from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { numberInMemory } from "../facts/content-key.js";
import { sourceIdOf } from "../facts/identity.js";
import { recordDocument } from "../facts/record-documents.js";
import { recordId } from "../facts/record-id.js";
import { type WantedTypes, wantedTypes } from "../ingest/outgoing-events.js";
import { writeRecords } from "../ingest/records.js";
import { dayOf } from "../plan/calendar.js";
import { succeededResult } from "../plan/counted.js";
import { findProject } from "../projects/projects.js";
import { readPlace, writePlace } from "../query/pages/place.js";
import { pageOfRows, type RowsPage, readWindow, type WindowRequest } from "../query/pages/window.js";
import { nameKey } from "../segments/identity.js";
import type { Transaction } from "../store/port.js";
import { isEveryone } from "./audience.js";
import { changedCode, codeKey } from "./codes.js";
import { addToCounts, customerKey, dayKey, totalKey } from "./counts.js";
import { applyEffect, undoEffect } from "./effects.js";
import { promotionKey } from "./names.js";
import type { AppliedRule, Obstacle } from "./obstacles.js";
import { checkKey, keyUsed, PromotionError, unknownPromotion } from "./promotion-error.js";
import {
  applyRules,
  assess,
  checkOrder,
  checkPoints,
  type Offer,
  type OrderGiven,
  type RedemptionTarget,
  readOffer,
  unknownCode,
} from "./validate.js";

/** What `result` of a redemption record becomes when the redemption is rolled back: it no longer counts. */
const rolledBackResult = "ROLLED_BACK";
/** How often a redemption is attempted if the customer or the rules change while it is checked. */
const attempts = 200;
const maxPage = 1_000;

/** The `_id` of a redemption. */
export function redemptionKey(project: string, redemptionId: string): string {
  return `${project}/${redemptionId}`;
}

export interface RedemptionRequest {
  readonly target: RedemptionTarget;
  /** `_id` of the customer. */
  readonly customer: string;
  readonly order?: OrderGiven | undefined;
  /** How many points to redeem: required for a campaign of points. */
  readonly points?: number | undefined;
  /** Repeating a request with the same key returns the first redemption, unless it was rolled back, and redeems nothing. */
  readonly idempotencyKey?: string | undefined;
}

/** `obstacles` is empty if and only if there is a redemption. */
export interface RedemptionOutcome {
  readonly redemption?: CodeRedemptionDocument;
  readonly obstacles: readonly Obstacle[];
}

/** The evaluation before the transaction, valid only for exactly this customer and these rules. */
interface Evaluated {
  readonly customer: CustomerDocument;
  readonly applied: readonly AppliedRule[];
  readonly asOf: number;
}

/**
 * Redeems a code or a campaign: checks every limit and rule, counts the redemption, and writes the record that queries see, in one
 * transaction. Whether the customer belongs to an audience is evaluated before it, and again if the customer has changed since.
 * @throws PromotionError `UNKNOWN_CUSTOMER`, `NOT_FOUND`, `INVALID_INPUT`, `KEY_USED`, `BUSY`; UnknownProjectError;
 * TooManyRecordsError.
 */
export async function redeem(
  engine: Engine,
  project: string,
  request: RedemptionRequest,
): Promise<RedemptionOutcome> {
  checkOrder(request.order);
  // The id of a redemption: the caller's key, or a random one.
  const id = request.idempotencyKey === undefined ? randomUUID() : checkKey(request.idempotencyKey);
  const definition = await findProject(engine, project);
  const wanted = await wantedTypes(engine, project);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const evaluated = await evaluate(engine, project, request);
    const outcome = await engine.store.write((transaction) =>
      redeemIn(transaction, { ...definition, wanted }, request, id, evaluated),
    );
    if (outcome !== undefined) return outcome;
  }
  throw new PromotionError(
    "BUSY",
    "customer",
    "The customer is being changed all the time at this moment. Try again with the same idempotency key.",
  );
}

async function evaluate(
  engine: Engine,
  project: string,
  { target, customer: id }: RedemptionRequest,
): Promise<Evaluated> {
  const [customer] = await engine.store.getMany("customers", [id]);
  if (customer?.project !== project)
    throw new PromotionError(
      "UNKNOWN_CUSTOMER",
      "customer",
      "There is no such customer in this project. Add the customer first; for a profile that is not stored, validate only.",
    );
  const asOf = engine.clock();
  const offer = await readOffer(engine.store, project, target);
  const applied = await applyRules(engine, project, { customer }, offer?.rules ?? [], asOf);
  return { customer, applied, asOf };
}

/** A project's definition, and which events its webhooks receive. */
type Scope = ProjectDocument & { readonly wanted: WantedTypes };

/** @returns undefined if the evaluation is no longer valid. */
async function redeemIn(
  transaction: Transaction,
  definition: Scope,
  request: RedemptionRequest,
  id: string,
  evaluated: Evaluated,
): Promise<RedemptionOutcome | undefined> {
  const { project } = definition;
  const { target, order, points } = request;
  const { customer, applied, asOf } = evaluated;
  const [known] = await transaction.getMany("code_redemptions", [redemptionKey(project, id)]);
  if (known !== undefined) return { redemption: sameRequest(known, request), obstacles: [] };
  const offer = await readOffer(transaction, project, target);
  if (offer === undefined) return { obstacles: [unknownCode((target as { code: string }).code)] };
  checkPoints(offer, points, true);
  const rules = applied.map(({ rule }) => rule);
  if (!isDeepStrictEqual(offer.rules, rules)) return undefined;
  const [present] = await transaction.getMany("customers", [customer._id]);
  const depends = present === undefined || rules.some(({ audience }) => !isEveryone(audience));
  if (depends && !isDeepStrictEqual(present, customer)) return undefined;
  const assessment = { offer, applied, customer, order, points, definition, asOf };
  const { obstacles, discount } = await assess(transaction, assessment);
  if (obstacles.length > 0) return { obstacles };
  const made = newRedemption(definition, offer, request, id, asOf, discount);
  const lots = await applyEffect(transaction, definition, offer, made, points);
  const redemption = lots === undefined ? made : { ...made, lots };
  await record(transaction, definition, offer.campaign, redemption, succeededResult);
  await count(transaction, redemption, 1);
  return { redemption, obstacles: [] };
}

function newRedemption(
  { project, timezone }: ProjectDocument,
  { campaign, code }: Offer,
  { customer, order }: RedemptionRequest,
  id: string,
  asOf: number,
  discount: number | undefined,
): CodeRedemptionDocument {
  return {
    _id: redemptionKey(project, id),
    project,
    redemption_id: id,
    campaign: campaign.name_key,
    ...(code === undefined ? {} : { code: code.code }),
    customer,
    at: new Date(asOf),
    day: dayOf(asOf, timezone),
    status: "redeemed",
    ...(order === undefined
      ? {}
      : {
          order_amount: order.amount,
          ...(discount === undefined ? {} : { discount_amount: discount }),
          ...(order.sourceId === undefined ? {} : { order: order.sourceId }),
        }),
  };
}

/** Writes a redemption, and the record of it that queries see. */
async function record(
  transaction: Transaction,
  { wanted, ...definition }: Scope,
  { name }: Pick<CampaignDocument, "name">,
  redemption: CodeRedemptionDocument,
  result: string,
): Promise<void> {
  const { project, customer, redemption_id, at } = redemption;
  const given = {
    id: recordName(redemption_id),
    customer: sourceIdOf(project, customer),
    at: at.toISOString(),
    campaign: name,
    result,
  };
  const context = { project, definition, numbering: numberInMemory() };
  const document = recordDocument("redemptions", given, context);
  // The instant of the change is that of the redemption, or of the rollback.
  const changedAt = redemption.rolled_back_at ?? at;
  await transaction.put("code_redemptions", [redemption]);
  const type = redemption.status === "redeemed" ? "redemption.succeeded" : "redemption.rolled_back";
  await writeRecords(transaction, "redemptions", [document], changedAt.getTime(), {
    outgoingOf: () =>
      wanted.has(type) ? [{ customer, event: redemptionEvent(type, redemption, name, changedAt) }] : [],
  });
}

function redemptionEvent(
  type: Extract<OutgoingType, `redemption.${string}`>,
  redemption: CodeRedemptionDocument,
  campaign: string,
  changedAt: Date,
): OutgoingEvent {
  const { project, customer, redemption_id, code, at, order, order_amount, discount_amount } = redemption;
  const points = pointsOf(redemption);
  return {
    type,
    at: changedAt,
    data: {
      customerId: customer,
      sourceId: sourceIdOf(project, customer),
      redemptionId: redemption_id,
      campaign,
      redeemedAt: at.toISOString(),
      ...(code === undefined ? {} : { code }),
      ...(order === undefined ? {} : { orderId: order }),
      ...(order_amount === undefined ? {} : { orderAmount: order_amount }),
      ...(discount_amount === undefined ? {} : { discountAmount: discount_amount }),
      ...(points === undefined ? {} : { points }),
    },
  };
}

/** The id of the record, which no other source of records has by chance. */
function recordName(redemptionId: string): string {
  return `redemption:${redemptionId}`;
}

/** The `_id` of the record in `redemptions` of a redemption. */
export function recordOf({ project, redemption_id }: CodeRedemptionDocument): string {
  return recordId(project, recordName(redemption_id));
}

/** Counts a redemption, or takes it back with -1. */
async function count(
  transaction: Transaction,
  { project, campaign, code, customer, day }: CodeRedemptionDocument,
  amount: 1 | -1,
): Promise<void> {
  const counters = [
    { _id: totalKey(project, campaign), project, campaign },
    { _id: dayKey(project, campaign, day), project, campaign },
    { _id: customerKey(project, campaign, customer), project, campaign, customer },
  ];
  await addToCounts(transaction, counters, amount);
  if (code === undefined) return;
  const [found] = await transaction.getMany("codes", [codeKey(project, code)]);
  if (found === undefined) return;
  await transaction.put("codes", [changedCode(found, { redeemed: found.redeemed + amount })]);
}

/** The redemption of an idempotency key. @throws PromotionError `KEY_USED` if it is of another request, or was rolled back. */
function sameRequest(
  known: CodeRedemptionDocument,
  { target, customer, order, points }: RedemptionRequest,
): CodeRedemptionDocument {
  const { project } = known;
  const sameTarget =
    "code" in target
      ? known.code !== undefined && codeKey(project, known.code) === codeKey(project, target.code)
      : known.code === undefined && known.campaign === nameKey(target.campaign);
  const sameOrder = known.order_amount === order?.amount && known.order === order?.sourceId;
  const samePoints = pointsOf(known) === points;
  if (!sameTarget || !sameOrder || !samePoints || known.customer !== customer)
    throw keyUsed(
      "Another redemption has this idempotency key. Use a new key for each redemption, and repeat a request unchanged.",
    );
  if (known.status === "rolled_back")
    throw keyUsed("The redemption with this idempotency key was rolled back. Use a new key to redeem again.");
  return known;
}

/** How many points a redemption spent; undefined if the campaign is not of points. */
export function pointsOf({ lots }: CodeRedemptionDocument): number | undefined {
  return lots?.reduce((sum, { points }) => sum + points, 0);
}

/**
 * Takes a redemption back: it no longer counts, and its record is no success any more. A repetition changes nothing.
 * @throws PromotionError `NOT_FOUND`.
 */
export async function rollBack(
  engine: Engine,
  project: string,
  redemptionId: string,
): Promise<CodeRedemptionDocument> {
  const definition = { ...(await findProject(engine, project)), wanted: await wantedTypes(engine, project) };
  return engine.store.write(async (transaction) => {
    const [found] = await transaction.getMany("code_redemptions", [redemptionKey(project, redemptionId)]);
    if (found === undefined) throw unknownPromotion("redemption", redemptionId, "id");
    if (found.status === "rolled_back") return found;
    const [campaign] = await transaction.getMany("campaigns", [promotionKey(project, found.campaign)]);
    const after: CodeRedemptionDocument = {
      ...found,
      status: "rolled_back",
      rolled_back_at: new Date(engine.clock()),
    };
    if (campaign !== undefined)
      await undoEffect(transaction, definition, campaign, found, after.rolled_back_at!.getTime());
    await record(transaction, definition, campaign ?? { name: found.campaign }, after, rolledBackResult);
    await count(transaction, after, -1);
    return after;
  });
}

/** The redemption of an id; undefined if there is none. */
export async function findRedemption(
  { store }: Engine,
  project: string,
  redemptionId: string,
): Promise<CodeRedemptionDocument | undefined> {
  return (await store.getMany("code_redemptions", [redemptionKey(project, redemptionId)]))[0];
}

/** One page of a campaign's redemptions, the latest first. @throws CursorError. */
export async function redemptionPage(
  { store }: Engine,
  { project, name_key }: CampaignDocument,
  request: WindowRequest,
): Promise<RowsPage<CodeRedemptionDocument> & { readonly cursors: readonly string[] }> {
  const window = readWindow(request, maxPage, "redemptions");
  const behind = window.cursor === undefined ? undefined : readPlace(window.cursor, window.argument);
  const range = { newestFirst: !window.backwards, behind, limit: window.count + 1 };
  const page = pageOfRows(window, await store.reads.promotions.redemptionPage(project, name_key, range));
  return { ...page, cursors: page.nodes.map(writePlace) };
}

/** How often campaigns (by `name_key`) were redeemed, without what was rolled back. */
export async function countRedemptions(
  { store }: Engine,
  project: string,
  campaigns: readonly string[],
): Promise<readonly number[]> {
  const keys = campaigns.map((campaign) => totalKey(project, campaign));
  return (await store.getMany("redemption_counts", keys)).map((found) => found?.count ?? 0);
}
