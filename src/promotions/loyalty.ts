// Accounts of points: earned, spent by redemptions, and expired by the clock. An account and its record in `loyalty` change in one
// transaction.
import { createHash } from "node:crypto";
import { type BackgroundWork, runInBackground } from "../background.js";
import type { ProjectDocument } from "../documents/documents.js";
import type {
  CampaignDocument,
  CampaignTerms,
  LoyaltyAccountDocument,
  PointLot,
} from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { numberInMemory } from "../facts/content-key.js";
import { sourceIdOf } from "../facts/identity.js";
import { recordDocument } from "../facts/record-documents.js";
import { maxIdLength } from "../facts/record-shape.js";
import { writeRecords } from "../ingest/records.js";
import { addDays, dayOf, wholeDay } from "../plan/calendar.js";
import { listedProjects } from "../projects/directory.js";
import { defaultProject, findProject } from "../projects/projects.js";
import type { Transaction } from "../store/port.js";
import { campaignIn, customerIn, findCampaign, refuseOtherKind } from "./campaigns.js";
import { addToCounts, codeCountKey, givenBefore, keepGiven } from "./counts.js";
import { promotionKey } from "./names.js";
import { afterExpiry, earned, givenBack, noPoints, type Points, spent } from "./points.js";
import { checkKey, checkWhole } from "./promotion-error.js";

/** The most points of one request. */
export const maxPoints = 1_000_000_000;

/** The `_id` of an account. @param campaign by `name_key`. @param customer by `_id`. */
function accountKey(project: string, campaign: string, customer: string): string {
  return `${project}/${campaign.length}/${campaign}/${customer}`;
}

/** A customer's account as it is at an instant, in milliseconds since the epoch, without what has expired. */
export async function readAccount(
  reading: Pick<Transaction, "getMany">,
  { project, name_key }: Pick<CampaignDocument, "project" | "name_key">,
  customer: string,
  at: number,
): Promise<LoyaltyAccountDocument> {
  const _id = accountKey(project, name_key, customer);
  const [found] = await reading.getMany("loyalty_accounts", [_id]);
  return changed(found ?? { _id, project, campaign: name_key, customer, ...noPoints }, (points) =>
    afterExpiry(points, at),
  );
}

/** The account with other points; the same object if the change leaves them as they are. */
function changed(
  account: LoyaltyAccountDocument,
  change: (points: Points) => Points,
): LoyaltyAccountDocument {
  const after = change(account);
  const { next_expiry: _, ...others } = account;
  return after === account ? account : { ...others, ...after };
}

/** A customer's account, for reading. @throws PromotionError `NOT_FOUND`, `INVALID_INPUT` for a campaign of another kind. */
export async function findAccount(
  engine: Engine,
  project: string,
  name: string,
  customer: string,
): Promise<LoyaltyAccountDocument> {
  const campaign = await findCampaign(engine, project, name);
  refuseOtherKind(campaign, "loyalty");
  return readAccount(engine.store, campaign, customer, engine.clock());
}

export interface PointsRequest {
  readonly campaign: string;
  /** `_id` of the customer. */
  readonly customer: string;
  readonly points: number;
  /** Repeating a request with the same key returns the account, and adds nothing. */
  readonly idempotencyKey?: string | undefined;
}

/**
 * Adds points to a customer's account.
 * @throws PromotionError `UNKNOWN_CUSTOMER`, `NOT_FOUND`, `INVALID_INPUT`, `KEY_USED`; UnknownProjectError.
 */
export async function addPoints(
  engine: Engine,
  project: string,
  { campaign: name, customer, points, idempotencyKey }: PointsRequest,
): Promise<LoyaltyAccountDocument> {
  checkWhole(points, "points", 1, maxPoints);
  if (idempotencyKey !== undefined) checkKey(idempotencyKey);
  const definition = await findProject(engine, project);
  return engine.store.write(async (transaction) => {
    const campaign = await campaignIn(transaction, project, name, "campaign");
    refuseOtherKind(campaign, "loyalty");
    await customerIn(transaction, project, customer);
    const now = engine.clock();
    const account = await readAccount(transaction, campaign, customer, now);
    const { name_key } = campaign;
    const request = { what: "points", campaign: name_key, customer, amount: points, idempotencyKey } as const;
    if ((await givenBefore(transaction, project, request)) !== undefined) return account;
    const expires_at = expiryOf(campaign.terms, now, definition.timezone);
    const lot: PointLot = { points, ...(expires_at === undefined ? {} : { expires_at }) };
    const after = changed(account, (before) => earned(before, lot));
    // A campaign with accounts is in use: it can't be deleted.
    await addToCounts(
      transaction,
      [{ _id: codeCountKey(project, name_key), project, campaign: name_key }],
      0,
    );
    await putAccount(transaction, definition, campaign, after, now);
    await keepGiven(transaction, project, request);
    return after;
  });
}

