// Codes of campaigns: chosen ones, generated ones, and their publication to customers.
import { randomInt } from "node:crypto";
import type { CampaignDocument, CodeDocument } from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { markDirty } from "../ingest/dirty-marks.js";
import {
  CursorError,
  pageOfRows,
  type RowsPage,
  readWindow,
  type WindowRequest,
} from "../query/pages/window.js";
import type { Transaction } from "../store/port.js";
import { campaignIn, customerIn, findCampaign, refuseOtherKind } from "./campaigns.js";
import { addToCounts, codeCountKey, customerKey } from "./counts.js";
import { checkWhole, codeTaken, PromotionError, shortened, unknownPromotion } from "./promotion-error.js";
import { maxLimit } from "./rules.js";

/** The most characters of a code. */
export const maxCodeLength = 64;
/** The most codes of one page. */
const maxPage = 1_000;

/**
 * The `_id` of a code: spaces around it and case do not count, as people type codes.
 */
export function codeKey(project: string, code: string): string {
  return `${project}/${code.trim().toUpperCase()}`;
}

/** @throws PromotionError `INVALID_INPUT` for characters that are hard to type or to tell apart from punctuation. */
export function readCode(written: string): string {
  const code = written.trim();
  if (code.length <= maxCodeLength && /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(code)) return code;
  throw new PromotionError(
    "INVALID_INPUT",
    "code",
    `"${shortened(written)}" can't be a code: use 1 to ${maxCodeLength} of the letters A to Z, digits, - and _, with a letter or digit first.`,
  );
}

export interface CodeRequest {
  readonly campaign: string;
  readonly code: string;
  /** How often it may be redeemed; no limit if omitted. */
  readonly limit?: number | undefined;
}

/** Adds a chosen code to a campaign. @throws PromotionError. */
export async function createCode(
  engine: Engine,
  project: string,
  { campaign: name, code: written, limit }: CodeRequest,
): Promise<CodeDocument> {
  const code = readCode(written);
  const most = limit === undefined ? undefined : checkWhole(limit, "limit", 1, maxLimit);
  return engine.store.write(async (transaction) => {
    const campaign = await campaignIn(transaction, project, name, "campaign");
    refuseOtherKind(campaign, "discount");
    const made = newCode(campaign, { code, status: "shared", limit: most }, engine.clock());
    const [taken] = await transaction.getMany("codes", [made._id]);
    if (taken !== undefined) throw codeTaken(taken.code);
    await putCodes(transaction, campaign, [made]);
    return made;
  });
}

/** The document of a new code of a campaign: a chosen one is `shared`, a generated one is `free`. */
export function newCode(
  { project, name_key }: CampaignDocument,
  {
    code,
    status,
    limit,
  }: { readonly code: string; readonly status: "shared" | "free"; readonly limit: number | undefined },
  now: number,
): CodeDocument {
  return {
    _id: codeKey(project, code),
    project,
    code,
    campaign: name_key,
    ...(limit === undefined ? {} : { redemption_limit: limit }),
    redeemed: 0,
    active: true,
    status,
    created_at: new Date(now),
  };
}

/** Changes a code. Only a generated one that is active and not redeemed is free to be published. */
export function changedCode(
  before: CodeDocument,
  changes: Partial<Pick<CodeDocument, "active" | "redeemed">>,
): CodeDocument {
  const after = { ...before, ...changes };
  if (after.status === "shared" || after.status === "published") return after;
  return { ...after, status: after.active && after.redeemed === 0 ? "free" : "unavailable" };
}

/** Writes new codes of a campaign and counts them, inside a transaction. */
export async function putCodes(
  transaction: Transaction,
  { project, name_key: campaign }: CampaignDocument,
  codes: readonly CodeDocument[],
): Promise<void> {
  await transaction.put("codes", codes);
  await addToCounts(transaction, [{ _id: codeCountKey(project, campaign), project, campaign }], codes.length);
}

/** The code as a person types it; undefined if there is none. */
export async function findCode(
  { store }: Engine,
  project: string,
  written: string,
): Promise<CodeDocument | undefined> {
  return (await store.getMany("codes", [codeKey(project, written)]))[0];
}

