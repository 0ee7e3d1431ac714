// Publishes codes of a campaign to every customer of a segment. A customer has one code of a campaign, so that running it again,
// also after an interruption, gives codes only to those who have none.
import type { CustomerDocument } from "../documents/documents.js";
import type {
  CampaignDocument,
  CodeDocument,
  RedemptionCountDocument,
} from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { markDirty } from "../ingest/dirty-marks.js";
import { recentSegments } from "../query/catalog.js";
import { previewSegment } from "../query/preview.js";
import { audienceText } from "../segments/audience-text.js";
import { inChunks } from "../store/batches.js";
import type { Transaction } from "../store/port.js";
import { findCampaign, refuseOtherKind } from "./campaigns.js";
import { addToCounts, batchKey, customerKey } from "./counts.js";
import { PromotionError, shortened } from "./promotion-error.js";

/** How many customers one transaction gives a code. */
const batchSize = 200;
/** How often a batch is attempted if its codes are taken meanwhile. */
const attempts = 50;

/** A checked request, as a job stores it. */
export interface PublishPlan {
  /** By `name_key`. */
  readonly campaign: string;
  /** By `segment_id`. */
  readonly segment: string;
}

export interface Publication {
  /** The customers who got a code by this work. */
  readonly published: number;
  /** Those who had one of the campaign before. */
  readonly had: number;
}

/** Checks a request. @throws PromotionError `NOT_FOUND`, `INVALID_INPUT`, `UNKNOWN_SEGMENT`. */
export async function planPublication(
  engine: Engine,
  project: string,
  { campaign: name, segment }: PublishPlan,
): Promise<PublishPlan> {
  const campaign = await findCampaign(engine, project, name);
  refuseOtherKind(campaign, "discount", "referral");
  await segmentQuery(engine, project, segment);
  return { campaign: campaign.name_key, segment };
}

async function segmentQuery(engine: Engine, project: string, segment: string): Promise<string> {
  const segments = await recentSegments(engine, project);
  const found = segments.byId.get(segment);
  if (found === undefined || found.archived)
    throw new PromotionError(
      "UNKNOWN_SEGMENT",
      "segment",
      found === undefined
        ? `There is no segment of the id "${shortened(segment)}". List the segments.`
        : `The segment "${found.name}" is archived. Unarchive it, or name another one.`,
    );
  return audienceText({ all_of: [segment], any_of: [], none_of: [] }, segments)!;
}

/**
 * Publishes a code to each customer who is in the segment when it begins, in batches that are one transaction each.
 * @param batch names the work: if it was interrupted, running it again counts what it published before as its own.
 * @throws PromotionError `NO_FREE_CODES`, once there are no more: those before have theirs; `UNKNOWN_SEGMENT`, `NOT_FOUND`, `BUSY`;
 * the signal's reason.
 */
export async function publishToSegment(
  engine: Engine,
  project: string,
  plan: PublishPlan,
  {
    batch: name,
    progress,
    signal,
  }: {
    readonly batch?: string;
    readonly progress?: (done: number, total: number) => void;
    readonly signal?: AbortSignal;
  } = {},
): Promise<Publication> {
  const campaign = await findCampaign(engine, project, plan.campaign);
  const query = await segmentQuery(engine, project, plan.segment);
  const { answer } = await previewSegment(engine, project, { query });
  const customers = (await answer!.sourceIds()).map((sourceId) => `${project}/${sourceId}`);
  const counter = name === undefined ? undefined : batchKey(project, campaign.name_key, name);
  const [known] = counter === undefined ? [] : await engine.store.getMany("redemption_counts", [counter]);
  const before = known?.count ?? 0;
  let [published, had, gone] = [0, 0, 0];
  progress?.(0, customers.length);
  for (const batch of inChunks(customers, batchSize)) {
    signal?.throwIfAborted();
    const done = await publishBatch(engine, campaign, batch, counter);
    published += done.published;
    had += done.had;
    gone += done.gone;
    if (done.missing > 0) throw noMoreCodes(campaign, published + had, customers.length);
    progress?.(published + had + gone, customers.length);
  }
  return { published: before + published, had: Math.max(0, had - before) };
}

function noMoreCodes({ name }: CampaignDocument, done: number, total: number): PromotionError {
  return new PromotionError(
    "NO_FREE_CODES",
    "campaign",
    `"${name}" has no more codes: ${done.toLocaleString("en")} of ${total.toLocaleString("en")} customers have one. Generate more of them, and publish again: nobody gets a second one.`,
  );
}

interface Batch extends Publication {
  /** Customers who were erased meanwhile. */
  readonly gone: number;
  /** Customers for whom there was no code. */
  readonly missing: number;
}

async function publishBatch(
  engine: Engine,
  campaign: CampaignDocument,
  customers: readonly string[],
  counter: string | undefined,
): Promise<Batch> {
  const { store, clock } = engine;
  const { project, name_key } = campaign;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const range = { backwards: false, limit: customers.length, status: "free" as const };
    const chosen = await store.reads.promotions.codePage(project, name_key, range);
    const done = await store.write(async (transaction): Promise<Batch | undefined> => {
      const people = (await transaction.getMany("customers", customers)).filter(
        (person) => person !== undefined,
      );
      const counters = await transaction.getMany(
        "redemption_counts",
        people.map(({ _id }) => customerKey(project, name_key, _id)),
      );
      const without = people.filter((_, index) => counters[index]?.code === undefined);
      const read = await transaction.getMany(
        "codes",
        chosen.map(({ _id }) => _id),
      );
      const free = read.filter((code): code is CodeDocument => code?.status === "free");
      // Others took some of the codes that were read, so there may be more.
      if (free.length < without.length && free.length < chosen.length) return undefined;
      const lucky = without.slice(0, free.length);
      await giveCodes(transaction, campaign, lucky, free, counters, new Date(clock()));
      if (counter !== undefined && lucky.length > 0)
        await addToCounts(transaction, [{ _id: counter, project, campaign: name_key }], lucky.length);
      return {
        published: lucky.length,
        had: people.length - without.length,
        gone: customers.length - people.length,
        missing: without.length - lucky.length,
      };
    });
    if (done !== undefined) return done;
  }
  throw new PromotionError("BUSY", "campaign", "Too many codes are being published at once. Try again.");
}

/** Publishes a code to each of some customers, in the transaction that read their counters. */
async function giveCodes(
  transaction: Transaction,
  { project, name_key }: CampaignDocument,
  customers: readonly CustomerDocument[],
  codes: readonly CodeDocument[],
  counters: readonly (RedemptionCountDocument | undefined)[],
  now: Date,
): Promise<void> {
  const known = new Map(
    counters.flatMap((counter) => (counter === undefined ? [] : [[counter._id, counter]])),
  );
  // Erasure marks the customer as well: the two conflict, and no code of an erased customer remains.
  await markDirty(
    transaction,
    customers.map((customer) => ({ customer })),
  );
  await transaction.put(
    "codes",
    customers.map(({ _id: customer }, index) => ({
      ...codes[index]!,
      ...{ status: "published" as const, customer, published_at: now },
    })),
  );
  await transaction.put(
    "redemption_counts",
    customers.map(({ _id: customer }, index) => {
      const _id = customerKey(project, name_key, customer);
      const counter = known.get(_id) ?? { _id, project, campaign: name_key, customer, count: 0 };
      return { ...counter, code: codes[index]!.code };
    }),
  );
}