/** The first midnight after which points that are earned now can't be redeemed; undefined if they never expire. */
function expiryOf(terms: CampaignTerms, at: number, zone: string): Date | undefined {
  if (terms.kind !== "loyalty" || terms.points_days === undefined) return undefined;
  return new Date(wholeDay(addDays(dayOf(at, zone), terms.points_days), zone).from);
}

/** Takes points in the transaction of a redemption. The account has to have as many. @returns the lots that were taken. */
export async function spendPoints(
  transaction: Transaction,
  definition: ProjectDocument,
  campaign: CampaignDocument,
  customer: string,
  points: number,
  at: number,
): Promise<readonly PointLot[]> {
  const account = await readAccount(transaction, campaign, customer, at);
  let lots: readonly PointLot[] = [];
  const after = changed(account, (before) => {
    const taken = spent(before, points);
    lots = taken.lots;
    return taken.account;
  });
  await putAccount(transaction, definition, campaign, after, at);
  return lots;
}

/** Gives points back in the transaction of a rollback. */
export async function returnPoints(
  transaction: Transaction,
  definition: ProjectDocument,
  campaign: CampaignDocument,
  customer: string,
  lots: readonly PointLot[],
  at: number,
): Promise<void> {
  const account = await readAccount(transaction, campaign, customer, at);
  const after = changed(account, (before) => givenBack(before, lots, at));
  await putAccount(transaction, definition, campaign, after, at);
}

/** The id of an account's record. It is hashed if it would be longer than the id of a record may be. */
function recordName(campaign: string, sourceId: string): string {
  const name = `${campaign.length}:${campaign}:${sourceId}`;
  const id = `loyalty:${name}`;
  return id.length <= maxIdLength ? id : `loyalty:${createHash("sha256").update(name).digest("base64url")}`;
}

async function putAccount(
  transaction: Transaction,
  definition: ProjectDocument,
  { name, name_key }: Pick<CampaignDocument, "name" | "name_key">,
  account: LoyaltyAccountDocument,
  at: number,
): Promise<void> {
  const { project } = definition;
  const sourceId = sourceIdOf(project, account.customer);
  const { points, spent, expired } = account;
  const given = {
    id: recordName(name_key, sourceId),
    customer: sourceId,
    campaign: name,
    points,
    spent,
    expired,
  };
  const record = recordDocument("loyalty", given, { project, definition, numbering: numberInMemory() });
  await transaction.put("loyalty_accounts", [account]);
  await writeRecords(transaction, "loyalty", [record], at);
}

/** How many accounts are read at once. */
const batchSize = 200;

/**
 * Lets the points of a project expire whose time is over.
 * @param report is told of each account that could not be changed; the others are.
 * @returns how many accounts changed.
 */
export async function expirePoints(
  engine: Engine,
  project: string,
  report: (error: unknown) => void,
  signal?: AbortSignal,
): Promise<number> {
  const { store, clock } = engine;
  let done = 0;
  // Those that stay as they are would be found again and again.
  const passed = new Set<string>();
  for (;;) {
    const limit = batchSize + passed.size;
    const found = await store.reads.promotions.dueAccounts(project, new Date(clock()), limit);
    const due = found.filter(({ _id }) => !passed.has(_id));
    if (due.length === 0) return done;
    const definition = await findProject(engine, project);
    for (const account of due) {
      if (signal?.aborted) return done;
      const isChanged = await expireIn(engine, definition, account).catch((error: unknown) => {
        report(new Error(`Points of the account ${account._id} could not expire.`, { cause: error }));
        return false;
      });
      if (isChanged) done += 1;
      else passed.add(account._id);
    }
  }
}

/** @returns whether points of the account expired. */
async function expireIn(
  { store, clock }: Engine,
  definition: ProjectDocument,
  { _id, project, campaign: key }: LoyaltyAccountDocument,
): Promise<boolean> {
  return store.write(async (transaction) => {
    const now = clock();
    const [found] = await transaction.getMany("loyalty_accounts", [_id]);
    if (found === undefined) return false;
    const after = changed(found, (before) => afterExpiry(before, now));
    if (after === found) return false;
    const [campaign] = await transaction.getMany("campaigns", [promotionKey(project, key)]);
    await putAccount(transaction, definition, campaign ?? { name: key, name_key: key }, after, now);
    return true;
  });
}

/** How often expired points are looked for, in milliseconds. */
const everyMs = 60_000;

/** Lets points of all projects expire, in the background, until it is stopped. */
export function runExpiry(engine: Engine, report: (error: unknown) => void): Pick<BackgroundWork, "stop"> {
  return runInBackground(
    async (stopping) => {
      for (const project of new Set([defaultProject, ...(await listedProjects(engine))])) {
        if (stopping.aborted) break;
        await expirePoints(engine, project, report, stopping).catch((error: unknown) =>
          report(new Error(`Points of project ${project} could not expire.`, { cause: error })),
        );
      }
      return everyMs;
    },
    { report, afterErrorMs: everyMs },
  );
}