/** Activates or deactivates a code. @throws PromotionError `NOT_FOUND`. */
export async function setCodeActive(
  engine: Engine,
  project: string,
  written: string,
  active: boolean,
): Promise<CodeDocument> {
  return engine.store.write(async (transaction) => {
    const [found] = await transaction.getMany("codes", [codeKey(project, written)]);
    if (found === undefined) throw unknownPromotion("code", written);
    const changed = changedCode(found, { active });
    await transaction.put("codes", [changed]);
    return changed;
  });
}

/** How many codes each of some campaigns (by `name_key`) has. */
export async function countCodes(
  { store }: Engine,
  project: string,
  campaigns: readonly string[],
): Promise<readonly number[]> {
  const keys = campaigns.map((campaign) => codeCountKey(project, campaign));
  return (await store.getMany("redemption_counts", keys)).map((found) => found?.count ?? 0);
}

/** One page of a campaign's codes, in alphabetical order. @throws CursorError. */
export async function codePage(
  { store }: Engine,
  { project, name_key }: CampaignDocument,
  request: WindowRequest,
): Promise<RowsPage<CodeDocument> & { readonly cursors: readonly string[] }> {
  const window = readWindow(request, maxPage, "codes");
  const { backwards, cursor, argument, count } = window;
  const behind = cursor === undefined ? undefined : Buffer.from(cursor, "base64url").toString("utf8");
  if (behind !== undefined && !behind.startsWith(`${project}/`))
    throw new CursorError(`\`${argument}\` is not a cursor of codes. Use a cursor of an earlier page.`);
  const range = { backwards, behind, limit: count + 1 };
  const page = pageOfRows(window, await store.reads.promotions.codePage(project, name_key, range));
  return { ...page, cursors: page.nodes.map(({ _id }) => Buffer.from(_id, "utf8").toString("base64url")) };
}

/** How many free codes a publication chooses from, so that concurrent ones rarely choose the same. */
const choice = 100;
/** How often a publication is attempted if another one takes the chosen code. */
const attempts = 50;

/**
 * Publishes a free code of a campaign to a customer (by `_id`): a customer has one code of a campaign, and a repetition returns it.
 * @throws PromotionError `NO_FREE_CODES`, `UNKNOWN_CUSTOMER`, `NOT_FOUND`, `BUSY`.
 */
export async function publishCode(
  engine: Engine,
  project: string,
  name: string,
  customer: string,
): Promise<CodeDocument> {
  const { store, clock } = engine;
  const { name_key, name: shown } = await findCampaign(engine, project, name);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const range = { backwards: false, limit: choice, status: "free" as const };
    const free = await store.reads.promotions.codePage(project, name_key, range);
    const chosen = free[free.length === 0 ? 0 : randomInt(free.length)];
    const published = await store.write(async (transaction) => {
      const person = await customerIn(transaction, project, customer);
      const counter = {
        _id: customerKey(project, name_key, customer),
        project,
        campaign: name_key,
        customer,
      };
      const [count] = await transaction.getMany("redemption_counts", [counter._id]);
      if (count?.code !== undefined)
        return (await transaction.getMany("codes", [codeKey(project, count.code)]))[0];
      if (chosen === undefined)
        throw new PromotionError(
          "NO_FREE_CODES",
          "campaign",
          `"${shown}" has no generated code that is active, and neither published nor redeemed. Generate more of them.`,
        );
      const [code] = await transaction.getMany("codes", [chosen._id]);
      if (code?.status !== "free") return undefined;
      // Erasure marks the customer as well, so that a concurrent one conflicts with this, and no code of an erased customer remains.
      await markDirty(transaction, [{ customer: person }]);
      const after: CodeDocument = { ...code, status: "published", customer, published_at: new Date(clock()) };
      await transaction.put("codes", [after]);
      await transaction.put("redemption_counts", [
        { ...(count ?? { ...counter, count: 0 }), code: code.code },
      ]);
      return after;
    });
    if (published !== undefined) return published;
  }
  throw new PromotionError("BUSY", "campaign", "Too many codes are being published at once. Try again.");
}
