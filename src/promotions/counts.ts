// The counters of campaigns, which limits are checked against. A counter changes in the transaction of the redemption that it counts,
// so that concurrent redemptions conflict, and a limit holds.
import type { RedemptionCountDocument } from "../documents/promotion-documents.js";
import type { Transaction } from "../store/port.js";
import { keyUsed, type PromotionError } from "./promotion-error.js";

// A name may contain slashes, so it comes last or has its length before it, and no two counters share a key.

/** All redemptions of a campaign (by `name_key`). */
export function totalKey(project: string, campaign: string): string {
  return `${project}/total/${campaign}`;
}

/** Its redemptions of a calendar day. */
export function dayKey(project: string, campaign: string, day: string): string {
  return `${project}/day/${day}/${campaign}`;
}

/** Its redemptions by a customer (by `_id`). */
export function customerKey(project: string, campaign: string, customer: string): string {
  return `${project}/customer/${campaign.length}/${campaign}/${customer}`;
}

/** Its codes. */
export function codeCountKey(project: string, campaign: string): string {
  return `${project}/codes/${campaign}`;
}

/** The codes that a job has generated for it, or published. */
export function batchKey(project: string, campaign: string, batch: string): string {
  return `${project}/batch/${batch}/${campaign}`;
}

/** What was given by a request with an idempotency key. */
function givenKey(project: string, what: Given, key: string): string {
  return `${project}/given/${what}/${key}`;
}

type Given = "points" | "gift-card";

/** A request that gives something to a customer. */
export interface GivingRequest {
  readonly what: Given;
  /** By `name_key`. */
  readonly campaign: string;
  /** `_id` of the customer. */
  readonly customer: string;
  readonly amount: number;
  readonly idempotencyKey: string | undefined;
}

/**
 * What an earlier request with the same idempotency key gave; undefined if there was none.
 * @throws PromotionError `KEY_USED` if that was another request.
 */
export async function givenBefore(
  transaction: Transaction,
  project: string,
  { what, campaign, customer, amount, idempotencyKey }: GivingRequest,
): Promise<RedemptionCountDocument | undefined> {
  if (idempotencyKey === undefined) return undefined;
  const [found] = await transaction.getMany("redemption_counts", [givenKey(project, what, idempotencyKey)]);
  if (found === undefined) return undefined;
  if (found.campaign === campaign && found.customer === customer && found.count === amount) return found;
  throw otherRequest();
}

/** The error for an idempotency key that gave something else. */
export function otherRequest(): PromotionError {
  return keyUsed(
    "Another request has this idempotency key. Use a new key for each request, and repeat a request unchanged.",
  );
}

/** Keeps what a request gave, in its transaction, so that a repetition finds it. It is forgotten with the customer. */
export async function keepGiven(
  transaction: Transaction,
  project: string,
  { what, campaign, customer, amount, idempotencyKey }: GivingRequest,
  code?: string,
): Promise<void> {
  if (idempotencyKey === undefined) return;
  const _id = givenKey(project, what, idempotencyKey);
  await transaction.put("redemption_counts", [
    { _id, project, campaign, customer, count: amount, ...(code === undefined ? {} : { code }) },
  ]);
}

/** Which counter, and how a missing one begins. */
export type Counter = Omit<RedemptionCountDocument, "count" | "unused">;

/**
 * The counters that a campaign has from its creation to its deletion: of its redemptions, and of its codes. Whatever uses the
 * campaign writes one of them, and its deletion removes them, so the two conflict if they happen at once.
 */
export function countersOfCampaign(
  project: string,
  campaign: string,
): readonly [redemptions: RedemptionCountDocument, codes: RedemptionCountDocument] {
  const start = { project, campaign, count: 0, unused: true } as const;
  return [
    { ...start, _id: totalKey(project, campaign) },
    { ...start, _id: codeCountKey(project, campaign) },
  ];
}

/** Whether anything was ever counted, even if it was taken back. */
export function isUsed(counter: RedemptionCountDocument | undefined): boolean {
  return counter !== undefined && counter.unused !== true;
}

/** Adds to counters, inside a transaction. */
export async function addToCounts(
  transaction: Transaction,
  counters: readonly Counter[],
  amount: number,
): Promise<void> {
  const found = await transaction.getMany(
    "redemption_counts",
    counters.map(({ _id }) => _id),
  );
  await transaction.put(
    "redemption_counts",
    counters.map((counter, index) => {
      const { unused: _, ...known } = found[index] ?? { ...counter, count: 0 };
      return { ...known, count: known.count + amount };
    }),
  );
}
